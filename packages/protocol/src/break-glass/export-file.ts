// The break-glass file: a JSON text whose head anybody may read and nobody may change, and whose content opens with
// the passphrase only. It needs no server: everything that opens it is in this folder.
import { asciiToBytes, bytesToHex, concatBytes, equalBytes, hexToBytes, wipe } from '../basics/bytes.ts';
import { ProtocolError } from '../basics/errors.ts';
import { limits } from '../basics/limits.ts';
import { asciiJson, asciiJsonBytes, readAsciiJson, readJson } from '../json/ascii-json.ts';
import { type Check, fields, hex, text, textLike } from '../json/shape.ts';
import type { CryptoProvider } from '../secure/crypto-provider.ts';
import { hkdfExpand } from '../secure/key-derivation.ts';
import { type Argon2Settings, isArgon2Settings } from './passphrase.ts';
import { type BreakGlassPayload, isBreakGlassPayload } from './payload.ts';

const FAMILY = 'smartbox-break-glass-';
const FORMAT = `${FAMILY}1`;
const NONCE_BYTES = 12;
const CHECK_BYTES = 16;

/** What anybody may read of a file. */
export interface BreakGlassHead {
  /** `bgx_…` */
  readonly exportId: string;
  readonly tenantName: string;
  /** RFC 3339. */
  readonly createdAt: string;
  readonly argon2: Argon2Settings;
}

/** A file as it was read: whether it is whole shows when it is opened. */
export interface BreakGlassFile extends BreakGlassHead {
  readonly kind: 'file';
  /** 12 bytes in hexadecimal. */
  readonly nonce: string;
  /** Tells a wrong passphrase from a damaged file, and ties the file to one passphrase. 16 bytes in hexadecimal. */
  readonly passphraseCheck: string;
  /** Hexadecimal. */
  readonly ciphertext: string;
}

/** Why a file does not open. */
export type BreakGlassFault = 'no-export' | 'unknown-version' | 'damaged' | 'wrong-passphrase';

/** A file that does not open, with the reason. */
export interface BreakGlassRefused {
  readonly kind: 'refused';
  readonly reason: BreakGlassFault;
}

/** An open file. */
export interface BreakGlassOpened {
  readonly kind: 'opened';
  readonly payload: BreakGlassPayload;
}

type Written = Omit<BreakGlassFile, 'kind'> & { readonly format: string };

const isWritten: Check<Written> = fields<Written>({
  format: textLike(new RegExp(`^${FORMAT}$`)),
  exportId: textLike(/^bgx_[0-9a-f]{32}$/),
  tenantName: text(400),
  createdAt: text(40),
  argon2: isArgon2Settings,
  nonce: hex(NONCE_BYTES),
  passphraseCheck: hex(CHECK_BYTES),
  ciphertext: textLike(/^(?:[0-9a-f]{2})*$/),
});

/**
 * Seals a payload. The salt in `head.argon2` must be drawn anew for every file: key and nonce both come from it.
 * @param head.argon2.salt fresh for each file
 * @param passphraseKey 32 bytes, from the passphrase and `head.argon2`
 * @returns the text of the file
 * @throws ProtocolError `out-of-range` for a payload that no reader would take
 */
export function sealBreakGlass(
  crypto: CryptoProvider,
  head: BreakGlassHead,
  sealed: {
    readonly passphraseKey: Uint8Array;
    readonly nonce: Uint8Array;
    readonly payload: BreakGlassPayload;
  },
): string {
  // What could not be opened again must not be sealed: nobody would notice before the day on which it is needed.
  if (!isBreakGlassPayload(sealed.payload)) throw new ProtocolError('out-of-range', 'break-glass');
  const keys = keysOf(crypto, sealed.passphraseKey);
  const nonce = bytesToHex(sealed.nonce);
  const data = asciiJsonBytes(sealed.payload);
  const ciphertext = crypto.seal(keys.seal, sealed.nonce, {
    data,
    associated: headBytes({ ...head, nonce }),
  });
  wipe(data);
  const { exportId, tenantName, createdAt, argon2 } = head;
  const { memoryKiB, passes, lanes, salt } = argon2;
  const written: Written = {
    ...{ format: FORMAT, exportId, tenantName, createdAt, argon2: { memoryKiB, passes, lanes, salt } },
    ...{ nonce, passphraseCheck: bytesToHex(keys.check), ciphertext: bytesToHex(ciphertext) },
  };
  wipe(keys.seal);
  return `${asciiJson(written)}\n`;
}

/** Reads the head, before anybody has typed a passphrase. */
export function readBreakGlass(fileText: string): BreakGlassFile | BreakGlassRefused {
  const value = readJson(fileText);
  const { format } = (value ?? {}) as { readonly format?: unknown };
  if (typeof format !== 'string' || !format.startsWith(FAMILY)) return refusal('no-export');
  if (format !== FORMAT) return refusal('unknown-version');
  if (!isWritten(value)) return refusal('damaged');
  const { format: _, ...file } = value;
  return { kind: 'file', ...file };
}

/** @param passphraseKey 32 bytes, from the passphrase and `file.argon2` */
export function openBreakGlass(
  crypto: CryptoProvider,
  file: BreakGlassFile,
  passphraseKey: Uint8Array,
): BreakGlassOpened | BreakGlassRefused {
  const keys = keysOf(crypto, passphraseKey);
  if (!equalBytes(keys.check, hexToBytes(file.passphraseCheck))) return refusal('wrong-passphrase');
  const sealed = { data: hexToBytes(file.ciphertext), associated: headBytes(file) };
  const opened = crypto.open(keys.seal, hexToBytes(file.nonce), sealed);
  wipe(keys.seal);
  if (opened === undefined) return refusal('damaged');
  const payload = readAsciiJson(opened);
  wipe(opened);
  return isBreakGlassPayload(payload) ? { kind: 'opened', payload } : refusal('damaged');
}

function keysOf(crypto: CryptoProvider, passphraseKey: Uint8Array) {
  return {
    seal: hkdfExpand(crypto, passphraseKey, 'SBX1 break-glass seal', limits.keyBytes),
    check: hkdfExpand(crypto, passphraseKey, 'SBX1 break-glass check', CHECK_BYTES),
  };
}

// A list and not an object: the order of the fields in the file does not matter.
function headBytes(head: BreakGlassHead & { readonly nonce: string }): Uint8Array {
  const { exportId, tenantName, createdAt, argon2, nonce } = head;
  const { memoryKiB, passes, lanes, salt } = argon2;
  const named = [exportId, tenantName, createdAt, memoryKiB, passes, lanes, salt, nonce];
  return concatBytes(asciiToBytes(`${FORMAT}\n`), asciiJsonBytes(named));
}

function refusal(reason: BreakGlassFault): BreakGlassRefused {
  return { kind: 'refused', reason };
}
