// AES (FIPS 197), one block, encryption only: what FF1 needs. Our own, because the library's AES makes 1.3 MB of
// tables while it loads and a box has 256 KiB. 256 bytes of table instead, made anew with every key and dropped with
// it. Slower and not constant-time: it enciphers one typed code, never a stream that somebody can time.

/** A key, made ready. */
export interface AesKey {
  /** 16 bytes for each round, and 16 before the first. */
  readonly roundKeys: Uint8Array;
  readonly substitutions: Uint8Array;
}

const BLOCK_BYTES = 16;
const WORD_BYTES = 4;

/** FIPS 197, 5.2. @param key 16, 24 or 32 bytes */
export function aesKey(key: Uint8Array): AesKey {
  const substitutions = substitutionBox();
  const rounds = key.length / WORD_BYTES + 6;
  const roundKeys = new Uint8Array(BLOCK_BYTES * (rounds + 1));
  roundKeys.set(key);
  const substitute = (byte: number): number => substitutions[byte] as number;
  let constant = 1;
  for (let at = key.length; at < roundKeys.length; at += WORD_BYTES) {
    let word = roundKeys.slice(at - WORD_BYTES, at);
    if (at % key.length === 0) {
      word = Uint8Array.of(word[1] as number, word[2] as number, word[3] as number, word[0] as number);
      word = word.map(substitute);
      word[0] = (word[0] as number) ^ constant;
      constant = timesX(constant);
    } else if (key.length > 24 && at % key.length === BLOCK_BYTES) {
      word = word.map(substitute);
    }
    for (let index = 0; index < WORD_BYTES; index++) {
      roundKeys[at + index] = (roundKeys[at + index - key.length] as number) ^ (word[index] as number);
    }
  }
  return { roundKeys, substitutions };
}

/** FIPS 197, 5.1: enciphers the 16 bytes of `block` in place. */
export function aesEncipher({ roundKeys, substitutions }: AesKey, block: Uint8Array): void {
  const turned = new Uint8Array(BLOCK_BYTES);
  addRoundKey(block, roundKeys, 0);
  for (let at = BLOCK_BYTES; at < roundKeys.length; at += BLOCK_BYTES) {
    // Byte r of every column comes from r columns further on: the rows are turned while they are substituted.
    for (let index = 0; index < BLOCK_BYTES; index++) {
      turned[index] = substitutions[block[(index * 5) % BLOCK_BYTES] as number] as number;
    }
    if (at + BLOCK_BYTES < roundKeys.length) mixColumns(turned, block);
    else block.set(turned);
    addRoundKey(block, roundKeys, at);
  }
}

function addRoundKey(block: Uint8Array, roundKeys: Uint8Array, at: number): void {
  for (let index = 0; index < BLOCK_BYTES; index++) {
    block[index] = (block[index] as number) ^ (roundKeys[at + index] as number);
  }
}

/** FIPS 197, 5.1.3. */
function mixColumns(from: Uint8Array, to: Uint8Array): void {
  for (let at = 0; at < BLOCK_BYTES; at += WORD_BYTES) {
    const a = from[at] as number;
    const b = from[at + 1] as number;
    const c = from[at + 2] as number;
    const d = from[at + 3] as number;
    const all = a ^ b ^ c ^ d;
    to[at] = a ^ all ^ timesX(a ^ b);
    to[at + 1] = b ^ all ^ timesX(b ^ c);
    to[at + 2] = c ^ all ^ timesX(c ^ d);
    to[at + 3] = d ^ all ^ timesX(d ^ a);
  }
}

/** FIPS 197, 4.2.1: multiplication by x in GF(2^8). */
function timesX(byte: number): number {
  return ((byte << 1) ^ (byte >= 0x80 ? 0x11b : 0)) & 0xff;
}

/** FIPS 197, 5.1.1: walks all powers of 3 and, the other way round, their inverses. */
function substitutionBox(): Uint8Array {
  const box = new Uint8Array(256);
  let power = 1;
  let inverse = 1;
  do {
    power ^= timesX(power);
    // Division by 3 is multiplication by 0xf6.
    inverse ^= inverse << 1;
    inverse ^= inverse << 2;
    inverse ^= inverse << 4;
    inverse = (inverse & 0xff) ^ (inverse & 0x80 ? 0x09 : 0);
    const twice = inverse | (inverse << 8);
    box[power] = 0x63 ^ inverse ^ (twice >> 7) ^ (twice >> 6) ^ (twice >> 5) ^ (twice >> 4);
  } while (power !== 1);
  box[0] = 0x63; // 0 has no inverse and stands for itself
  return box;
}
