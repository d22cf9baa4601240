// A test that nobody runs is worse than none. Every test file lies where vitest.base.ts looks, in a
// package whose package.json has a test script for turbo to call.
import type { Complaint, SourceFile } from './source-file.ts';

const TEST = /^(?<home>packages\/[^/]+|bench|tools)\/(?<rest>.+[.]test[.]ts)$/;
/** The folders in vitest.base.ts. */
const LOOKED_AT = /^((src|test|scenarios)\/|[^/]+$)/;

/** Complains about test files that `pnpm test` does not reach. */
export function unrunTests(files: readonly SourceFile[]): readonly Complaint[] {
  const tested = new Set(files.filter(hasTestScript).map(({ path }) => path.replace('/package.json', '')));
  return files.flatMap(({ path }) => {
    if (!path.endsWith('.test.ts')) return [];
    const { home = '', rest = '' } = TEST.exec(path)?.groups ?? {};
    if (!LOOKED_AT.test(rest)) return [{ rule: 'unrun-test', path, says: 'vitest does not look here' }];
    if (tested.has(home)) return [];
    return [{ rule: 'unrun-test', path, says: `${home}/package.json has no test script` }];
  });
}

function hasTestScript({ path, text }: SourceFile): boolean {
  if (!path.endsWith('/package.json')) return false;
  const { scripts } = JSON.parse(text) as { scripts?: Readonly<Record<string, string>> };
  return scripts?.test !== undefined;
}
