import { describe, expect, it } from 'vitest';
import { boardBench } from '../../test/board-bench.ts';
import type { Supply } from '../core/index.ts';
import { SupplyGauge } from './supply-gauge.ts';

function fitted() {
  const bench = boardBench();
  const measured: Supply[] = [];
  const { supply } = bench.board;
  const { io } = bench.provider;
  const gauge = new SupplyGauge({
    cell: { io: io.Analog, pin: supply.cell.pin, resolution: 12, fullScaleVolts: supply.fullScaleVolts },
    mains: { io: io.Digital, pin: supply.mains.pin },
    timer: bench.clock,
    onMeasured: (reading) => measured.push(reading),
  });
  return { ...bench, gauge, measured };
}

describe('the supply gauge', () => {
  it('knows mains and a full cell at the start, and says nothing while nothing changes', () => {
    const { gauge, measured, clock } = fitted();
    expect(gauge.supply).toEqual({ mains: true, batteryPercent: 100 });
    clock.advance(3_600_000);
    expect(measured).toEqual([]);
  });

  it('tells within a fifth of a second that mains failed, and that it is back', () => {
    const { electronics, measured, clock } = fitted();
    electronics.mains = false;
    clock.advance(200);
    expect(measured.at(-1)?.mains).toBe(false);
    electronics.mains = true;
    clock.advance(200);
    expect(measured.at(-1)?.mains).toBe(true);
  });

  it('does not report a dip of mains of 50 ms', () => {
    const { electronics, measured, clock } = fitted();
    electronics.mains = false;
    clock.advance(50);
    electronics.mains = true;
    clock.advance(1_000);
    expect(measured).toEqual([]);
  });

  it('follows an emptying cell, never upwards, and is right about nearly empty', () => {
    const { electronics, measured, clock } = fitted();
    electronics.mains = false;
    for (let minute = 0; minute < 60 * 60 && electronics.battery.percent > 0.5; minute++)
      clock.advance(60_000);
    const percents = measured.map(({ batteryPercent }) => batteryPercent);
    expect([...percents].sort((left, right) => right - left)).toEqual(percents);
    expect(percents.length).toBeGreaterThan(20);
    expect(percents.at(-1)).toBeLessThanOrEqual(3);
  });

  it('agrees with the cell within ten per cent, at rest', () => {
    for (const percent of [2, 10, 20, 35, 50, 70, 90, 100]) {
      const { electronics, gauge, clock } = fitted();
      electronics.battery.percent = percent;
      clock.advance(10_000);
      expect(Math.abs(gauge.supply.batteryPercent - percent)).toBeLessThanOrEqual(10);
    }
  });
});
