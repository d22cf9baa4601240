// Numbers the states of a box, so that a terminal can ask for the next one and wait for it. Only what a person
// would notice counts as a change; the running clock does not.
import type { BoxSnapshot, SimulatedBox } from '../../electronics/index.ts';

/** A snapshot with the number of its change. */
export interface NumberedState extends BoxSnapshot {
  readonly revision: number;
}

export class StateFollower<State> {
  readonly #box: SimulatedBox<State>;
  readonly #unlisten: () => void;
  readonly #waiting = new Set<() => void>();
  #revision = 1;
  #seen: string;
  #looking: NodeJS.Immediate | undefined;

  constructor(box: SimulatedBox<State>) {
    this.#box = box;
    this.#seen = this.#noticeable();
    this.#unlisten = box.onChange(() => {
      this.#looking ??= setImmediate(() => this.#look());
    });
  }

  /** The state now. */
  state(): NumberedState {
    this.#look();
    return { revision: this.#revision, ...this.#box.state() };
  }

  /** The state as soon as its number differs from `revision`, at the latest after `waitMs`. */
  async stateAfter(revision: number, waitMs: number, signal: AbortSignal): Promise<NumberedState> {
    this.#look();
    if (this.#revision === revision) await this.#change(waitMs, signal);
    return this.state();
  }

  close(): void {
    this.#unlisten();
    clearImmediate(this.#looking);
    for (const wake of [...this.#waiting]) wake();
  }

  #change(waitMs: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timeout);
        this.#waiting.delete(wake);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      const timeout = setTimeout(wake, waitMs);
      this.#waiting.add(wake);
      signal.addEventListener('abort', wake, { once: true });
    });
  }

  #look(): void {
    clearImmediate(this.#looking);
    this.#looking = undefined;
    const seen = this.#noticeable();
    if (seen === this.#seen) return;
    this.#seen = seen;
    this.#revision += 1;
    for (const wake of [...this.#waiting]) wake();
  }

  #noticeable(): string {
    const { uptimeMs, boxTimeMs, ...rest } = this.#box.state();
    return JSON.stringify([rest, boxTimeMs === null]);
  }
}
