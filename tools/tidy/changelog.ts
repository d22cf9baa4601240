// Whoever installs a version can read what changed for them: the CHANGELOG has a heading for the
// version in package.json, with the date, and every package carries the same version.
import type { Complaint, SourceFile } from './source-file.ts';

/** Complains if the changelog, or a package, lags behind the repository's version. */
export function changelog(files: readonly SourceFile[]): readonly Complaint[] {
  const text = files.find(({ path }) => path === 'CHANGELOG.md')?.text ?? '';
  const version = versionOf(files.find(({ path }) => path === 'package.json'));
  const complaints: Complaint[] = [];
  if (!new RegExp(`^## ${version.replaceAll('.', '[.]')}\\b`, 'm').test(text)) {
    complaints.push({ rule: 'changelog', path: 'CHANGELOG.md', says: `no heading "## ${version}"` });
  }
  for (const file of files.filter(({ path }) => /\/package[.]json$/.test(path))) {
    if (versionOf(file) !== version) {
      complaints.push({ rule: 'changelog', path: file.path, says: `version is not ${version}` });
    }
  }
  return complaints;
}

function versionOf(file: SourceFile | undefined): string {
  const parsed = JSON.parse(file?.text ?? '{}') as { version?: string };
  return parsed.version ?? 'none';
}
