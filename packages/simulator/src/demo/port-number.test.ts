// A wrong port is named, not handed on.
import { describe, expect, it } from 'vitest';
import { portNumber } from './port-number.ts';

describe('a port as a person writes it', () => {
  it.each([
    ['8090', 8090],
    ['0', 0],
    [' 65535 ', 65_535],
    ['', undefined],
    [undefined, undefined],
  ])('%j is %j', (text, port) => {
    expect(portNumber(text, '--port')).toBe(port);
  });

  it.each(['x', '65536', '-1', '80.5', '1e3'])('%j is refused by name', (text) => {
    expect(() => portNumber(text, '--port')).toThrow('--port must be a whole number from 0 to 65535');
  });
});
