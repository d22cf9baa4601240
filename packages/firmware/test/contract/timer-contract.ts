// What every pair of timer and monotonic clock must do.
import { describe, expect, it } from 'vitest';
import type { MonotonicClock, Timer } from '../../src/ports/index.ts';

export interface TimersUnderTest {
  readonly timer: Timer & MonotonicClock;
  /** Lets the event loop run until `isDone`; virtual time is moved, real time is awaited. */
  readonly until: (isDone: () => boolean) => Promise<void>;
  readonly close: () => void;
}

export function describeTimer(name: string, make: () => TimersUnderTest): void {
  describe(`timer contract: ${name}`, () => {
    it('calls back once, not before the delay, and never from inside set', async () => {
      const { timer, until, close } = make();
      const startMs = timer.nowMs();
      const calls: number[] = [];
      timer.set(() => calls.push(timer.nowMs() - startMs), 12);
      timer.set(() => calls.push(timer.nowMs() - startMs), 0);
      expect(calls).toEqual([]);
      await until(() => calls.length === 2);
      expect(calls[1]).toBeGreaterThanOrEqual(12);
      close();
    });

    it('runs timers in the order in which they come due, and in that of their setting when together', async () => {
      const { timer, until, close } = make();
      const order: string[] = [];
      timer.set(() => order.push('late'), 20);
      timer.set(() => order.push('first of two'), 5);
      timer.set(() => order.push('second of two'), 5);
      await until(() => order.length === 3);
      expect(order).toEqual(['first of two', 'second of two', 'late']);
      close();
    });

    it('does not call back a timer that was cleared, and bears clearing anything', async () => {
      const { timer, until, close } = make();
      const calls: string[] = [];
      const cleared = timer.set(() => calls.push('cleared'), 1);
      timer.clear(cleared);
      timer.clear(cleared);
      timer.clear(undefined);
      const fired = timer.set(() => calls.push('fired'), 2);
      await until(() => calls.length > 0);
      timer.clear(fired);
      expect(calls).toEqual(['fired']);
      close();
    });

    it('may be set and cleared from a callback', async () => {
      const { timer, until, close } = make();
      const calls: number[] = [];
      const again = () => {
        calls.push(timer.nowMs());
        if (calls.length < 3) timer.set(again, 1);
      };
      timer.set(again, 1);
      await until(() => calls.length === 3);
      expect([...calls].sort((left, right) => left - right)).toEqual(calls);
      close();
    });

    it('has a clock that never goes back', async () => {
      const { timer, until, close } = make();
      const readings = [timer.nowMs()];
      let done = false;
      timer.set(() => {
        readings.push(timer.nowMs());
        done = true;
      }, 3);
      await until(() => done);
      readings.push(timer.nowMs());
      expect([...readings].sort((left, right) => left - right)).toEqual(readings);
      close();
    });
  });
}
