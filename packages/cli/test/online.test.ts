// The command line and the real cloud, over HTTP, as a person and as a program call it.
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AnsweringCloud, cloudOverHttp } from '@smartbox/cloud/test-support';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Around, smartbox } from './at-terminal.ts';

let at: AnsweringCloud;
let folder: string;
let around: Around & { readonly environment: Readonly<Record<string, string>> };
let locationId: string;
let keyId: string;

beforeAll(async () => {
  at = await cloudOverHttp();
  folder = mkdtempSync(join(tmpdir(), 'smartbox-online-'));
  const environment = { XDG_CONFIG_HOME: folder, LANG: 'C' };
  around = { environment };
  const typed = `${await at.token()}\n`;
  expect((await smartbox(['login', '--url', at.url, '--token-stdin'], { environment, typed })).end).toBe(
    'ok',
  );
  locationId = (await json('location', 'add', '--name', 'Desk', '--time-zone', 'Asia/Tokyo')).id;
  const key = [
    '--name',
    'Van 7',
    '--location',
    locationId,
    '--fob-tag',
    '04a1b2c3d4e5f6',
    '--fob-label',
    'A-07',
  ];
  keyId = (await json('key', 'add', ...key)).id;
});

afterAll(async () => {
  await at.cloud.stop();
  rmSync(folder, { recursive: true, force: true });
});

const run = (...line: readonly string[]) => smartbox(line, around);

async function json(...line: readonly string[]) {
  const { end, output, messages } = await run(...line, '--json');
  expect([end, messages]).toEqual(['ok', '']);
  return JSON.parse(output);
}

describe('signing in', () => {
  const login = () => join(folder, 'smartbox/login.json');

  it('keeps the token in a file that only its owner can read', () => {
    expect(statSync(login()).mode & 0o777).toBe(0o600);
    expect(JSON.parse(readFileSync(login(), 'utf8'))).toMatchObject({ url: at.url });
  });

  it('keeps nothing that the server does not accept', async () => {
    const elsewhere = { environment: { XDG_CONFIG_HOME: join(folder, 'other') }, typed: 'sbk_wrong\n' };
    expect((await smartbox(['login', '--url', at.url, '--token-stdin'], elsewhere)).end).toBe('forbidden');
    expect((await smartbox(['key', 'list'], elsewhere)).end).toBe('not-signed-in');
  });

  it('asks no question where nobody could answer it', async () => {
    expect((await run('login', '--url', at.url)).end).toBe('no-terminal');
    expect((await run('step-up')).end).toBe('no-terminal');
  });

  it('shows nothing of a token that is typed', async () => {
    const environment = { XDG_CONFIG_HOME: join(folder, 'typed') };
    const token = await at.token(['keys:read']);
    const typed = { environment, typed: `${token}\n`, terminal: true };
    const { end, output, messages } = await smartbox(['login', '--url', at.url, '--language', 'en'], typed);
    expect(end).toBe('ok');
    expect(output + messages).not.toContain(token);
    expect((await smartbox(['key', 'list'], { environment })).output).toContain('Van 7');
    expect((await smartbox(['box', 'list'], { environment })).end).toBe('forbidden');
  });

  it('sends no token over a network in clear', async () => {
    const typed = { ...around, typed: 'sbk_x\n' };
    expect((await smartbox(['login', '--url', 'http://box.example', '--token-stdin'], typed)).end).toBe(
      'plain-http',
    );
  });

  it('refuses a file that others can read', async () => {
    const environment = { XDG_CONFIG_HOME: join(folder, 'typed') };
    const file = join(folder, 'typed/smartbox/login.json');
    const text = readFileSync(file);
    rmSync(file);
    writeFileSync(file, text, { mode: 0o644 });
    expect((await smartbox(['key', 'list'], { environment })).end).toBe('login-exposed');
  });

  it('is forgotten with logout, and stands in the environment for programs', async () => {
    const gone = { XDG_CONFIG_HOME: join(folder, 'typed') };
    expect((await smartbox(['logout', '--language', 'ja'], { environment: gone })).output).toContain('削除');
    expect((await smartbox(['key', 'list', '--language', 'ja'], { environment: gone })).messages).toContain(
      'login',
    );
    const environment = { ...gone, SMARTBOX_URL: at.url, SMARTBOX_TOKEN: await at.token(['keys:read']) };
    expect((await smartbox(['key', 'list'], { environment })).end).toBe('ok');
  });
});

