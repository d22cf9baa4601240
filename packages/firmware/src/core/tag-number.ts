// A tag as one number: what the `bins` record has room for. Apart because presence and memory compare the same.
import { readUint } from '@smartbox/protocol';

/** @returns both halves of a tag's 8 bytes folded into 32 bits, never 0 (0 stands for no tag) */
export function tagNumber(tag: Uint8Array): number {
  const folded = (readUint(tag, 0, 4) ^ readUint(tag, 4, 4)) >>> 0;
  return folded === 0 ? 1 : folded;
}
