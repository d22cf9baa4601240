// The figures of the XS host, as it prints them (gauge.c), and what they mean in bytes of a device's RAM.
import { EngineError, type EngineStats } from '../embedded-engine.ts';

/** Pairs are [used, limit]; triples are [now, peak, limit]. Now and peak include garbage not yet collected. */
export interface XsGauges {
  readonly slotBytes: number;
  readonly slots: readonly [number, number, number];
  readonly chunkBytes: readonly [number, number, number];
  readonly stackSlots: readonly [number, number];
  readonly keys: readonly [number, number];
  readonly cStackBytes: readonly [number, number];
  readonly looseBytes: readonly [number, number, number];
  /** Bytecode, and the names it uses. */
  readonly flashBytes: readonly [number, number];
  /** The machine itself and its two hash tables. */
  readonly fixedBytes: number;
  /** Meter units of the last call, or of the load before the first one. */
  readonly steps: number;
}

/** @throws EngineError `bad-reply` when the host printed something else */
export function parseGauges(text: string): XsGauges {
  try {
    return JSON.parse(text) as XsGauges;
  } catch (cause) {
    throw new EngineError('bad-reply', text, cause);
  }
}

/** JavaScript memory (slots, chunks, stack, keys); C stack and loose allocations are among the parts. */
export function statsOf(gauges: XsGauges): EngineStats {
  const keyBytes = gauges.slotBytes / 4;
  const sum = (slots: number, chunks: number, stack: number, keys: number): number =>
    (slots + stack) * gauges.slotBytes + chunks + keys * keyBytes;
  return {
    ramBytes: sum(gauges.slots[0], gauges.chunkBytes[0], gauges.stackSlots[0], gauges.keys[0]),
    ramPeakBytes: sum(gauges.slots[1], gauges.chunkBytes[1], gauges.stackSlots[0], gauges.keys[0]),
    ramLimitBytes: sum(gauges.slots[2], gauges.chunkBytes[2], gauges.stackSlots[1], gauges.keys[1]),
    flashBytes: gauges.flashBytes[0] + gauges.flashBytes[1],
    parts: {
      slots: gauges.slots[0],
      chunkBytes: gauges.chunkBytes[0],
      stackSlotsPeak: gauges.stackSlots[0],
      keys: gauges.keys[0],
      cStackBytesPeak: gauges.cStackBytes[0],
      looseBytesPeak: gauges.looseBytes[1],
      fixedBytes: gauges.fixedBytes,
      bytecodeBytes: gauges.flashBytes[0],
      symbolBytes: gauges.flashBytes[1],
    },
  };
}
