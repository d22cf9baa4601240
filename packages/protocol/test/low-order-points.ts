// The public keys whose product with every secret is zero (Langley, Hamburg and Turner, RFC 7748, 6.1;
// the list is that of Bernstein's "Curve25519: how do I validate public keys"). Whoever sends one
// tries to choose the shared secret.
import { hexToBytes } from '../src/index.ts';

const ENCODED = [
  '0000000000000000000000000000000000000000000000000000000000000000',
  '0100000000000000000000000000000000000000000000000000000000000000',
  'e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800',
  '5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157',
  // p - 1, p and p + 1, and what they are with the ignored top bit set
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  '0000000000000000000000000000000000000000000000000000000000000080',
  '0100000000000000000000000000000000000000000000000000000000000080',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff',
  'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff',
  'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff',
];

/** Twelve encodings, 32 bytes each. */
export const lowOrderPoints: readonly Uint8Array[] = ENCODED.map(hexToBytes);
