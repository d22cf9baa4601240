// The keys and rules for openings without the cloud, as the cloud told them: desired state, so only a higher version
// changes anything, and a sheet or booking key is only replaced by one of a higher generation. What is replaced stays
// good for a day.
// Orders that matter, so that a cut between any two writes is harmless: what is replaced goes to its `-before`
// records before the new key takes its place (cells-before, sheet-before, sheet), and `emergency` with the version is
// last. The cells of a new sheet need no write: a `cells` record of an older sheet says that none is used.
import { type BodyNamed, equalBytes, limits } from '@smartbox/protocol';
import {
  type Authenticator,
  decodeAuthenticator,
  decodeCells,
  decodeKey,
  decodeRules,
  type EmergencyRules,
  encodeAuthenticator,
  encodeCells,
  encodeKey,
  encodeRules,
  freshCells,
  type StoredKey,
  type UsedCells,
} from './emergency-records.ts';
import { boxLimits } from './limits.ts';
import type { RecordName } from './outputs.ts';
import { type PayloadList, replacePayloads, restorePayloads, type Save } from './payload-list.ts';
import type { Reading } from './trusted-clock.ts';

export interface EmergencyKeys {
  readonly rules: EmergencyRules;
  readonly sheet: StoredKey | undefined;
  /** Of the newest generation, also where its sheet was taken back. */
  readonly cells: UsedCells;
  readonly sheetBefore: StoredKey | undefined;
  readonly cellsBefore: UsedCells;
  readonly booking: StoredKey | undefined;
  readonly bookingBefore: StoredKey | undefined;
  readonly phone: StoredKey | undefined;
  readonly authenticator: Authenticator;
  readonly usedBookings: PayloadList;
  readonly cancelled: PayloadList;
}

type Told = BodyNamed<'emergency-changed'>;
type Records = Readonly<Partial<Record<RecordName, Uint8Array>>>;

/** Keys after a change, and the records to save, in order. */
export interface KeysChanged {
  readonly keys: EmergencyKeys;
  readonly saves: readonly Save[];
}

/** In force until the cloud says otherwise. */
const DEFAULT_RULES: EmergencyRules = {
  version: 0,
  firstUseHours: 0,
  sleepAfterMs: boxLimits.sleepAfterDefaultMs,
  awakeMs: boxLimits.awakeDefaultMs,
  openOrder: new Uint8Array(0),
};

/** @returns what the records say; a box that was told nothing has no keys */
export function restoreEmergency(records: Records): EmergencyKeys {
  const sheet = decodeKey(records.sheet);
  const before = decodeKey(records['sheet-before']);
  // Cut between the two writes of a change, a key may stand in both places: it is the one in force.
  const sheetBefore = isOlder(before, sheet) ? before : undefined;
  const booking = decodeKey(records['booking-key']);
  const bookingBefore = decodeKey(records['booking-key-before']);
  return {
    rules: decodeRules(records.emergency) ?? DEFAULT_RULES,
    sheet,
    cells: decodeCells(records.cells, sheet?.generation),
    sheetBefore,
    cellsBefore: decodeCells(records['cells-before'], sheetBefore?.generation),
    booking,
    bookingBefore: isOlder(bookingBefore, booking) ? bookingBefore : undefined,
    phone: decodeKey(records['phone-key']),
    authenticator: decodeAuthenticator(records.authenticator),
    usedBookings: restorePayloads(records, ['used-bookings', 'used-bookings-24', 'used-bookings-47']),
    cancelled: restorePayloads(records, ['cancelled', 'cancelled-24', 'cancelled-47']),
  };
}

/** Takes the desired state. @param nowMs Unix ms, trusted. @returns undefined where `told` is not newer */
export function changeEmergency(keys: EmergencyKeys, told: Told, nowMs: number): KeysChanged | undefined {
  if (told.version <= keys.rules.version) return undefined;
  const goodUntilMs = nowMs + limits.replacedKeyGraceMs;
  const saves: Save[] = [];
  const next = {
    ...keys,
    ...changeSheet(keys, told, { goodUntilMs, saves }),
    ...changeBooking(keys, told, { goodUntilMs, saves }),
    ...changeRest(keys, told, saves),
  };
  return { keys: next, saves };
}

/** Forgets replaced keys whose day is over. @returns undefined where there is none */
export function forgetReplaced(keys: EmergencyKeys, reading: Reading): KeysChanged | undefined {
  const isOver = (key: StoredKey | undefined) => key !== undefined && !isGood(key, reading);
  if (reading.source === 'unknown') return undefined;
  const saves: Save[] = [];
  let next = keys;
  if (isOver(keys.sheetBefore)) {
    next = { ...next, sheetBefore: undefined };
    saves.push({ record: 'sheet-before', bytes: encodeKey(undefined) });
  }
  if (isOver(keys.bookingBefore)) {
    next = { ...next, bookingBefore: undefined };
    saves.push({ record: 'booking-key-before', bytes: encodeKey(undefined) });
  }
  return saves.length === 0 ? undefined : { keys: next, saves };
}

/** @returns Unix ms at which the next replaced key is forgotten, if one is left */
export function replacedUntilMs(keys: EmergencyKeys): number | undefined {
  const { sheetBefore, bookingBefore } = keys;
  if (sheetBefore === undefined) return bookingBefore?.goodUntilMs;
  return Math.min(sheetBefore.goodUntilMs, bookingBefore?.goodUntilMs ?? sheetBefore.goodUntilMs);
}

/** @returns whether a replaced key is still good; a box that lost the time takes the newest only */
export function isGood(key: StoredKey, reading: Reading): boolean {
  return reading.source !== 'unknown' && reading.timeMs < key.goodUntilMs;
}

