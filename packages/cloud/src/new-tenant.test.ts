// The first steps on a server without the demo: a tenant and its owner by a command, then the API.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

let directory: string;
let running: ChildProcess | undefined;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'smartbox-new-tenant-'));
});
afterEach(() => {
  running?.kill('SIGKILL');
  running = undefined;
});

function run(file: string, ...words: readonly string[]): ChildProcess {
  const path = fileURLToPath(new URL(`./${file}`, import.meta.url));
  return spawn(process.execPath, ['--import', 'tsx', path, ...words], {
    env: {
      ...{ PATH: process.env.PATH ?? '', SMARTBOX_DATA_DIR: directory },
      ...{ SMARTBOX_HTTP_PORT: '0', SMARTBOX_MQTT_TLS_PORT: '0', SMARTBOX_LOG_LEVEL: 'info' },
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

async function ended(child: ChildProcess): Promise<{ readonly code: number | null; readonly text: string }> {
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk) => {
      text += String(chunk);
    });
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, text };
}

/** @returns the address of the API, once it answers */
function startServer(): Promise<string> {
  const child = run('main.ts');
  running = child;
  return new Promise((resolve) => {
    child.stdout?.on('data', (chunk) => {
      const address = /"address":"(http[^"]+)".*"msg":"ready"/.exec(String(chunk))?.[1];
      if (address !== undefined) resolve(address);
    });
  });
}

const hanako = ['Sakura Hotels', '山田 花子', 'hanako@example.jp'] as const;

describe('a new tenant', { timeout: 120_000 }, () => {
  it('begins with an owner, who takes the invitation up by the API', async () => {
    const made = await ended(run('new-tenant.ts', ...hanako));
    expect(made.code).toBe(0);
    const invitation = /invitation +(\S+)/.exec(made.text)?.[1];
    const address = await startServer();
    const taken = await fetch(`${address}/v1/invitation-acceptances`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ invitation, password: 'plums ripen behind the shed' }),
    });
    expect(taken.status).toBe(201);
    expect(await taken.json()).toMatchObject({ person_id: /per_\w+/.exec(made.text)?.[0] });
  });

  it('is not begun under a running server, which is told', async () => {
    await startServer();
    const refused = await ended(run('new-tenant.ts', ...hanako));
    expect(refused).toMatchObject({ code: 1, text: expect.stringContaining(directory) });
  });

  it.each([
    ['no mail address', ['Sakura', 'Hanako', 'hanako'], 1, 'メールアドレス'],
    ['a name that turns the text around', ['Sakura', 'Ha\u202enako', 'h@example.jp'], 1, 'can be shown'],
    ['a word too few', ['Sakura', 'Hanako'], 2, 'new-tenant ORGANISATION'],
  ])('is refused for %s, and nothing is left of it', async (_, words, code, says) => {
    expect(await ended(run('new-tenant.ts', ...words))).toMatchObject({
      code,
      text: expect.stringContaining(says),
    });
    // The mail address is free, and the tenant was not kept either.
    expect((await ended(run('new-tenant.ts', ...hanako))).code).toBe(0);
  });
});
