// The plan of the cores, which decides what "per core" means.
import { describe, expect, it } from 'vitest';
import { parseCoreList, planCores } from '../harness/processors.ts';

describe('planCores', () => {
  it('gives the servers one core and the load another', () => {
    expect(planCores([2, 3], true)).toMatchObject({ server: 2, load: 3 });
  });

  it('pins nothing where there is one core or no taskset, and says so', () => {
    expect(planCores([0], true)).toMatchObject({ server: undefined, load: undefined });
    expect(planCores([0, 1], false).says).toContain('taskset is missing');
  });
});

it('reads lists of cores as Linux writes them', () => {
  expect(parseCoreList('0-2,5\n')).toEqual([0, 1, 2, 5]);
  expect(parseCoreList('')).toEqual([]);
});
