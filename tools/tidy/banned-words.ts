// Text that must not be in the repository: promises without a date, one machine's folders, one
// network's package registry. What is not done is said in the README, not in a comment.
import type { Complaint, SourceFile } from './source-file.ts';

interface BannedWord {
  readonly pattern: RegExp;
  readonly says: string;
}

const WORDS: readonly BannedWord[] = [
  { pattern: /\b(TODO|FIXME|XXX|HACK)\b/, says: 'do it, or say in the README that it is not there yet' },
  { pattern: /(^|[\s'"`(=])\/(root|work|Users|home\/[a-z][\w-]*)\//, says: 'a path of one machine' },
  { pattern: /\b[A-Z]:\\\\?(Users|work)\b/, says: 'a path of one machine' },
  {
    pattern: /https?:\/\/(registry[.]|[\w.-]*(npmmirror|artifactory|verdaccio|nexus))/,
    says: 'a registry host',
  },
];
/** These name the words in order to ban them. */
const EXEMPT = new Set(['tools/tidy/banned-words.ts', 'tools/tidy-rules.test.ts']);

/** Complains about banned words, with their line. */
export function bannedWords(files: readonly SourceFile[]): readonly Complaint[] {
  return files.filter(({ path }) => !EXEMPT.has(path)).flatMap(complaintsIn);
}

function complaintsIn({ path, text }: SourceFile): readonly Complaint[] {
  return text.split('\n').flatMap((line, index) =>
    WORDS.filter(({ pattern }) => pattern.test(line)).map(({ pattern, says }) => ({
      rule: 'banned-word',
      path: `${path}:${index + 1}`,
      says: `"${pattern.exec(line)?.[0].trim()}": ${says}`,
    })),
  );
}
