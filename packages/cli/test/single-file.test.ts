// The command line as one file, alone in an empty folder with an export: with nothing installed, no server and no
// network it must open what the cloud gave out years before.
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isSignedBy, nobleCrypto, phoneAnswer, readUse } from '@smartbox/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Bundle, bundleCommandLine } from '../bundle/bundles.ts';
import { exitCodes } from '../src/terminal/cli-error.ts';
import { oldestNode } from './oldest-node.ts';
import { codeOf, exportName, passphrase, publicKey, sampleExport, secretsOf } from './sample-export.ts';

const node = oldestNode();
const guard = fileURLToPath(new URL('no-network.mjs', import.meta.url));
/** Written by the Python script of the golden vectors. */
const audit = JSON.parse(
  readFileSync(new URL('../../protocol/vectors/golden/audit.json', import.meta.url), 'utf8'),
) as { readonly publicKey: { readonly hex: string }; readonly exports: readonly string[] };
const auditName = 'audit.json';
let bundle: Bundle;
let folder: string;

beforeAll(async () => {
  bundle = await bundleCommandLine();
  folder = mkdtempSync(join(tmpdir(), 'smartbox-alone-'));
  writeFileSync(join(folder, 'smartbox.mjs'), bundle.text);
  chmodSync(join(folder, 'smartbox.mjs'), 0o755);
  writeFileSync(join(folder, exportName), await sampleExport());
  writeFileSync(join(folder, auditName), audit.exports[0] as string);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs the file by itself, in its folder, with an environment that names no other place. */
function smartbox(...args: readonly string[]) {
  const run = spawnSync(node.path, ['--import', guard, 'smartbox.mjs', ...args], {
    ...{ cwd: folder, input: `${passphrase}\n`, encoding: 'utf8', timeout: 60_000 },
    env: { PATH: '/nonexistent', LANG: 'C' },
  });
  return { code: run.status, output: run.stdout, messages: run.stderr };
}

function importsOf({ metafile }: Bundle): readonly string[] {
  const [output] = Object.values(metafile.outputs);
  return [...new Set(output!.imports.map(({ path }) => path))].sort();
}

describe(`smartbox as one file, on Node ${node.version}`, () => {
  it('imports nothing but Node’s own modules', () => {
    expect(importsOf(bundle).every((path) => path.startsWith('node:'))).toBe(true);
  });

  it('has a break-glass command that brings along nothing that reaches a network', async () => {
    const part = await bundleCommandLine('terminal/break-glass-command.ts');
    expect(importsOf(part)).toEqual(['node:fs', 'node:path', 'node:util']);
    const reaching = /\b(fetch|WebSocket|EventSource|XMLHttpRequest)\s*\(/;
    expect(part.text).not.toMatch(reaching);
    expect(bundle.text).toMatch(reaching);
  });

  it('opens one bin or all from a sheet that was downloaded before, with no cloud at all (EM-11)', () => {
    const { code, output } = smartbox(
      'break-glass',
      exportName,
      'sheet',
      '--box',
      '裏口',
      '--json',
      '--passphrase-stdin',
    );
    expect(code).toBe(0);
    const sheet = JSON.parse(output);
    expect(sheet.bins[0].codes[3]).toBe(codeOf(1, 1, 4));
    expect(sheet.all_bins_codes[0]).toBe(codeOf(1, 0, 1));
  });

  it('shows the inventory (EM-13) and answers a challenge (EM-16)', () => {
    expect(smartbox('break-glass', exportName, 'inventory', '--passphrase-stdin').output).toContain('A-07');
    const asked = [
      '--box',
      'Garage',
      '--challenge',
      '87654321',
      '--bin',
      '1',
      '--json',
      '--passphrase-stdin',
    ];
    const { output } = smartbox('break-glass', exportName, 'answer', ...asked);
    const answer = phoneAnswer(nobleCrypto, secretsOf(2).phoneKey, { challenge: '87654321', target: 1 });
    expect(JSON.parse(output)).toMatchObject({ answer });
  });

  it('checks an exported audit with the public key alone (SEC-14)', () => {
    const { code, output } = smartbox(
      'audit',
      'verify',
      auditName,
      '--public-key',
      audit.publicKey.hex,
      '--json',
    );
    expect(code).toBe(0);
    expect(JSON.parse(output)).toMatchObject({ verified: true, first: 1, last: 11 });
    const other = smartbox('audit', 'verify', auditName, '--public-key', '00'.repeat(32));
    expect([other.code, other.output]).toEqual([exitCodes['audit-refused'], '']);
  });

  it('leaves its records beside the export and nothing else anywhere in the folder', () => {
    expect(readdirSync(folder).sort()).toEqual([
      auditName,
      'smartbox.mjs',
      exportName,
      `${exportName}.uses.jsonl`,
    ]);
    const lines = readFileSync(join(folder, `${exportName}.uses.jsonl`), 'utf8')
      .trimEnd()
      .split('\n');
    expect(lines.map((line) => isSignedBy(publicKey, readUse(line)!))).toEqual([true, true, true]);
  });

  it.each([
    ['bad-arguments', []],
    ['bad-arguments', ['toString']],
    ['no-terminal', ['break-glass', exportName]],
    ['file-unreadable', ['break-glass', 'none.sbx', 'inventory', '--passphrase-stdin']],
    ['no-export', ['break-glass', 'smartbox.mjs', 'inventory', '--passphrase-stdin']],
    ['no-box', ['break-glass', exportName, 'sheet', '--box', 'Attic', '--passphrase-stdin']],
  ] as const)('ends with the exit code of %s for %j', (reason, args) => {
    const { code, output, messages } = smartbox(...args);
    expect([code, output]).toEqual([exitCodes[reason], '']);
    expect(messages).not.toMatch(/^\s+at /m);
  });

  it('says how it is called', () => {
    expect(smartbox('--help')).toMatchObject({
      code: 0,
      output: expect.stringContaining('break-glass FILE'),
    });
  });

  it('would be caught if it reached for the network', () => {
    const caught = (program: string) =>
      spawnSync(node.path, ['--import', guard, '--input-type=module', '-e', program], { encoding: 'utf8' })
        .status;
    for (const program of [
      "await fetch('http://127.0.0.1:9')",
      "(await import('node:net')).connect(9)",
      "(await import('node:http')).get('http://127.0.0.1:9')",
      "(await import('node:dns')).lookup('localhost', () => {})",
      "(await import('node:dgram')).createSocket('udp4')",
    ])
      expect([program, caught(program)]).toEqual([program, 99]);
  });

  it.skipIf(process.platform === 'win32')('runs by its own name where Node is on the path', () => {
    const run = spawnSync(join(folder, 'smartbox.mjs'), ['--help'], { env: { PATH: dirname(node.path) } });
    expect(run.status).toBe(0);
  });
});
