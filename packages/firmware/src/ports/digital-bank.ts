// ECMA-419 `io/DigitalBank`: several pins of one bank at once, as the bits of a number. The keypad matrix
// needs it, because its rows and columns must be driven and read together.
import type { DigitalMode } from './digital.ts';

export interface DigitalBankOptions {
  /** Bit mask of the pins in the bank. */
  readonly pins: number;
  readonly mode: DigitalMode;
  readonly bank?: number | string;
  /** Bit masks of the pins whose change is of interest; needed with `onReadable`. */
  readonly rises?: number;
  readonly falls?: number;
  /** `trigger` is the mask of pins that changed since the last notice. */
  readonly onReadable?: (trigger: number) => void;
}

export interface DigitalBank {
  /** @returns the pins' levels at their own bit positions */
  read(): number;
  write(value: number): void;
  close(): void;
}

export interface DigitalBankConstructor {
  new (options: DigitalBankOptions): DigitalBank;
  readonly Input: DigitalMode;
  readonly InputPullUp: DigitalMode;
  readonly InputPullDown: DigitalMode;
  readonly Output: DigitalMode;
  readonly OutputOpenDrain: DigitalMode;
}
