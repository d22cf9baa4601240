// The box's small values in NOR flash: each save is atomic under a power cut at any byte, and the value that
// it replaces is overwritten with zeros at once, so that a retired key cannot be read out of the chip later.
// One sector is in use; when it is full the live records move to the next clean one, and the header written
// last makes that one the valid sector. The store keeps bytes and knows nothing of what they mean.
import { readUint, writeUint } from '@smartbox/protocol';
import type { Flash } from '../ports/index.ts';
import { crc32 } from './crc32.ts';
import { isCleared, isErased, NorSectors, SECTOR_HEADER_BYTES } from './nor-sectors.ts';
import { StoreError } from './store-error.ts';

/** Longest record, in bytes. */
export const RECORD_BYTES = 96;

// Slot: id 1, length 1, spare 2, sequence 4, data 96, check 4.
const DATA_OFFSET = 8;
const CHECK_OFFSET = DATA_OFFSET + RECORD_BYTES;
const SLOT_BYTES = CHECK_OFFSET + 4;
/** "SBR1" */
const MARK = new Uint8Array([0x53, 0x42, 0x52, 0x31]);

interface Stored {
  readonly slot: number;
  readonly sequence: number;
  readonly bytes: Uint8Array;
}

/** How worn the partition is. */
export interface Wear {
  /** Times that the store moved to the next sector, over the life of the box. */
  readonly rotations: number;
  /** What that makes for each sector: usual NOR flash is good for 100,000. */
  readonly erasesPerSector: number;
  /** Saves left before the next rotation. */
  readonly slotsFree: number;
}

export class RecordStore<Name extends string> {
  readonly #sectors: NorSectors;
  readonly #ids: Readonly<Record<Name, number>>;
  readonly #slots: number;
  readonly #live = new Map<number, Stored>();
  #active = 0;
  #serial = 0;
  #sequence = 0;
  #nextSlot = 0;

  /**
   * Mounts the partition and finishes what a power cut interrupted.
   * @param ids one byte for each name, never to be changed: it is what the flash holds
   */
  constructor(flash: Flash, ids: Readonly<Record<Name, number>>) {
    this.#sectors = new NorSectors(flash, MARK);
    this.#ids = ids;
    this.#slots = Math.floor((this.#sectors.sectorBytes - SECTOR_HEADER_BYTES) / SLOT_BYTES);
    if (this.#sectors.count < 2 || Object.keys(ids).length >= this.#slots) {
      throw new StoreError('partition-too-small');
    }
    this.#mount();
  }

  /** All stored records by name, as copies. */
  records(): Partial<Record<Name, Uint8Array>> {
    const records: Partial<Record<Name, Uint8Array>> = {};
    for (const name of Object.keys(this.#ids) as Name[]) {
      const stored = this.#live.get(this.#ids[name]);
      if (stored !== undefined) records[name] = stored.bytes.slice();
    }
    return records;
  }

  /** Whether a record of this name was ever saved. */
  has(name: Name): boolean {
    return this.#live.has(this.#ids[name]);
  }

  get wear(): Wear {
    const rotations = this.#serial - 1;
    return {
      rotations,
      erasesPerSector: Math.ceil(rotations / this.#sectors.count),
      slotsFree: this.#slots - this.#nextSlot,
    };
  }

  /** Replaces the record. When this returns, the new value survives every power cut and the old one is gone. */
  save(name: Name, bytes: Uint8Array): void {
    if (bytes.length > RECORD_BYTES) throw new StoreError('record-too-long');
    const id = this.#ids[name];
    const old = this.#live.get(id);
    if (old !== undefined && sameBytes(old.bytes, bytes)) return;
    if (this.#nextSlot >= this.#slots) {
      this.#rotate(id, bytes);
      return;
    }
    this.#program(this.#active, this.#nextSlot++, { id, bytes });
    if (old !== undefined) this.#clear(old.slot);
  }

  /** Moves all live records and the new one to the next sector; its header, written last, is the commit. */
  #rotate(id: number, bytes: Uint8Array): void {
    const retired = this.#active;
    const target = (retired + 1) % this.#sectors.count;
    let slot = 0;
    for (const [otherId, stored] of [...this.#live]) {
      if (otherId !== id) this.#program(target, slot++, { id: otherId, bytes: stored.bytes });
    }
    this.#program(target, slot++, { id, bytes });
    this.#sectors.open(target, this.#serial + 1);
    this.#serial += 1;
    this.#active = target;
    this.#nextSlot = slot;
    this.#sectors.retire(retired);
  }

  #program(sector: number, slot: number, record: { readonly id: number; readonly bytes: Uint8Array }): void {
    const sequence = this.#sequence++;
    const head = new Uint8Array(DATA_OFFSET + record.bytes.length);
    head[0] = record.id;
    head[1] = record.bytes.length;
    writeUint(head, 4, { value: sequence, size: 4 });
    head.set(record.bytes, DATA_OFFSET);
    const check = new Uint8Array(4);
    writeUint(check, 0, { value: crc32(head), size: 4 });
    this.#sectors.write(sector, offsetOf(slot), head);
    this.#sectors.write(sector, offsetOf(slot) + CHECK_OFFSET, check);
    this.#live.set(record.id, { slot, sequence, bytes: record.bytes.slice() });
  }

  #clear(slot: number): void {
    this.#sectors.write(this.#active, offsetOf(slot), new Uint8Array(SLOT_BYTES));
  }

