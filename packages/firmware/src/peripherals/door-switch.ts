// A bin's door switch. The contact is closed (low) while the door is shut, so that a cut wire reads as an
// open door: a fault is reported, never hidden.
import type { DigitalConstructor, PinSpecifier, Timer } from '../ports/index.ts';
import { DebouncedInput } from './debounced-input.ts';

/** A door swings for longer than this; a contact bounces for less. */
const SETTLE_MS = 30;

export interface DoorSwitchOptions {
  readonly io: DigitalConstructor;
  readonly pin: PinSpecifier;
  readonly timer: Timer;
  readonly onMoved: (open: boolean) => void;
}

export class DoorSwitch {
  readonly #input: DebouncedInput;

  constructor({ io, pin, timer, onMoved }: DoorSwitchOptions) {
    this.#input = new DebouncedInput({
      io,
      pin,
      timer,
      settleMs: SETTLE_MS,
      onChange: (level) => onMoved(level === 1),
    });
  }

  get open(): boolean {
    return this.#input.level === 1;
  }

  close(): void {
    this.#input.close();
  }
}
