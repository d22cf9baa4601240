// Which Node the single file is tried on: the oldest that the README promises, where this machine has one on its path,
// else the one that runs the tests.
import { spawnSync } from 'node:child_process';
import { delimiter, join } from 'node:path';

const OLDEST = 'v20.';

/** A Node and its version. */
export interface FoundNode {
  readonly path: string;
  readonly version: string;
}

/** @returns Node 20 if it is there, else this one */
export function oldestNode(): FoundNode {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    const path = join(folder, 'node');
    const version = spawnSync(path, ['--version'], { encoding: 'utf8' }).stdout?.trim() ?? '';
    if (version.startsWith(OLDEST)) return { path, version };
  }
  return { path: process.execPath, version: process.version };
}
