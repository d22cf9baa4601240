// Up to 64 booking payloads in three records of at most 96 bytes: those that were used, those that were cancelled.
// Kept as the records themselves, which is the smallest form that a box can hold. A payload never moves from one
// place to another, so a power cut between two writes forgets none that was there before and is there after.
import { type BookingPayload, limits, readUint, writeUint } from '@smartbox/protocol';
import type { RecordName } from './outputs.ts';

/** A record to write, in the order of the list that it stands in. */
export interface Save {
  readonly record: RecordName;
  readonly bytes: Uint8Array;
}

export interface PayloadList {
  readonly records: readonly [RecordName, RecordName, RecordName];
  /** What flash holds for each record; empty for nothing. */
  readonly bytes: readonly Uint8Array[];
}

const FORMAT = 1;
const PAYLOAD_BYTES = 4;
const PER_RECORD = 23;
const RECORD_BYTES = 1 + PER_RECORD * PAYLOAD_BYTES;
const NOTHING = new Uint8Array(0);

/** @returns the list in these records; what cannot be read counts as empty */
export function restorePayloads(
  records: Readonly<Partial<Record<RecordName, Uint8Array>>>,
  names: PayloadList['records'],
): PayloadList {
  const bytes = names.map((name) => {
    const record = records[name];
    return record?.length === RECORD_BYTES && record[0] === FORMAT ? record : NOTHING;
  });
  return { records: names, bytes };
}

export function hasPayload(list: PayloadList, payload: BookingPayload): boolean {
  return placesOf(list).includes(payload);
}

/**
 * Remembers one more payload. @param isOver whether a payload in the list need not be remembered any longer
 * @returns the list and its record to save, or undefined where 64 are still needed
 */
export function addPayload(
  list: PayloadList,
  payload: BookingPayload,
  isOver: (payload: BookingPayload) => boolean,
): { readonly list: PayloadList; readonly save: Save } | undefined {
  const place = placesOf(list).findIndex((held) => held === 0 || isOver(held));
  if (place < 0) return undefined;
  const next = withPlaces(list, new Map([[place, payload]]));
  return { list: next, save: saveOf(next, Math.floor(place / PER_RECORD)) };
}

/** Makes the list hold exactly these payloads. @returns the list and the records that changed */
export function replacePayloads(
  list: PayloadList,
  payloads: readonly BookingPayload[],
): { readonly list: PayloadList; readonly saves: readonly Save[] } {
  const changed = new Map<number, BookingPayload>();
  const held = placesOf(list);
  const coming = payloads.filter((payload) => payload !== 0 && !held.includes(payload));
  held.forEach((payload, place) => {
    if (payload !== 0 && payloads.includes(payload)) return;
    const next = coming.shift() ?? 0;
    if (next !== payload) changed.set(place, next);
  });
  const next = withPlaces(list, changed);
  const touched = new Set([...changed.keys()].map((place) => Math.floor(place / PER_RECORD)));
  return { list: next, saves: [...touched].map((index) => saveOf(next, index)) };
}

// Index is the place; 0 is an empty one: no booking has the payload 0, because no bin has the number 0.
function placesOf(list: PayloadList): BookingPayload[] {
  const places: BookingPayload[] = [];
  for (let place = 0; place < limits.cancelledBookings; place++) {
    const record = list.bytes[Math.floor(place / PER_RECORD)] as Uint8Array;
    places.push(record.length === 0 ? 0 : readUint(record, offsetOf(place), PAYLOAD_BYTES));
  }
  return places;
}

function withPlaces(list: PayloadList, changed: ReadonlyMap<number, BookingPayload>): PayloadList {
  const bytes = list.bytes.slice();
  for (const [place, value] of changed) {
    const index = Math.floor(place / PER_RECORD);
    const before = bytes[index] as Uint8Array;
    const record = new Uint8Array(RECORD_BYTES);
    record.set(before);
    record[0] = FORMAT;
    writeUint(record, offsetOf(place), { value, size: PAYLOAD_BYTES });
    bytes[index] = record;
  }
  return { ...list, bytes };
}

function saveOf(list: PayloadList, index: number): Save {
  return { record: list.records[index] as RecordName, bytes: list.bytes[index] as Uint8Array };
}

function offsetOf(place: number): number {
  return 1 + (place % PER_RECORD) * PAYLOAD_BYTES;
}
