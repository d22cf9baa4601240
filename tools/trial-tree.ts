// A small copy of the repository in the operating system's temporary folder, into which a test puts
// files that break a rule. It holds the real configuration and borrows the real tools, so that what
// fires there fires here.
import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const REPOSITORY = fileURLToPath(new URL('..', import.meta.url));
const TOOLS = join(REPOSITORY, 'node_modules/.bin');
const PACKAGES = ['protocol', 'firmware', 'cloud', 'api-client', 'cli', 'simulator'];
const CONFIGURATION = [
  '.gitignore',
  'biome.json',
  'knip.json',
  'package.json',
  'pnpm-workspace.yaml',
  'tsconfig.base.json',
  'tools/lint',
  'tools/folders.cjs',
  'tools/layers.cjs',
  'packages/firmware/src/core/tsconfig.json',
  ...PACKAGES.flatMap((name) => [`packages/${name}/package.json`, `packages/${name}/tsconfig.json`]),
];

/** What a tool said. */
export interface Verdict {
  readonly exitCode: number;
  /** Both streams, without colours. */
  readonly output: string;
}

/** A temporary repository. */
export interface TrialTree {
  /** Writes a file, with the folders above it. */
  write(path: string, text: string): void;
  /** Runs one of the workspace's tools in the tree's root. */
  run(tool: string, ...options: readonly string[]): Verdict;
  remove(): void;
}

/** @returns a tree with the repository's configuration and packages that have no sources */
export function growTrialTree(): TrialTree {
  const root = mkdtempSync(join(tmpdir(), 'smartbox-trial-'));
  for (const path of CONFIGURATION) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    cpSync(join(REPOSITORY, path), join(root, path), { recursive: true });
  }
  symlinkSync(join(REPOSITORY, 'node_modules'), join(root, 'node_modules'));
  for (const name of PACKAGES) linkNeighbours(join(root, 'packages', name));
  const noble = 'packages/protocol/node_modules/@noble';
  symlinkSync(join(REPOSITORY, noble), join(root, noble));
  return {
    write: (path, text) => {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    },
    run: (tool, ...options) =>
      verdict(spawnSync(join(TOOLS, tool), options, { cwd: root, encoding: 'utf8', env: QUIET })),
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

const QUIET = { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0' };

/** Lets every package import every other by name, so that only the layer rules stand in the way. */
function linkNeighbours(packageRoot: string): void {
  const scope = join(packageRoot, 'node_modules/@smartbox');
  mkdirSync(scope, { recursive: true });
  for (const name of PACKAGES) symlinkSync(join(packageRoot, '..', name), join(scope, name));
}

function verdict({ status, stdout, stderr }: SpawnSyncReturns<string>): Verdict {
  return { exitCode: status ?? -1, output: `${stdout}\n${stderr}` };
}
