// The printed sheet: numbered cells of 8 digits, each good once. The box asks for one cell by its number, so
// exactly one code is acceptable at any moment (NIST SP 800-63B, 5.1.2: look-up secrets). No clock is needed.
// The revocation code of a sheet kills it and can open nothing.
import { asciiToBytes, concatBytes, uint32ToBytes } from '../basics/bytes.ts';
import { decimalCode } from '../basics/decimal-code.ts';
import { ProtocolError } from '../basics/errors.ts';
import { limits } from '../basics/limits.ts';
import type { CryptoProvider } from '../secure/crypto-provider.ts';

/** What the cells of a row open: a bin from 1, or all bins. */
export const ALL_BINS = 0;

/** One place on the sheet. */
export interface SheetCell {
  /** Bin number, or `ALL_BINS`. */
  readonly target: number;
  /** From 1. */
  readonly cell: number;
}

/**
 * @param sheetKey 32 bytes, of the sheet's generation
 * @returns the 8 digits of one cell
 */
export function sheetCode(crypto: CryptoProvider, sheetKey: Uint8Array, { target, cell }: SheetCell): string {
  if (target > limits.sheetBins || cell < 1 || cell > limits.sheetCells) {
    throw new ProtocolError('out-of-range', 'sheet-cell');
  }
  const context = concatBytes(asciiToBytes('SBX1 sheet'), new Uint8Array([target, cell]));
  return decimalCode(crypto.hmacSha256(sheetKey, context), limits.sheetDigits);
}

/** @returns the 10 digits that close a sheet for ever, also while the box is offline */
export function revocationCode(crypto: CryptoProvider, sheetKey: Uint8Array, generation: number): string {
  const context = concatBytes(asciiToBytes('SBX1 revoke'), uint32ToBytes(generation));
  return decimalCode(crypto.hmacSha256(sheetKey, context), limits.revocationDigits);
}
