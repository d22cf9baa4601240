// What ID codes, badges and second codes are stored as and found by: HMAC under the key that is not in the database, as
// key codes are. Each use begins with words of its own, so that none stands for another.

import { bytesToHex, type CryptoProvider } from '@smartbox/protocol';
import type { MessageOrigin } from '../../platform/device-port.ts';
import type { TenantId } from '../../platform/identifiers.ts';

/** Makes the 16 bytes that stand for each. */
export interface KeypadMacs {
  /** A person has one ID code at all places. */
  idCode(tenantId: TenantId, digits: string): Uint8Array;
  /** @param tag 8 bytes, as {@link padTag} makes them */
  badge(tenantId: TenantId, tag: Uint8Array): Uint8Array;
  /** Good at one box for one person with that phone: a number that was changed ends what was sent to the one before. */
  secondCode(
    of: MessageOrigin & { readonly personId: string; readonly phone: string },
    digits: string,
  ): Uint8Array;
}

const macBytes = 16;

/** @param pepper 32 bytes, from the operator's key file */
export function createKeypadMacs(crypto: CryptoProvider, pepper: Uint8Array): KeypadMacs {
  const mac = (text: string): Uint8Array =>
    crypto.hmacSha256(pepper, Buffer.from(text, 'utf8')).slice(0, macBytes);
  return {
    idCode: (tenantId, digits) => mac(`SBX1 ID code|${tenantId}|${digits}`),
    badge: (tenantId, tag) => mac(`SBX1 badge|${tenantId}|${bytesToHex(tag)}`),
    secondCode: ({ tenantId, boxId, personId, phone }, digits) =>
      mac(`SBX1 second code|${tenantId}|${boxId}|${personId}|${phone}|${digits}`),
  };
}
