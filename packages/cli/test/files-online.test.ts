// The command line and the real cloud: lists that are imported and exported, people, groups, notices, the audit, and signing in
// by a code that somebody approves.
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from '@smartbox/api-client';
import { type AnsweringCloud, appCode, cloudOverHttp, goodPassword } from '@smartbox/cloud/test-support';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Around, smartbox } from './at-terminal.ts';

const passphrase = 'four quiet grey horses';
let at: AnsweringCloud;
let folder: string;
let token: string;
let environment: Readonly<Record<string, string>>;

beforeAll(async () => {
  at = await cloudOverHttp();
  folder = mkdtempSync(join(tmpdir(), 'smartbox-files-'));
  token = await at.token();
  environment = { SMARTBOX_URL: at.url, SMARTBOX_TOKEN: token, XDG_CONFIG_HOME: folder, LANG: 'C' };
  await createClient({ url: at.url, token }).setStepUpPassphrase({ body: { passphrase } });
  await json('location', 'add', '--name', '新宿', '--time-zone', 'Asia/Tokyo');
});

afterAll(async () => {
  await at.cloud.stop();
  rmSync(folder, { recursive: true, force: true });
});

const run = (...line: readonly string[]) => smartbox(line, { environment });
const stepUp = () => smartbox(['step-up', '--passphrase-stdin'], { environment, typed: `${passphrase}\n` });
const inFolder = (name: string): string => join(folder, name);

async function json(...line: readonly string[]) {
  const { end, output, messages } = await run(...line, '--json');
  expect([end, messages]).toEqual(['ok', '']);
  return JSON.parse(output);
}

function keep(name: string, text: string): string {
  writeFileSync(inFolder(name), text);
  return inFolder(name);
}

describe('import', () => {
  const good = 'reference,name,location,fob_tag\r\nA-1,Van 1,新宿,04A1B2C1\r\nA-2,Van 2,新宿,04A1B2C2\r\n';

  it('tries a file, and changes nothing without --apply', async () => {
    const file = keep('keys.csv', good);
    const { end, output } = await run('import', 'keys', file);
    expect([end, output.split('\n')[0]]).toEqual([
      'ok',
      'Tried: 2 to make, 0 to change, 0 as they are, 0 faulty. Nothing was changed.',
    ]);
    expect(await json('key', 'list')).toEqual([]);
  });

  it('imports it with --apply, and the same file again changes nothing', async () => {
    const file = keep('keys.csv', good);
    expect((await run('import', 'keys', file, '--apply')).output).toBe(
      'Imported: 2 made, 0 changed, 0 left as they were.\n',
    );
    expect(await json('import', 'keys', file, '--apply')).toMatchObject({ made: 0, changed: 0, left: 2 });
    expect((await json('key', 'list')).map(({ name }: { name: string }) => name)).toEqual(['Van 1', 'Van 2']);
  });

  it('shows every fault by its cell, in the language asked for, and ends with an exit code of its own', async () => {
    const file = keep('bad.csv', 'name,location,fob_tag\n=x,Nowhere,04A1B2C3\nVan 9,新宿,04A1\n');
    const tried = await run('import', 'keys', file, '--apply', '--language', 'ja');
    expect([tried.end, tried.messages]).toEqual(['faulty-file', '2 行に誤りがあるため、取り込めません。']);
    const [first, ...cells] = tried.output.trimEnd().split('\n');
    expect(first).toContain('誤りのある行 2');
    expect(cells.map((line) => line.split(/ {2,}/).slice(0, 2))).toEqual([
      ['A2', 'name'],
      ['B2', 'location'],
      ['C3', 'fob_tag'],
    ]);
    const told = await run('import', 'keys', file, '--json');
    expect(JSON.parse(told.output)).toMatchObject({
      faulty: 2,
      faults: [{ cell: 'A2', code: 'formula' }, {}, {}],
    });
    expect(await json('key', 'list')).toHaveLength(2);
  });

  it.each([
    ['bad-arguments', ['import', 'keys']],
    ['bad-arguments', ['import', 'boxes', 'x.csv']],
    ['file-unreadable', ['import', 'people', '/nowhere/at/all.csv']],
  ])('ends with %s for %j', async (end, line) => {
    expect((await run(...line)).end).toBe(end);
  });

  it('is refused a file that is no text', async () => {
    writeFileSync(inFolder('picture.csv'), Uint8Array.of(0x89, 0x50, 0xff, 0xd8, 0x80));
    expect((await run('import', 'people', inFolder('picture.csv'))).end).toBe('refused');
  });
});

