import { describe, expect, it } from 'vitest';
import { cutoffJoule, energyFigures } from '../core/index.ts';
import { Battery } from './battery.ts';
import { VirtualClock } from './virtual-clock.ts';

const DAY_MS = 86_400_000;
const asleep = { on: false, light: 0, coil: false };
const pulling = { on: true, light: 0.2, coil: true };

function cell(percent: number, ohm?: number) {
  const clock = new VirtualClock();
  const battery = new Battery(clock, energyFigures, { percent, ohm });
  battery.mains = false;
  return { clock, battery };
}

describe('the cell', () => {
  it('loses in a sleeping month what the power budget says: 366 joules, and four per cent by itself', () => {
    const { clock, battery } = cell(100);
    battery.load = asleep;
    clock.advance(30.44 * DAY_MS);
    const lost = energyFigures.capacityJoule - battery.joule;
    expect(lost).toBeGreaterThan(0.035 * energyFigures.capacityJoule + 366 * 0.95);
    expect(lost).toBeLessThan(0.04 * energyFigures.capacityJoule + 366);
  });

  it('lasts fourteen to eighteen hours awake, and says when it will be empty', () => {
    const { clock, battery } = cell(100);
    battery.load = { on: true, light: 1, coil: false };
    const lastsMs = battery.lastsMs ?? 0;
    expect(lastsMs / 3_600_000).toBeGreaterThan(14);
    expect(lastsMs / 3_600_000).toBeLessThan(18);
    clock.advance(lastsMs);
    expect(battery.percent).toBeCloseTo(0, 6);
    clock.advance(DAY_MS);
    expect(battery.percent).toBe(0);
  });

  it('is charged by mains, and full is full', () => {
    const { clock, battery } = cell(50);
    battery.mains = true;
    clock.advance(3_600_000);
    expect(battery.percent).toBeGreaterThan(52);
    clock.advance(10 * DAY_MS);
    expect(battery.percent).toBe(100);
  });

  it('sags under a coil to 2.58 V when it is aged, cold and at rest has 3.0 V, as the circuit simulation says', () => {
    const { battery } = cell(10);
    battery.load = { on: true, light: 1, coil: true };
    expect(battery.volts).toBeCloseTo(2.57, 1);
    expect(battery.brownOut).toBe(false);
  });

  it('bears a coil down to the charge at which the firmware stops, with something to spare', () => {
    const cutoffPercent = (100 * cutoffJoule) / energyFigures.capacityJoule;
    const { battery } = cell(cutoffPercent);
    battery.load = pulling;
    expect([battery.brownOut, battery.volts > 2.47]).toEqual([false, true]);
    battery.percent = 4;
    expect(battery.brownOut).toBe(true);
  });

  it('resets the board under a coil sooner the worse it is, and never on mains', () => {
    const { battery } = cell(15, 0.25);
    battery.load = pulling;
    expect(battery.brownOut).toBe(true);
    battery.percent = 60;
    expect(battery.brownOut).toBe(false);
    battery.percent = 1;
    battery.mains = true;
    expect(battery.brownOut).toBe(false);
  });
});
