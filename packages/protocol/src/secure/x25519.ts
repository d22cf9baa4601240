// X25519 (RFC 7748) from the library's Montgomery ladder alone. Its ready-made x25519 brings the Edwards curve
// and its tables along, which a box never uses: 19 kB of program and 29 kB of memory on a microcontroller.
import { pow2 } from '@noble/curves/abstract/modular.js';
import { montgomery } from '@noble/curves/abstract/montgomery.js';

// The library's files are ES2020; the literals here must not need more: 2^255 - 19.
const PRIME = BigInt('0x7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffed');

/** @returns `base` squared `count` times, times `factor` */
function squareTimes(base: bigint, count: number, factor: bigint): bigint {
  return (pow2(base, BigInt(count), PRIME) * factor) % PRIME;
}

/** @returns x to the power 2^255 - 21, the inverse of x (Fermat), by 254 squarings and 12 multiplications */
function invert(x: bigint): bigint {
  const ones2 = squareTimes(x, 1, x);
  const ones4 = squareTimes(ones2, 2, ones2);
  const ones5 = squareTimes(ones4, 1, x);
  const ones10 = squareTimes(ones5, 5, ones5);
  const ones20 = squareTimes(ones10, 10, ones10);
  const ones40 = squareTimes(ones20, 20, ones20);
  const ones80 = squareTimes(ones40, 40, ones40);
  const ones160 = squareTimes(ones80, 80, ones80);
  const ones240 = squareTimes(ones160, 80, ones80);
  const ones250 = squareTimes(ones240, 10, ones10);
  return squareTimes(squareTimes(ones250, 2, x), 3, ones2);
}

/** RFC 7748, 5: three bits off below, one off and one on above. */
function clamp(scalar: Uint8Array): Uint8Array {
  scalar[0] = (scalar[0] as number) & 248;
  scalar[31] = ((scalar[31] as number) & 127) | 64;
  return scalar;
}

/** Scalar multiplication; throws for a point of low order. */
export const x25519 = montgomery({ P: PRIME, type: 'x25519', adjustScalarBytes: clamp, powPminus2: invert });
