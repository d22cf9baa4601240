// What the first screen tells: everything to try, nothing that is not there.
import { describe, expect, it } from 'vitest';
import { type Welcome, welcomeLines } from './welcome.ts';

const welcome: Welcome = {
  ...{ apiAddress: 'http://127.0.0.1:8080', mqttPlainPort: 1883, mqttTlsPort: 8883 },
  ...{ boxId: '02081040G2081', apiToken: 'sbk_token', stepUpPassphrase: 'abcde-fghjk-mnpqr' },
  code: { id: 'code_1', digits: '40718293', keyName: 'Boiler room', bin: 7 },
  ...{ staffCode: '12345678', dataDirectory: '/tmp/.smartbox', boxControl: ['/tmp/control.sock'] },
};

const told = (change: Partial<Welcome> = {}): string => welcomeLines({ ...welcome, ...change }).join('\n');

describe('the welcome of the demo', () => {
  it('names the key code and what it opens', () => {
    expect(told()).toContain('key code         4071 8293   opens “Boiler room”, in bin 7');
    expect(told({ code: { ...welcome.code, bin: undefined } })).toContain('which is out: return it first');
  });

  it('says how staff take a key in two steps', () => {
    expect(told()).toContain('staff code       1234 5678');
    expect(told()).toContain('text message');
  });

  it('says nothing of staff where text messages really leave the house', () => {
    expect(told({ staffCode: undefined })).not.toContain('staff');
  });

  it('fits a screen', () => {
    const lines = welcomeLines(welcome);
    expect(lines.length).toBeLessThanOrEqual(30);
    for (const line of lines.filter((one) => !one.includes('sbk_')))
      expect(line.length).toBeLessThanOrEqual(110);
  });
});
