// Every rule that a tool keeps for us, seen firing: deliberate violations are put into a temporary
// copy of the repository, the real tool runs with the real configuration, and must complain by name.
// (With TypeScript 7 and no swc, dependency-cruiser reads no .ts file and finds nothing wrong.)
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { growTrialTree, type Verdict } from './trial-tree.ts';

const PROTOCOL = 'packages/protocol/src';
const CORE = 'packages/firmware/src/core';
const FIRMWARE = 'packages/firmware/src';
const CLOUD = 'packages/cloud/src';
const CLI = 'packages/cli/src';
const long = (count: number) => Array.from({ length: count }, (_, index) => `  n += ${index};`).join('\n');

describe('the compiler keeps the core pure', () => {
  const tree = growTrialTree();
  afterAll(() => tree.remove());
  let verdict: Verdict;
  const cases: readonly (readonly [path: string, text: string, complaint: RegExp])[] = [
    [`${PROTOCOL}/timer.ts`, 'setTimeout(() => {}, 1);\n', /timer[.]ts.*Cannot find name 'setTimeout'/],
    [`${PROTOCOL}/node.ts`, "import { readFileSync } from 'node:fs';\nreadFileSync('x');\n", /'node:fs'/],
    [`${PROTOCOL}/text.ts`, 'new TextEncoder();\n', /Cannot find name 'TextEncoder'/],
    [`${CORE}/buffer.ts`, 'Buffer.alloc(1);\n', /Cannot find name 'Buffer'/],
    [`${CORE}/console.ts`, "console.log('x');\n", /Cannot find name 'console'/],
    [`${CORE}/host.ts`, "export { x } from '../hosts/host.ts';\n", /host[.]ts.*error TS6307/],
    [`${CORE}/optional.ts`, 'export const o: { a?: 1 } = { a: undefined };\n', /optional[.]ts.*error TS2375/],
    [
      `${CORE}/import.ts`,
      "import { Kind } from './kind.ts';\nexport type K = Kind;\n",
      /import[.]ts.*error TS1484/,
    ],
    [`${CORE}/kind.ts`, 'export type Kind = 1;\nexport const f = (a: 1) => 2;\n', /kind[.]ts.*error TS6133/],
    [
      `${CORE}/override.ts`,
      'class A {\n  f() {}\n}\nexport class B extends A {\n  f() {}\n}\n',
      /override[.]ts.*error TS4114/,
    ],
    [
      `${CORE}/fall.ts`,
      'export function f(a: number): number {\n  let b = 0;\n  switch (a) {\n    case 1:\n      b = 2;\n    case 2:\n      b = 3;\n  }\n  return b;\n}\n',
      /fall[.]ts.*error TS7029/,
    ],
    [
      `${CORE}/return.ts`,
      'export function f(a: boolean) {\n  if (a) return 1;\n}\n',
      /return[.]ts.*error TS7030/,
    ],
    [`${CORE}/enum.ts`, 'export enum Colour {\n  red,\n}\n', /enum[.]ts.*error TS1294/],
    [
      `${CORE}/index.ts`,
      'export const first = (of: number[]): number => of[0];\n',
      /index[.]ts.*error TS2322/,
    ],
  ];

  beforeAll(() => {
    tree.write(`${FIRMWARE}/hosts/host.ts`, '// A host.\nexport const x = 1;\n');
    for (const [path, text] of cases) tree.write(path, text);
    const projects = ['packages/protocol', 'packages/firmware/src/core'].map((folder) =>
      tree.run('tsc', '-p', folder, '--noEmit', '--pretty', 'false'),
    );
    verdict = { exitCode: Math.min(...projects.map(({ exitCode }) => exitCode)), output: outputs(projects) };
  });

  it.each(cases)('refuses %s', (_path, _text, complaint) => {
    expect(verdict.exitCode).not.toBe(0);
    expect(verdict.output).toMatch(complaint);
  });
});

