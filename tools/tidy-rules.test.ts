// Every tidy rule, seen firing on a deliberate violation and silent on its repair. A gate that was
// never seen closed is no gate.
import { describe, expect, it } from 'vitest';
import { bannedNames } from './tidy/banned-names.ts';
import { bannedWords } from './tidy/banned-words.ts';
import { changelog } from './tidy/changelog.ts';
import { fileLength, lengthReport } from './tidy/file-length.ts';
import { limitsExplained } from './tidy/limits-explained.ts';
import { links } from './tidy/links.ts';
import { handlerNames, messageFiles } from './tidy/message-files.ts';
import { openingComment } from './tidy/opening-comment.ts';
import { proofs, requirementIds, unknownIds } from './tidy/requirement-ids.ts';
import type { Complaint, SourceFile } from './tidy/source-file.ts';
import { staleLine } from './tidy/stale-line.ts';
import { unrunTests } from './tidy/unrun-tests.ts';

const file = (path: string, text = '// Why.\n'): SourceFile => ({ path, text });
const lines = (count: number) => '// line\n'.repeat(count);
const told = (complaints: readonly Complaint[]) => complaints.map(({ rule, path }) => `${rule} ${path}`);

describe('file-length', () => {
  it('fires at 401 lines and is silent at 400', () => {
    const files = [file('a/long.ts', lines(401)), file('a/full.ts', lines(400)), file('a/x.c', lines(401))];
    expect(told(fileLength(files))).toEqual(['file-length a/long.ts', 'file-length a/x.c']);
  });

  it('leaves data, documents and generated files alone', () => {
    const paths = [
      'packages/protocol/vectors/big.ts',
      'README.md',
      'packages/a/src/generated/api.ts',
      'x.json',
    ];
    expect(fileLength(paths.map((path) => file(path, lines(900))))).toEqual([]);
  });

  it('reports median, ninth tenth and longest', () => {
    const files = Array.from({ length: 11 }, (_, index) => file(`${index}.ts`, lines(index * 10)));
    expect(lengthReport(files)).toEqual({
      files: 11,
      median: 50,
      p90: 90,
      longest: { path: '10.ts', lines: 100 },
    });
    expect(lengthReport([]).median).toBe(0);
  });
});

describe('opening-comment', () => {
  it.each([
    ['a.ts', "import x from './tidy/x.ts';\n// Late.\n"],
    ['a.ts', '//\nexport const x = 1;\n'],
    ['a.c', '#include <stdio.h>\n'],
    ['a.h', '/*\n */\n'],
    ['a.py', 'import sys\n'],
    ['a.sh', '#!/bin/sh\nset -e\n'],
    ['a.sql', 'CREATE TABLE x (a);\n'],
    ['.ci/run', '#!/usr/bin/env bash\nset -e\n'],
  ])('fires on %s without one: %j', (path, text) => {
    expect(told(openingComment([file(path, text)]))).toEqual([`opening-comment ${path}`]);
  });

  it.each([
    ['a.ts', '// What.\nexport {};\n'],
    ['a.cjs', "// What.\n'use strict';\n"],
    ['a.mjs', '#!/usr/bin/env node\n// What.\n'],
    ['a.h', '/* What. */\n'],
    ['a.c', '/*\n * What.\n */\n'],
    ['a.py', '#!/usr/bin/env python3\n"""What."""\n'],
    ['a.sql', '-- What.\n'],
    ['.ci/run', '#!/usr/bin/env bash\n# What.\n'],
    ['a.json', '{}\n'],
    ['a.md', '# Title\n'],
  ])('is silent on %s with one: %j', (path, text) => {
    expect(openingComment([file(path, text)])).toEqual([]);
  });

  it('exempts a unit test beside its subject, and no other test', () => {
    const test = (path: string) => file(path, "import { it } from 'vitest';\n");
    const files = [file('a/x.ts'), test('a/x.test.ts'), test('a/whole.test.ts')];
    expect(told(openingComment(files))).toEqual(['opening-comment a/whole.test.ts']);
  });
});

describe('banned-name', () => {
  it.each([
    'src/utils/x.ts',
    'src/helpers.ts',
    'src/common.test.ts',
    'a/misc/b.md',
    'a/services/b.ts',
    'types.ts',
  ])('fires on %s', (path) => {
    expect(told(bannedNames([file(path)]))).toEqual([`banned-name ${path}`]);
  });

  it('is silent on names that say a job', () => {
    expect(bannedNames([file('src/platform/entropy.ts'), file('src/commonwealth.ts')])).toEqual([]);
  });
});

describe('banned-word', () => {
  it.each([
    '// TODO: later',
    'x(); // FIXME',
    "const path = '/root/project/x';",
    'cd /work/main',
    'see /home/someone/notes',
    'C:\\Users\\someone',
    'registry=https://registry.example.org/',
    'https://artifactory.example.org/npm',
  ])('fires on %j', (line) => {
    expect(told(bannedWords([file('a.ts', `// Why.\n${line}\n`)]))).toEqual(['banned-word a.ts:2']);
  });

  it('is silent on ordinary text', () => {
    const text = '// Root paths: /v1/boxes, /tmp/x, node_modules/x, https://docs.example.org/registry\n';
    expect(bannedWords([file('a.ts', text)])).toEqual([]);
  });
});

