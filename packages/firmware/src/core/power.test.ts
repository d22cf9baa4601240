import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boxLimits } from './limits.ts';
import { changePower, mayPulse, type PowerState, powerAtBoot, powerSettings, sleepDueMs } from './power.ts';

const full = { mains: true, batteryPercent: 80 };
const lost = { mains: false, batteryPercent: 80 };
const settings = { sleepAfterMs: boxLimits.sleepAfterDefaultMs, awakeMs: boxLimits.awakeDefaultMs };
const due = (power: PowerState, lastPersonMs = 0) => sleepDueMs(power, settings, lastPersonMs);

describe('power', () => {
  it('lets the box sleep two minutes after the loss of mains, never on mains (EM-02)', () => {
    const onMains = powerAtBoot(full, 'power', 0);
    expect(due(onMains)).toBeUndefined();
    const onBattery = changePower(onMains, lost, 1_000_000);
    expect(due(onBattery)).toBe(1_120_000);
    expect(due(changePower(onBattery, { ...lost, batteryPercent: 70 }, 1_050_000))).toBe(1_120_000);
    expect(due(changePower(onBattery, full, 1_100_000))).toBeUndefined();
  });

  it('keeps the box awake a minute after the last person, after a wake by the button only that long (EM-04)', () => {
    const onBattery = changePower({ kind: 'mains' }, lost, 0);
    expect(due(onBattery, 30_000)).toBe(120_000);
    expect(due(onBattery, 100_000)).toBe(160_000);
    expect(due(powerAtBoot(lost, 'button', 300), 300)).toBe(60_300);
    expect(due(powerAtBoot(lost, 'mains', 300), 0)).toBe(120_300);
  });

  it('ends when the battery is nearly empty, pulls no latch then, and only mains ends that', () => {
    const empty = { mains: false, batteryPercent: boxLimits.batteryCutoffPercent };
    const ending = changePower({ kind: 'battery', lostAtMs: 0 }, empty, 500_000);
    expect([ending.kind, mayPulse(ending), due(ending, 499_000)]).toEqual(['ending', false, 506_000]);
    expect(changePower(ending, lost, 501_000)).toEqual(ending);
    expect(changePower(ending, { ...empty, mains: true }, 501_000)).toEqual({ kind: 'mains' });
    expect(mayPulse(changePower({ kind: 'mains' }, { mains: true, batteryPercent: 0 }, 0))).toBe(true);
  });

  it('takes settings only within bounds', () => {
    expect(powerSettings({ sleepAfterMs: 300_000, awakeMs: 90_000 })).toEqual({
      sleepAfterMs: 300_000,
      awakeMs: 90_000,
    });
    expect(powerSettings({ sleepAfterMs: 0, awakeMs: 0 })).toEqual({
      sleepAfterMs: boxLimits.sleepAfterMinMs,
      awakeMs: boxLimits.awakeMinMs,
    });
    expect(powerSettings({ sleepAfterMs: 2 ** 32, awakeMs: 2 ** 32 })).toEqual({
      sleepAfterMs: boxLimits.sleepAfterMaxMs,
      awakeMs: boxLimits.awakeMaxMs,
    });
  });

  it('counts from the last loss of mains, however often it flickers (EM-02)', () => {
    const flicker = fc.array(fc.record({ waitMs: fc.nat({ max: 200_000 }), mains: fc.boolean() }));
    fc.assert(
      fc.property(flicker, (moves) => {
        let nowMs = 0;
        let power: PowerState = { kind: 'mains' };
        let lostAtMs: number | undefined;
        for (const { waitMs, mains } of moves) {
          nowMs += waitMs;
          power = changePower(power, { mains, batteryPercent: 80 }, nowMs);
          lostAtMs = mains ? undefined : (lostAtMs ?? nowMs);
          expect(due(power, -1e9)).toBe(lostAtMs === undefined ? undefined : lostAtMs + 120_000);
        }
      }),
    );
  });
});
