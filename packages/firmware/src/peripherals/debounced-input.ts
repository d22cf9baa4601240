// One contact read through its bounce: a level counts when it has not changed for a while. Doors, the black
// button and the language key share it.
import type { DigitalConstructor, PinSpecifier, Timer, TimerHandle } from '../ports/index.ts';

export interface DebouncedInputOptions {
  readonly io: DigitalConstructor;
  readonly pin: PinSpecifier;
  readonly timer: Timer;
  /** How long the contact must be quiet, in milliseconds. */
  readonly settleMs: number;
  /** The settled level changed. Not called for the level at the start. */
  readonly onChange: (level: number) => void;
}

export class DebouncedInput {
  /** Last settled level, 0 or 1. */
  level: number;
  readonly #options: DebouncedInputOptions;
  readonly #digital: InstanceType<DigitalConstructor>;
  #settling: TimerHandle | undefined;

  constructor(options: DebouncedInputOptions) {
    this.#options = options;
    const { io, pin } = options;
    this.#digital = new io({
      pin,
      mode: io.InputPullUp,
      edge: io.Rising | io.Falling,
      onReadable: () => this.#moved(),
    });
    this.level = this.#digital.read();
  }

  close(): void {
    this.#options.timer.clear(this.#settling);
    this.#digital.close();
  }

  #moved(): void {
    const { timer, settleMs } = this.#options;
    timer.clear(this.#settling);
    this.#settling = timer.set(() => this.#settled(), settleMs);
  }

  #settled(): void {
    const level = this.#digital.read();
    if (level === this.level) return;
    this.level = level;
    this.#options.onChange(level);
  }
}