describe('Biome', () => {
  const tree = growTrialTree();
  afterAll(() => tree.remove());
  let verdict: Verdict;
  const cases: readonly (readonly [rule: string, path: string, text: string])[] = [
    ['noRestrictedGlobals', `${PROTOCOL}/date.ts`, 'export const now = () => new Date(0);\n'],
    [
      'noRestrictedGlobals',
      `${CORE}/timer.ts`,
      'export const later = (f: () => void) => setTimeout(f, 1);\n',
    ],
    ['noRestrictedGlobals', `${CORE}/bytes.ts`, 'export const bytes = Buffer.alloc(1);\n'],
    ['noRestrictedGlobals', `${CORE}/shout.ts`, "export const shout = () => console.log('x');\n"],
    [
      'noRestrictedGlobals',
      `${CLOUD}/features/a/wait.ts`,
      'export const w = (f: () => void) => setTimeout(f, 1);\n',
    ],
    ['noRestrictedImports', `${PROTOCOL}/disk.ts`, "export { readFileSync } from 'node:fs';\n"],
    ['noRestrictedImports', `${CORE}/disk.ts`, "export { readFileSync } from 'node:fs';\n"],
    ['noImportCycles', `${CLOUD}/ring-a.ts`, "import { b } from './ring-b.ts';\nexport const a = () => b;\n"],
    ['noImportCycles', `${CLOUD}/ring-b.ts`, "import { a } from './ring-a.ts';\nexport const b = () => a;\n"],
    [
      'noExcessiveLinesPerFunction',
      `${CLOUD}/long.ts`,
      `export function sum() {\n  let n = 0;\n${long(70)}\n}\n`,
    ],
    [
      'useMaxParams',
      `${CLOUD}/many.ts`,
      'export const f = (a: 1, b: 1, c: 1, d: 1, e: 1) => [a, b, c, d, e];\n',
    ],
    [
      'noFloatingPromises',
      `${CLOUD}/floating.ts`,
      'async function save(): Promise<void> {}\nexport function f(): void {\n  save();\n}\n',
    ],
    [
      'useExhaustiveSwitchCases',
      `${CLOUD}/switch.ts`,
      "export function f(kind: 'a' | 'b'): number {\n  switch (kind) {\n    case 'a':\n      return 1;\n  }\n  return 0;\n}\n",
    ],
    ['noExplicitAny', `${CLOUD}/any.ts`, 'export const x = (y: unknown) => y as any;\n'],
    [
      'useImportType',
      `${CLOUD}/type.ts`,
      "import { Kind } from './kind.ts';\nexport const x = (k: Kind) => k;\n",
    ],
    ['useImportExtensions', `${CLOUD}/extension.ts`, "export { x } from './any';\n"],
    ['noNonNullAssertion', `${CLOUD}/sure.ts`, 'export const f = (of: readonly number[]) => of[0]!;\n'],
    ['noMisusedPromises', `${CLOUD}/misused.ts`, 'export async function f() {\n  if (f()) return;\n}\n'],
    ['useNodejsImportProtocol', `${CLOUD}/bare.ts`, "export { join } from 'path';\n"],
    ['useThrowOnlyError', `${CLOUD}/text.ts`, "export function f(): never {\n  throw 'x';\n}\n"],
    ['noTsIgnore', `${CLOUD}/ignore.ts`, '// @ts-ignore\nexport const x: number = "1";\n'],
    ['noDefaultExport', `${CLOUD}/default.ts`, 'export default 1;\n'],
    ['useFilenamingConvention', `${CLOUD}/CamelCase.ts`, 'export const x = 1;\n'],
    ['noParameterAssign', `${CLOUD}/assign.ts`, 'export function f(a: number) {\n  a = 1;\n  return a;\n}\n'],
    ['noConsole', `${CLOUD}/console.ts`, "console.log('x');\n"],
    ['noProcessEnv', `${CLOUD}/environment.ts`, 'export const x = process.env.HOME;\n'],
    ['noFocusedTests', `${CLOUD}/focused.test.ts`, "import { it } from 'vitest';\nit.only('x', () => {});\n"],
    ['noSkippedTests', `${CLOUD}/skipped.test.ts`, "import { it } from 'vitest';\nit.skip('x', () => {});\n"],
    ['no-math-random', `${CLOUD}/random.ts`, 'export const x = () => Math.random();\n'],
    ['no-plain-error', `${CLOUD}/throw.ts`, "export function f(): never {\n  throw new Error('x');\n}\n"],
    ['no-plain-error', `${CLOUD}/throw-bare.ts`, "export function f(): never {\n  throw Error('x');\n}\n"],
    ['no-ambient-clock', `${CLOUD}/clock.ts`, 'export const x = () => Date.now();\n'],
    ['no-ambient-clock', `${FIRMWARE}/runtime/clock.ts`, 'export const x = () => new Date();\n'],
  ];

  beforeAll(() => {
    for (const [, path, text] of cases) tree.write(path, text);
    tree.write(`${CLOUD}/clean.ts`, '// Nothing wrong here.\nexport const clean = 1;\n');
    verdict = tree.run('biome', 'lint', '--colors=off', '--max-diagnostics=none', 'packages');
  });

  it.each(cases)('%s fires on %s', (rule, path) => {
    expect(verdict.exitCode).toBe(1);
    expect(complaintsOfBiome(verdict.output, path)).toContain(rule);
  });

  it('is silent on a clean file', () => {
    expect(complaintsOfBiome(verdict.output, `${CLOUD}/clean.ts`)).toBe('');
  });

  it('refuses a file that is not formatted', () => {
    tree.write(`${CLOUD}/unformatted.ts`, 'export const x = "1"\n');
    const { exitCode, output } = tree.run('biome', 'ci', '--colors=off', `${CLOUD}/unformatted.ts`);
    expect(exitCode).toBe(1);
    expect(output).toContain("'1'");
  });
});

