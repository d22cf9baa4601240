// What must hold for a box and its cloud whatever happened to them; shared by the power-cut and the model tests.
import type { BoxOutput } from '@smartbox/firmware/core';
import {
  bytesToHex,
  decodeLogEntry,
  frameType,
  isOfflineGrant,
  type LogEntry,
  readUint,
} from '@smartbox/protocol';
import type { CloudPeer } from './cloud-peer.ts';
import type { Flash } from './memory-board.ts';

/** Everything that a box did over all its boots, in order. */
export interface Life {
  readonly flash: Flash;
  readonly outputs: readonly BoxOutput[];
}

/** @returns the log in flash as entries */
export function logOf(flash: Flash): LogEntry[] {
  return flash.log.map((entry) => decodeLogEntry(entry.slice(0, 32)));
}

/** @returns one sentence for each rule that was broken */
export function brokenRules(life: Life, cloud: CloudPeer, granted: ReadonlyMap<number, number>): string[] {
  return [
    ...brokenOpenings(life.outputs, granted),
    ...brokenCodes(life.outputs),
    ...brokenLog(life.flash),
    ...brokenCounters(life.outputs, cloud),
    ...brokenCustody(logOf(life.flash)),
  ];
}

// I1, I2: a pulse only for a bin whose opening was written down before, for a grant that the cloud gave for this very
// bin, or for a code that was written down as used up; at most three pulses for one entry.
function brokenOpenings(outputs: readonly BoxOutput[], granted: ReadonlyMap<number, number>): string[] {
  const broken: string[] = [];
  const owed = new Map<number, number>();
  const codes = new Map<number, number>();
  for (const output of outputs) {
    if (output.kind === 'append-log') {
      const entry = decodeLogEntry(output.entry.slice(0, 32));
      if (entry.kind === 'code-used') codes.set(entry.grant, entry.bin);
      if (entry.kind !== 'open-intended') continue;
      const bin = isOfflineGrant(entry.grant)
        ? codes.get(entry.grant) || entry.bin
        : granted.get(entry.grant);
      const allowed = bin === entry.bin && (!isOfflineGrant(entry.grant) || codes.has(entry.grant));
      if (!allowed) broken.push(`intended ${entry.bin} without a grant`);
      else owed.set(entry.bin, 3);
    }
    if (output.kind === 'release-bin' || output.kind === 'release-main-lock') {
      const bin = output.kind === 'release-bin' ? output.bin : 0;
      const left = owed.get(bin) ?? 0;
      if (left === 0) broken.push(`pulsed ${bin} without an intention`);
      owed.set(bin, left - 1);
    }
  }
  const intended = outputs.flatMap((output) => {
    if (output.kind !== 'append-log') return [];
    const entry = decodeLogEntry(output.entry.slice(0, 32));
    const key = isOfflineGrant(entry.grant) ? `${entry.grant} ${entry.bin}` : `${entry.grant}`;
    return entry.kind === 'open-intended' ? [key] : [];
  });
  if (new Set(intended).size !== intended.length) broken.push('one grant was used twice');
  return broken;
}

// A code that was used up never opens again, its mark in flash is there before the entry, and no count ever falls.
function brokenCodes(outputs: readonly BoxOutput[]): string[] {
  const broken: string[] = [];
  const used = new Set<string>();
  const cells = new Map<string, Uint8Array>();
  const tries = new Map<string, number>();
  for (const output of outputs) {
    if (output.kind === 'append-log') {
      const entry = decodeLogEntry(output.entry.slice(0, 32));
      const use = `${entry.bin} ${bytesToHex(entry.tag)}`;
      // A booking brings its key back with the same code.
      if (entry.kind === 'code-used' && entry.tag[0] !== 2 && used.has(use)) broken.push(`used ${use} twice`);
      if (entry.kind === 'code-used') used.add(use);
    }
    if (output.kind !== 'save-record') continue;
    const { record, bytes } = output;
    if (record === 'cells' || record === 'cells-before') {
      const generation = bytesToHex(bytes.slice(1, 4));
      const before = cells.get(generation);
      const falls = before?.some((byte, index) => index >= 4 && (bytes[index] as number) < byte);
      if (falls === true) broken.push(`cells of sheet ${generation} came back`);
      cells.set(generation, bytes);
    }
    if (record === 'offline-lockout' || record === 'phone-lockout') {
      const total = readUint(bytes, 2, 4);
      if (total < (tries.get(record) ?? 0)) broken.push(`the count of ${record} fell`);
      tries.set(record, total);
    }
  }
  return broken;
}

function brokenLog(flash: Flash): string[] {
  const gap = logOf(flash).findIndex((entry, index) => entry.sequence !== index + 1);
  return gap < 0 ? [] : [`the log has a gap at ${gap + 1}`];
}

function brokenCounters(outputs: readonly BoxOutput[], cloud: CloudPeer): string[] {
  const broken: string[] = [];
  const { helloCounters } = cloud;
  for (let index = 1; index < helloCounters.length; index++) {
    if ((helloCounters[index] as number) <= (helloCounters[index - 1] as number))
      broken.push('a hello counter fell');
  }
  let last = 0;
  for (const output of outputs) {
    if (output.kind !== 'send-frame' || frameType(output.frame) !== 'hello') continue;
    const counter = readUint(output.frame, 6, 4);
    if (counter <= last) broken.push(`hello counter ${counter} after ${last}`);
    last = counter;
  }
  let tries = 0;
  for (const output of outputs) {
    if (output.kind !== 'save-record' || output.record !== 'lockout') continue;
    const total = new DataView(output.bytes.buffer, output.bytes.byteOffset).getUint32(2);
    if (total < tries) broken.push('the count of tries fell');
    tries = total;
  }
  const asked = cloud.requests.filter(({ kind }) => kind === 'code' || kind === 'further').length;
  if (asked > tries) broken.push(`${asked} codes were asked for, ${tries} counted`);
  return broken;
}

// I3: no key is taken twice or placed twice into the same bin without the other in between.
function brokenCustody(entries: readonly LogEntry[]): string[] {
  const inside = new Map<number, boolean>();
  const open = new Map<number, boolean>();
  const broken: string[] = [];
  for (const entry of entries) {
    const { bin, kind, sequence } = entry;
    if (kind === 'key-taken' || kind === 'key-placed') {
      const placed = kind === 'key-placed';
      if ((inside.get(bin) ?? false) === placed) broken.push(`${kind} twice at ${sequence}`);
      inside.set(bin, placed);
    }
    if (/^main-lock-(closed|opened|forced)$/.test(kind)) {
      const nowOpen = kind !== 'main-lock-closed';
      if (!nowOpen && open.get(0) !== true) broken.push(`the main lock closed twice at ${sequence}`);
      open.set(0, nowOpen);
    }
    if (kind === 'bin-closed' || kind === 'bin-forced') {
      const nowOpen = kind === 'bin-forced';
      if ((open.get(bin) ?? false) === nowOpen) broken.push(`${kind} twice at ${sequence}`);
      open.set(bin, nowOpen);
    }
    if (kind === 'bin-opened') open.set(bin, true);
  }
  return broken;
}
