// Who is in the measured world: boxes, their keys and codes, all computed from numbers, so that the process which
// fills a database and the process which plays the boxes agree without telling each other anything.
import { createHash } from 'node:crypto';
import { type BoxId, boxIdFromBytes } from '@smartbox/protocol';

/** How many there are of each. */
export interface Population {
  readonly boxes: number;
  readonly codesPerBox: number;
}

/** Bins of every box; each holds one key. */
export const binsPerBox = 8;
/** Boxes that share a location, and with it the codes' scope. */
export const boxesPerLocation = 20;

/** One key code: who types it where, and what opens. */
export interface SeededCode {
  readonly digits: string;
  readonly bin: number;
}

/** The public name of a box. */
export function boxIdOf(box: number): BoxId {
  return boxIdFromBytes(derive('box id', box).subarray(0, 8));
}

/** Root key of epoch 0 of a box's claim. */
export function rootKeyOf(box: number): Uint8Array {
  return derive('root key', box);
}

/** The tag of the fob that hangs in a bin. @param bin from 1 */
export function tagOf(box: number, bin: number): Uint8Array {
  return derive('tag', box * 256 + bin).subarray(0, 8);
}

/** Which location a box stands at. */
export function locationOf(box: number): number {
  return Math.floor(box / boxesPerLocation);
}

/** A box's codes go round its bins. @param code from 0 */
export function codeOf(population: Population, box: number, code: number): SeededCode {
  const withinLocation = (box % boxesPerLocation) * population.codesPerBox + code;
  // The factor shares no divisor with 10^8: no two codes of a location are the same.
  const digits = (withinLocation * 7_654_321 + 10_203_047) % 100_000_000;
  return { digits: String(digits).padStart(8, '0'), bin: 1 + (code % binsPerBox) };
}

/** The API's name of the key that hangs in a bin. @param bin from 1 */
export function keyIdOf(box: number, bin: number): string {
  return idOf('key', box * binsPerBox + bin);
}

/** An id as the cloud writes them, for a number instead of a moment. */
export function idOf(prefix: 'loc' | 'key' | 'code' | 'per' | 'grp' | 'kgr' | 'prm', number: number): string {
  return `${prefix}_${number.toString(16).padStart(32, '0')}`;
}

/** 32 bytes for one purpose and number: repeatable, and nobody's secret. */
export function derive(purpose: string, number: number): Uint8Array {
  return new Uint8Array(createHash('sha256').update(`bench ${purpose} ${number}`).digest());
}