/** @returns what the box says about its keys */
export function confirmedKeys(keys: EmergencyKeys): BodyNamed<'emergency-confirmed'> {
  return {
    version: keys.rules.version,
    sheetGeneration: keys.sheet?.generation ?? 0,
    sheetRevoked: keys.sheet !== undefined && keys.cells.revoked,
    bookingGeneration: keys.booking?.generation ?? 0,
    authenticator: keys.authenticator.key.length > 0,
  };
}

interface Change {
  readonly goodUntilMs: number;
  readonly saves: Save[];
}

function changeSheet(keys: EmergencyKeys, told: Told, change: Change): Partial<EmergencyKeys> {
  const { sheet, cells } = keys;
  const { saves, goodUntilMs } = change;
  const wanted = keyOf(told.sheetKey, told.sheetGeneration, {
    untilMs: told.sheetUntilMs,
    cellsPerBin: told.cellsPerBin,
    cellsForAll: told.cellsForAll,
  });
  if (wanted === undefined || wanted.generation === 0) return takeBackSheet(keys, saves);
  // A cloud that went back in time must not bring a sheet to life whose cells are used up.
  if (wanted.generation < cells.generation) return {};
  if (wanted.generation === cells.generation) {
    if (sheet !== undefined && sameKey(sheet, wanted)) return {};
    saves.push({ record: 'sheet', bytes: encodeKey(wanted) });
    return { sheet: wanted };
  }
  const replaced = sheet === undefined || cells.revoked ? undefined : { ...sheet, goodUntilMs };
  if (replaced !== undefined) {
    saves.push({ record: 'cells-before', bytes: encodeCells(cells) });
    saves.push({ record: 'sheet-before', bytes: encodeKey(replaced) });
  }
  saves.push({ record: 'sheet', bytes: encodeKey(wanted) });
  const before = replaced === undefined ? {} : { sheetBefore: replaced, cellsBefore: cells };
  return { sheet: wanted, cells: freshCells(wanted.generation), ...before };
}

// No sheet any more, not for a day either: whoever takes a sheet back has a reason.
function takeBackSheet(keys: EmergencyKeys, saves: Save[]): Partial<EmergencyKeys> {
  const { sheet, sheetBefore, cells } = keys;
  if (sheetBefore !== undefined) saves.push({ record: 'sheet-before', bytes: encodeKey(undefined) });
  if (sheet !== undefined) {
    // The generation stays known by its cells, so that the same sheet cannot come back unused.
    saves.push({ record: 'cells', bytes: encodeCells(cells) });
    saves.push({ record: 'sheet', bytes: encodeKey(undefined) });
  }
  return { sheet: undefined, sheetBefore: undefined };
}

function changeBooking(keys: EmergencyKeys, told: Told, change: Change): Partial<EmergencyKeys> {
  const { booking, bookingBefore } = keys;
  const { saves, goodUntilMs } = change;
  const wanted = keyOf(told.bookingKey, told.bookingGeneration);
  if (wanted === undefined || wanted.generation === 0) {
    if (bookingBefore !== undefined) {
      saves.push({ record: 'booking-key-before', bytes: encodeKey(undefined) });
    }
    if (booking !== undefined) saves.push({ record: 'booking-key', bytes: encodeKey(undefined) });
    return { booking: undefined, bookingBefore: undefined };
  }
  if (booking !== undefined && (wanted.generation < booking.generation || sameKey(booking, wanted)))
    return {};
  const rises = booking !== undefined && wanted.generation > booking.generation;
  const before = rises ? { bookingBefore: { ...booking, goodUntilMs } } : {};
  if (before.bookingBefore !== undefined) {
    saves.push({ record: 'booking-key-before', bytes: encodeKey(before.bookingBefore) });
  }
  saves.push({ record: 'booking-key', bytes: encodeKey(wanted) });
  return { booking: wanted, ...before };
}

function changeRest(keys: EmergencyKeys, told: Told, saves: Save[]): Partial<EmergencyKeys> {
  const phone = keyOf(told.phoneKey, 0);
  const samePhone = phone !== undefined && keys.phone !== undefined && sameKey(phone, keys.phone);
  if (!samePhone && phone !== keys.phone) saves.push({ record: 'phone-key', bytes: encodeKey(phone) });
  const told20 = told.authenticatorKey.length === limits.authenticatorKeyBytes;
  const authenticator = {
    key: told20 ? told.authenticatorKey : new Uint8Array(0),
    lastStep: keys.authenticator.lastStep,
  };
  if (!equalBytes(authenticator.key, keys.authenticator.key)) {
    saves.push({ record: 'authenticator', bytes: encodeAuthenticator(authenticator) });
  }
  const cancelled = replacePayloads(keys.cancelled, told.cancelled);
  saves.push(...cancelled.saves);
  const { version, firstUseHours, sleepAfterMs, awakeMs, openOrder } = told;
  const rules = { version, firstUseHours, sleepAfterMs, awakeMs, openOrder };
  saves.push({ record: 'emergency', bytes: encodeRules(rules) });
  return { phone, authenticator, cancelled: cancelled.list, rules };
}

function keyOf(
  key: Uint8Array,
  generation: number,
  sheet?: Pick<StoredKey, 'untilMs' | 'cellsPerBin' | 'cellsForAll'>,
): StoredKey | undefined {
  if (key.length !== limits.keyBytes) return undefined;
  return { untilMs: 0, cellsPerBin: 0, cellsForAll: 0, ...sheet, generation, key, goodUntilMs: 0 };
}

function sameKey(left: StoredKey, right: StoredKey): boolean {
  return equalBytes(encodeKey(left), encodeKey(right));
}

function isOlder(before: StoredKey | undefined, now: StoredKey | undefined): boolean {
  return before !== undefined && now !== undefined && before.generation < now.generation;
}
