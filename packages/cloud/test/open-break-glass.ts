// Opens a break-glass file as its owner does, with the native Argon2id: the real cost, in a tenth of the time.

import { argon2Sync } from 'node:crypto';
import {
  type BreakGlassFile,
  type BreakGlassOpened,
  type BreakGlassRefused,
  hexToBytes,
  nobleCrypto,
  openBreakGlass,
  passphraseToBytes,
  readBreakGlass,
} from '@smartbox/protocol';
import type { FileAnswer } from '../src/platform/route.ts';

/** @returns the head of the file that an answer holds, and its text */
export async function readExport(answer: { readonly file?: FileAnswer }) {
  if (answer.file === undefined) throw new RangeError('the answer is no file');
  const text = Buffer.from(await answer.file.render()).toString('ascii');
  const head = readBreakGlass(text);
  if (head.kind === 'refused') throw new RangeError(head.reason);
  return { text, head };
}

/** @returns what is in a file, or why it does not open */
export function openExport(
  file: BreakGlassFile,
  passphrase: string,
): BreakGlassOpened['payload'] | BreakGlassRefused['reason'] {
  const { memoryKiB, passes, lanes, salt } = file.argon2;
  const key = argon2Sync('argon2id', {
    ...{ message: passphraseToBytes(passphrase), nonce: hexToBytes(salt), tagLength: 32 },
    ...{ memory: memoryKiB, passes, parallelism: lanes },
  });
  const opened = openBreakGlass(nobleCrypto, file, new Uint8Array(key));
  return opened.kind === 'opened' ? opened.payload : opened.reason;
}
