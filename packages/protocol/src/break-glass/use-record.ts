// One line of what was done with a break-glass file: which sheet was shown, which challenge answered. Signed under the
// export's own key and chained to the line before, so that the cloud can believe it later. It never holds an answer
// or a code. Two computers with copies of one file write two chains.
import { ed25519 } from '@noble/curves/ed25519.js';
import { asciiToBytes, bytesToHex, concatBytes, hexToBytes } from '../basics/bytes.ts';
import { limits } from '../basics/limits.ts';
import { asciiJson, asciiJsonBytes, readJson } from '../json/ascii-json.ts';
import { type Check, fields, hex, instantMs, oneOf, orNull, textLike, whole } from '../json/shape.ts';
import type { CryptoProvider } from '../secure/crypto-provider.ts';

/** What was done. */
export const breakGlassUseKinds = ['sheet-shown', 'inventory-shown', 'answer-given'] as const;

/** See `breakGlassUseKinds`. */
export type BreakGlassUseKind = (typeof breakGlassUseKinds)[number];

/** One use. */
export interface BreakGlassUse {
  readonly exportId: string;
  /** 8 random bytes in hexadecimal: whoever begins to write draws one. */
  readonly chain: string;
  /** From 1 in each chain. */
  readonly sequence: number;
  /** 32 bytes in hexadecimal: of the line before, or `firstUseHash`. */
  readonly previousHash: string;
  /** Of the computer's clock. Unix ms. */
  readonly atMs: number;
  readonly kind: BreakGlassUseKind;
  /** 13 characters; null for the inventory of everything. */
  readonly boxId: string | null;
  /** What an answer opens: a bin, or 0 for all. Null for what opens nothing by itself. */
  readonly target: number | null;
  /** 32 bytes in hexadecimal, for an answer: from `challengeHash`. */
  readonly challengeHash: string | null;
}

/** A use with its Ed25519 signature, 64 bytes in hexadecimal. */
export interface SignedUse extends BreakGlassUse {
  readonly signature: string;
}

const LABEL = 'smartbox-break-glass-use-1';
const HASH_BYTES = 32;
export const CHAIN_BYTES = 8;

const isSignedUse: Check<SignedUse> = fields<SignedUse>({
  exportId: textLike(/^bgx_[0-9a-f]{32}$/),
  chain: hex(CHAIN_BYTES),
  sequence: whole(1, 0xffff_ffff),
  previousHash: hex(HASH_BYTES),
  atMs: instantMs,
  kind: oneOf(breakGlassUseKinds),
  boxId: orNull(textLike(/^[0-9A-F][0-9A-HJKMNP-TV-Z]{12}$/)),
  target: orNull(whole(0, limits.sheetBins)),
  challengeHash: orNull(hex(HASH_BYTES)),
  signature: hex(64),
});

/** @returns the public key (32 bytes) of an export's use key */
export function usePublicKey(useKey: Uint8Array): Uint8Array {
  return ed25519.getPublicKey(useKey);
}

/** @param useKey the export's Ed25519 secret, 32 bytes */
export function signUse(useKey: Uint8Array, use: BreakGlassUse): SignedUse {
  return { ...use, signature: bytesToHex(ed25519.sign(useBytes(use), useKey)) };
}

/** RFC 8032. @param publicKey 32 bytes */
export function isSignedBy(publicKey: Uint8Array, use: SignedUse): boolean {
  return ed25519.verify(hexToBytes(use.signature), useBytes(use), publicKey, { zip215: false });
}

/** @returns one line without its line feed */
export function useToLine(use: SignedUse): string {
  return asciiJson(use);
}

/** @returns the use, or undefined for a line that is none: cut, or of another format */
export function readUse(line: string): SignedUse | undefined {
  const value = readJson(line);
  return isSignedUse(value) ? value : undefined;
}

/** What the next line of the chain names. 32 bytes in hexadecimal. */
export function useHash(crypto: CryptoProvider, use: SignedUse): string {
  return bytesToHex(crypto.sha256(concatBytes(useBytes(use), hexToBytes(use.signature))));
}

/** What the first line of a chain names. 32 bytes in hexadecimal. */
export function firstUseHash(
  crypto: CryptoProvider,
  begun: Pick<BreakGlassUse, 'exportId' | 'chain'>,
): string {
  return bytesToHex(crypto.sha256(asciiJsonBytes([`${LABEL} first`, begun.exportId, begun.chain])));
}

/** Which challenge was answered: compares with the challenge that the box's log tells. 32 bytes in hexadecimal. */
export function challengeHash(
  crypto: CryptoProvider,
  asked: { readonly boxId: string; readonly challenge: string },
): string {
  return bytesToHex(crypto.sha256(asciiJsonBytes([`${LABEL} challenge`, asked.boxId, asked.challenge])));
}

/** What is signed: a list, so that the order of the fields on the line does not matter. */
export function useBytes(use: BreakGlassUse): Uint8Array {
  const { exportId, chain, sequence, previousHash, atMs, kind, boxId, target } = use;
  const named = [exportId, chain, sequence, previousHash, atMs, kind, boxId, target, use.challengeHash];
  return concatBytes(asciiToBytes(`${LABEL}\n`), asciiJsonBytes(named));
}
