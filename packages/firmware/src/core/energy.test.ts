import { describe, expect, it } from 'vitest';
import {
  cutoffJoule,
  energyFigures,
  exchangeJoule,
  joulesAfter,
  lastOpenAllJoule,
  monthsOnBattery,
  openingsLeft,
  secondsBetween,
  standbyDaysLeft,
} from './energy.ts';
import { boxLimits } from './limits.ts';

/** Months by exchanges a month, as the power budget of the hardware notes has them, for 8 bins and one cell. */
const BUDGET = [
  [0, 48],
  [10, 29],
  [30, 17.4],
  [60, 11.0],
  [120, 6.4],
  [240, 3.5],
] as const;

describe('the energy of the battery', () => {
  it('agrees with the power budget: 60 joules for an exchange, 366 a month asleep', () => {
    expect(exchangeJoule).toBeCloseTo(60.2, 0);
    expect(energyFigures.asleepWatt * 30.44 * 86_400).toBeCloseTo(366, 0);
    expect(lastOpenAllJoule(8)).toBeCloseTo(22.8, 0);
  });

  it.each(BUDGET)(
    'lasts, with %i exchanges a month, %d months to the last open-all (EM-06)',
    (exchanges, months) => {
      const own = monthsOnBattery({ exchanges, reserveJoule: lastOpenAllJoule(8) });
      expect(Math.abs(own / months - 1)).toBeLessThan(0.03);
    },
  );

  it('lasts six months at 115 exchanges a month, and more without any, to its end in good order (EM-06)', () => {
    expect(monthsOnBattery({ exchanges: 115, reserveJoule: cutoffJoule })).toBeGreaterThan(6);
    expect(monthsOnBattery({ exchanges: 0, reserveJoule: cutoffJoule })).toBeGreaterThan(36);
  });

  it('keeps enough in an ended battery for clock and memory for half a year, and for every latch besides', () => {
    const months = secondsBetween(cutoffJoule, 0, energyFigures.asleepWatt) / (30.44 * 86_400);
    expect(months).toBeGreaterThan(6);
    expect(cutoffJoule).toBeGreaterThan(lastOpenAllJoule(boxLimits.bins));
  });

  it('counts nothing left at the cut-off and below, and whole days and exchanges above', () => {
    for (const percent of [0, boxLimits.batteryCutoffPercent]) {
      expect([standbyDaysLeft(percent), openingsLeft({ mains: false, batteryPercent: percent })]).toEqual([
        0, 0,
      ]);
    }
    expect(openingsLeft({ mains: false, batteryPercent: 100 })).toBe(
      Math.floor((0.94 * energyFigures.capacityJoule) / exchangeJoule),
    );
    expect(openingsLeft({ mains: true, batteryPercent: 0 })).toBe(Number.POSITIVE_INFINITY);
    expect(standbyDaysLeft(100)).toBeGreaterThan(1_200);
    expect(standbyDaysLeft(50)).toBeLessThan(standbyDaysLeft(51));
  });

  it('gives the same charge whether time passes at once or in pieces, and the time back from the charge', () => {
    const day = 86_400;
    let pieces = 40_000;
    for (let count = 0; count < 183; count++) pieces = joulesAfter(pieces, 0.000_14, day);
    const whole = joulesAfter(40_000, 0.000_14, 183 * day);
    expect(pieces).toBeCloseTo(whole, 5);
    expect(secondsBetween(40_000, whole, 0.000_14)).toBeCloseTo(183 * day, 0);
    expect(secondsBetween(10, 20, 1)).toBe(0);
  });
});