describe('export', () => {
  it('saves keys and people as lists that import finds nothing to change in', async () => {
    await stepUp();
    const people = keep(
      'people.csv',
      '社員番号,氏名,メール,電話\n1,山田 花子,hanako@example.jp,+81 3 1234 5678\n',
    );
    expect((await run('import', 'people', people, '--apply')).end).toBe('ok');
    for (const what of ['keys', 'people']) {
      const out = inFolder(`out-${what}.csv`);
      expect((await run('export', what, '--out', out)).end).toBe('ok');
      expect(statSync(out).mode & 0o777).toBe(0o600);
      expect(await json('import', what, out)).toMatchObject({ made: 0, changed: 0, faulty: 0 });
    }
    expect(readFileSync(inFolder('out-people.csv'), 'utf8')).toContain("'+81312345678");
  });

  it('saves everything, and is refused without a step-up', async () => {
    const other = { ...environment, SMARTBOX_TOKEN: await at.token() };
    expect((await smartbox(['export', 'all', '--out', '-'], { environment: other })).end).toBe('forbidden');
    await stepUp();
    const { output } = await run('export', 'all', '--out', '-');
    const lines = output
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.at(-1)).toEqual({ kind: 'end', items: lines.length - 2 });
    expect(lines).toContainEqual(
      expect.objectContaining({ kind: 'people', item: expect.objectContaining({ name: '山田 花子' }) }),
    );
  });
});

describe('people, groups and notices', () => {
  it('come, change and go', async () => {
    const person = await json(
      'person',
      'create',
      '--name',
      'Ken Sato',
      '--mail',
      'ken@example.jp',
      '--role',
      'operator',
    );
    expect((await json('person', 'get', person.id)).name).not.toContain('Sato');
    expect((await json('person', 'reveal', person.id)).name).toBe('Ken Sato');
    expect(await json('person', 'change', person.id, '--role', 'none')).toMatchObject({ role: null });
    const group = await json('group', 'create', '--name', 'Drivers');
    await json('group', 'put', group.id, person.id);
    expect(await json('group', 'members', group.id)).toEqual([{ id: person.id, kind: 'person' }]);
    await json('group', 'take', group.id, person.id);
    await json('group', 'change', group.id, '--name', 'Night');
    await json('group', 'remove', group.id);
    await stepUp();
    expect(await json('person', 'export', person.id)).toMatchObject({ person: { mail: 'ken@example.jp' } });
    await json('person', 'erase', person.id);
    expect((await run('person', 'get', person.id)).end).toBe('not-found');
  });

  it('are given keys, and bins from afar only with a step-up', async () => {
    const person = await json('person', 'create', '--name', 'Mika', '--mail', 'mika@example.jp');
    const [key] = await json('key', 'list');
    const group = await json('key-group', 'create', '--name', 'Vans');
    await json('key-group', 'put', group.id, key.id);
    const given = ['--right', 'exchange', '--person', person.id, '--key-group', group.id];
    const permission = await json('permission', 'give', ...given);
    expect(await json('person', 'keys', person.id)).toMatchObject([{ key_id: key.id, may_take: true }]);
    expect(await json('key', 'takers', key.id)).toMatchObject([{ person_id: person.id }]);
    await json('permission', 'end', permission.id);
    expect(await json('permission', 'list', '--person', person.id)).toEqual([]);
    const order = ['opening', 'order', 'box_4ZK7Q1M0P9XWT', '--press', 'none', '--reason', 'x'];
    expect((await run(...order, '--target', 'both')).end).toBe('bad-arguments');
    await stepUp();
    expect((await run(...order, '--target', 'main')).end).toMatch(/not-found|forbidden/);
  });

  it('has rules of notices, where they go, and what became of them', async () => {
    const place = ['--kind', 'webhook', '--label', 'Desk', '--address', 'https://hooks.example.jp/'];
    const channel = await json('notice', 'add-channel', ...place);
    const rule = await json(
      ...['notice', 'add-rule', '--label', 'All', '--event', '*', '--channel', channel.id],
    );
    expect(await json('notice', 'change-rule', rule.id, '--paused')).toMatchObject({ paused: true });
    const night = ['--quiet-hours', '22:00-06:30', '--time-zone', 'Asia/Tokyo', '--urgent'];
    expect(await json('notice', 'change-rule', rule.id, ...night)).toMatchObject({
      quiet_hours: [{ from: '22:00', until: '06:30', days: { length: 7 } }],
      ...{ time_zone: 'Asia/Tokyo', urgent: true },
    });
    const weekend = ['--quiet-hours', 'sat=00:00-24:00', '--quiet-hours', 'sun=00:00-20:00', '--not-urgent'];
    expect(await json('notice', 'change-rule', rule.id, ...weekend)).toMatchObject({
      quiet_hours: [{ days: ['sat'] }, { days: ['sun'], until: '20:00' }],
      urgent: false,
    });
    const cleared = ['--quiet-hours', 'none', '--time-zone', 'none'];
    expect(await json('notice', 'change-rule', rule.id, ...cleared)).toMatchObject({
      ...{ quiet_hours: [], time_zone: null },
    });
    expect((await run('notice', 'change-rule', rule.id, '--quiet-hours', 'at night')).end).toBe(
      'bad-arguments',
    );
    expect(await json('notice', 'channels')).toHaveLength(1);
    expect(await json('notice', 'rules')).toHaveLength(1);
    expect(await json('notice', 'deliveries', '--channel', channel.id)).toEqual([]);
    await json('notice', 'remove-rule', rule.id);
    await json('notice', 'remove-channel', channel.id);
  });

  it('retires a key as it was read', async () => {
    const [key] = await json('key', 'list');
    await json('key', 'retire', key.id);
    expect((await run('key', 'get', key.id)).end).toBe('not-found');
  });

  it.each(['person', 'group', 'permission', 'key-group', 'opening', 'notice', 'audit', 'import', 'export'])(
    'says how %s is called, in both languages',
    async (noun) => {
      const { output } = await run(noun, '--help');
      expect(output).toContain(`smartbox ${noun}`);
      if (noun !== 'import') expect(output).toMatch(/[ぁ-ん一-龠]/);
    },
  );
});

