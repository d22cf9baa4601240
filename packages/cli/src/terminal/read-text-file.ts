// A file that a person named, as text.
import { readFileSync } from 'node:fs';
import { CliError, systemReason } from './cli-error.ts';

/** @throws CliError `file-unreadable` */
export function readTextFile(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new CliError('file-unreadable', `${path}: ${systemReason(cause)}`, { cause });
  }
}
