// ECMA-419 `io/Digital`: one pin. Shapes only; every host brings its own class. Create, read, write, close;
// `onReadable` is a notice that carries no data, comes from the event loop, and never after `close`.
import type { PinSpecifier } from './pin.ts';

/** One of the constructor's mode constants. Opaque: only the host's own class knows its value. */
export type DigitalMode = unknown;

export interface DigitalOptions {
  readonly pin: PinSpecifier;
  readonly mode: DigitalMode;
  /** `Rising`, `Falling` or both or-ed; needed with `onReadable`. */
  readonly edge?: number;
  readonly onReadable?: () => void;
}

export interface Digital {
  /** @returns 0 or 1 */
  read(): number;
  write(value: 0 | 1): void;
  close(): void;
}

export interface DigitalConstructor {
  new (options: DigitalOptions): Digital;
  readonly Input: DigitalMode;
  readonly InputPullUp: DigitalMode;
  readonly InputPullDown: DigitalMode;
  readonly Output: DigitalMode;
  readonly OutputOpenDrain: DigitalMode;
  readonly Rising: number;
  readonly Falling: number;
}
