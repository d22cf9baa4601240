// ECMA-419 `io/Analog`: one input of the analogue-to-digital converter.
import type { PinSpecifier } from './pin.ts';

export interface AnalogOptions {
  readonly pin: PinSpecifier;
  /** Bits asked for; the instance says what it got. */
  readonly resolution?: number;
}

export interface Analog {
  /** Bits of a reading. */
  readonly resolution: number;
  /** @returns 0 to 2^resolution - 1, the top being the converter's reference voltage */
  read(): number;
  close(): void;
}

export interface AnalogConstructor {
  new (options: AnalogOptions): Analog;
}
