// The closing line of continuous integration must not be green by accident.
import { describe, expect, it } from 'vitest';
import { addUp, type TestReport } from './add-up-reports.ts';

const report = (numPassedTests: number, numFailedTests: number, unloadedFiles = 0): TestReport => ({
  numPassedTests,
  numFailedTests,
  testResults: Array.from({ length: unloadedFiles }, () => ({ status: 'failed', assertionResults: [] })),
});

describe('adding up test reports', () => {
  it('adds what passed and what failed in every package', () => {
    expect(addUp([report(3, 1), report(4, 2)], 1)).toEqual({ passed: 7, failed: 3 });
  });

  it('counts a file that could not be loaded as a failure', () => {
    expect(addUp([report(3, 0, 2)], 1)).toEqual({ passed: 3, failed: 2 });
  });

  it('counts a failed step in which no test failed', () => {
    expect(addUp([report(3, 0)], 1)).toEqual({ passed: 3, failed: 1 });
  });

  it('finds nothing passed where nothing ran', () => {
    expect(addUp([], 0)).toEqual({ passed: 0, failed: 0 });
  });
});
