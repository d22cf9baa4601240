// One box cannot take the server from the others.

import type { BoxId } from '@smartbox/protocol';
import { describe, expect, it } from 'vitest';
import { FixedPorts } from '../../test/fixed-ports.ts';
import { createFrameBudget } from './frame-budget.ts';

const one = '4ZK7Q1M0P9XWT' as BoxId;
const other = '1NF63PZ8DTCWY' as BoxId;

describe('the frames that a box may send', () => {
  it('are a minute’s worth at once and then as many as time brings, for each box (SEC-15)', () => {
    const ports = new FixedPorts();
    const budget = createFrameBudget(60, ports.clock);
    const taken = (boxId: BoxId): number => {
      let frames = 0;
      while (budget(boxId)) frames += 1;
      return frames;
    };
    expect(taken(one)).toBe(60);
    expect(taken(other)).toBe(60);
    ports.advance(10_000);
    expect(taken(one)).toBe(10);
    ports.advance(86_400_000);
    expect(taken(one)).toBe(60);
  });

  it('have no limit when it is switched off', () => {
    const budget = createFrameBudget(0, new FixedPorts().clock);
    expect(Array.from({ length: 10_000 }, () => budget(one))).not.toContain(false);
  });
});
