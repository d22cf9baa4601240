// Files that only the server's own user may read: keys. Written whole or not at all.

import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Entropy } from './entropy.ts';
import { StartupFault } from './errors.ts';

const ownerOnly = 0o600;
const ownerOnlyDirectory = 0o700;

/** @returns the text of a file, or undefined when there is none */
export function readPrivateFile(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return undefined;
    throw unusable(path, cause);
  }
}

/** Writes a file that nobody else may read, with the directory that it needs. */
export function writePrivateFile(path: string, text: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true, mode: ownerOnlyDirectory });
    writeFileSync(`${path}.new`, text, { mode: ownerOnly, flush: true });
    renameSync(`${path}.new`, path);
    flushDirectory(dirname(path));
  } catch (cause) {
    throw unusable(path, cause);
  }
}

// The new name must outlive a power cut as well: what is sealed with a lost key stays sealed. Windows opens no
// directories, and writes names through by itself.
function flushDirectory(path: string): void {
  if (process.platform === 'win32') return;
  const directory = openSync(path, 'r');
  try {
    fsyncSync(directory);
  } finally {
    closeSync(directory);
  }
}

/** The 32-byte secret in a file (64 hex digits); made at random on first use. */
export function secretInFile(path: string, entropy: Entropy): Uint8Array {
  const known = readPrivateFile(path);
  if (known === undefined) {
    const made = entropy.bytes(32);
    writePrivateFile(path, `${Buffer.from(made).toString('hex')}\n`);
    return made;
  }
  if (!/^[0-9a-f]{64}$/i.test(known.trim())) {
    throw new StartupFault(
      'key-file-unusable',
      `${path} does not hold 64 hexadecimal digits.\nRestore it from your backup: without it the stored keys cannot be read.`,
    );
  }
  return new Uint8Array(Buffer.from(known.trim(), 'hex'));
}

function unusable(path: string, cause: unknown): StartupFault {
  const reason = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown reason';
  return new StartupFault(
    'key-file-unusable',
    `${path} cannot be used (${reason}).\nCheck its permissions and the free space.`,
    { cause },
  );
}
