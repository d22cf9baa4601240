// Ports that stand still until a test moves them: a clock, timers that fire when the clock is
// advanced, work that is deferred until it is drained, and randomness that repeats.

import { createHash } from 'node:crypto';
import type { Clock, Defer, Timers } from '../src/platform/clock.ts';
import type { Entropy } from '../src/platform/entropy.ts';

/** A world whose time moves by hand. */
export class FixedPorts {
  nowMs = Date.UTC(2026, 3, 1, 9, 0, 0);
  #deferred: (() => void)[] = [];
  #timers: { readonly dueMs: number; readonly run: () => void }[] = [];

  readonly clock: Clock = { nowMs: () => this.nowMs, monotonicMs: () => this.nowMs };

  readonly defer: Defer = (run) => {
    this.#deferred.push(run);
  };

  readonly timers: Timers = {
    after: (delayMs, run) => {
      const timer = { dueMs: this.nowMs + delayMs, run };
      this.#timers.push(timer);
      return () => {
        this.#timers = this.#timers.filter((other) => other !== timer);
      };
    },
  };

  /** Runs everything that was deferred, and what that defers, until nothing is left. */
  drain(): void {
    for (let next = this.#deferred.shift(); next !== undefined; next = this.#deferred.shift()) next();
  }

  /** Moves the clock and fires what falls due. */
  advance(byMs: number): void {
    const untilMs = this.nowMs + byMs;
    const due = () =>
      this.#timers.filter(({ dueMs }) => dueMs <= untilMs).sort((a, b) => a.dueMs - b.dueMs)[0];
    for (let timer = due(); timer !== undefined; timer = due()) {
      const fired = timer;
      this.#timers = this.#timers.filter((other) => other !== fired);
      this.nowMs = Math.max(this.nowMs, fired.dueMs);
      fired.run();
      this.drain();
    }
    this.nowMs = untilMs;
  }
}

/** Bytes that follow from a seed: not random at all. */
export function seededEntropy(seed = 'seed'): Entropy {
  let drawn = 0;
  return {
    bytes(length) {
      const bytes = new Uint8Array(length);
      for (let offset = 0; offset < length; offset += 32) {
        const block = createHash('sha256').update(`${seed}/${drawn}/${offset}`).digest();
        bytes.set(block.subarray(0, Math.min(32, length - offset)), offset);
      }
      drawn += 1;
      return bytes;
    },
  };
}
