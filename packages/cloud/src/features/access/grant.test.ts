// How a grant moves with the box's log, and when a box has done what it must never do.
import { describe, expect, it } from 'vitest';
import { advanceGrant, type GrantState } from './grant.ts';

const at = (state: GrantState) => ({ state, bin: 3 });

describe('a grant follows the box’s log', () => {
  it.each([
    ['granted', 'open-intended', 'intended', false],
    ['intended', 'bin-opened', 'opened', false],
    ['opened', 'bin-closed', 'closed', false],
    ['intended', 'bin-jammed', 'closed', false],
    ['intended', 'bin-closed', 'closed', false],
    ['opened', 'bin-opened', 'opened', false],
    ['closed', 'bin-closed', 'closed', false],
    ['granted', 'bin-closed', 'granted', false],
    ['opened', 'key-taken', 'opened', false],
    // What must never be: a dead grant used, a door open without intent, an intent twice.
    ['void', 'open-intended', 'void', true],
    ['intended', 'open-intended', 'intended', true],
    ['closed', 'open-intended', 'closed', true],
    ['granted', 'bin-opened', 'granted', true],
    ['void', 'bin-opened', 'void', true],
    ['closed', 'bin-opened', 'closed', true],
  ] as const)('from %s by %s to %s (alarm: %s)', (from, kind, to, anomaly) => {
    expect(advanceGrant(at(from), { kind, bin: 3 })).toEqual({ state: to, anomaly });
  });

  it.each(['open-intended', 'bin-opened'] as const)('raises the alarm when %s names another bin', (kind) => {
    const from = kind === 'open-intended' ? 'granted' : 'intended';
    expect(advanceGrant(at(from), { kind, bin: 4 }).anomaly).toBe(true);
  });
});
