// What a place asks and how long a key may be out, read and set from a terminal; badges; and what a wrong call is told.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AnsweringCloud, cloudOverHttp } from '@smartbox/cloud/test-support';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { smartbox } from './at-terminal.ts';

let at: AnsweringCloud;
let folder: string;
let environment: Readonly<Record<string, string>>;
let locationId: string;
let keyId: string;
let personId: string;

beforeAll(async () => {
  at = await cloudOverHttp();
  folder = mkdtempSync(join(tmpdir(), 'smartbox-rules-'));
  environment = {
    ...{ XDG_CONFIG_HOME: folder, LANG: 'C' },
    ...{ SMARTBOX_URL: at.url, SMARTBOX_TOKEN: await at.token() },
  };
  locationId = (await json('location', 'add', '--name', 'Desk', '--time-zone', 'Asia/Tokyo')).id;
  const fob = ['--location', locationId, '--fob-tag', '04a1b2c3d4e5f6'];
  keyId = (await json('key', 'add', '--name', 'Van 7', ...fob)).id;
  personId = (await json('person', 'create', '--name', '山田 花子')).id;
});

afterAll(async () => {
  await at.cloud.stop();
  rmSync(folder, { recursive: true, force: true });
});

const run = (...line: readonly string[]) => smartbox(line, { environment });

async function json(...line: readonly string[]) {
  const { end, output, messages } = await run(...line, '--json');
  expect([end, messages]).toEqual(['ok', '']);
  return JSON.parse(output);
}

describe('what a place asks of whoever takes a key there', () => {
  it('is set in part, and the rest stays as it was (SEC-05)', async () => {
    const hours = ['--open', 'mon-fri 7:00-20:00', '--open', 'sat 09:00-12:00'];
    const holidays = ['--holiday', '2027-01-01 New Year', '--holiday', '2027-01-02 10:00-15:00 Sale'];
    await json('location', 'set-policy', locationId, ...hours, ...holidays);
    await json('location', 'set-policy', locationId, '--badge', 'on', '--quiet', 'sun 22:00-06:00');
    expect(await json('location', 'policy', locationId)).toEqual({
      second_factor: 'text_message',
      badge: 'on',
      opening_windows: [
        { days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '07:00', until: '20:00' },
        { days: ['sat'], from: '09:00', until: '12:00' },
      ],
      holidays: [
        { date: '2027-01-01', name: 'New Year', windows: [] },
        { date: '2027-01-02', name: 'Sale', windows: [{ from: '10:00', until: '15:00' }] },
      ],
      quiet_hours: [{ days: ['sun'], from: '22:00', until: '06:00' }],
    });
  });

  it('is opened again by always and none', async () => {
    const cleared = ['--open', 'always', '--holiday', 'none', '--quiet', 'none'];
    expect(await json('location', 'set-policy', locationId, ...cleared)).toMatchObject({
      ...{ badge: 'on', opening_windows: null, holidays: [], quiet_hours: [] },
    });
  });

  it.each([
    ['bad-arguments', []],
    ['bad-arguments', ['--open', 'monday 7:00-20:00']],
    ['bad-arguments', ['--holiday', '1.1.2027']],
    ['refused', ['--open', 'mon 7:00-25:00']],
    ['refused', ['--second-factor', 'none']],
  ])('ends with %s for %j and stays', async (end, flags) => {
    const before = await json('location', 'policy', locationId);
    expect((await run('location', 'set-policy', locationId, ...flags)).end).toBe(end);
    expect(await json('location', 'policy', locationId)).toEqual(before);
  });
});

describe('how long a key may be out', () => {
  it('is set in part, and none means that nobody waits for it', async () => {
    await json('key', 'set-return-rule', keyId, '--due-after-minutes', '480', '--grace-minutes', '5');
    const rule = await json('key', 'set-return-rule', keyId, '--due-after-minutes', 'none');
    expect(rule).toEqual({ due_after_minutes: null, grace_minutes: 5 });
    expect(await json('key', 'return-rule', keyId)).toEqual(rule);
  });
});

describe('a person', () => {
  it('gets a badge, which no answer shows, and loses it (SEC-05)', async () => {
    const set = await run('person', 'set-badge', personId, '--tag', '04:11:22:33:44:55:66');
    expect([set.end, set.output.replaceAll(':', '')]).toEqual(['ok', expect.not.stringContaining('112233')]);
    expect((await json('person', 'keypad', personId)).badge).toMatchObject({ strength: 'weaker' });
    expect((await run('person', 'remove-badge', personId)).output).toBe('Done.\n');
    expect((await json('person', 'keypad', personId)).badge).toBeNull();
  });

  it('shows what is given to it directly (AC-03)', async () => {
    expect(await json('person', 'permissions', personId)).toEqual([]);
    const given = ['--right', 'exchange', '--person', personId, '--key', keyId];
    const { id } = await json('permission', 'give', ...given);
    expect(await json('person', 'permissions', personId)).toMatchObject([{ id, key_id: keyId }]);
  });
});

describe('a wrong call', () => {
  it('of a verb is told how that verb is called, and nothing of others', async () => {
    const { end, messages } = await run('location', 'set-policy');
    expect(end).toBe('bad-arguments');
    expect(messages).toContain('smartbox location set-policy LOCATION');
    expect(messages).not.toContain('smartbox location add');
  });

  it('of a noun is told all its verbs', async () => {
    const { messages } = await run('location', 'paint');
    expect(messages).toContain('smartbox location set-policy');
    expect(messages).toContain('smartbox location add');
  });
});