describe('dependency-cruiser', () => {
  const tree = growTrialTree();
  afterAll(() => tree.remove());
  let verdict: Verdict;
  const cases: readonly (readonly [rule: string, path: string, imports: string])[] = [
    ['no-cycles', `${CLOUD}/platform/ring-a.ts`, "import { x } from './ring-b.ts';"],
    ['no-unresolved', `${CLOUD}/platform/lost.ts`, "import { x } from './nowhere.ts';"],
    ['tests-are-leaves', `${CLOUD}/platform/leaf.ts`, "import { x } from './door.test.ts';"],
    [
      'by-the-front-door',
      `${FIRMWARE}/hosts/window.ts`,
      "import { x } from '../../../protocol/src/wire/deep.ts';",
    ],
    ['no-undeclared-dependency', `${CLOUD}/platform/guest.ts`, "import { x } from 'fast-check';"],
    ['protocol-imports-noble-only', `${PROTOCOL}/wire/node.ts`, "import { readFileSync } from 'node:fs';"],
    ['protocol-imports-noble-only', `${PROTOCOL}/wire/library.ts`, "import { z } from 'esbuild';"],
    ['protocol-knows-no-package', `${PROTOCOL}/wire/up.ts`, "import type { x } from '@smartbox/cloud';"],
    ['protocol-basics-looks-down', `${PROTOCOL}/basics/up.ts`, "import { x } from '../wire/deep.ts';"],
    ['protocol-wire-looks-down', `${PROTOCOL}/wire/peek.ts`, "import { x } from '../messages/one.ts';"],
    ['core-is-pure', `${CORE}/node.ts`, "import { readFileSync } from 'node:fs';"],
    ['core-is-pure', `${CORE}/port.ts`, "import type { x } from '../ports/one.ts';"],
    ['core-is-pure', `${CORE}/noble.ts`, "import { x } from '@noble/hashes/sha2.js';"],
    ['ports-import-nothing', `${FIRMWARE}/ports/two.ts`, "import type { x } from '../core/node.ts';"],
    [
      'peripherals-stand-on-ports',
      `${FIRMWARE}/peripherals/a.ts`,
      "import { x } from '../hosts/node/one.ts';",
    ],
    ['peripherals-know-no-node', `${FIRMWARE}/peripherals/b.ts`, "import { x } from 'node:net';"],
    ['electronics-behind-ports', `${FIRMWARE}/electronics/a.ts`, "import { x } from '../hosts/node/one.ts';"],
    [
      'electronics-are-simulated',
      `${FIRMWARE}/peripherals/c.ts`,
      "import { x } from '../electronics/one.ts';",
    ],
    ['runtime-knows-no-host', `${FIRMWARE}/runtime/a.ts`, "import { x } from '../hosts/node/one.ts';"],
    ['hosts-stand-apart', `${FIRMWARE}/hosts/simulated/a.ts`, "import { x } from '../node/one.ts';"],
    ['firmware-imports-protocol-only', `${FIRMWARE}/runtime/b.ts`, "import { x } from '@smartbox/cloud';"],
    ['cloud-imports-protocol-only', `${CLOUD}/platform/c.ts`, "import { x } from '@smartbox/firmware/core';"],
    ['simulator-stands-on-top', `${CLOUD}/platform/d.ts`, "import { x } from '@smartbox/simulator';"],
    ['packages-know-no-tools', `${CLOUD}/platform/e.ts`, "import { x } from '../../../../tools/one.ts';"],
    ['features-through-the-door', `${CLOUD}/features/a/f.ts`, "import { x } from '../b/store.ts';"],
    ['features-know-no-edge', `${CLOUD}/features/a/g.ts`, "import { x } from '../../broker/one.ts';"],
    ['features-know-no-edge', `${CLOUD}/features/a/h.ts`, "import { x } from '../../compose.ts';"],
    ['edges-use-feature-doors', `${CLOUD}/http/i.ts`, "import { x } from '../features/b/store.ts';"],
    ['platform-is-the-ground', `${CLOUD}/platform/j.ts`, "import { x } from '../features/b/index.ts';"],
    ['broker-and-http-stand-apart', `${CLOUD}/http/k.ts`, "import { x } from '../broker/one.ts';"],
    ['cli-knows-no-cloud', `${CLI}/terminal/a.ts`, "import { x } from '@smartbox/cloud';"],
    ['break-glass-is-pure', `${CLI}/break-glass/b.ts`, "import { readFileSync } from 'node:fs';"],
    ['break-glass-speaks-to-nobody', `${CLI}/terminal/c.ts`, "import { connect } from 'node:net';"],
    ['break-glass-speaks-to-nobody', `${CLI}/terminal/d.ts`, "import { fork } from 'node:child_process';"],
    ['page-and-terminal-stand-apart', `${CLI}/page/e.ts`, "import { x } from '../terminal/one.ts';"],
  ];
  const imported = [
    `${PROTOCOL}/index.ts`,
    `${PROTOCOL}/wire/deep.ts`,
    `${PROTOCOL}/messages/one.ts`,
    `${CORE}/index.ts`,
    `${FIRMWARE}/ports/one.ts`,
    `${FIRMWARE}/hosts/node/one.ts`,
    `${FIRMWARE}/electronics/one.ts`,
    `${CLOUD}/index.ts`,
    `${CLOUD}/compose.ts`,
    `${CLOUD}/broker/one.ts`,
    `${CLOUD}/platform/door.test.ts`,
    `${CLOUD}/features/b/index.ts`,
    `${CLOUD}/features/b/store.ts`,
    `${CLI}/break-glass/index.ts`,
    `${CLI}/terminal/one.ts`,
    'packages/simulator/src/index.ts',
    'tools/one.ts',
  ];
  const allowed: readonly (readonly [path: string, imports: string])[] = [
    [`${CORE}/fine.ts`, "import { x } from '@smartbox/protocol';"],
    [`${PROTOCOL}/secure/fine.ts`, "import { x } from '@noble/hashes/sha2.js';"],
    [`${CLOUD}/features/a/fine.ts`, "import { x } from '../b/index.ts';"],
    [`${CLOUD}/features/a/fine.test.ts`, "import { x } from '../b/store.ts';"],
    [`${CLI}/page/fine.ts`, "import { x } from '../break-glass/index.ts';"],
    ['packages/simulator/src/fine.ts', "import { x } from '@smartbox/cloud';"],
  ];

  beforeAll(() => {
    for (const path of imported) tree.write(path, 'export const x = 1;\n');
    tree.write(`${CLOUD}/platform/ring-b.ts`, "export type { x } from './ring-a.ts';\n");
    for (const [, path, imports] of cases) tree.write(path, `${imports}\nexport { x };\n`);
    for (const [path, imports] of allowed) tree.write(path, `${imports}\nexport { x };\n`);
    verdict = tree.run('depcruise', '--config', 'tools/layers.cjs', '-T', 'err', 'packages', 'tools');
  });

  it.each(cases)('%s fires on %s', (rule, path) => {
    expect(verdict.exitCode).toBeGreaterThan(0);
    expect(verdict.output).toMatch(new RegExp(`error ${rule}: ${path.replaceAll('.', '[.]')}`));
  });

  it.each(allowed)('lets %s import what stands below it', (path) => {
    expect(verdict.output).not.toContain(`: ${path}`);
  });
});

