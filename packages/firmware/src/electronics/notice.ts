// A callback of an IO object: from the event loop, several causes in one call, and never after the object was
// closed or lost its power.
import type { Timer, TimerHandle } from '../ports/index.ts';

export class Notice {
  readonly #timer: Timer;
  readonly #callback: () => void;
  #pending: TimerHandle | undefined;
  #closed = false;

  constructor(timer: Timer, callback: () => void) {
    this.#timer = timer;
    this.#callback = callback;
  }

  give(): void {
    if (this.#closed || this.#pending !== undefined) return;
    this.#pending = this.#timer.set(() => {
      this.#pending = undefined;
      if (!this.#closed) this.#callback();
    }, 0);
  }

  close(): void {
    this.#closed = true;
    this.#timer.clear(this.#pending);
  }
}
