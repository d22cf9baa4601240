// The manual of notices: its examples run against what the cloud sends, its tables are those of the program.

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../src/config.ts';
import { capBounds, channelKinds, tenantCapPerHour } from '../src/features/notices/channel.ts';
import { ladderMs, looksMs } from '../src/features/notices/delivery.ts';
import { urgentAlerts } from '../src/features/notices/quiet-hours.ts';
import { alerts } from '../src/features/notices/rule.ts';
import { createFeaturesWorld } from './features-world.ts';
import { type Arrived, createNoticeDesk } from './notice-desk.ts';

const manual = readFileSync(new URL('../../../docs/notices.md', import.meta.url), 'utf8');
const operating = readFileSync(new URL('../../../docs/operating.md', import.meta.url), 'utf8');

/** Code blocks of one language, in order. */
function examples(language: string): readonly string[] {
  return [...manual.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\``, 'gms'))].map(
    ([, text]) => text ?? '',
  );
}

/** Rows of the table that begins with this heading. */
function table(heading: string): readonly (readonly string[])[] {
  const from = manual.indexOf(`\n| ${heading}`);
  const lines = manual.slice(from + 1).split('\n');
  const rows = lines.slice(2, lines.indexOf(''));
  return rows.map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

type Check = (headers: object, body: string, key: string, nowSeconds: number) => boolean;

describe('the examples of the manual', () => {
  let arrived: Arrived & { readonly text: string };
  let signing: { readonly secret: string; readonly public_key: string };
  let nowSeconds: number;

  beforeAll(async () => {
    const world = createFeaturesWorld();
    const desk = createNoticeDesk(world);
    const channel = desk.channel({ kind: 'webhook', address: 'https://hooks.example.jp/' });
    signing = channel.signing as typeof signing;
    desk.rule(['exchange'], [channel]);
    desk.exchange();
    await desk.settle();
    const [one] = desk.arrived();
    if (one === undefined) throw new RangeError('nothing arrived');
    const sent = world.outside.requests.find(({ headers }) => headers['webhook-id'] === one.id);
    arrived = { ...one, text: String(sent?.body) };
    nowSeconds = world.ports.nowMs / 1_000;
    desk.stop();
  });

  it.each([
    ['the secret', 0, 'secret'],
    ['the public key', 1, 'public_key'],
  ] as const)('tell a genuine webhook from others by %s, in JavaScript', async (_name, index, part) => {
    const source = examples('js')[index] ?? '';
    const { isGenuine } = (await import(`data:text/javascript,${encodeURIComponent(source)}`)) as {
      readonly isGenuine: Check;
    };
    const key = signing[part];
    expect(isGenuine(arrived.headers, arrived.text, key, nowSeconds)).toBe(true);
    expect(isGenuine(arrived.headers, `${arrived.text} `, key, nowSeconds)).toBe(false);
    expect(isGenuine(arrived.headers, arrived.text, key, nowSeconds + 301)).toBe(false);
    expect(isGenuine({ ...arrived.headers, 'webhook-id': 'dlv_0' }, arrived.text, key, nowSeconds)).toBe(
      false,
    );
    expect(isGenuine({}, arrived.text, key, nowSeconds)).toBe(false);
  });

  it('tell a genuine webhook from others in Python', () => {
    const run = (body: string): string => {
      const asked = JSON.stringify({
        headers: arrived.headers,
        body,
        secret: signing.secret,
        now: nowSeconds,
      });
      const call = `import json, sys\nasked = json.load(sys.stdin)\nprint(is_genuine(asked["headers"], asked["body"].encode(), asked["secret"], asked["now"]))`;
      const source = `${examples('py')[0]}\n${call}`;
      return execFileSync('python3', ['-c', source], { input: asked, encoding: 'utf8' }).trim();
    };
    expect([run(arrived.text), run(`${arrived.text} `)]).toEqual(['True', 'False']);
  });

  it('show the body as it is sent', () => {
    const shown = JSON.parse(examples('json')[0] ?? '');
    expect(Object.keys(JSON.parse(arrived.text))).toEqual(Object.keys(shown));
    expect(arrived.body.data).toMatchObject({ type: shown.data.type, bin: shown.data.bin });
    for (const name of Object.keys(shown.data)) expect(arrived.body.data).toHaveProperty(name);
  });
});

describe('the tables of the manual', () => {
  const units = { second: 1_000, minute: 60_000, hour: 3_600_000 } as const;

  it('give the waits between attempts', () => {
    const waits = table('attempt |').map(([attempt, wait = '']) => {
      const [, count, unit] = /^(\d+) (second|minute|hour)s$/.exec(wait) ?? [];
      return [Number(attempt), Number(count) * units[unit as keyof typeof units]];
    });
    expect(waits).toEqual(ladderMs.map((waitMs, index) => [index + 2, waitMs]));
    expect(manual).toContain(
      `asked about ${looksMs
        .map((ms) => `${ms / 1_000} seconds`)
        .join(', ')
        .replace(/, (?=[^,]*$)/, ' and ')}`,
    );
  });

  it('give the caps (MO-07)', () => {
    const { least, most, usual, usualOfTexts } = capBounds;
    const [ofChannel, ofTenant] = table('| mail');
    expect(ofChannel?.slice(1)).toEqual([
      ...[usual, usual, usualOfTexts].map((cap) => `${cap}, ${least} to ${most}`),
      'none',
    ]);
    expect(ofTenant?.slice(1)).toEqual([
      ...Array.from({ length: 3 }, () => String(tenantCapPerHour)),
      'none',
    ]);
    expect(channelKinds).toHaveLength(4);
  });

  it('name every alert', () => {
    expect(table('alert |').map(([name]) => name)).toEqual(Object.keys(alerts).map((name) => `\`${name}\``));
  });

  it('say which alerts an urgent rule tells at any hour', () => {
    const about = manual.split('- **`urgent`**')[1]?.split('\n- ')[0] ?? '';
    const named = about.match(/`\w+`/g) ?? [];
    expect(named).toEqual(urgentAlerts.map((name) => `\`${name}\``));
  });

  it('name settings that there are', () => {
    const named = new Set(manual.match(/SMARTBOX_[A-Z_]+/g));
    for (const name of named) expect(operating).toContain(`\`${name}\``);
    expect(() => readConfig({ SMARTBOX_OUTBOUND_NETWORKS: '192.168.1.20,fd00::/8' })).not.toThrow();
  });
});
