// NOR flash as physics has it. Programming clears bits and takes its time byte by byte; erasing raises a whole
// block; a cut leaves the interrupted byte with some of its bits, and those in a state that reads now so, now
// otherwise until they are programmed or erased again. The cells may be mirrored to a file by their owner.
import { type Flash, type FlashStatus, PortError } from '../ports/index.ts';
import type { FlashCut } from './flash-cut.ts';
import type { SeededRandom } from './seeded-random.ts';

/** Moments inside one block erase at which the power may fail. */
const ERASE_STEPS = 8;
const ERASED = 0xff;

export interface NorMemoryOptions {
  /** The cells: a whole number of blocks. Kept, not copied. */
  readonly cells: Uint8Array;
  readonly blockLength: number;
  readonly cut: FlashCut;
  readonly random: SeededRandom;
  /** Called after every change, with the range that may have changed. */
  readonly onChange?: (offset: number, length: number) => void;
}

export class NorMemory {
  /** Erases of each block so far. */
  readonly eraseCounts: number[];
  readonly #options: NorMemoryOptions;
  /** Bits left half programmed or half erased: byte offset to mask. */
  readonly #unstable = new Map<number, number>();

  constructor(options: NorMemoryOptions) {
    this.#options = options;
    this.eraseCounts = new Array<number>(options.cells.length / options.blockLength).fill(0);
  }

  /** A handle on the memory, as the port has it. */
  open(): Flash {
    let closed = false;
    const check = () => {
      if (closed) throw new PortError('closed');
    };
    return {
      status: () => this.#status(),
      read: (byteLength, byteOffset) => {
        check();
        return this.#read(byteLength, byteOffset);
      },
      write: (bytes, byteOffset) => {
        check();
        this.#write(bytes, byteOffset);
      },
      eraseBlock: (start, end) => {
        check();
        this.#eraseBlocks(start, end ?? start + 1);
      },
      close: () => {
        closed = true;
      },
    };
  }

  #status(): FlashStatus {
    const { cells, blockLength } = this.#options;
    const size = cells.length;
    return { size, blockLength, blocks: size / blockLength, writeAlign: 1, eraseValue: ERASED };
  }

  #read(byteLength: number, byteOffset: number): ArrayBuffer {
    this.#check(byteOffset, byteLength);
    const bytes = this.#options.cells.slice(byteOffset, byteOffset + byteLength);
    if (this.#unstable.size > 0) this.#disturb(bytes, byteOffset);
    return bytes.buffer as ArrayBuffer;
  }

  #write(bytes: Uint8Array, byteOffset: number): void {
    this.#check(byteOffset, bytes.length);
    const { cells, cut, onChange } = this.#options;
    for (let index = 0; index < bytes.length; index++) {
      const offset = byteOffset + index;
      const before = cells[offset] as number;
      const after = before & (bytes[index] as number);
      if (cut.fails()) {
        this.#interrupt(offset, before & ~after, -1);
        onChange?.(byteOffset, index + 1);
        throw new PortError('power-lost', 'while programming');
      }
      cells[offset] = after;
      this.#settle(offset, ~(bytes[index] as number));
    }
    onChange?.(byteOffset, bytes.length);
  }

  #eraseBlocks(start: number, end: number): void {
    const { blockLength } = this.#options;
    this.#check(start * blockLength, (end - start) * blockLength);
    for (let block = start; block < end; block++) this.#eraseOne(block);
  }

  #eraseOne(block: number): void {
    const { cells, blockLength, cut, random, onChange } = this.#options;
    const first = block * blockLength;
    for (let step = 0; step < ERASE_STEPS; step++) {
      if (!cut.fails()) continue;
      for (let offset = first; offset < first + blockLength; offset++) {
        if (random.fraction() < step / ERASE_STEPS)
          this.#interrupt(offset, ~(cells[offset] as number) & ERASED, 1);
      }
      onChange?.(first, blockLength);
      throw new PortError('power-lost', 'while erasing');
    }
    cells.fill(ERASED, first, first + blockLength);
    for (const offset of [...this.#unstable.keys()]) {
      if (offset >= first && offset < first + blockLength) this.#unstable.delete(offset);
    }
    this.eraseCounts[block] = (this.eraseCounts[block] as number) + 1;
    onChange?.(first, blockLength);
  }

  /** Moves some of `bits` the way the operation was going (-1 clears, 1 raises) and leaves some undecided. */
  #interrupt(offset: number, bits: number, direction: -1 | 1): void {
    const { cells, random } = this.#options;
    const moved = bits & random.byte();
    const cell = cells[offset] as number;
    cells[offset] = direction < 0 ? cell & ~moved : cell | moved;
    const undecided = bits & random.byte();
    if (undecided !== 0) this.#unstable.set(offset, undecided);
  }

  /** Programmed bits are firm again. */
  #settle(offset: number, programmed: number): void {
    const undecided = this.#unstable.get(offset);
    if (undecided === undefined) return;
    const rest = undecided & ~programmed;
    if (rest === 0) this.#unstable.delete(offset);
    else this.#unstable.set(offset, rest);
  }

  #disturb(bytes: Uint8Array, byteOffset: number): void {
    for (const [offset, mask] of this.#unstable) {
      const index = offset - byteOffset;
      if (index < 0 || index >= bytes.length) continue;
      bytes[index] = (bytes[index] as number) ^ (mask & this.#options.random.byte());
    }
  }

  #check(offset: number, length: number): void {
    if (!this.#options.cut.powered) throw new PortError('power-lost');
    if (
      !Number.isInteger(offset) ||
      offset < 0 ||
      length < 0 ||
      offset + length > this.#options.cells.length
    ) {
      throw new PortError('out-of-range', `${length} bytes at ${offset}`);
    }
  }
}