describe('message-file and handler-name', () => {
  const known = { messages: ['heartbeat', 'log-reported'], logEntryKinds: ['bin-opened'] };
  const message = (name: string) => file(`packages/protocol/src/messages/${name}.ts`);
  const handler = (name: string) => file(`packages/cloud/src/features/boxes/on-${name}.ts`);

  it('fires on a message file without a row, and on a row without a file', () => {
    const files = [
      message('heartbeat'),
      message('heartbeet'),
      message('catalogue'),
      message('heartbeat.test'),
    ];
    expect(told(messageFiles(files, known))).toEqual([
      'message-file packages/protocol/src/messages/heartbeet.ts',
      'message-file packages/protocol/src/messages/log-reported.ts',
    ]);
  });

  it('fires on a handler that is named after nothing', () => {
    const files = [
      handler('heartbeat'),
      handler('bin-opened.test'),
      handler('log-entry'),
      handler('door-moved'),
    ];
    expect(told(handlerNames(files, known))).toEqual([
      'handler-name packages/cloud/src/features/boxes/on-door-moved.ts',
    ]);
  });
});

describe('limit', () => {
  const table = (text: string) => [file('packages/x/src/limits.ts', text)];

  it('fires on a bound without a reason', () => {
    const text = '// Why.\nexport const limits = {\n  /** Because. */\n  aMs: 1,\n  bMs: 2,\n};\n';
    expect(limitsExplained(table(text)).map(({ says }) => says)).toEqual(['bMs has no reason above it']);
  });

  it('is silent on reasons of one line and of many', () => {
    const text =
      'export const limits = {\n  /** One. */\n  aMs: 1,\n  /**\n   * Many.\n   */\n  bMs: 2,\n};\n';
    expect(limitsExplained(table(text))).toEqual([]);
  });
});

describe('link', () => {
  const there = [file('docs/there.md', '# A heading, here\n'), file('packages/a/src/x.ts')];

  it.each(['missing.md', '../packages/b', 'there.md#no-heading', '#nowhere'])('fires on %s', (target) => {
    expect(told(links([...there, file('docs/page.md', `# Page\n\n[x](${target})\n`)]))).toEqual([
      'link docs/page.md',
    ]);
  });

  it.each([
    'there.md',
    'there.md#a-heading-here',
    '../packages/a',
    '../packages/a/src/x.ts#L3',
    '#page',
    'https://example.org/none',
  ])('is silent on %s', (target) => {
    expect(links([...there, file('docs/page.md', `# Page\n\n[x](${target})\n`)])).toEqual([]);
  });

  it('leaves code alone', () => {
    expect(links([file('a.md', '```\n[x](none.md)\n```\n`[y](none.md)`\n')])).toEqual([]);
  });
});

describe('changelog', () => {
  const tree = (heading: string, version = '1.2.0') => [
    file('package.json', '{"version":"1.2.0"}'),
    file('packages/a/package.json', `{"version":"${version}"}`),
    file('CHANGELOG.md', `# Changes\n\n## ${heading}\n`),
  ];

  it('fires when the version has no heading', () => {
    expect(told(changelog(tree('1.1.0')))).toEqual(['changelog CHANGELOG.md']);
    expect(told(changelog([file('package.json', '{"version":"1.2.0"}')]))).toEqual([
      'changelog CHANGELOG.md',
    ]);
  });

  it('fires when a package has another version', () => {
    expect(told(changelog(tree('1.2.0', '1.1.0')))).toEqual(['changelog packages/a/package.json']);
  });

  it('is silent when both agree', () => {
    expect(changelog(tree('1.2.0 · 2026-11-22'))).toEqual([]);
  });
});

describe('requirement-id', () => {
  const proof = file(
    'packages/a/src/a.test.ts',
    "it('refuses a code (AC-01, SEC-02)', () => {});\nit.each(['a', f()])('counts %s (EM-01)', () => {});\n// SEC-09\n",
  );

  it('fires on an id that no test title carries, and does not count comments', () => {
    const owed = ['AC-01', 'SEC-02', 'EM-01', 'SEC-09'];
    expect(requirementIds([proof], owed).map(({ says }) => says)).toEqual(['no test title carries SEC-09']);
  });

  it('knows which test proves what', () => {
    expect(proofs([proof]).get('AC-01')).toEqual([
      { path: 'packages/a/src/a.test.ts', title: 'refuses a code (AC-01, SEC-02)' },
    ]);
  });

  it('fires on an id that nobody is owed, and leaves words alone that only look like one', () => {
    const titles = file(
      'packages/a/src/b.test.ts',
      "it('opens (AC-01)', f);\nit('flies (AC-99)', f);\nit('GMT-09', f);\n",
    );
    expect(unknownIds([titles], ['AC-01']).map(({ says }) => says)).toEqual(['AC-99 is no requirement']);
  });
});

describe('stale documents', () => {
  it.each([
    [undefined, 'line 1 should be: # A'],
    ['# A\nold\n', 'line 2 should be: new'],
    ['# A\nnew\n\nmore\n', 'the page goes on after its end'],
  ])('are seen: %j', (page, complaint) => {
    expect(staleLine(page, '# A\nnew\n')).toBe(complaint);
  });

  it('are told from fresh ones', () => {
    expect(staleLine('# A\n', '# A\n')).toBeUndefined();
  });
});

describe('unrun-test', () => {
  const tested = file('packages/a/package.json', '{"scripts":{"test":"vitest run"}}');
  const untested = file('bench/package.json', '{}');

  it('fires on a test where vitest does not look, and in a package without a test script', () => {
    const paths = ['packages/a/engines/x.test.ts', 'bench/x.test.ts', 'elsewhere/x.test.ts'];
    expect(told(unrunTests([tested, untested, ...paths.map((path) => file(path))]))).toEqual(
      paths.map((path) => `unrun-test ${path}`),
    );
  });

  it('is silent on tests that are run', () => {
    const paths = ['packages/a/src/b/x.test.ts', 'packages/a/test/x.test.ts', 'packages/a/x.test.ts'];
    expect(unrunTests([tested, ...paths.map((path) => file(path))])).toEqual([]);
  });
});
