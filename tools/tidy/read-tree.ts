// The one place where the tidy test touches the disk: every file that is in the repository or
// would be with the next commit. What .gitignore names is not ours to judge.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { SourceFile } from './source-file.ts';

/** Larger files are data. */
const MAX_BYTES = 1_000_000;
const LIST = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];

/** @param root an absolute folder inside a git working tree; @returns its text files, sorted by path */
export function readTree(root: string): readonly SourceFile[] {
  const listed = execFileSync('git', LIST, { cwd: root, encoding: 'utf8', maxBuffer: 64_000_000 });
  const files: SourceFile[] = [];
  for (const path of [...new Set(listed.split('\0'))].sort()) {
    const absolute = join(root, path);
    if (path === '' || !existsSync(absolute)) continue;
    const status = statSync(absolute);
    if (!status.isFile() || status.size > MAX_BYTES) continue;
    const text = readFileSync(absolute, 'utf8');
    if (!text.includes('\0')) files.push({ path, text });
  }
  return files;
}
