// What a sheet's QR code says: which sheet it is, signed so that only this cloud can make and check it. It holds
// no code and opens nothing; whoever holds the paper learns whether it is still good.

import { asciiToBytes, bytesToHex, type CryptoProvider, equalBytes } from '@smartbox/protocol';
import type { TenantId } from '../../platform/identifiers.ts';

/** What is signed. */
export interface MarkedSheet {
  readonly sheetId: string;
  readonly generation: number;
}

/** Makes and checks the texts of QR codes. */
export interface SheetMark {
  /** @returns `SBS1:<sheet id>:<generation>:<signature>` */
  text(tenantId: TenantId, sheet: MarkedSheet): string;
  /** @returns what an authentic text of this tenant names, else undefined */
  read(tenantId: TenantId, text: string): MarkedSheet | undefined;
}

/** 96 bits: nobody can try them, and the QR code stays coarse enough for a crumpled paper. */
const signatureBytes = 12;
const form = /^SBS1:(shs_[0-9a-f]{32}):([0-9]{1,8}):([0-9a-f]{24})$/;

/** @param pepper 32 bytes that are not in the database; other uses of it begin with other words */
export function createSheetMark(crypto: CryptoProvider, pepper: Uint8Array): SheetMark {
  const signature = (tenantId: TenantId, { sheetId, generation }: MarkedSheet): string => {
    const mac = crypto.hmacSha256(pepper, asciiToBytes(`SBX1 sheet|${tenantId}|${sheetId}|${generation}`));
    return bytesToHex(mac.slice(0, signatureBytes));
  };
  return {
    text: (tenantId, sheet) => `SBS1:${sheet.sheetId}:${sheet.generation}:${signature(tenantId, sheet)}`,
    read: (tenantId, text) => {
      const [, sheetId, generation, given] = form.exec(text.trim()) ?? [];
      if (sheetId === undefined || given === undefined) return undefined;
      const sheet = { sheetId, generation: Number(generation) };
      const right = signature(tenantId, sheet);
      return equalBytes(asciiToBytes(right), asciiToBytes(given)) ? sheet : undefined;
    },
  };
}
