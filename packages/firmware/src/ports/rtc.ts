// ECMA-419 real-time clock: Unix time that goes on while the board is off.

export interface Rtc {
  /** Unix milliseconds; undefined when the clock lost its power and nobody set it since. */
  get time(): number | undefined;
  set time(timeMs: number);
  close(): void;
}
