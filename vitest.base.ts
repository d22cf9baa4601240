// The one vitest set-up: every package's vitest.config.ts passes its name here, so that each writes
// its report where .ci/run adds them up (.reports/vitest.json in the package).
import { defineConfig } from 'vitest/config';

/** A machine of continuous integration may be shared and slow; a test that hangs, hangs longer than this. */
const patience = process.env.CI === undefined ? 1 : 4;

/** @param name the package's short name; @param timeoutMs how long one test may take, in milliseconds */
export function testConfig(name: string, timeoutMs = 60_000) {
  return defineConfig({
    test: {
      name,
      include: ['src/**/*.test.ts', 'test/**/*.test.ts', 'scenarios/**/*.test.ts', '*.test.ts'],
      reporters: ['default', 'json'],
      outputFile: { json: '.reports/vitest.json' },
      testTimeout: timeoutMs * patience,
      hookTimeout: 120_000 * patience,
      maxWorkers: 2,
    },
  });
}
