// The formula of the display against weeks that the simulated board lived with its real firmware and cloud.
import { describe, expect, it } from 'vitest';
import { liveOnBattery } from './live-on-battery.ts';

describe('weeks on battery', () => {
  it('take out of the cell what the formula says, within five per cent and never more (EM-05, EM-06)', async () => {
    const { drainedJoule, predictedJoule, batteryPercent } = await liveOnBattery({ exchanges: 20, days: 10 });
    expect(drainedJoule / predictedJoule).toBeGreaterThan(0.95);
    expect(drainedJoule / predictedJoule).toBeLessThanOrEqual(1);
    expect(batteryPercent).toBeGreaterThan(85);
  }, 60_000);
});
