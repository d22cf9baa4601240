// ECMA-419 `io/I2C`: one device on a two-wire bus, addressed for the life of the instance.
import type { PinSpecifier, PortSpecifier } from './pin.ts';

export interface I2cOptions {
  readonly data: PinSpecifier;
  readonly clock: PinSpecifier;
  readonly hz: number;
  /** 7-bit address. */
  readonly address: number;
  readonly port?: PortSpecifier;
}

export interface I2c {
  /** @returns exactly `byteLength` bytes. Throws if the device does not answer. */
  read(byteLength: number, stop?: boolean): ArrayBuffer;
  /** Throws if the device does not answer. */
  write(bytes: Uint8Array, stop?: boolean): void;
  close(): void;
}

export interface I2cConstructor {
  new (options: I2cOptions): I2c;
}
