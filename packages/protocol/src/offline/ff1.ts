// FF1 (NIST SP 800-38G) on decimal digits: enciphers a number as a number of the same length. Halves of at most nine
// digits fit exact integers, so it needs no BigInt. Why not the library's: see aes.ts.
import { concatBytes, uint32ToBytes, wipe, writeUint } from '../basics/bytes.ts';
import { ProtocolError } from '../basics/errors.ts';
import { type AesKey, aesEncipher, aesKey } from './aes.ts';

const ROUNDS = 10;
const BLOCK_BYTES = 16;
// NIST asks for a million possible texts or more; from 19 digits on a half no longer fits the bytes of a sum.
const DIGITS = { least: 6, most: 18 } as const;
const SUM_BYTES = 8;

/** Under which key and for whom. */
export interface Ff1Key {
  /** An AES key: 16, 24 or 32 bytes. */
  readonly key: Uint8Array;
  /** No secret: the same number is enciphered differently under each. */
  readonly tweak: Uint8Array;
}

/** @param digits 6 to 18. @throws ProtocolError `out-of-range` for anything else */
export function ff1Encipher(under: Ff1Key, digits: string): string {
  const cipher = startCipher(under, digits);
  let [left, right] = cipher.halves;
  for (let turn = 0; turn < ROUNDS; turn++) {
    [left, right] = [right, cipher.shifted(turn, left, cipher.sum(turn, right))];
  }
  return cipher.finish(left, right);
}

/** @param digits 6 to 18. @throws ProtocolError `out-of-range` for anything else */
export function ff1Decipher(under: Ff1Key, digits: string): string {
  const cipher = startCipher(under, digits);
  let [left, right] = cipher.halves;
  for (let turn = ROUNDS - 1; turn >= 0; turn--) {
    [left, right] = [cipher.shifted(turn, right, -cipher.sum(turn, left)), left];
  }
  return cipher.finish(left, right);
}

interface Cipher {
  readonly halves: readonly [number, number];
  /** NIST's y of one round, modulo the half that it is added to. */
  sum(turn: number, half: number): number;
  /** `half` plus `by`, modulo the size that it has in this round. */
  shifted(turn: number, half: number, by: number): number;
  /** Forgets the key. */
  finish(left: number, right: number): string;
}

function startCipher({ key, tweak }: Ff1Key, digits: string): Cipher {
  if (digits.length < DIGITS.least || digits.length > DIGITS.most || !/^[0-9]+$/.test(digits)) {
    throw new ProtocolError('out-of-range', 'ff1');
  }
  const leftDigits = Math.floor(digits.length / 2);
  const rightDigits = digits.length - leftDigits;
  const aes = aesKey(key);
  const modulus = (turn: number): number => 10 ** (turn % 2 === 0 ? leftDigits : rightDigits);
  const halfBytes = bytesFor(10 ** rightDigits - 1);
  const head = concatBytes(
    Uint8Array.of(1, 2, 1, 0, 0, 10, ROUNDS, leftDigits),
    uint32ToBytes(digits.length),
    uint32ToBytes(tweak.length),
  );
  aesEncipher(aes, head);
  // The bytes of a round: tweak, zeros up to whole blocks, the round, the half.
  const data = new Uint8Array(BLOCK_BYTES * Math.ceil((tweak.length + 1 + halfBytes) / BLOCK_BYTES));
  data.set(tweak);
  return {
    halves: [Number(digits.slice(0, leftDigits)), Number(digits.slice(leftDigits))],
    sum(turn, half) {
      data[data.length - halfBytes - 1] = turn;
      writeUint(data, data.length - halfBytes, { value: half, size: halfBytes });
      return remainder(chained(aes, head, data).subarray(0, SUM_BYTES), modulus(turn));
    },
    shifted: (turn, half, by) => (half + by + modulus(turn)) % modulus(turn),
    finish(left, right) {
      wipe(aes.roundKeys);
      return `${String(left).padStart(leftDigits, '0')}${String(right).padStart(rightDigits, '0')}`;
    },
  };
}

/** NIST SP 800-38G, algorithm 6: the last block of a chain. @param first the enciphered first block */
function chained(aes: AesKey, first: Uint8Array, data: Uint8Array): Uint8Array {
  const block = first.slice();
  for (let at = 0; at < data.length; at += BLOCK_BYTES) {
    for (let index = 0; index < BLOCK_BYTES; index++) {
      block[index] = (block[index] as number) ^ (data[at + index] as number);
    }
    aesEncipher(aes, block);
  }
  return block;
}

/** @returns `bytes` as a number modulo `modulus` (at most 10^9): byte by byte, so that every step is exact */
function remainder(bytes: Uint8Array, modulus: number): number {
  let value = 0;
  for (const byte of bytes) value = (value * 256 + byte) % modulus;
  return value;
}

function bytesFor(value: number): number {
  let bytes = 1;
  while (256 ** bytes <= value) bytes++;
  return bytes;
}
