// The flash of a simulated board: its partitions by name, on one power supply. The cells live in RAM; who
// wants them to outlive the process gives the old ones and listens for changes.
import { type Flash, type FlashStorage, PortError } from '../ports/index.ts';
import { FlashCut } from './flash-cut.ts';
import { NorMemory } from './nor-memory.ts';
import type { SeededRandom } from './seeded-random.ts';

/** Bytes of a NOR block, the usual smallest erase. */
export const BLOCK_BYTES = 4_096;

export interface Partition {
  readonly name: string;
  readonly blocks: number;
  /** What an earlier run left in it; erased where absent or of another size. */
  readonly cells?: Uint8Array | undefined;
  readonly onChange?: (cells: Uint8Array, offset: number, length: number) => void;
}

export class FlashPartitions implements FlashStorage {
  readonly cut = new FlashCut();
  readonly #memories = new Map<string, NorMemory>();
  readonly #cells = new Map<string, Uint8Array>();

  constructor(partitions: readonly Partition[], random: SeededRandom) {
    for (const { name, blocks, cells: kept, onChange } of partitions) {
      const size = blocks * BLOCK_BYTES;
      const cells = kept?.length === size ? kept : new Uint8Array(size).fill(0xff);
      const changed = (offset: number, length: number) => onChange?.(cells, offset, length);
      const memory = new NorMemory({
        cells,
        blockLength: BLOCK_BYTES,
        cut: this.cut,
        random,
        onChange: changed,
      });
      this.#memories.set(name, memory);
      this.#cells.set(name, cells);
    }
  }

  open({ path }: { readonly path: string }): Flash {
    const memory = this.#memories.get(path);
    if (memory === undefined) throw new PortError('no-such-partition', path);
    return memory.open();
  }

  /** A dump of a partition, as a thief with a programmer gets it. */
  dump(name: string): Uint8Array {
    const cells = this.#cells.get(name);
    if (cells === undefined) throw new PortError('no-such-partition', name);
    return cells.slice();
  }

  /** Erases of the most worn block of a partition. */
  mostErases(name: string): number {
    return Math.max(0, ...(this.#memories.get(name)?.eraseCounts ?? []));
  }
}