  #mount(): void {
    const headers = Array.from({ length: this.#sectors.count }, (_, sector) => this.#sectors.header(sector));
    headers.forEach((header, sector) => {
      if (header.kind === 'open' && header.serial > this.#serial) {
        this.#serial = header.serial;
        this.#active = sector;
      }
    });
    if (this.#serial === 0) this.#format();
    this.#sectors.strengthen(this.#active, this.#serial);
    this.#readActive();
    // Whatever else is not clean holds copies of records, perhaps of retired keys.
    headers.forEach((header, sector) => {
      if (sector === this.#active) return;
      if (header.kind !== 'clean' || !this.#sectors.isBlank(sector)) this.#sectors.retire(sector);
    });
  }

  #format(): void {
    this.#active = 0;
    this.#serial = 1;
    this.#sectors.retire(0);
    this.#sectors.open(0, this.#serial);
  }

  /** Finds the newest of each record, makes it firm, and only then clears what is older or torn. */
  #readActive(): void {
    const slots = Array.from({ length: this.#slots }, (_, slot) =>
      this.#sectors.read(this.#active, offsetOf(slot), SLOT_BYTES),
    );
    slots.forEach((raw, slot) => {
      if (isErased(raw)) return;
      this.#nextSlot = slot + 1;
      const stored = decode(raw, slot);
      if (stored === undefined) return;
      this.#sequence = Math.max(this.#sequence, stored.sequence + 1);
      const known = this.#live.get(stored.id);
      if (known === undefined || stored.sequence > known.sequence) this.#live.set(stored.id, stored);
    });
    const live = new Set([...this.#live.values()].map(({ slot }) => slot));
    for (const slot of live) this.#sectors.write(this.#active, offsetOf(slot), slots[slot] as Uint8Array);
    slots.forEach((raw, slot) => {
      if (!live.has(slot) && !isErased(raw) && !isCleared(raw)) this.#clear(slot);
    });
  }
}

function offsetOf(slot: number): number {
  return SECTOR_HEADER_BYTES + slot * SLOT_BYTES;
}

/** @returns the record in a slot, or undefined where there is none that is whole */
function decode(raw: Uint8Array, slot: number): (Stored & { readonly id: number }) | undefined {
  const length = raw[1] as number;
  if (length > RECORD_BYTES) return undefined;
  const head = raw.subarray(0, DATA_OFFSET + length);
  if (readUint(raw, CHECK_OFFSET, 4) !== crc32(head)) return undefined;
  return {
    id: raw[0] as number,
    slot,
    sequence: readUint(raw, 4, 4),
    bytes: raw.slice(DATA_OFFSET, head.length),
  };
}

function sameBytes(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && left.every((byte, index) => byte === right[index]);
}
