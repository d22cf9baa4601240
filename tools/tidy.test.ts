// The style test: what the compiler, Biome and dependency-cruiser cannot see. Each rule is a pure
// function in tidy/, shown firing in tidy-rules.test.ts; here they judge the real tree.
import { fileURLToPath } from 'node:url';
import { catalogue, logEntryKinds } from '@smartbox/protocol';
import { describe, expect, it } from 'vitest';
import { printClient } from './print-client.ts';
import { printLimits } from './print-limits.ts';
import { printProtocol } from './print-protocol.ts';
import { printRequirements } from './print-requirements.ts';
import { requirementGroups } from './requirements/requirement-list.ts';
import { bannedNames } from './tidy/banned-names.ts';
import { bannedWords } from './tidy/banned-words.ts';
import { changelog } from './tidy/changelog.ts';
import { fileLength, lengthReport } from './tidy/file-length.ts';
import { limitsExplained } from './tidy/limits-explained.ts';
import { links } from './tidy/links.ts';
import { handlerNames, messageFiles } from './tidy/message-files.ts';
import { openingComment } from './tidy/opening-comment.ts';
import { readTree } from './tidy/read-tree.ts';
import { requirementIds, unknownIds } from './tidy/requirement-ids.ts';
import { staleLine } from './tidy/stale-line.ts';
import { unrunTests } from './tidy/unrun-tests.ts';

/** What this version owes its users and therefore must prove. */
const OWED = [
  'EM-01',
  'AC-01',
  'SEC-02',
  'SEC-06',
  'SEC-07',
  'SEC-08',
  'SEC-09',
  'SEC-13',
  'SEC-15',
  'SEC-18',
];

const files = readTree(fileURLToPath(new URL('..', import.meta.url)));
/** The tools' own tests make up ids. */
const productFiles = files.filter(({ path }) => !path.startsWith('tools/'));
const known = { messages: catalogue.map(({ name }) => name), logEntryKinds: Object.keys(logEntryKinds) };
const textOf = (path: string) => files.find((file) => file.path === path)?.text;

describe('the tree is tidy', () => {
  it('keeps every hand-written file within 400 lines', () => {
    expect(fileLength(files)).toEqual([]);
  });

  it('keeps half of its files within 150 lines', () => {
    const report = lengthReport(files);
    console.info(
      `${report.files} TypeScript files: median ${report.median} lines, nine in ten within ${report.p90}, ` +
        `longest ${report.longest.lines} (${report.longest.path})`,
    );
    expect(report.median).toBeLessThanOrEqual(150);
  });

  it('opens every source file with a comment', () => {
    expect(openingComment(files)).toEqual([]);
  });

  it('has no folder or file whose name says no job', () => {
    expect(bannedNames(files)).toEqual([]);
  });

  it('holds no promise without a date, no path of one machine and no registry host', () => {
    expect(bannedWords(files)).toEqual([]);
  });

  it('has a catalogue row for every message file, and a file for every row', () => {
    expect(messageFiles(files, known)).toEqual([]);
  });

  it('names every handler after a message or a kind of log entry', () => {
    expect(handlerNames(files, known)).toEqual([]);
  });

  it('gives every limit its reason', () => {
    expect(limitsExplained(files)).toEqual([]);
  });

  it('links only to what is there', () => {
    expect(links(files)).toEqual([]);
  });

  it('tells in the CHANGELOG what this version changed', () => {
    expect(changelog(files)).toEqual([]);
  });

  it('runs every test file', () => {
    expect(unrunTests(files)).toEqual([]);
  });

  it('proves every requirement that this version owes', () => {
    expect(requirementIds(files, OWED)).toEqual([]);
  });

  it('proves nothing that is no requirement', () => {
    const known = requirementGroups.flatMap(({ requirements }) => requirements.map(({ id }) => id));
    expect(unknownIds(productFiles, known)).toEqual([]);
  });
});

describe('the printed documents are fresh (otherwise run `pnpm print`)', () => {
  it('prints docs/protocol.md from the catalogue', () => {
    expect(staleLine(textOf('docs/protocol.md'), printProtocol())).toBeUndefined();
  });

  it('prints docs/limits.md from the limits tables', async () => {
    expect(staleLine(textOf('docs/limits.md'), await printLimits(files))).toBeUndefined();
  });

  it('prints the client from the description of the API', () => {
    const printed = printClient(textOf('packages/cloud/openapi.json') ?? '');
    expect(staleLine(textOf('packages/api-client/src/operations.generated.ts'), printed)).toBeUndefined();
  });

  it('prints docs/requirements.md from the list and the titles of all tests', () => {
    expect(staleLine(textOf('docs/requirements.md'), printRequirements(files))).toBeUndefined();
  });
});
