// Timers and clock of the Node host: the virtual clock, pumped by the machine's. That gives two things for
// one: timers behave as in the simulated host, and a rig can let the box's time jump, with everything that
// comes due on the way happening in its order.
import { VirtualClock } from '../../electronics/index.ts';
import type { MonotonicClock, Timer, TimerHandle } from '../../ports/index.ts';

/** setTimeout takes at most 2^31 - 1; looking up once an hour costs nothing. */
const LONGEST_SLEEP_MS = 3_600_000;

export class RealClock implements Timer, MonotonicClock {
  readonly #virtual = new VirtualClock();
  readonly #startMs = performance.now();
  #jumpedMs = 0;
  #pumping = false;
  #sleeping: NodeJS.Timeout | undefined;

  nowMs(): number {
    // While timers run, it is each one's own moment; between them, now.
    return this.#pumping ? this.#virtual.nowMs() : Math.max(this.#virtual.nowMs(), this.#realMs());
  }

  set(callback: () => void, delayMs: number): TimerHandle {
    const handle = this.#virtual.set(callback, this.nowMs() - this.#virtual.nowMs() + Math.max(0, delayMs));
    this.#sleep();
    return handle;
  }

  clear(timer: TimerHandle | undefined): void {
    this.#virtual.clear(timer);
  }

  /** Moves on by `ms` at once. Network and other machines do not move with it. */
  jump(ms: number): void {
    this.#jumpedMs += ms;
    this.#pump();
  }

  /** Lets no timer run any more. */
  close(): void {
    clearTimeout(this.#sleeping);
    this.#pumping = true;
  }

  #realMs(): number {
    return performance.now() - this.#startMs + this.#jumpedMs;
  }

  #pump(): void {
    if (this.#pumping) return;
    this.#pumping = true;
    try {
      this.#virtual.advanceTo(this.#realMs());
    } finally {
      this.#pumping = false;
      this.#sleep();
    }
  }

  #sleep(): void {
    if (this.#pumping) return;
    clearTimeout(this.#sleeping);
    const dueMs = this.#virtual.nextDueMs();
    if (dueMs === undefined) return;
    // Rounded up: a timer must never come early.
    const sleepMs = Math.min(LONGEST_SLEEP_MS, Math.max(0, Math.ceil(dueMs - this.#realMs())));
    this.#sleeping = setTimeout(() => this.#pump(), sleepMs);
  }
}
