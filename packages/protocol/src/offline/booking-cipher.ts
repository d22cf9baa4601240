// The cipher of booking codes: FF1 (NIST SP 800-38G) over 12 decimal digits with AES-256, written for a box. The
// library's FF1 rests on an AES with half a megabyte of tables, more memory than a box has; this one has 256 bytes
// and takes a tenth of a second. It is slower by design and used once for each code that somebody types.
import { concatBytes, readUint, uint32ToBytes } from '../basics/bytes.ts';

const HALF = 1_000_000;
const ROUNDS = 10;
const BLOCK_BYTES = 16;
const AES_ROUNDS = 14;
const KEY_BYTES = 32;

/** FF1 for one key and tweak. @param key 32 bytes; @param tweak at most 255 bytes */
export interface DigitCipher {
  readonly roundKeys: Uint8Array;
  readonly box: Uint8Array;
  /** P and T of the standard with their padding: what every round starts with. */
  readonly start: Uint8Array;
}

/** Prepares the cipher. */
export function digitCipher(key: Uint8Array, tweak: Uint8Array): DigitCipher {
  const box = substitutionBox();
  const padding = new Uint8Array((2 * BLOCK_BYTES - ((tweak.length + 4) % BLOCK_BYTES)) % BLOCK_BYTES);
  const halves = new Uint8Array([1, 2, 1, 0, 0, 10, 10, 6, 0, 0, 0, 12]);
  const start = concatBytes(halves, uint32ToBytes(tweak.length), tweak, padding);
  return { roundKeys: expandKey(box, key), box, start };
}

/** @param value 12 digits as a number; @returns 12 digits as a number */
export function encipherDigits(cipher: DigitCipher, value: number): number {
  let left = Math.floor(value / HALF);
  let right = value % HALF;
  for (let round = 0; round < ROUNDS; round++) {
    const next = (left + roundValue(cipher, round, right)) % HALF;
    left = right;
    right = next;
  }
  return left * HALF + right;
}

/** The way back. */
export function decipherDigits(cipher: DigitCipher, value: number): number {
  let left = Math.floor(value / HALF);
  let right = value % HALF;
  for (let round = ROUNDS - 1; round >= 0; round--) {
    const next = (right - roundValue(cipher, round, left) + HALF) % HALF;
    right = left;
    left = next;
  }
  return left * HALF + right;
}

// The first 8 bytes of CBC-MAC(P || Q), modulo 10^6: d is 8 for six digits, so one block is enough.
function roundValue(cipher: DigitCipher, round: number, half: number): number {
  const input = concatBytes(cipher.start, uint32ToBytes(round * 0x100_0000 + half));
  const state = new Uint8Array(BLOCK_BYTES);
  for (let at = 0; at < input.length; at += BLOCK_BYTES) {
    for (let index = 0; index < BLOCK_BYTES; index++) mix(state, index, input[at + index] as number);
    encryptBlock(cipher, state);
  }
  return ((readUint(state, 0, 4) % HALF) * (2 ** 32 % HALF) + (readUint(state, 4, 4) % HALF)) % HALF;
}

function mix(bytes: Uint8Array, index: number, value: number): void {
  bytes[index] = (bytes[index] as number) ^ value;
}

// FIPS 197, 5.1, in place.
function encryptBlock({ roundKeys, box }: DigitCipher, state: Uint8Array): void {
  for (let index = 0; index < BLOCK_BYTES; index++) mix(state, index, roundKeys[index] as number);
  const moved = new Uint8Array(BLOCK_BYTES);
  for (let round = 1; round <= AES_ROUNDS; round++) {
    // SubBytes and ShiftRows in one: byte r of column c comes from column c + r.
    for (let index = 0; index < BLOCK_BYTES; index++) {
      moved[index] = box[state[(index + 4 * (index % 4)) % BLOCK_BYTES] as number] as number;
    }
    for (let index = 0; index < BLOCK_BYTES; index++) {
      const column = index - (index % 4);
      const at = (offset: number) => moved[column + ((index + offset) % 4)] as number;
      const own = moved[index] as number;
      const mixed = round === AES_ROUNDS ? own : double(own ^ at(1)) ^ at(1) ^ at(2) ^ at(3);
      state[index] = mixed ^ (roundKeys[round * BLOCK_BYTES + index] as number);
    }
  }
}

// FIPS 197, 5.2, for 8 words of key.
function expandKey(box: Uint8Array, key: Uint8Array): Uint8Array {
  const expanded = new Uint8Array((AES_ROUNDS + 1) * BLOCK_BYTES);
  expanded.set(key);
  let constant = 1;
  for (let at = KEY_BYTES; at < expanded.length; at += 4) {
    const word = expanded.slice(at - 4, at);
    const first = at % KEY_BYTES === 0;
    if (first) word.set([word[1], word[2], word[3], word[0]] as number[]);
    if (first || at % KEY_BYTES === BLOCK_BYTES) {
      for (let index = 0; index < 4; index++) word[index] = box[word[index] as number] as number;
    }
    if (first) {
      mix(word, 0, constant);
      constant = double(constant);
    }
    for (let index = 0; index < 4; index++) {
      expanded[at + index] = (expanded[at - KEY_BYTES + index] as number) ^ (word[index] as number);
    }
  }
  return expanded;
}

// FIPS 197, 5.1.1: inverses walked in pairs, 3 times forwards and a division by 3 backwards.
function substitutionBox(): Uint8Array {
  const box = new Uint8Array(256);
  let value = 1;
  let inverse = 1;
  do {
    value = value ^ double(value);
    for (const shift of [1, 2, 4]) inverse = (inverse ^ (inverse << shift)) & 0xff;
    if (inverse & 0x80) inverse ^= 0x09;
    const turned = inverse * 0x101;
    box[value] = inverse ^ (turned >> 4) ^ (turned >> 5) ^ (turned >> 6) ^ (turned >> 7) ^ 0x63;
  } while (value !== 1);
  box[0] = 0x63;
  return box;
}

function double(value: number): number {
  return ((value << 1) ^ (value & 0x80 ? 0x11b : 0)) & 0xff;
}
