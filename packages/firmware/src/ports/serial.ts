// ECMA-419 `io/Serial`: an asynchronous serial line, read and written as buffers.
import type { PinSpecifier, PortSpecifier } from './pin.ts';

export interface SerialOptions {
  readonly receive: PinSpecifier;
  readonly transmit: PinSpecifier;
  readonly baud: number;
  readonly port: PortSpecifier;
  readonly format: 'buffer';
  /** `bytes` is how many can be read without waiting. */
  readonly onReadable?: (bytes: number) => void;
}

export interface Serial {
  /** @returns everything received so far, or undefined where nothing was */
  read(): ArrayBuffer | undefined;
  write(bytes: Uint8Array): void;
  close(): void;
}

export interface SerialConstructor {
  new (options: SerialOptions): Serial;
}
