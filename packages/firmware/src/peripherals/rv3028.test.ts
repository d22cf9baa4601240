import { describe, expect, it } from 'vitest';
import { i2cOf } from '../electronics/bus-io.ts';
import { ClockChip } from '../electronics/clock-chip.ts';
import { VirtualClock } from '../electronics/index.ts';
import { PowerRail } from '../electronics/power-rail.ts';
import { Rv3028 } from './rv3028.ts';

const DAY_MS = 86_400_000;
const START_MS = Date.UTC(2031, 4, 6, 7, 8, 9);

function fitted(options: { readonly timeMs?: number; readonly ppm?: number } = {}) {
  const clock = new VirtualClock();
  const rail = new PowerRail();
  rail.turnOn();
  const chip = new ClockChip({ clock, ...options });
  const io = i2cOf(rail, new Map([[0x52, chip]]));
  return {
    clock,
    chip,
    rail,
    rtc: new Rv3028({ io, data: 8, clock: 9, hz: 400_000, address: 0x52, port: 0 }),
  };
}

describe('the real-time clock', () => {
  it('says nothing until it was set, then counts seconds', () => {
    const { rtc, clock } = fitted();
    expect(rtc.time).toBeUndefined();
    rtc.time = START_MS + 400;
    expect(rtc.time).toBe(START_MS);
    clock.advance(61_500);
    expect(rtc.time).toBe(START_MS + 61_000);
  });

  it('goes on while the board is off, and admits it when it lost its own power', () => {
    const { rtc, clock, chip, rail } = fitted({ timeMs: START_MS });
    rail.turnOff();
    clock.advance(DAY_MS);
    rail.turnOn();
    expect(rtc.time).toBe(START_MS + DAY_MS);
    chip.losePower();
    expect(rtc.time).toBeUndefined();
    rtc.time = START_MS;
    expect(rtc.time).toBe(START_MS);
  });

  it('drifts by its crystal: 1 ppm is 16 s in half a year, 35 kelvin off are eleven minutes', () => {
    const halfYearMs = 182.5 * DAY_MS;
    const { rtc, clock } = fitted({ timeMs: START_MS, ppm: 1 });
    clock.advance(halfYearMs);
    expect(rtc.time).toBe(START_MS + halfYearMs + 15_000);
    const cold = fitted({ timeMs: START_MS });
    cold.chip.celsius = -10;
    cold.clock.advance(halfYearMs);
    expect(cold.rtc.time).toBe(START_MS + halfYearMs - 677_000);
  });

  it('counts beyond the year 2038', () => {
    const { rtc } = fitted();
    rtc.time = Date.UTC(2040, 0, 1);
    expect(rtc.time).toBe(Date.UTC(2040, 0, 1));
  });
});
