// The box's log in NOR flash: a ring of sectors that fill with 64-byte entries in sequence. An entry is there
// when its last byte is, survives every power cut from then on, and is overwritten only after it was released.
// The ring numbers and checks entries and knows nothing else of them; when it has no room it says so.
import { readUint, writeUint } from '@smartbox/protocol';
import type { Flash } from '../ports/index.ts';
import { crc32 } from './crc32.ts';
import { isCleared, isErased, NorSectors, SECTOR_HEADER_BYTES } from './nor-sectors.ts';
import { StoreError } from './store-error.ts';

/** Bytes of an entry as it is appended. */
export const ENTRY_BYTES = 64;

// Slot: sequence 4, entry 64, check 4.
const ENTRY_OFFSET = 4;
const CHECK_OFFSET = ENTRY_OFFSET + ENTRY_BYTES;
const SLOT_BYTES = CHECK_OFFSET + 4;
/** "SBL1" */
const MARK = new Uint8Array([0x53, 0x42, 0x4c, 0x31]);

interface Stored {
  readonly sequence: number;
  readonly entry: Uint8Array;
}

/** An open sector; the ring keeps them oldest first. */
interface Segment {
  readonly sector: number;
  readonly serial: number;
  /** Sequence of its first entry; undefined while it has none. */
  first: number | undefined;
}

export class LogRing {
  /** Newest sequence ever stored, 0 when there was none. */
  end = 0;
  /** Entry `end`, 64 bytes. */
  lastEntry: Uint8Array | undefined;
  readonly #sectors: NorSectors;
  readonly #slots: number;
  #segments: Segment[] = [];
  /** Free sectors that are to be erased before use: new flash, or an erase that was cut. */
  readonly #unclean = new Set<number>();
  #nextSlot = 0;
  #deadSlots = 0;

