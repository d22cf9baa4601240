// How much memory the XS box has, and what that is in bytes of RAM. The device budget lives here, once:
// tests assert that the whole firmware runs inside it, and docs/embedded-engines.md prints it.

/** Fixed for the life of a run; slots and stack slots are 16 bytes each on a 32-bit machine. */
export interface XsLimits {
  readonly slots: number;
  readonly chunkBytes: number;
  readonly stackSlots: number;
  readonly keys: number;
  /** The C stack below the engine's entry. */
  readonly cStackBytes: number;
  /** Allocations outside the heap once the program is loaded (number printing, JSON, BigInt scratch). */
  readonly looseBytes: number;
  /** XS meter units allowed for one call, and for the load of the program. */
  readonly steps: number;
}

/** No firmware may need more, whatever it grows to. */
export const ramCeilingBytes = 320 * 1024;

/** What the firmware aims at. */
export const ramTargetBytes = 150 * 1024;

/** JavaScript RAM of these limits on a 32-bit machine: slots, chunks, stack and the table of keys. */
export function ramBytes(limits: XsLimits): number {
  return limits.slots * 16 + limits.chunkBytes + limits.stackSlots * 16 + limits.keys * 4;
}

/** The same machine on a 64-bit host needs twice the slot size; used only where -m32 is not to be had. */
export function widened(limits: XsLimits): XsLimits {
  return {
    ...limits,
    chunkBytes: limits.chunkBytes * 2,
    cStackBytes: limits.cStackBytes * 2,
    looseBytes: limits.looseBytes * 2,
  };
}

/** The box the tests run on: the ceiling, split as the firmware uses it. */
export const deviceLimits: XsLimits = {
  slots: 13_000,
  chunkBytes: 48 * 1024,
  stackSlots: 1_150,
  keys: 2_350,
  cStackBytes: 16 * 1024,
  looseBytes: 8 * 1024,
  steps: 20_000_000,
};
