// Time that moves only when told. Everything in the world that waits, waits here, so that one
// thread plays a whole day in milliseconds and always in the same order.

/** Something that shall happen. */
interface Appointment {
  readonly atMs: number;
  /** Breaks ties: what was asked for first happens first. */
  readonly order: number;
  readonly action: () => void;
}

/** A clock with appointments. */
export class VirtualClock {
  #nowMs: number;
  #order = 0;
  #heap: Appointment[] = [];

  /** @param startMs milliseconds since 1970 UTC */
  constructor(startMs: number) {
    this.#nowMs = startMs;
  }

  /** Milliseconds since 1970 UTC. */
  nowMs(): number {
    return this.#nowMs;
  }

  /** Runs `action` when `delayMs` have passed. @returns a function that cancels it */
  after(delayMs: number, action: () => void): () => void {
    let wanted = true;
    this.#push({
      atMs: this.#nowMs + Math.max(0, delayMs),
      order: this.#order++,
      action: () => {
        if (wanted) action();
      },
    });
    return () => {
      wanted = false;
    };
  }

  /** When the next appointment is, or undefined if there is none. */
  nextAtMs(): number | undefined {
    return this.#heap[0]?.atMs;
  }

  /** Keeps the next appointment. @returns false if there is none at or before `untilMs` (time then stands there) */
  step(untilMs: number): boolean {
    const next = this.#heap[0];
    if (next === undefined || next.atMs > untilMs) {
      this.#nowMs = Math.max(this.#nowMs, untilMs);
      return false;
    }
    this.#pop();
    this.#nowMs = next.atMs;
    next.action();
    return true;
  }

  #push(item: Appointment): void {
    const heap = this.#heap;
    let index = heap.push(item) - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!isBefore(item, heap[parent] as Appointment)) break;
      heap[index] = heap[parent] as Appointment;
      index = parent;
    }
    heap[index] = item;
  }

  #pop(): void {
    const heap = this.#heap;
    const last = heap.pop() as Appointment;
    if (heap.length === 0) return;
    let index = 0;
    for (;;) {
      const left = index * 2 + 1;
      if (left >= heap.length) break;
      const right = left + 1;
      const child =
        right < heap.length && isBefore(heap[right] as Appointment, heap[left] as Appointment) ? right : left;
      if (!isBefore(heap[child] as Appointment, last)) break;
      heap[index] = heap[child] as Appointment;
      index = child;
    }
    heap[index] = last;
  }
}

function isBefore(left: Appointment, right: Appointment): boolean {
  return left.atMs < right.atMs || (left.atMs === right.atMs && left.order < right.order);
}
