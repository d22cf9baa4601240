// The command against files that the Python script wrote, on a real file system.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CliError } from '../terminal/cli-error.ts';
import { auditCommand } from './audit-command.ts';
import { auditTexts } from './audit-texts.ts';

const golden = JSON.parse(
  readFileSync(new URL('../../../protocol/vectors/golden/audit.json', import.meta.url), 'utf8'),
) as {
  readonly publicKey: { readonly hex: string };
  readonly heads: readonly { readonly tree_size: number }[];
  readonly exports: readonly string[];
};
const key = golden.publicKey.hex;
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'smartbox-audit-'));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function fileWith(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

async function run(...args: readonly string[]) {
  let output = '';
  const ports = {
    input: Readable.from([]),
    output: {
      write: (text: string) => {
        output += text;
      },
    },
    messages: { write: () => {} },
    environment: { LANG: 'C' },
    nowMs: () => 0,
    wait: async () => {},
    randomBytes: (length: number) => new Uint8Array(length),
  };
  try {
    await auditCommand(args, ports);
    return { code: 'done', output, message: '' };
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    return { code: error.code, output, message: error.message };
  }
}

const whole = () => fileWith('export.json', golden.exports[0] as string);
const verify = (path: string, ...more: readonly string[]) =>
  run('verify', path, '--public-key', key, ...more);

describe('smartbox audit verify', () => {
  it('says which records hold, of how many, and since when they cannot be changed (SEC-14)', async () => {
    const { code, output } = await verify(whole());
    expect(code).toBe('done');
    expect(output.split('\n')).toEqual([
      'Verified: records 1 to 11 of 11, signed 2026-06-11T00:00:00.011Z',
      'organisation ten_019a0c5e7b1a7c3e8f5d2b4a6c8e0f12',
      'It also agrees with 11 earlier heads.',
      '',
    ]);
  });

  it('says that a file holds a part only', async () => {
    const { output } = await verify(fileWith('part.json', golden.exports[2] as string));
    expect(output).toContain('records 6 to 9 of 11');
    expect(output).toContain('a part of the audit only');
  });

  it('takes the public key from a file as well, and speaks JSON and Japanese', async () => {
    const path = fileWith('public.key', `${key}\n`);
    const { output } = await run('verify', whole(), '--public-key', path, '--json');
    expect(JSON.parse(output)).toMatchObject({ verified: true, first: 1, last: 11, tree_size: 11 });
    expect((await verify(whole(), '--language', 'ja')).output).toContain('検証できました: 記録 1〜11');
  });

  it('finds one changed letter, and tells a script the reason (SEC-14)', async () => {
    const changed = fileWith('changed.json', (golden.exports[0] as string).replace('"plain"', '"plaim"'));
    const { code, message, output } = await verify(changed, '--json');
    expect([code, message]).toEqual(['audit-refused', expect.stringMatching(/changed/)]);
    expect(JSON.parse(output)).toEqual({ verified: false, reason: 'other-history', at: 4 });
  });

  it('holds an export against a head that somebody kept (SEC-14)', async () => {
    const keptHead = (size: number) => fileWith(`head-${size}.json`, JSON.stringify(golden.heads[size]));
    expect((await verify(whole(), '--head', keptHead(3), '--head', keptHead(7))).output).toContain(
      '13 earlier',
    );
    const short = fileWith('short.json', golden.exports[1] as string);
    expect(await verify(short, '--head', keptHead(9))).toMatchObject({
      code: 'audit-refused',
      message: expect.stringContaining('outside of this file'),
    });
  });

  it('refuses another key, and says what to look at', async () => {
    const { code, message } = await run('verify', whole(), '--public-key', '00'.repeat(32));
    expect([code, message]).toEqual(['audit-refused', expect.stringContaining('public key')]);
  });

  it.each([
    ['bad-arguments', () => ['verify']],
    ['bad-arguments', () => ['verify', whole()]],
    ['bad-arguments', () => ['sign', whole(), '--public-key', key]],
    ['bad-arguments', () => ['verify', whole(), 'more', '--public-key', key]],
    ['bad-arguments', () => ['verify', whole(), '--public-key', key, '--language', 'fr']],
    ['bad-arguments', () => ['verify', whole(), '--what']],
    ['file-unreadable', () => ['verify', join(folder, 'none'), '--public-key', key]],
    ['file-unreadable', () => ['verify', whole(), '--public-key', 'abc']],
    ['damaged', () => ['verify', whole(), '--public-key', whole()]],
    ['damaged', () => ['verify', whole(), '--public-key', key, '--head', whole()]],
    ['damaged', () => ['verify', whole(), '--public-key', key, '--head', fileWith('h', 'x')]],
    ['no-export', () => ['verify', fileWith('other', '{}'), '--public-key', key]],
    [
      'unknown-version',
      () => ['verify', fileWith('new', '{"format":"smartbox-audit-9"}'), '--public-key', key],
    ],
    ['damaged', () => ['verify', fileWith('cut', '{"format":"smartbox-audit-1"}'), '--public-key', key]],
  ] as const)('ends with %s for what cannot be checked', async (reason, args) => {
    const { code, output, message } = await run(...args());
    expect([code, output]).toEqual([reason, '']);
    expect(message).not.toBe('');
  });

  it('says how it is called', async () => {
    expect((await run('--help')).output).toContain('--public-key');
  });

  it('has every text in both languages, with the same values in both', () => {
    const names = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();
    for (const { ja, en } of Object.values(auditTexts)) {
      expect(ja).toMatch(/[ぁ-んァ-ヶ一-龠]/);
      expect(names(ja)).toEqual(names(en));
    }
  });
});
