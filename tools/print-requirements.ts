// Prints docs/requirements.md: each requirement with the tests whose titles carry its id, and those that no test
// proves yet. Run by `pnpm print`; the tidy test says when the page is stale.
import { fileURLToPath, pathToFileURL } from 'node:url';
import { type RequirementGroup, requirementGroups } from './requirements/requirement-list.ts';
import { readTree } from './tidy/read-tree.ts';
import { type Proof, proofs } from './tidy/requirement-ids.ts';
import type { SourceFile } from './tidy/source-file.ts';

const HEAD = `# Requirements

What SmartBox owes its users, and the tests that prove it. Printed from
[the list](../tools/requirements/requirement-list.ts) and the titles of all tests by \`pnpm print\`; a test names the
ids that it proves in its title. No test title carries the ids under [not proven yet](#not-proven-yet).
`;

/** These carry ids in order to test the printing, and prove nothing else. */
const ABOUT_IDS = /^tools\//;

/** @param files the tracked files; @returns the whole page */
export function printRequirements(files: readonly SourceFile[]): string {
  const proven = proofs(files.filter(({ path }) => !ABOUT_IDS.test(path)));
  const all = requirementGroups.flatMap(({ requirements }) => requirements);
  const open = all.filter(({ id }) => !proven.has(id));
  return [
    HEAD,
    `${all.length - open.length} of ${all.length} are proven by at least one test.\n`,
    ...requirementGroups.map((group) => printGroup(group, proven)),
    '## Not proven yet\n',
    open.length === 0 ? 'None.\n' : `${open.map(({ id }) => id).join(', ')}\n`,
    '## The tests\n',
    ...all.flatMap(({ id }) => printProofs(id, proven.get(id) ?? [])),
  ].join('\n');
}

function printGroup(
  { title, requirements }: RequirementGroup,
  proven: ReadonlyMap<string, readonly Proof[]>,
): string {
  const rows = requirements.map(({ id, says }) => {
    const count = proven.get(id)?.length ?? 0;
    return `| ${count === 0 ? id : `[${id}](#${id.toLowerCase()})`} | ${inCell(says)} | ${count === 0 ? 'none yet' : count} |`;
  });
  return `## ${title}\n\n| id | requirement | tests |\n| --- | --- | ---: |\n${rows.join('\n')}\n`;
}

function printProofs(id: string, at: readonly Proof[]): readonly string[] {
  if (at.length === 0) return [];
  const lines = at.map(({ path, title }) => `- ${inText(title)} · [${path}](../${path})`);
  return [`### ${id}\n\n${[...new Set(lines)].join('\n')}\n`];
}

function inCell(text: string): string {
  return text.replaceAll('|', '\\|');
}

/** A title may hold what Markdown would read as more than words. */
function inText(title: string): string {
  return title.replace(/[\\[\]<>*_`|#]/g, '\\$&');
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  process.stdout.write(printRequirements(readTree(fileURLToPath(new URL('..', import.meta.url)))));
}
