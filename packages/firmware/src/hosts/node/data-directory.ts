// Where a Node box keeps what a real one keeps in itself: flash files, and the state of doors, fobs, plugs and
// clock chip. One process at a time; nobody else may read it, for the flash holds the box's keys.
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { BoxSnapshot } from '../../electronics/index.ts';
import { HostError } from './host-error.ts';

/** The world around the firmware, as it is kept between two runs. */
export interface KeptWorld {
  /** Numbers of bins whose door stands open. */
  readonly openDoors: readonly number[];
  /** The front of the box stands open; absent in what older runs left. */
  readonly mainLockOpen?: boolean;
  /** Fob in each bin, by bin number. */
  readonly tags: Readonly<Record<string, string>>;
  readonly mains: boolean;
  readonly network: boolean;
  /** Hotspots in the air, and whether that is jammed; a directory of an older box has neither. */
  readonly hotspots?: BoxSnapshot['network']['hotspots'];
  readonly jammed?: boolean;
  readonly batteryPercent: number;
  /** In deep sleep; absent in what older runs left. */
  readonly asleep?: boolean;
  /** How far the clock chip is ahead of the machine's clock, in milliseconds; null if it was never set. */
  readonly clockAheadMs: number | null;
}

/** Directories that this process holds: its own number in a lock file may also be a dead process's. */
const held = new Set<string>();

export class DataDirectory {
  readonly path: string;

  constructor(path: string) {
    this.path = resolve(path);
    try {
      mkdirSync(this.path, { recursive: true, mode: 0o700 });
    } catch (cause) {
      const advice = 'choose a directory that you may write to';
      throw new HostError('data-directory-unusable', `${this.path} cannot be made: ${advice}`, { cause });
    }
    this.#lock();
    held.add(this.path);
  }

  file(name: string): string {
    return join(this.path, name);
  }

  /** @returns what the last run left, or undefined at the first start */
  readWorld(): KeptWorld | undefined {
    try {
      const kept: unknown = JSON.parse(readFileSync(this.file('world.json'), 'utf8'));
      return isKeptWorld(kept) ? kept : undefined;
    } catch {
      // Absent at the first start. Damaged, it costs no secret: the bins are set up anew.
      return undefined;
    }
  }

  writeWorld(world: KeptWorld): void {
    const unfinished = this.file('world.json.new');
    writeFileSync(unfinished, `${JSON.stringify(world, undefined, 2)}\n`, { mode: 0o600 });
    renameSync(unfinished, this.file('world.json'));
  }

  /** Lets the next process in. */
  release(): void {
    held.delete(this.path);
    rmSync(this.file('process'), { force: true });
  }

  #lock(): void {
    const file = this.file('process');
    try {
      writeFileSync(file, String(process.pid), { flag: 'wx', mode: 0o600 });
    } catch (cause) {
      const owner = ownerOf(file);
      if (owner === process.pid ? held.has(this.path) : owner !== undefined && isAlive(owner)) {
        const advice = 'stop that process, or choose another directory';
        throw new HostError('data-directory-in-use', `${this.path} is used by process ${owner}: ${advice}`, {
          cause,
        });
      }
      writeFileSync(file, String(process.pid), { mode: 0o600 });
    }
  }
}

function isKeptWorld(kept: unknown): kept is KeptWorld {
  const world = kept as Partial<KeptWorld> | null;
  return (
    Array.isArray(world?.openDoors) &&
    typeof world.tags === 'object' &&
    typeof world.mains === 'boolean' &&
    typeof world.network === 'boolean' &&
    (world.hotspots === undefined || Array.isArray(world.hotspots)) &&
    typeof world.batteryPercent === 'number' &&
    (world.clockAheadMs === null || typeof world.clockAheadMs === 'number')
  );
}

function ownerOf(file: string): number | undefined {
  try {
    const owner = Number(readFileSync(file, 'utf8'));
    return Number.isInteger(owner) && owner > 0 ? owner : undefined;
  } catch {
    return undefined;
  }
}

function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    // EPERM: it lives, and belongs to somebody else.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
