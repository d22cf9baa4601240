// The load loops against a fleet that answers by itself: what they keep outstanding, and whom they count.
import { describe, expect, it } from 'vitest';
import type { Fleet } from '../load/fleet.ts';
import { closedLoop, openLoop } from '../load/loops.ts';

/** Answers every request in the next turn, and notes how many were outstanding at most. */
function answeringFleet(
  size: number,
  right = true,
): Fleet & { mostOutstanding(): number; asked(): number[] } {
  let outstanding = 0;
  let most = 0;
  const asked: number[] = [];
  const fleet = {
    size,
    onAnswer: (_box: number, _right: boolean, _atMs: number): void => undefined,
    ask(box: number) {
      asked.push(box);
      most = Math.max(most, ++outstanding);
      setImmediate(() => {
        outstanding--;
        fleet.onAnswer(box, right, performance.now());
      });
    },
    lost: () => 0,
    connect: async () => ({ subscribedMs: 0, greetedMs: 0, failed: 0 }),
    cut: () => undefined,
    mostOutstanding: () => most,
    asked: () => asked,
  };
  return fleet;
}

/** Long enough that even a busy machine answers something in it. */
const window = { warmUpMs: 5, measureMs: 300, watch: [] };

describe('the closed loop', () => {
  it('keeps exactly as many requests outstanding as it is told, and goes round all boxes', async () => {
    const fleet = answeringFleet(10);
    const result = await closedLoop(fleet, { ...window, inFlight: 4 });
    expect(fleet.mostOutstanding()).toBe(4);
    expect(fleet.asked().slice(0, 10)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(result).toMatchObject({ wrong: 0, lost: 0 });
    expect(result.count).toBeGreaterThan(0);
  });

  it('asks no box twice at a time, however many it should keep outstanding', async () => {
    const fleet = answeringFleet(3);
    await closedLoop(fleet, { ...window, inFlight: 50 });
    expect(fleet.mostOutstanding()).toBe(3);
  });

  it('counts wrong answers', async () => {
    const result = await closedLoop(answeringFleet(2, false), { ...window, inFlight: 1 });
    expect(result.wrong).toBeGreaterThan(0);
  });
});

describe('the open loop', () => {
  it('asks as often as the clock says and not more', async () => {
    const fleet = answeringFleet(100);
    const result = await openLoop(fleet, { ...window, perSecond: 2_000 });
    // 305 ms of 2,000 a second, the one at the very beginning included.
    expect(fleet.asked().length).toBeLessThanOrEqual(611);
    expect(result).toMatchObject({ wrong: 0, lost: 0 });
  });

  it('counts the waiting for a free box from the moment when the request was due', async () => {
    const fleet = answeringFleet(1);
    const answerAtOnce = fleet.ask;
    // The first answer comes late; whatever fell due meanwhile has waited since it was due.
    fleet.ask = (box) => {
      fleet.ask = answerAtOnce;
      setTimeout(() => answerAtOnce(box), 250);
    };
    const result = await openLoop(fleet, { ...window, perSecond: 1_000 });
    expect(result.p50Ms).toBeGreaterThan(20);
    expect(result.lost).toBe(0);
  });
});
