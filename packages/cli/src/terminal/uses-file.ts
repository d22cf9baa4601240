// The records of what was done, in a file beside the export: one line each, on the disk before anything is shown.
import { closeSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { type Language, say, type UseJournal } from '../break-glass/index.ts';
import { CliError, systemReason } from './cli-error.ts';

/** @returns where the uses of an export are recorded */
export function usesPath(exportPath: string): string {
  return `${exportPath}.uses.jsonl`;
}

/** The journal of one export. Its `add` throws CliError `use-not-recorded`. */
export function createUsesFile(path: string, language: Language): UseJournal {
  return {
    add: (write) => {
      try {
        appendLine(path, write);
      } catch (cause) {
        const message = say(language, 'use-not-recorded', { why: systemReason(cause) });
        throw new CliError('use-not-recorded', message, { cause });
      }
    },
  };
}

function appendLine(path: string, write: (last: string | undefined) => string): void {
  const file = openSync(path, 'a+', 0o600);
  try {
    const written = readFileSync(file, 'utf8');
    const last = written.trimEnd().split('\n').at(-1);
    // A line that a power cut tore stays where it is, on a line of its own: it is evidence too.
    const torn = written !== '' && !written.endsWith('\n');
    const line = `${torn ? '\n' : ''}${write(last === '' ? undefined : last)}\n`;
    writeAll(file, Buffer.from(line, 'utf8'));
    fsyncSync(file);
    if (written === '') syncFolder(dirname(path));
  } finally {
    closeSync(file);
  }
}

// A disk that is nearly full takes a part: the next call then says why it takes no more.
function writeAll(file: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done);
}

// A new name is on the disk when its folder is. Windows cannot open a folder, and needs no such thing.
function syncFolder(path: string): void {
  if (process.platform === 'win32') return;
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
