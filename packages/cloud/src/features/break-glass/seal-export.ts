// The file itself: Argon2id beside the event loop, because 64 MiB three times over takes a moment, then one seal.

import { argon2 } from 'node:crypto';
import {
  asciiToBytes,
  type BreakGlassHead,
  type BreakGlassPayload,
  type CryptoProvider,
  hexToBytes,
  limits,
  passphraseToBytes,
  sealBreakGlass,
  wipe,
} from '@smartbox/protocol';

/** What is sealed. */
export interface ExportToSeal {
  readonly head: BreakGlassHead;
  readonly payload: BreakGlassPayload;
  readonly passphrase: string;
  /** 12 random bytes. */
  readonly nonce: Uint8Array;
}

/** @returns the bytes of the file */
export async function sealExport(crypto: CryptoProvider, made: ExportToSeal): Promise<Uint8Array> {
  const { head, payload, nonce } = made;
  const passphraseKey = await keyOf(made.passphrase, head.argon2);
  const text = sealBreakGlass(crypto, head, { passphraseKey, nonce, payload });
  wipe(passphraseKey);
  return asciiToBytes(text);
}

function keyOf(passphrase: string, settings: BreakGlassHead['argon2']): Promise<Uint8Array> {
  const parameters = {
    message: passphraseToBytes(passphrase),
    nonce: hexToBytes(settings.salt),
    memory: settings.memoryKiB,
    passes: settings.passes,
    parallelism: settings.lanes,
    tagLength: limits.keyBytes,
  };
  return new Promise((resolve, reject) => {
    argon2('argon2id', parameters, (error, key) => {
      if (error) reject(error);
      else resolve(new Uint8Array(key));
    });
  });
}
