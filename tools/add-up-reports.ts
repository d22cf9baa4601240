// Adds up vitest's JSON reports for continuous integration: what passed, what failed, over all
// packages and both Node versions. A file that could not even be loaded counts as one failure.
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

/** The part of vitest's JSON report that is counted. */
export interface TestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly testResults: readonly { readonly status: string; readonly assertionResults: readonly unknown[] }[];
}

/** How many tests did what. */
export interface Sum {
  readonly passed: number;
  readonly failed: number;
}

/** @param brokenSteps commands that failed; if no test did, each of them counts as one failure */
export function addUp(reports: readonly TestReport[], brokenSteps: number): Sum {
  const unloaded = reports
    .flatMap(({ testResults }) => testResults)
    .filter(({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0).length;
  const failed = total(reports.map(({ numFailedTests }) => numFailedTests)) + unloaded;
  return {
    passed: total(reports.map(({ numPassedTests }) => numPassedTests)),
    failed: failed === 0 ? brokenSteps : failed,
  };
}

function total(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const [brokenSteps = '0', ...paths] = process.argv.slice(2);
  const reports = paths.map((path) => JSON.parse(readFileSync(path, 'utf8')) as TestReport);
  const { passed, failed } = addUp(reports, Number(brokenSteps));
  console.info(`${passed} passed, ${failed} failed`);
  process.exitCode = passed > 0 && failed === 0 ? 0 : 1;
}
