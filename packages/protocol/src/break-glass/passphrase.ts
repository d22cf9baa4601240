// From what a person remembers to a key: Argon2id (RFC 9106), so that each guess at a stolen file costs 64 MiB and
// a good part of a second. Typed with a Japanese input method or without, the same passphrase is the same bytes.
import { argon2idAsync } from '@noble/hashes/argon2.js';
import { hexToBytes } from '../basics/bytes.ts';
import { limits } from '../basics/limits.ts';
import { type Check, fields, hex, whole } from '../json/shape.ts';
import { textToUtf8 } from '../wire/utf8.ts';

/** What one guess costs. Written in the file, so that a later version can ask for more. */
export interface Argon2Settings {
  readonly memoryKiB: number;
  readonly passes: number;
  readonly lanes: number;
  /** 16 bytes in hexadecimal. */
  readonly salt: string;
}

/** RFC 9106, 4: the second recommended setting, with one lane, because a browser and Node have one each. */
export const breakGlassCost = { memoryKiB: 65_536, passes: 3, lanes: 1 } as const;

/** RFC 9106, 3.1: 16 bytes are recommended. */
export const SALT_BYTES = 16;

/** A file from somewhere else must not eat the whole machine: at most 1 GiB and 16 passes. */
export const isArgon2Settings: Check<Argon2Settings> = fields<Argon2Settings>({
  memoryKiB: whole(64, 1_048_576),
  passes: whole(1, 16),
  lanes: whole(1, 8),
  salt: hex(SALT_BYTES),
});

/**
 * @returns what Argon2id is fed with: compatibility forms are folded (NFKC), so that full-width letters count as plain ones
 * @throws ProtocolError `bad-text` for control characters, which nobody types
 */
export function passphraseToBytes(passphrase: string): Uint8Array {
  return textToUtf8(passphrase.normalize('NFKC').trim(), 'passphrase');
}

/**
 * Takes seconds where nothing native helps, and lets others work in between.
 * @param onProgress told of the part done, 0 to 1
 * @returns 32 bytes
 */
export function passphraseKey(
  passphrase: Uint8Array,
  settings: Argon2Settings,
  onProgress?: (done: number) => void,
): Promise<Uint8Array> {
  return argon2idAsync(passphrase, hexToBytes(settings.salt), {
    m: settings.memoryKiB,
    t: settings.passes,
    p: settings.lanes,
    dkLen: limits.keyBytes,
    ...(onProgress === undefined ? {} : { onProgress }),
  });
}
