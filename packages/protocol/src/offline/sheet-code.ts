// The printed sheet: numbered cells of 8 digits, each good once. The box asks for one cell by its number, so
// exactly one code is acceptable at any moment (NIST SP 800-63B, 5.1.2: look-up secrets). No clock is needed.
// The revocation code of a sheet kills it and can open nothing.
import { asciiToBytes, concatBytes, requireInteger, requireLength, uint32ToBytes } from '../basics/bytes.ts';
import { decimalCode } from '../basics/decimal-code.ts';
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
 * @throws ProtocolError `out-of-range` for a cell that no sheet has, or without a key: an empty one is known to all
 */
export function sheetCode(crypto: CryptoProvider, sheetKey: Uint8Array, { target, cell }: SheetCell): string {
  requireLength(sheetKey, limits.keyBytes, 'sheet-key');
  requireInteger(target, { min: ALL_BINS, max: limits.sheetBins }, 'sheet-cell');
  requireInteger(cell, { min: 1, max: limits.sheetCells }, 'sheet-cell');
  const context = concatBytes(asciiToBytes('SBX1 sheet'), new Uint8Array([target, cell]));
  return decimalCode(crypto.hmacSha256(sheetKey, context), limits.sheetDigits);
}

/**
 * @param sheetKey 32 bytes, of that generation
 * @returns the 10 digits that close a sheet for ever, also while the box is offline
 */
export function revocationCode(crypto: CryptoProvider, sheetKey: Uint8Array, generation: number): string {
  requireLength(sheetKey, limits.keyBytes, 'sheet-key');
  const context = concatBytes(asciiToBytes('SBX1 revoke'), uint32ToBytes(generation));
  return decimalCode(crypto.hmacSha256(sheetKey, context), limits.revocationDigits);
}