describe('a noun and a verb', () => {
  it('shows a list as a table, and as JSON for programs', async () => {
    const [head, row] = (await run('key', 'list')).output.split('\n');
    expect(head).toMatch(/^ID +NAME +FOB_LABEL +WHERE.STATUS/);
    expect(row).toMatch(/^key_\S+ +Van 7 +A-07 +unknown +- +-/);
    expect(await json('key', 'list', '--location', locationId)).toMatchObject([{ id: keyId, name: 'Van 7' }]);
  });

  it('shows no more than was asked for, however long the list', async () => {
    for (const number of [1, 2, 3])
      await json(
        'key',
        'add',
        '--name',
        `Car ${number}`,
        '--location',
        locationId,
        '--fob-tag',
        `04a1b2c3d4e50${number}`,
      );
    expect(await json('key', 'list', '--limit', '2')).toHaveLength(2);
    expect(await json('key', 'list', '--limit', '0')).toEqual([]);
    expect(await json('key', 'list')).toHaveLength(4);
  });

  it('edits what is there now', async () => {
    expect(await json('key', 'change', keyId, '--name', 'Van 7 (spare)')).toMatchObject({
      name: 'Van 7 (spare)',
    });
    expect((await run('key', 'get', keyId)).output).toMatch(/^name +Van 7 \(spare\)$/m);
  });

  it('makes a key code, shows its digits once, and ends it (AC-01)', async () => {
    const made = await json('code', 'create', '--key', keyId, '--label', 'Cleaner');
    expect(made.code).toMatch(/^\d{6,}$/);
    expect((await run('code', 'get', made.id)).output).not.toContain(made.code);
    expect((await run('code', 'revoke', made.id)).output).toBe('Done.\n');
    expect(await json('code', 'list', '--key', keyId, '--live')).toEqual([]);
  });

  it.each([
    ['not-found', ['key', 'get', 'key_none']],
    ['refused', ['key', 'add', '--name', 'x', '--location', 'loc_none', '--fob-tag', 'zz']],
    ['bad-arguments', ['key', 'add', '--name', 'x']],
    ['bad-arguments', ['key', 'get']],
    ['bad-arguments', ['key', 'steal']],
    ['bad-arguments', ['key', 'list', '--limit', 'many']],
    ['bad-arguments', ['key', 'list', '--colour']],
    ['bad-arguments', ['count', 'take', 'box_x', '--counted-by', 'me', '--found', 'A-07']],
    ['not-found', ['booking', 'get', 'bkg_none']],
    ['forbidden', ['sheet', 'print', 'box_x', '--format', 'pdf']],
  ])('ends with %s for %j', async (end, line) => {
    expect((await run(...line)).end).toBe(end);
  });

  it('says what the server refuses in the language asked for, and as JSON to programs', async () => {
    expect((await run('key', 'get', 'key_none', '--language', 'ja')).messages).toContain('見つかりません');
    const { messages } = await run('key', 'get', 'key_none', '--json');
    expect(JSON.parse(messages)).toMatchObject({ code: 'not-found', status: 404 });
  });

  it('takes what people call a key as it is, and nothing that would turn the line round', async () => {
    const name = "<b>'; DROP TABLE key; --</b> =1+1 🗝";
    const made = await json(
      'key',
      'add',
      '--name',
      name,
      '--location',
      locationId,
      '--fob-tag',
      '04a1b2c3d4e5aa',
    );
    expect(made.name).toBe(name);
    expect((await run('key', 'list')).output).toContain(name);
    const turned = ['key', 'change', made.id, '--name', 'A\u202egnp.exe'];
    expect((await run(...turned)).end).toBe('refused');
  });

  it.each(['location', 'box', 'key', 'code', 'booking', 'sheet', 'count', 'events', 'token', 'emergency'])(
    'says how %s is called, in both languages',
    async (noun) => {
      const { output } = await run(noun, '--help');
      expect(output).toMatch(/[ぁ-ん一-龠]/);
      expect(output).toContain(`smartbox ${noun} list`.replace('emergency list', 'emergency get'));
    },
  );
});

