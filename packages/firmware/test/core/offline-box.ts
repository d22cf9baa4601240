// A box that holds emergency keys and is then left alone, and the codes that people have for it: what the paper, the
// booking mail, the operator on the phone and the app would say.
import type { BoxOutput } from '@smartbox/firmware/core';
import {
  authenticatorCode,
  authenticatorStep,
  type BodyNamed,
  bookingCode,
  bookingPayload,
  decodeLogEntry,
  type LogEntry,
  nobleCrypto,
  phoneAnswer,
  revocationCode,
  sheetCode,
} from '@smartbox/protocol';
import { type BoxAndCloud, claimedBox } from './box-and-cloud.ts';
import { boxId, tagOf } from './memory-board.ts';

export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

export type Desired = BodyNamed<'emergency-changed'>;

/** @returns the key of a sheet or booking generation, or of the phone (0) */
export const keyOf = (generation: number) => new Uint8Array(32).fill(100 + generation);
export const APP_KEY = new Uint8Array(20).fill(9);

/** @returns everything a box can be told, as version 1 */
export function desired(changes: Partial<Desired> = {}): Desired {
  return {
    version: 1,
    sheetGeneration: 1,
    sheetKey: keyOf(1),
    sheetUntilMs: 1_800_000_000_000 + 1_000 * DAY_MS,
    cellsPerBin: 10,
    cellsForAll: 5,
    bookingGeneration: 1,
    bookingKey: keyOf(1),
    firstUseHours: 0,
    cancelled: [],
    phoneKey: keyOf(0),
    authenticatorKey: new Uint8Array(0),
    openOrder: new Uint8Array(0),
    sleepAfterMs: 120_000,
    awakeMs: 60_000,
    ...changes,
  };
}

/** @returns a claimed box with these keys and keys 1 to 3 in bins 1 to 3, whose network has just gone */
export function boxAlone(changes: Partial<Desired> = {}): BoxAndCloud {
  const pair = claimedBox();
  pair.wait(2_000);
  for (const bin of [1, 2, 3]) putKey(pair, bin);
  pair.wait(5_000);
  tell(pair, desired(changes));
  speakEnglish(pair);
  pair.setNetwork(false);
  return pair;
}

/** Lets the cloud tell the box of new keys, in a session of its own. */
export function tell(pair: BoxAndCloud, emergency: Desired): void {
  const { network } = pair;
  pair.cloud.emergency = emergency;
  pair.setNetwork(true);
  pair.wait(60_000);
  for (const frame of pair.cloud.say({ name: 'emergency-changed', body: emergency })) {
    pair.act((board) => board.give({ kind: 'frame-received', frame }));
  }
  pair.wait(1_000);
  pair.setNetwork(network);
}

/** Lets a key lie in a bin without anybody opening it: as if it had always been there. */
function putKey(pair: BoxAndCloud, bin: number): void {
  pair.act((board) => board.moveDoor(bin, true));
  pair.act((board) => board.senseTag(bin, tagOf(bin)));
  pair.act((board) => board.moveDoor(bin, false));
}

function speakEnglish(pair: BoxAndCloud): void {
  const body = {
    version: 9,
    language: 'en',
    helpPhone: '03-1234-5678',
    leftOpenMs: 60_000,
    idleMs: 30_000,
  } as const;
  for (const frame of pair.cloud.say({ name: 'settings-changed', body })) {
    pair.act((board) => board.give({ kind: 'frame-received', frame }));
  }
}

export const sheet = (target: number, cell: number, generation = 1) =>
  sheetCode(nobleCrypto, keyOf(generation), { target, cell });
export const revocation = (generation = 1) => revocationCode(nobleCrypto, keyOf(generation), generation);
export const answer = (challenge: string, target: number) =>
  phoneAnswer(nobleCrypto, keyOf(0), { challenge, target });
export const appCode = (timeMs: number) => authenticatorCode(nobleCrypto, APP_KEY, authenticatorStep(timeMs));

/** @returns the code and payload of a booking that starts `inHours` from the cloud's present hour */
export function booking(
  pair: BoxAndCloud,
  told: { bin: number; inHours?: number; hours?: number; serial?: number; generation?: number },
): { code: string; payload: number } {
  const hour = Math.floor(pair.cloud.timeMs / HOUR_MS) + (told.inHours ?? 0);
  const startMs = hour * HOUR_MS;
  const endMs = startMs + (told.hours ?? 24) * HOUR_MS;
  const payload = bookingPayload({ bin: told.bin, serial: told.serial ?? 0, startMs, endMs });
  return { code: bookingCode(nobleCrypto, { boxId, key: keyOf(told.generation ?? 1) }, payload), payload };
}

/** Keys of a person; the network answers in between, as it does with anybody's fingers. */
export function press(pair: BoxAndCloud, keys: string): readonly BoxOutput[] {
  return [...keys].flatMap((key) => pair.act((board) => board.press(key)));
}

/** Lets long time pass in one go: a box that is alone tries its connection twice a minute, for months. */
export function skip(pair: BoxAndCloud, ms: number): void {
  pair.board.nowMs += ms;
  pair.cloud.timeMs += ms;
  pair.act((board) => board.give({ kind: 'woke' }));
}

/** @returns the bins that were released, in order */
export function released(outputs: readonly BoxOutput[]): number[] {
  return outputs.flatMap((output) => (output.kind === 'release-bin' ? [output.bin] : []));
}

/** @returns the log in flash from `first` on */
export function logFrom(pair: BoxAndCloud, first = 1): LogEntry[] {
  return pair.board.flash.log.slice(first - 1).map((entry) => decodeLogEntry(entry.slice(0, 32)));
}

/** Takes the key out of an open bin and shuts it. */
export function takeKey(pair: BoxAndCloud, bin: number): readonly BoxOutput[] {
  const from = pair.board.outputs.length;
  pair.act((board) => board.moveDoor(bin, true));
  pair.act((board) => board.senseTag(bin, null));
  pair.wait(1_000);
  pair.act((board) => board.moveDoor(bin, false));
  pair.wait(1_000);
  return pair.board.outputs.slice(from);
}
