// Prints docs/limits.md from every package's limits table: value from the code, reason from the
// comment above it. Run by `pnpm print`; the tidy test says when the page is stale.
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { readTree } from './tidy/read-tree.ts';
import type { SourceFile } from './tidy/source-file.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const TABLE = /^packages\/([^/]+)\/src\/(?:.*\/)?limits[.]ts$/;
const ENTRY = /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*(\w+):/g;

const HEAD = `# Limits

Every bound, with its reason, printed from the packages' \`limits.ts\` by \`pnpm print\`; edit them there, never
here. Names end in their unit.
`;

/** One row: a name, its reason and its value. */
interface Limit {
  readonly name: string;
  readonly reason: string;
  readonly value: unknown;
}

/** @param files the tracked files; @returns the whole page */
export async function printLimits(files: readonly SourceFile[]): Promise<string> {
  const tables = files.filter(({ path }) => TABLE.test(path));
  const parts = await Promise.all(tables.map(printTable));
  return [HEAD, ...parts].join('\n');
}

async function printTable(file: SourceFile): Promise<string> {
  const rows = (await limitsOf(file)).map(
    ({ name, reason, value }) => `| \`${name}\` | ${inFigures(value)} | ${reason} |`,
  );
  const title = TABLE.exec(file.path)?.[1] ?? '';
  return `## ${title}\n\n[${file.path}](../${file.path})\n\n| limit | value | why |\n| --- | ---: | --- |\n${rows.join('\n')}\n`;
}

/** @returns the entries of every table that the file exports, in the order of the source */
export async function limitsOf(file: SourceFile): Promise<readonly Limit[]> {
  const exported: Record<string, unknown> = await import(pathToFileURL(join(ROOT, file.path)).href);
  const values = Object.assign({}, ...Object.values(exported).filter((value) => typeof value === 'object'));
  const reasons = new Map(
    [...file.text.matchAll(ENTRY)].map(([, reason = '', name = '']) => [name, inOneLine(reason)]),
  );
  return Object.entries(values).map(([name, value]) => ({ name, value, reason: reasons.get(name) ?? '' }));
}

function inOneLine(comment: string): string {
  return comment.replace(/\s*\n\s*\*?\s*/g, ' ').trim();
}

function inFigures(value: unknown): string {
  if (typeof value === 'number') return value.toLocaleString('en-US');
  return Array.isArray(value) ? value.map(inFigures).join(', ') : JSON.stringify(value);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  process.stdout.write(await printLimits(readTree(ROOT)));
}
