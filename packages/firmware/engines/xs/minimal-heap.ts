// The least memory a program gets through its work with, found by halving each fixed resource while the others are
// ample, and then checked all together: peaks cannot say it, because an engine uses whatever it has before it
// collects garbage.
import { EngineStopped, type Program } from '../embedded-engine.ts';
import type { XsHost } from './build.ts';
import { startXs, type XsEngine } from './xs-engine.ts';
import { ramBytes, type XsLimits } from './xs-limits.ts';

/** What the program must get through. */
export type Work = (engine: XsEngine) => Promise<unknown>;

export interface MinimalHeap {
  readonly limits: XsLimits;
  /** Slots, chunks, stack and keys together, on a 32-bit machine. */
  readonly ramBytes: number;
}

const ample: XsLimits = {
  slots: 40_000,
  chunkBytes: 256 * 1024,
  stackSlots: 4_000,
  keys: 6_000,
  cStackBytes: 64 * 1024,
  looseBytes: 64 * 1024,
  steps: 1_000_000_000,
};

/** Found to within these; below them a change of the program moves the result more than the search does. */
const grain: Readonly<Partial<Record<keyof XsLimits, number>>> = {
  slots: 64,
  chunkBytes: 512,
  stackSlots: 8,
  keys: 8,
  cStackBytes: 128,
  looseBytes: 128,
};

async function getsThrough(host: XsHost, program: Program, limits: XsLimits, work: Work): Promise<boolean> {
  let engine: XsEngine | undefined;
  try {
    engine = await startXs(host, program, limits);
    await work(engine);
    return true;
  } catch (error) {
    // A text that found no room makes the program throw instead of ending it.
    if (error instanceof EngineStopped || engine !== undefined) return false;
    throw error;
  } finally {
    await engine?.close();
  }
}

/** @throws EngineStopped when not even ample memory is enough */
export async function findMinimalHeap(host: XsHost, program: Program, work: Work): Promise<MinimalHeap> {
  const engine = await startXs(host, program, ample);
  await work(engine);
  await engine.close();
  const found: XsLimits = { ...ample };
  for (const name of Object.keys(grain) as (keyof XsLimits)[]) {
    Object.assign(found, { [name]: await halve(host, program, work, name) });
  }
  let limits = found;
  // Each was found with the others ample; together they may need a little more, for collections come closer together.
  for (let extra = 0; !(await getsThrough(host, program, limits, work)); extra += 64) {
    limits = { ...found, slots: found.slots + extra, chunkBytes: found.chunkBytes + extra * 8 };
  }
  return { limits, ramBytes: ramBytes(limits) };
}

async function halve(host: XsHost, program: Program, work: Work, name: keyof XsLimits): Promise<number> {
  let low = 0;
  let high = ample[name];
  while (high - low > (grain[name] ?? 1)) {
    const middle = Math.floor((low + high) / 2);
    if (await getsThrough(host, program, { ...ample, [name]: Math.max(middle, 1) }, work)) high = middle;
    else low = middle;
  }
  return high;
}
