// The broker's certificate: the operator's own files where configured, else the development
// authority's in the data directory.

import { join } from 'node:path';
import type { Clock } from '../platform/clock.ts';
import { StartupFault } from '../platform/errors.ts';
import { readPrivateFile } from '../platform/private-file.ts';
import { developmentCertificates } from './development-certificates.ts';
import type { ServerKeys } from './listeners.ts';

/** @throws StartupFault when a configured file is missing */
export async function loadServerKeys(options: {
  readonly tlsFiles: { readonly certificate: string; readonly privateKey: string } | undefined;
  readonly tlsNames: readonly string[];
  readonly dataDirectory: string;
  readonly clock: Clock;
}): Promise<ServerKeys> {
  const { tlsFiles, clock } = options;
  if (tlsFiles === undefined) {
    return developmentCertificates({
      directory: join(options.dataDirectory, 'tls'),
      names: options.tlsNames,
      clock,
    });
  }
  return { certificate: required(tlsFiles.certificate), privateKey: required(tlsFiles.privateKey) };
}

function required(path: string): string {
  const text = readPrivateFile(path);
  if (text !== undefined) return text;
  throw new StartupFault(
    'key-file-unusable',
    `${path} does not exist.\nCorrect SMARTBOX_TLS_CERT_FILE and SMARTBOX_TLS_KEY_FILE, or unset both.`,
  );
}
