// The small black button under the screen. Pressed is low. How long it is held means something to the core,
// so both edges are told.
import type { DigitalConstructor, PinSpecifier, Timer } from '../ports/index.ts';
import { DebouncedInput } from './debounced-input.ts';

const SETTLE_MS = 20;

export interface PushButtonOptions {
  readonly io: DigitalConstructor;
  readonly pin: PinSpecifier;
  readonly timer: Timer;
  readonly onMoved: (down: boolean) => void;
}

export class PushButton {
  readonly #input: DebouncedInput;

  constructor({ io, pin, timer, onMoved }: PushButtonOptions) {
    this.#input = new DebouncedInput({
      io,
      pin,
      timer,
      settleMs: SETTLE_MS,
      onChange: (level) => onMoved(level === 0),
    });
  }

  /** Whether it is held down, as far as it has settled. */
  get down(): boolean {
    return this.#input.level === 0;
  }

  close(): void {
    this.#input.close();
  }
}
