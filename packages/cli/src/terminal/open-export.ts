// From a path and a passphrase to an open export.
import {
  type BreakGlassFile,
  type BreakGlassPayload,
  nobleCrypto,
  openBreakGlass,
  ProtocolError,
  passphraseKey,
  passphraseToBytes,
  readBreakGlass,
} from '@smartbox/protocol';
import { type Language, say } from '../break-glass/index.ts';
import { CliError } from './cli-error.ts';
import { readTextFile } from './read-text-file.ts';

/** @throws CliError when there is no such file, or it is no export that this program can open */
export function readExport(path: string, language: Language): BreakGlassFile {
  const file = readBreakGlass(readTextFile(path));
  if (file.kind === 'refused') throw new CliError(file.reason, say(language, file.reason));
  return file;
}

/** @throws CliError `wrong-passphrase` or `damaged` */
export async function openExport(
  file: BreakGlassFile,
  passphrase: string,
  language: Language,
): Promise<BreakGlassPayload> {
  const key = await passphraseKey(readPassphrase(passphrase, language), file.argon2);
  const opened = openBreakGlass(nobleCrypto, file, key);
  if (opened.kind === 'refused') throw new CliError(opened.reason, say(language, opened.reason));
  return opened.payload;
}

function readPassphrase(passphrase: string, language: Language): Uint8Array {
  try {
    return passphraseToBytes(passphrase);
  } catch (cause) {
    // Control characters: no file was ever sealed under them.
    if (!(cause instanceof ProtocolError)) throw cause;
    throw new CliError('wrong-passphrase', say(language, 'wrong-passphrase'), { cause });
  }
}
