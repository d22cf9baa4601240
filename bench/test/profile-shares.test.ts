// Who used the time, on a profile made by hand.
import { expect, it } from 'vitest';
import { type CpuProfile, sharesOf } from '../harness/profile-shares.ts';

const frame = (functionName: string, url = '') => ({ functionName, url });

const profile: CpuProfile = {
  nodes: [
    { id: 1, callFrame: frame('(root)'), children: [2, 3, 9, 12] },
    { id: 2, callFrame: frame('(idle)') },
    {
      id: 3,
      callFrame: frame('take', 'file:///x/packages/cloud/src/broker/inbound.ts'),
      children: [4, 5, 7],
    },
    { id: 4, callFrame: frame('chacha', 'file:///x/node_modules/@noble/ciphers/chacha.js'), children: [10] },
    {
      id: 5,
      callFrame: frame('commit', 'file:///x/packages/cloud/src/platform/commit-group.ts'),
      children: [6, 8],
    },
    { id: 6, callFrame: frame('') },
    { id: 7, callFrame: frame('handle', 'file:///x/node_modules/aedes/lib/handlers/publish.js') },
    {
      id: 8,
      callFrame: frame('find', 'file:///x/packages/cloud/src/features/access/store.ts'),
      children: [11],
    },
    { id: 9, callFrame: frame('(garbage collector)') },
    { id: 10, callFrame: frame('') },
    { id: 11, callFrame: frame('') },
    { id: 12, callFrame: frame('post', 'node:inspector'), children: [13] },
    { id: 13, callFrame: frame('') },
  ],
  samples: [2, 3, 4, 10, 6, 7, 8, 11, 9, 1, 13],
  timeDeltas: [50, 1, 2, 3, 4, 5, 6, 7, 8, 9, 30],
};

it('gives native functions to whom they belong, and leaves waiting and the profiler out', () => {
  const { busyUs, idleUs, partUs } = sharesOf(profile);
  expect(idleUs).toBe(50 + 30);
  expect(busyUs).toBe(45);
  expect(partUs).toMatchObject({
    cryptography: 2 + 3,
    'SQLite: COMMIT and savepoints': 4,
    'SQLite: statements': 7,
    broker: 5,
    'cloud code': 1 + 6,
    'garbage collection': 8,
    'engine and system': 9,
  });
});

it('accounts for every sample once', () => {
  const { busyUs, idleUs, partUs } = sharesOf(profile);
  expect(Object.values(partUs).reduce((sum, us) => sum + us, 0)).toBe(busyUs);
  expect(busyUs + idleUs).toBe(125);
});
