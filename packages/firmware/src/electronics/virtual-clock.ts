// Time that moves only when told. Implements the timer and clock ports, so that a box runs through a day in
// milliseconds and twice in the same way. One clock may serve many boxes; the Node host pumps one in real time.
import type { MonotonicClock, Timer } from '../ports/index.ts';

interface Due {
  readonly atMs: number;
  /** Order of setting: timers due together run in it. */
  readonly order: number;
  readonly callback: () => void;
  done: boolean;
}

/** Cleared timers below this number are not worth a pass. */
const COMPACT_FROM = 64;

export class VirtualClock implements Timer, MonotonicClock {
  #nowMs = 0;
  #order = 0;
  /** A binary heap: the soonest is first. */
  #heap: Due[] = [];
  /** Cleared timers that still lie in the heap. */
  #cleared = 0;

  nowMs(): number {
    return this.#nowMs;
  }

  set(callback: () => void, delayMs: number): Due {
    const due: Due = {
      atMs: this.#nowMs + Math.max(0, delayMs),
      order: this.#order++,
      callback,
      done: false,
    };
    this.#heap.push(due);
    this.#rise(this.#heap.length - 1);
    return due;
  }

  clear(timer: unknown): void {
    const due = timer as Due | undefined;
    if (due === undefined || due.done) return;
    due.done = true;
    this.#cleared += 1;
    // A wake-up that is set anew at every step would otherwise fill the heap with its own past.
    if (this.#cleared > COMPACT_FROM && this.#cleared * 2 > this.#heap.length) this.#compact();
  }

  /** Timers that take up memory, cleared ones that were not yet swept away included. */
  get pending(): number {
    return this.#heap.length;
  }

  /** When the next timer is due, on this clock; undefined when none is set. */
  nextDueMs(): number | undefined {
    while (this.#heap[0]?.done === true) {
      this.#takeFirst();
      this.#cleared -= 1;
    }
    return this.#heap[0]?.atMs;
  }

  /** Moves to `atMs`, running every timer that comes due on the way at its own moment. */
  advanceTo(atMs: number): void {
    for (;;) {
      const dueMs = this.nextDueMs();
      if (dueMs === undefined || dueMs > atMs) break;
      const due = this.#takeFirst();
      this.#nowMs = Math.max(this.#nowMs, due.atMs);
      due.done = true;
      due.callback();
    }
    this.#nowMs = Math.max(this.#nowMs, atMs);
  }

  /** Moves on by `ms`. */
  advance(ms: number): void {
    this.advanceTo(this.#nowMs + ms);
  }

  #compact(): void {
    const waiting = this.#heap.filter(({ done }) => !done);
    this.#heap = [];
    this.#cleared = 0;
    for (const due of waiting) {
      this.#heap.push(due);
      this.#rise(this.#heap.length - 1);
    }
  }

  #takeFirst(): Due {
    const first = this.#heap[0] as Due;
    const last = this.#heap.pop() as Due;
    if (last !== first) {
      this.#heap[0] = last;
      this.#sink(0);
    }
    return first;
  }

  #rise(start: number): void {
    let index = start;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!this.#swapIfSooner(index, parent)) return;
      index = parent;
    }
  }

  #sink(start: number): void {
    let index = start;
    for (;;) {
      const left = 2 * index + 1;
      const right = left + 1;
      const child = right < this.#heap.length && this.#isSooner(right, left) ? right : left;
      if (child >= this.#heap.length || !this.#swapIfSooner(child, index)) return;
      index = child;
    }
  }

  #isSooner(left: number, right: number): boolean {
    const a = this.#heap[left] as Due;
    const b = this.#heap[right] as Due;
    return a.atMs < b.atMs || (a.atMs === b.atMs && a.order < b.order);
  }

  #swapIfSooner(child: number, parent: number): boolean {
    if (!this.#isSooner(child, parent)) return false;
    const moved = this.#heap[child] as Due;
    this.#heap[child] = this.#heap[parent] as Due;
    this.#heap[parent] = moved;
    return true;
  }
}
