// The one place where the tidy test touches the disk: every file that is in the repository or
// would be with the next commit. What .gitignore names is not ours to judge. A tree unpacked
// without git is walked instead.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { SourceFile } from './source-file.ts';

/** Larger files are data. */
const MAX_BYTES = 4_000_000;
const LIST = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];

/** @param root an absolute folder with a .gitignore; @returns its text files, sorted by path */
export function readTree(root: string): readonly SourceFile[] {
  const paths = existsSync(join(root, '.git')) ? listed(root) : walked(root);
  const files: SourceFile[] = [];
  for (const path of [...new Set(paths)].sort()) {
    const absolute = join(root, path);
    if (path === '' || !existsSync(absolute)) continue;
    const status = statSync(absolute);
    if (!status.isFile() || status.size > MAX_BYTES) continue;
    const text = readFileSync(absolute, 'utf8');
    if (!text.includes('\0')) files.push({ path, text });
  }
  return files;
}

function listed(root: string): readonly string[] {
  return execFileSync('git', LIST, { cwd: root, encoding: 'utf8', maxBuffer: 64_000_000 }).split('\0');
}

/** Reads the two forms of line that our .gitignore uses: `folder/` and `*.ending`. */
function walked(root: string): readonly string[] {
  const lines = readFileSync(join(root, '.gitignore'), 'utf8').split('\n');
  const folders = new Set(lines.filter((line) => line.endsWith('/')).map((line) => line.slice(0, -1)));
  const endings = lines.filter((line) => line.startsWith('*.')).map((line) => line.slice(1));
  const walk = (folder: string): readonly string[] =>
    readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) return folders.has(entry.name) ? [] : walk(path);
      return endings.some((ending) => entry.name.endsWith(ending)) ? [] : [path];
    });
  return walk('');
}
