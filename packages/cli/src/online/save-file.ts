// Keeps a file that the server answered: codes may stand in it, so that only its owner may read it.
import { writeFileSync } from 'node:fs';
import type { DownloadedFile } from '@smartbox/api-client';
import { CliError, systemReason } from '../terminal/cli-error.ts';
import { tell } from './online-texts.ts';
import type { Conversation } from './server.ts';

/** @param wanted.out a path, or `-` for the output; @throws CliError `not-written` */
export function saveFile(
  file: DownloadedFile,
  wanted: { readonly out: string | undefined; readonly force: boolean },
  { ports, language, json }: Conversation,
): void {
  const { bytes, contentType, fileName = 'smartbox-file' } = file;
  const path = wanted.out ?? fileName;
  if (path === '-') {
    ports.output.write(bytes);
    return;
  }
  try {
    writeFileSync(path, bytes, { mode: 0o600, flag: wanted.force ? 'w' : 'wx' });
  } catch (cause) {
    const why = systemReason(cause);
    const key = why === 'EEXIST' ? 'file-exists' : 'not-written';
    throw new CliError('not-written', tell(language, key, { file: path, why }), { cause });
  }
  const told = json
    ? JSON.stringify({ file: path, bytes: bytes.length, content_type: contentType })
    : tell(language, 'saved', { file: path });
  ports.output.write(`${told}\n`);
}
