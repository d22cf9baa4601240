// A folder is a layer or a feature, and a file is named after what it holds. These names say
// neither: things end up in them because nobody decided where they belong.
import type { Complaint, SourceFile } from './source-file.ts';

const BANNED = new Set(['utils', 'util', 'helpers', 'helper', 'common', 'misc', 'services', 'types']);

/** Complains about paths with a part that names no job. */
export function bannedNames(files: readonly SourceFile[]): readonly Complaint[] {
  return files.flatMap(({ path }) => {
    const part = path.split('/').find((name) => BANNED.has(name.replace(/([.]test)?[.][a-z]+$/, '')));
    if (part === undefined) return [];
    return [
      { rule: 'banned-name', path, says: `"${part}" names no job: say what the file or folder is for` },
    ];
  });
}