describe('dependency-cruiser, over folders', () => {
  const tree = growTrialTree();
  afterAll(() => tree.remove());
  const folders = () => tree.run('depcruise', '--config', 'tools/folders.cjs', 'packages').output;

  it('refuses two folders that import each other without any ring of files', () => {
    tree.write(`${CLOUD}/one/base.ts`, 'export const x = 1;\n');
    tree.write(`${CLOUD}/two/base.ts`, 'export const x = 1;\n');
    tree.write(`${CLOUD}/one/more.ts`, "export { x } from '../two/base.ts';\n");
    tree.write(`${CLOUD}/two/more.test.ts`, "export { x } from '../one/base.ts';\n");
    expect(folders()).toContain('no dependency violations found');
    tree.write(`${CLOUD}/two/more.ts`, "export { x } from '../one/base.ts';\n");
    expect(folders()).toContain(`error no-folder-rings: ${CLOUD}/one`);
  });
});

describe('knip', () => {
  const tree = growTrialTree();
  afterAll(() => tree.remove());
  let verdict: Verdict;

  beforeAll(() => {
    tree.write(`${PROTOCOL}/index.ts`, "export { used } from './half-used.ts';\n");
    tree.write(`${PROTOCOL}/half-used.ts`, 'export const used = 1;\nexport const idle = 2;\n');
    tree.write(`${PROTOCOL}/orphan.ts`, 'export const alone = 1;\n');
    verdict = tree.run('knip', '--no-progress');
  });

  it.each([
    ['a file that nothing imports', /^packages\/protocol\/src\/orphan[.]ts/m],
    ['an export that nothing imports', /^idle\s+packages\/protocol\/src\/half-used[.]ts/m],
    ['a dependency that nothing imports', /^@noble\/hashes\s+packages\/protocol\/package[.]json/m],
  ])('refuses %s', (_what, complaint) => {
    expect(verdict.exitCode).toBe(1);
    expect(verdict.output).toMatch(complaint);
  });

  it('is silent on what the door exports', () => {
    expect(verdict.output).not.toMatch(/^used\b/m);
  });
});

function outputs(verdicts: readonly Verdict[]): string {
  return verdicts.map(({ output }) => output).join('\n');
}

/** What Biome's report says about one file; each complaint begins with the file's path. */
function complaintsOfBiome(report: string, path: string): string {
  return report
    .split(/\n(?=packages\/)/)
    .filter((complaint) => complaint.startsWith(path))
    .join('\n');
}
