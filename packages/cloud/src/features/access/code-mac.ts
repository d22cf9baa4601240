// What a code is stored as and found by: HMAC over tenant, location and digits under a key that is not
// in the database. A stolen database does not tell the codes, and a code of one place says nothing
// about another. The look-up is by index on this value, so no comparison's time leaks digits.

import { bytesToHex, type CryptoProvider } from '@smartbox/protocol';
import type { TenantId } from '../../platform/identifiers.ts';

/** Where a code would be valid. */
export interface CodeScope {
  readonly tenantId: TenantId;
  readonly locationId: string;
}

/** @returns the 16 bytes that stand for these digits at this place */
export type CodeMac = (scope: CodeScope, digits: string) => Uint8Array;

const macBytes = 16;

/** @param pepper 32 bytes, from the operator's key file */
export function createCodeMac(crypto: CryptoProvider, pepper: Uint8Array): CodeMac {
  return ({ tenantId, locationId }, digits) =>
    crypto
      .hmacSha256(pepper, Buffer.from(`SBX1 code|${tenantId}|${locationId}|${digits}`, 'utf8'))
      .slice(0, macBytes);
}

/** @returns a short name of a code for the ledger: the same code has the same one, and it tells no digit */
export function codeTag(mac: Uint8Array): string {
  return bytesToHex(mac.subarray(0, 4));
}