  /** Mounts the partition: reads its headers, the first entry of each sector and the newest sector, once. */
  constructor(flash: Flash) {
    this.#sectors = new NorSectors(flash, MARK);
    this.#slots = Math.floor((this.#sectors.sectorBytes - SECTOR_HEADER_BYTES) / SLOT_BYTES);
    if (this.#sectors.count < 3 || this.#slots < 1) throw new StoreError('partition-too-small');
    this.#mount();
  }

  /** Oldest sequence still stored; `end + 1` when nothing is stored. */
  get first(): number {
    return this.#segments[0]?.first ?? this.end + 1;
  }

  /** How many unreleased entries surely fit: the oldest one may pin a sector, torn slots stay unused. */
  get capacity(): number {
    return Math.max(0, (this.#sectors.count - 1) * this.#slots + 1 - this.#deadSlots);
  }

  /** Erases since the ring was mounted. */
  get erases(): number {
    return this.#sectors.erases;
  }

  /**
   * Stores entry `sequence`, which must be `end + 1`.
   * @returns `full` when no sector is free: nothing was written, nothing unreleased was overwritten
   */
  append(sequence: number, entry: Uint8Array): 'stored' | 'full' {
    if (entry.length !== ENTRY_BYTES) throw new StoreError('entry-size');
    if (sequence !== this.end + 1) throw new StoreError('sequence-gap');
    if (!this.#makeRoom()) return 'full';
    const segment = this.#segments.at(-1) as Segment;
    this.#sectors.write(segment.sector, offsetOf(this.#nextSlot), encode(sequence, entry));
    this.#nextSlot += 1;
    segment.first ??= sequence;
    this.end = sequence;
    this.lastEntry = entry.slice();
    return 'stored';
  }

  /** @returns up to `limit` consecutive entries, beginning with `first` or the oldest one stored after it */
  read(first: number, limit: number): { readonly first: number; readonly entries: readonly Uint8Array[] } {
    const from = Math.max(first, this.first);
    const entries: Uint8Array[] = [];
    for (const [index, segment] of this.#segments.entries()) {
      const next = this.#segments[index + 1]?.first ?? this.end + 1;
      if (segment.first === undefined || next <= from) continue;
      // Without torn slots this is where the entry is; with some it is further on, never before.
      let slot = Math.max(0, from + entries.length - segment.first);
      for (; slot < this.#slots && entries.length < limit; slot++) {
        const stored = this.#readSlot(segment.sector, slot);
        if (stored?.sequence === from + entries.length) entries.push(stored.entry);
      }
    }
    return { first: from, entries };
  }

  /**
   * Entries up to and including `through` may go. Sectors that hold nothing newer are erased now; the
   * newest entry always stays, because the next one is chained to it.
   */
  release(through: number): void {
    for (;;) {
      const [oldest, next] = this.#segments;
      if (oldest === undefined || next?.first === undefined || next.first - 1 > through) return;
      this.#deadSlots -= this.#slots - (next.first - (oldest.first as number));
      this.#segments.shift();
      this.#sectors.retire(oldest.sector);
    }
  }

  /** Opens the next sector when the newest is full. @returns whether there is a slot to write to */
  #makeRoom(): boolean {
    const newest = this.#segments.at(-1);
    if (newest !== undefined && this.#nextSlot < this.#slots) return true;
    const sector = this.#nextFree(newest?.sector ?? -1);
    if (sector === undefined) return false;
    const serial = (newest?.serial ?? 0) + 1;
    if (this.#unclean.delete(sector)) this.#sectors.retire(sector);
    this.#sectors.open(sector, serial);
    this.#segments.push({ sector, serial, first: undefined });
    this.#nextSlot = 0;
    return true;
  }

  /** The serial numbers keep the order, so any free sector will do; going round spreads the wear. */
  #nextFree(after: number): number | undefined {
    for (let step = 1; step <= this.#sectors.count; step++) {
      const sector = (after + step) % this.#sectors.count;
      if (this.#segments.every((segment) => segment.sector !== sector)) return sector;
    }
    return undefined;
  }

  #mount(): void {
    for (let sector = 0; sector < this.#sectors.count; sector++) {
      const header = this.#sectors.header(sector);
      if (header.kind === 'unusable') this.#unclean.add(sector);
      if (header.kind === 'open') this.#segments.push({ sector, serial: header.serial, first: undefined });
    }
    this.#segments.sort((left, right) => left.serial - right.serial);
    const newest = this.#segments.at(-1);
    if (newest === undefined) return;
    for (const segment of this.#segments.slice(0, -1))
      segment.first = this.#scan(segment.sector, 1)?.sequence;
    this.#sectors.strengthen(newest.sector, newest.serial);
    const last = this.#mountNewest(newest) ?? this.#lastOfPrevious();
    this.end = last?.sequence ?? 0;
    this.lastEntry = last?.entry;
    this.#dropEmpty(newest);
    this.#countDeadSlots();
  }

  /**
   * Only the newest sector can hold a torn slot, and only its last entry cells that are not firm yet. Each
   * slot is read once: what is believed is programmed again, what is not is cleared for good.
   */
  #mountNewest(newest: Segment): Stored | undefined {
    let last: { readonly slot: number; readonly stored: Stored } | undefined;
    for (let slot = 0; slot < this.#slots; slot++) {
      const raw = this.#sectors.read(newest.sector, offsetOf(slot), SLOT_BYTES);
      if (isErased(raw)) continue;
      this.#nextSlot = slot + 1;
      const stored = decode(raw);
      if (stored !== undefined) {
        last = { slot, stored };
        newest.first ??= stored.sequence;
      } else if (!isCleared(raw)) {
        this.#sectors.write(newest.sector, offsetOf(slot), new Uint8Array(SLOT_BYTES));
      }
    }
    if (last === undefined) return undefined;
    const { sequence, entry } = last.stored;
    this.#sectors.write(newest.sector, offsetOf(last.slot), encode(sequence, entry));
    return last.stored;
  }

  #lastOfPrevious(): Stored | undefined {
    const previous = this.#segments.at(-2);
    return previous && this.#scan(previous.sector, -1);
  }

  /** A sector whose every slot was torn holds nothing: it goes back to the free ones. */
  #dropEmpty(newest: Segment): void {
    for (const segment of this.#segments) {
      if (segment !== newest && segment.first === undefined) this.#sectors.retire(segment.sector);
    }
    this.#segments = this.#segments.filter((segment) => segment === newest || segment.first !== undefined);
  }

  #countDeadSlots(): void {
    this.#deadSlots = 0;
    this.#segments.forEach(({ first }, index) => {
      const next = this.#segments[index + 1];
      const used = next === undefined ? this.#nextSlot : this.#slots;
      const entries = first === undefined ? 0 : (next?.first ?? this.end + 1) - first;
      this.#deadSlots += used - entries;
    });
  }

  /** @returns the first whole entry from the front (`step` 1) or from the back (-1) of a sector */
  #scan(sector: number, step: 1 | -1): Stored | undefined {
    const start = step === 1 ? 0 : this.#slots - 1;
    for (let slot = start; slot >= 0 && slot < this.#slots; slot += step) {
      const stored = this.#readSlot(sector, slot);
      if (stored !== undefined) return stored;
    }
    return undefined;
  }

  #readSlot(sector: number, slot: number): Stored | undefined {
    return decode(this.#sectors.read(sector, offsetOf(slot), SLOT_BYTES));
  }
}

function offsetOf(slot: number): number {
  return SECTOR_HEADER_BYTES + slot * SLOT_BYTES;
}

function encode(sequence: number, entry: Uint8Array): Uint8Array {
  const raw = new Uint8Array(SLOT_BYTES);
  writeUint(raw, 0, { value: sequence, size: 4 });
  raw.set(entry, ENTRY_OFFSET);
  writeUint(raw, CHECK_OFFSET, { value: crc32(raw.subarray(0, CHECK_OFFSET)), size: 4 });
  return raw;
}

function decode(raw: Uint8Array): Stored | undefined {
  if (readUint(raw, CHECK_OFFSET, 4) !== crc32(raw.subarray(0, CHECK_OFFSET))) return undefined;
  return { sequence: readUint(raw, 0, 4), entry: raw.slice(ENTRY_OFFSET, CHECK_OFFSET) };
}