describe('events tail', () => {
  it('shows what happened after an event, one line of JSON for each', async () => {
    const { id } = await json('code', 'create', '--key', keyId);
    await run('code', 'revoke', id);
    const line = ['events', 'tail', '--after', 'evt_000000000000', '--code', id, '--count', '2', '--json'];
    const told = (await run(...line)).output
      .trimEnd()
      .split('\n')
      .map((text) => JSON.parse(text));
    expect(told.map(({ type, code_id }) => [type, code_id])).toEqual([
      ['code.created', id],
      ['code.ended', id],
    ]);
  });
});

describe('webhook listen and trigger', () => {
  const environment = { SMARTBOX_WEBHOOK_SECRET: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' };

  /** Listens, triggers once at the address that is told. */
  async function exchange(
    receiver: Readonly<Record<string, string>>,
    sender: Readonly<Record<string, string>>,
  ) {
    let sent: ReturnType<typeof smartbox> | undefined;
    const heard = await smartbox(['webhook', 'listen', '--port', '0', '--count', '1', '--json'], {
      environment: receiver,
      onWrite: (text) => {
        const url = /http:\S+/.exec(text)?.[0];
        if (url !== undefined && sent === undefined)
          sent = smartbox(['webhook', 'trigger', url, '--type', 'key.returned'], { environment: sender });
      },
    });
    return { heard: JSON.parse(heard.output), sent: await sent };
  }

  it('shows a delivery whose signature is right', async () => {
    const { heard, sent } = await exchange(environment, environment);
    expect(heard).toMatchObject({ verdict: 'verified', body: { type: 'key.returned' } });
    expect(sent).toMatchObject({ end: 'ok', output: expect.stringContaining('204') });
  });

  it('refuses one that is not signed, or by somebody else', async () => {
    const other = { SMARTBOX_WEBHOOK_SECRET: 'whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' };
    expect(await exchange(environment, other)).toMatchObject({
      heard: { verdict: 'forged' },
      sent: { end: 'refused' },
    });
    expect(await exchange(environment, {})).toMatchObject({
      heard: { verdict: 'unsigned' },
      sent: { end: 'refused' },
    });
  });

  it('takes no secret that is none, and no port that is taken', async () => {
    const bad = { environment: { SMARTBOX_WEBHOOK_SECRET: 'hunter2' } };
    expect((await smartbox(['webhook', 'listen'], bad)).end).toBe('bad-arguments');
    const { port } = new URL(at.url);
    expect((await run('webhook', 'listen', '--port', port)).end).toBe('cannot-listen');
  });
});

describe('doctor', () => {
  it('looks at everything with one command and says in plain words how it is (MO-09)', async () => {
    const { end, output } = await run('doctor');
    expect([end, output.split('\n').map((line) => line.slice(0, 4))]).toEqual([
      ...['ok', ['OK  ', 'OK  ', 'OK  ', 'OK  ', 'OK  ', 'OK  ', '']],
    ]);
    const findings = await json('doctor', '--language', 'ja');
    expect(findings.map(({ check }: { check: string }) => check)).toEqual([
      ...['address', 'server', 'clock', 'token', 'boxes', 'sheets'],
    ]);
  });

  it.each([
    ['server', { SMARTBOX_URL: 'http://127.0.0.1:9', SMARTBOX_TOKEN: 'sbk_x' }],
    ['token', { SMARTBOX_TOKEN: 'sbk_x' }],
  ])('says that the %s fails, and ends with an exit code of its own (MO-09)', async (check, environment) => {
    const around = { environment: { SMARTBOX_URL: at.url, ...environment } };
    const { end, output } = await smartbox(['doctor', '--json'], around);
    expect(end).toBe('not-well');
    expect(JSON.parse(output).at(-1)).toMatchObject({ check, standing: 'fail' });
  });
});
