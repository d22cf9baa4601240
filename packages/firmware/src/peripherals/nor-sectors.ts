// Sectors of a NOR partition with a header each, under power cuts: what the record store and the log ring
// share. A sector is clean (erased to the end and marked so), open (its header carries a serial number), or
// unusable (anything else: an erase or a header that was cut). Only a clean sector is ever written to.
import { readUint, writeUint } from '@smartbox/protocol';
import { type Flash, PortError } from '../ports/index.ts';
import { crc32 } from './crc32.ts';

/** Bytes at the start of each sector: mark 4, serial 4, check 4, spare 4. */
export const SECTOR_HEADER_BYTES = 16;

const MARK_BYTES = 4;
const SERIAL_OFFSET = 4;
const CHECK_OFFSET = 8;
const ERASED = 0xff;

export type SectorHeader =
  | { readonly kind: 'clean' }
  | { readonly kind: 'open'; readonly serial: number }
  | { readonly kind: 'unusable' };

export class NorSectors {
  readonly count: number;
  readonly sectorBytes: number;
  /** Erases since this object was made: what wears the flash out. */
  erases = 0;
  readonly #flash: Flash;
  readonly #mark: Uint8Array;

  /** @param mark 4 bytes that name the format, so that a partition of another one is never mistaken for it */
  constructor(flash: Flash, mark: Uint8Array) {
    this.#flash = flash;
    this.#mark = mark;
    const { blocks, blockLength } = flash.status();
    this.count = blocks;
    this.sectorBytes = blockLength;
  }

  /** What stands at the head of `sector`. */
  header(sector: number): SectorHeader {
    const bytes = this.read(sector, 0, SECTOR_HEADER_BYTES);
    if (!this.#mark.every((byte, index) => bytes[index] === byte)) return { kind: 'unusable' };
    if (isErased(bytes.subarray(MARK_BYTES))) return { kind: 'clean' };
    const intact = readUint(bytes, CHECK_OFFSET, 4) === this.#check(bytes);
    return intact ? { kind: 'open', serial: readUint(bytes, SERIAL_OFFSET, 4) } : { kind: 'unusable' };
  }

  /** Makes a clean sector open. The last byte of the check is the moment at which it becomes so. */
  open(sector: number, serial: number): void {
    const bytes = new Uint8Array(CHECK_OFFSET + 4);
    bytes.set(this.#mark);
    writeUint(bytes, SERIAL_OFFSET, { value: serial, size: 4 });
    writeUint(bytes, CHECK_OFFSET, { value: this.#check(bytes), size: 4 });
    this.write(sector, MARK_BYTES, bytes.subarray(MARK_BYTES));
  }

  /**
   * Programs the header of an open sector once more. Cells that a cut left half programmed may read either
   * way; what was believed once must stay so, before anything older is given up.
   */
  strengthen(sector: number, serial: number): void {
    this.open(sector, serial);
  }

  /**
   * Erases `sector` and marks it clean. The header is cleared first: an interrupted erase may leave any bits
   * behind, and none of them may look like a sector that is in use.
   */
  retire(sector: number): void {
    this.write(sector, 0, new Uint8Array(SECTOR_HEADER_BYTES));
    this.#flash.eraseBlock(sector);
    this.erases += 1;
    this.write(sector, 0, this.#mark);
  }

  /** @returns a copy of `length` bytes at `offset` of `sector` */
  read(sector: number, offset: number, length: number): Uint8Array {
    return new Uint8Array(this.#flash.read(length, sector * this.sectorBytes + offset));
  }

  /** Programs and reads back. @throws PortError `flash-failed` when the cells do not hold what was written */
  write(sector: number, offset: number, bytes: Uint8Array): void {
    this.#flash.write(bytes, sector * this.sectorBytes + offset);
    const stored = this.read(sector, offset, bytes.length);
    if (!stored.every((byte, index) => byte === bytes[index])) {
      throw new PortError('flash-failed', `sector ${sector}, offset ${offset}`);
    }
  }

  /** Whether `sector` behind its header is erased. */
  isBlank(sector: number): boolean {
    return isErased(this.read(sector, SECTOR_HEADER_BYTES, this.sectorBytes - SECTOR_HEADER_BYTES));
  }

  #check(header: Uint8Array): number {
    return crc32(this.#mark, header.subarray(SERIAL_OFFSET, CHECK_OFFSET));
  }
}

/** Whether every byte reads as erased. */
export function isErased(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte === ERASED);
}

/** Whether every bit is programmed: how a slot that must never be read again looks. */
export function isCleared(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte === 0);
}
