// ECMA-419 `io/PWM`: one pin that is high for a part of each period.
import type { PinSpecifier } from './pin.ts';

export interface PwmOptions {
  readonly pin: PinSpecifier;
  readonly hz?: number;
}

export interface Pwm {
  /** Bits of the duty value. */
  readonly resolution: number;
  readonly hz: number;
  /** `value` is the duty: 0 (off) to 2^resolution - 1 (always high). */
  write(value: number): void;
  close(): void;
}

export interface PwmConstructor {
  new (options: PwmOptions): Pwm;
}
