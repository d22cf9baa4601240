// The real-time clock chip RV-3028-C7 (Micro Crystal) on I2C, as the Rtc port. Only what the box needs: its
// 32-bit Unix time counter and the flag that says that the counter lost its power.
import { readUint, writeUint } from '@smartbox/protocol';
import type { I2c, I2cConstructor, Rtc } from '../ports/index.ts';

// Register map of the application manual: status 0Eh with PORF in bit 0, Unix time 1Bh to 1Eh, low byte first.
const STATUS = 0x0e;
const POWER_ON_RESET = 0x01;
const UNIX_TIME = 0x1b;
const UNIX_TIME_BYTES = 4;
/** Reading twice until both agree: the counter is not latched while it is read. */
const READ_TRIES = 4;

export class Rv3028 implements Rtc {
  readonly #i2c: I2c;

  constructor(options: {
    readonly io: I2cConstructor;
    readonly data: number;
    readonly clock: number;
    readonly hz: number;
    readonly address: number;
    readonly port: number;
  }) {
    const { io, ...bus } = options;
    this.#i2c = new io(bus);
  }

  get time(): number | undefined {
    const [status] = this.#registers(STATUS, 1);
    if (((status as number) & POWER_ON_RESET) !== 0) return undefined;
    let seconds = this.#seconds();
    for (let tries = 0; tries < READ_TRIES; tries++) {
      const again = this.#seconds();
      if (again === seconds) return seconds * 1_000;
      seconds = again;
    }
    return undefined;
  }

  set time(timeMs: number) {
    const bytes = new Uint8Array(1 + UNIX_TIME_BYTES);
    bytes[0] = UNIX_TIME;
    writeUint(bytes, 1, { value: Math.floor(timeMs / 1_000), size: UNIX_TIME_BYTES });
    bytes.subarray(1).reverse();
    this.#i2c.write(bytes);
    const [status] = this.#registers(STATUS, 1);
    this.#i2c.write(new Uint8Array([STATUS, (status as number) & ~POWER_ON_RESET]));
  }

  close(): void {
    this.#i2c.close();
  }

  #seconds(): number {
    return readUint(this.#registers(UNIX_TIME, UNIX_TIME_BYTES).reverse(), 0, UNIX_TIME_BYTES);
  }

  #registers(first: number, count: number): Uint8Array {
    this.#i2c.write(new Uint8Array([first]), false);
    return new Uint8Array(this.#i2c.read(count));
  }
}
