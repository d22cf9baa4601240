// ECMA-419 `storage/flash`: raw NOR flash. Writing can only clear bits (the result is old AND new), erasing
// sets a whole block to `eraseValue`, and both are finished when they return. A power cut may leave any
// part of the interrupted operation done, even half of one byte: what is built on top must bear that.

export interface FlashStatus {
  /** Bytes in the partition. */
  readonly size: number;
  /** Bytes in a block, the smallest thing that can be erased. */
  readonly blockLength: number;
  readonly blocks: number;
  /** Smallest unit of a write, in bytes. */
  readonly writeAlign: number;
  /** What an erased byte reads as: 255 on NOR. */
  readonly eraseValue: number;
}

export interface Flash {
  status(): FlashStatus;
  /** @returns exactly `byteLength` bytes */
  read(byteLength: number, byteOffset: number): ArrayBuffer;
  /** Clears bits: each byte becomes old AND new. Throws PortError. */
  write(bytes: Uint8Array, byteOffset: number): void;
  /** Erases blocks `start` up to but without `end` (default: one). Throws PortError. */
  eraseBlock(start: number, end?: number): void;
  close(): void;
}

export interface FlashStorage {
  /** Opens a partition by name. Throws PortError `no-such-partition`. */
  open(options: { readonly path: string; readonly mode?: 'r' | 'r+' }): Flash;
}
