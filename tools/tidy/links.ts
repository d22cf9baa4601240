// A link in a document leads somewhere: to a file of the repository, and to a heading that is there.
import { posix } from 'node:path';
import type { Complaint, SourceFile } from './source-file.ts';

const LINK = /\[[^\]]*\]\(([^)\s]+)[^)]*\)/g;
const OUTSIDE = /^[a-z][a-z+.-]*:/;

/** Complains about relative links in Markdown whose file, folder or heading does not exist. */
export function links(files: readonly SourceFile[]): readonly Complaint[] {
  const byPath = new Map(files.map((file) => [file.path, file.text]));
  const folders = new Set(files.flatMap(({ path }) => ancestors(path)));
  return files
    .filter(({ path }) => path.endsWith('.md'))
    .flatMap(({ path, text }) =>
      [...withoutCode(text).matchAll(LINK)].flatMap(([, target]) => {
        if (target === undefined || OUTSIDE.test(target)) return [];
        const [file = '', heading] = target.split('#');
        const linked = file === '' ? path : posix.normalize(posix.join(posix.dirname(path), file));
        const found = byPath.get(linked);
        const exists = found !== undefined || folders.has(linked.replace(/\/$/, ''));
        if (!exists) return [{ rule: 'link', path, says: `${target} leads nowhere` }];
        if (heading === undefined || !linked.endsWith('.md') || anchors(found ?? '').has(heading)) return [];
        return [{ rule: 'link', path, says: `${target}: no such heading` }];
      }),
    );
}

function ancestors(path: string): readonly string[] {
  const parts = path.split('/').slice(0, -1);
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}

function withoutCode(text: string): string {
  return text.replace(/^(```|~~~)[\s\S]*?^\1/gm, '').replace(/`[^`\n]*`/g, '');
}

/** The anchors that a Markdown reader makes of headings: lower case, punctuation dropped, spaces to dashes. */
function anchors(text: string): ReadonlySet<string> {
  const headings = [...text.matchAll(/^#{1,6}\s+(.+)$/gm)].map(([, heading = '']) => heading);
  return new Set(
    headings.map((heading) =>
      heading
        .trim()
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\s_-]/gu, '')
        .replace(/\s/g, '-'),
    ),
  );
}
