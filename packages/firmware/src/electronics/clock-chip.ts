// The RV-3028 real-time clock as registers on I2C, with a crystal that drifts: an offset of its own and the
// parabola of every tuning fork, -0.035 ppm per square kelvin away from 25 degrees. It runs on while the
// board is off, until its back-up cell is taken out.
import { readUint, writeUint } from '@smartbox/protocol';
import type { MonotonicClock } from '../ports/index.ts';
import type { I2cDevice } from './bus-io.ts';

const STATUS = 0x0e;
const POWER_ON_RESET = 0x01;
const UNIX_TIME = 0x1b;
const REGISTERS = 0x40;
const PARABOLA_PPM = -0.035;
const TURNOVER_CELSIUS = 25;

export interface ClockChipOptions {
  readonly clock: MonotonicClock;
  /** Unix milliseconds at the start; undefined if the chip was never set. */
  readonly timeMs?: number | undefined;
  /** Parts per million that the crystal is fast at 25 degrees. */
  readonly ppm?: number;
}

export class ClockChip implements I2cDevice {
  readonly #clock: MonotonicClock;
  readonly #ppm: number;
  #timeMs: number;
  #settledMs: number;
  #lostPower: boolean;
  #register = 0;
  #celsius = TURNOVER_CELSIUS;

  constructor({ clock, timeMs, ppm = 0 }: ClockChipOptions) {
    this.#clock = clock;
    this.#ppm = ppm;
    this.#timeMs = timeMs ?? 0;
    this.#lostPower = timeMs === undefined;
    this.#settledMs = clock.nowMs();
  }

  /** Unix milliseconds as the chip counts them; undefined after it lost its power. */
  get timeMs(): number | undefined {
    this.#settle();
    return this.#lostPower ? undefined : this.#timeMs;
  }

  /** Somebody, or a glitch, sets the chip to another time; it does not say so. */
  set timeMs(timeMs: number) {
    this.#settle();
    this.#timeMs = timeMs;
    this.#lostPower = false;
  }

  /** How warm the crystal is from now on. */
  set celsius(celsius: number) {
    this.#settle();
    this.#celsius = celsius;
  }

  /** The back-up cell is taken out: the count starts at zero and the flag says so. */
  losePower(): void {
    this.#settle();
    this.#timeMs = 0;
    this.#lostPower = true;
  }

  write(bytes: Uint8Array): void {
    const [register, ...values] = bytes;
    this.#register = register ?? 0;
    const registers = this.#readAll();
    for (const value of values) registers[this.#register++ % REGISTERS] = value;
    if (values.length === 0) return;
    this.#lostPower = ((registers[STATUS] as number) & POWER_ON_RESET) !== 0;
    const seconds = readUint(registers.slice(UNIX_TIME, UNIX_TIME + 4).reverse(), 0, 4);
    // Writing the counter clears what was below a second; writing another register leaves the count alone.
    if (seconds !== Math.floor(this.#timeMs / 1_000)) this.#timeMs = seconds * 1_000;
  }

  read(byteLength: number): Uint8Array {
    const registers = this.#readAll();
    return Uint8Array.from({ length: byteLength }, () => registers[this.#register++ % REGISTERS] as number);
  }

  #readAll(): Uint8Array {
    this.#settle();
    const registers = new Uint8Array(REGISTERS);
    registers[STATUS] = this.#lostPower ? POWER_ON_RESET : 0;
    const seconds = new Uint8Array(4);
    writeUint(seconds, 0, { value: Math.floor(this.#timeMs / 1_000) % 2 ** 32, size: 4 });
    registers.set(seconds.reverse(), UNIX_TIME);
    return registers;
  }

  #settle(): void {
    const nowMs = this.#clock.nowMs();
    const ppm = this.#ppm + PARABOLA_PPM * (this.#celsius - TURNOVER_CELSIUS) ** 2;
    this.#timeMs += (nowMs - this.#settledMs) * (1 + ppm / 1_000_000);
    this.#settledMs = nowMs;
  }
}
