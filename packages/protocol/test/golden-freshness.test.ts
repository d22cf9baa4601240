// The committed vectors are what the committed script computes. Where there is no Python, the vectors
// still bind the TypeScript; only their origin goes unchecked.
import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { vectorPath } from './read-vectors.ts';

const hasPython = spawnSync('python3', ['--version']).status === 0;

describe('the golden vectors', () => {
  it.runIf(hasPython)('are those that the independent implementation computes today', () => {
    const run = spawnSync('python3', [vectorPath('golden/make_golden.py'), '--check'], { encoding: 'utf8' });
    expect(run.stdout + run.stderr).toBe('');
    expect(run.status).toBe(0);
  });
});