describe('audit', () => {
  it('is exported and then verified with the public key alone (SEC-14)', async () => {
    const file = inFolder('audit.json');
    expect((await run('audit', 'export', '--out', file)).end).toBe('ok');
    const { body } = await createClient({ url: at.url, token }).getAuditKey();
    const verified = await run('audit', 'verify', file, '--public-key', body.public_key);
    expect([verified.end, verified.messages]).toEqual(['ok', '']);
    expect(await json('audit', 'list', '--limit', '3')).toHaveLength(3);
  });
});

describe('login by a device code', () => {
  /** Somebody who has signed in with two factors in a browser. */
  async function personInBrowser() {
    const owner = createClient({ url: at.url, token });
    await owner.stepUp({ body: { passphrase } });
    const body = { name: 'Aoi', mail: 'aoi@example.jp', role: 'admin' } as const;
    const { id } = (await owner.createPerson({ body })).body;
    const { invitation } = (await owner.invitePerson({ path: { person_id: id } })).body;
    const accepted = await owner.acceptInvitation({ body: { invitation, password: goodPassword } });
    const as = (session: string | null) => createClient({ url: at.url, token: session ?? '' });
    const first = as(accepted.body.session);
    const { uri } = (await first.offerAuthenticator({ body: { password: goodPassword } })).body;
    const code = (): string => appCode(uri, Date.now() + passedMs);
    let passedMs = 0;
    const enrolled = await first.confirmAuthenticator({ body: { code: code() } });
    at.passTime(30_000);
    passedMs += 30_000;
    const browser = as(enrolled.body.session);
    const proof = { password: goodPassword, code: code() };
    return as((await browser.stepUpOwnSession({ body: proof })).body.session);
  }

  it('asks for no secret, waits for the approval, and then acts as the person', async () => {
    const browser = await personInBrowser();
    const asked: number[] = [];
    let shown = '';
    const around: Around = {
      environment: { XDG_CONFIG_HOME: inFolder('device'), LANG: 'C' },
      onWrite: (text) => {
        shown += text;
      },
      onWait: async (delayMs) => {
        at.passTime(delayMs);
        asked.push(delayMs);
        const [user_code = ''] = /[A-Z]{4}-[A-Z]{4}/.exec(shown) ?? [];
        if (asked.length === 2) await browser.approveDeviceCode({ body: { user_code } });
      },
    };
    const { end, output } = await smartbox(['login', '--url', at.url, '--device'], around);
    expect([end, output.startsWith('Signed in to'), asked]).toEqual(['ok', true, [5_000, 5_000]]);
    expect((await smartbox(['person', 'list'], around)).output).toContain('admin');
  });

  it('ends when nobody approves it in time, and keeps nothing', async () => {
    const around: Around = {
      environment: { XDG_CONFIG_HOME: inFolder('late'), LANG: 'C' },
      onWait: async (delayMs) => at.passTime(delayMs * 60),
    };
    const { end, messages } = await smartbox(['login', '--url', at.url, '--device'], around);
    expect([end, messages]).toEqual(['refused', expect.stringContaining('expired-token')]);
    expect((await smartbox(['key', 'list'], around)).end).toBe('not-signed-in');
  });

  it('takes no token beside it', async () => {
    const line = ['login', '--url', at.url, '--device', '--token-stdin'];
    expect((await run(...line)).end).toBe('bad-arguments');
  });
});
