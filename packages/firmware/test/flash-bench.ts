// A flash partition on the bench, with power that can be cut at a chosen operation: what the power-cut tests
// of the record store and the log ring run on.
import { FlashCut } from '../src/electronics/flash-cut.ts';
import { NorMemory } from '../src/electronics/nor-memory.ts';
import { SeededRandom } from '../src/electronics/seeded-random.ts';
import { type Flash, PortError } from '../src/ports/index.ts';

export interface FlashBench {
  readonly cut: FlashCut;
  readonly flash: Flash;
  readonly cells: Uint8Array;
}

export function flashBench(blocks: number, blockLength: number, seed = 1): FlashBench {
  const cells = new Uint8Array(blocks * blockLength).fill(0xff);
  const cut = new FlashCut();
  const memory = new NorMemory({ cells, blockLength, cut, random: new SeededRandom(seed) });
  return { cut, cells, flash: memory.open() };
}

/** Runs `action`. @returns whether the power was cut in it; every other error passes through */
export function survives(action: () => void): boolean {
  try {
    action();
    return true;
  } catch (error) {
    if (error instanceof PortError && error.code === 'power-lost') return false;
    throw error;
  }
}

/**
 * Mounts again and again, each time with the power failing at the next of `cuts`, until a mount gets through.
 * @returns what the last mount made
 */
export function remount<T>(bench: FlashBench, cuts: number[], mount: () => T): T {
  for (;;) {
    bench.cut.powered = true;
    const next = cuts.shift();
    if (next === undefined) bench.cut.disarm();
    else bench.cut.arm(next);
    let mounted: T | undefined;
    if (survives(() => (mounted = mount()))) {
      bench.cut.disarm();
      return mounted as T;
    }
  }
}
