// A directory of the run for databases, on a real disk: on a memory file system a durable commit costs nothing
// and every ratio against it would be a fairy tale.
import { mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Linux's magic numbers of file systems that live in memory. */
const memoryFileSystems = new Set([0x01021994, 0x858458f6]);

/** A directory that is removed at the end. */
export interface Scratch {
  readonly directory: string;
  /** Whether a commit there reaches no disk. */
  readonly inMemory: boolean;
  /** A fresh path below it. */
  path(name: string): string;
  remove(): void;
}

/** @param parent where to make it, the system's temporary directory unless given */
export function makeScratch(parent: string = tmpdir()): Scratch {
  const directory = mkdtempSync(join(parent, 'smartbox-bench-'));
  let made = 0;
  return {
    directory,
    inMemory: memoryFileSystems.has(statfsSync(directory).type),
    path: (name) => join(directory, `${++made}-${name}`),
    remove: () => rmSync(directory, { recursive: true, force: true }),
  };
}
