// The package as others get it: plain JavaScript with types, small, resting on nothing.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const home = fileURLToPath(new URL('..', import.meta.url));
const manifest = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8'));
const compiler = join(home, '../../node_modules/.bin', 'tsc');
const UNPACKED_BYTES = 1_000_000;
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'smartbox-client-'));
  const installed = join(folder, 'node_modules/@smartbox/api-client');
  mkdirSync(installed, { recursive: true });
  const built = spawnSync(compiler, ['-p', 'tsconfig.package.json', '--outDir', join(installed, 'dist')], {
    ...{ cwd: home, encoding: 'utf8' },
  });
  expect(built.stdout).toBe('');
  writeFileSync(join(installed, 'package.json'), JSON.stringify({ ...manifest, ...manifest.publishConfig }));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the package', () => {
  it('takes less than 1 MB unpacked', () => {
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((path) => path.startsWith('node_modules'))
      .map((path) => statSync(join(folder, path)))
      .filter((status) => status.isFile());
    const bytes = files.reduce((sum, { size }) => sum + size, 0);
    expect(bytes).toBeGreaterThan(50_000);
    expect(bytes).toBeLessThan(UNPACKED_BYTES);
  });

  it('needs no other package', () => {
    expect(Object.keys(manifest)).not.toContain('dependencies');
    expect(Object.keys(manifest)).not.toContain('peerDependencies');
  });

  it('runs where nothing else is installed', () => {
    const program = `
      import { createClient } from '@smartbox/api-client';
      const client = createClient({ url: 'http://127.0.0.1:9', retries: 0 });
      try { await client.listKeys(); } catch (error) { console.log(error.name, error.reason); }`;
    writeFileSync(join(folder, 'program.mjs'), program);
    const { stdout, stderr } = spawnSync(process.execPath, ['program.mjs'], {
      cwd: folder,
      encoding: 'utf8',
    });
    expect([stderr, stdout]).toEqual(['', 'ApiUnreachable no-connection\n']);
  });
});
