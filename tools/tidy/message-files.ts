// One message, one file, one row of the catalogue, at most one handler per feature: a file that
// names a message nobody can send is dead, and a handler named after nothing is lost.
import type { Complaint, SourceFile } from './source-file.ts';

/** Files of the messages folder that are about all messages. */
const ABOUT_ALL = new Set(['catalogue', 'codec', 'definition', 'index']);
const MESSAGE = /^packages\/protocol\/src\/messages\/([^/]+)[.]ts$/;
const HANDLER = /^packages\/cloud\/src\/features\/[^/]+\/on-([^/]+?)([.]test)?[.]ts$/;

/** A handler of log entries of every kind. */
const ANY_ENTRY = 'log-entry';

/** What may be named. */
export interface KnownNames {
  readonly messages: readonly string[];
  readonly logEntryKinds: readonly string[];
}

/** Complains about message files without a catalogue row, and rows without a file. */
export function messageFiles(files: readonly SourceFile[], known: KnownNames): readonly Complaint[] {
  const names = files
    .map(({ path }) => MESSAGE.exec(path)?.[1] ?? '')
    .filter((name) => name !== '' && !name.endsWith('.test') && !ABOUT_ALL.has(name));
  const rowless = names.filter((name) => !known.messages.includes(name));
  const fileless = known.messages.filter((name) => !names.includes(name));
  return [
    ...rowless.map((name) => complaint(name, 'the file has no row in catalogue.ts')),
    ...fileless.map((name) => complaint(name, 'the catalogue row has no file of that name')),
  ];
}

/** Complains about `on-<name>.ts` in a feature that names neither a message nor a kind of log entry. */
export function handlerNames(files: readonly SourceFile[], known: KnownNames): readonly Complaint[] {
  const words = new Set([...known.messages, ...known.logEntryKinds, ANY_ENTRY]);
  return files.flatMap(({ path }) => {
    const name = HANDLER.exec(path)?.[1];
    if (name === undefined || words.has(name)) return [];
    return [{ rule: 'handler-name', path, says: `"${name}" is no message and no kind of log entry` }];
  });
}

function complaint(name: string, says: string): Complaint {
  return { rule: 'message-file', path: `packages/protocol/src/messages/${name}.ts`, says };
}
