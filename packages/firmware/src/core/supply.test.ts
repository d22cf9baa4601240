import { describe, expect, it } from 'vitest';
import { emptySupply, measureSupply } from './supply.ts';

describe('supply', () => {
  it('tells mains lost and restored, once each (EM-01)', () => {
    const lost = measureSupply(emptySupply(), { mains: false, batteryPercent: 80 });
    expect(lost.facts).toEqual([{ kind: 'mains-lost', detail: 80 }]);
    const same = measureSupply(lost.supply, { mains: false, batteryPercent: 79 });
    expect(same.facts).toEqual([]);
    expect(measureSupply(same.supply, { mains: true, batteryPercent: 79 }).facts).toEqual([
      { kind: 'mains-restored', detail: 79 },
    ]);
  });

  it('tells a low battery once until it has recovered', () => {
    const low = measureSupply(emptySupply(), { mains: true, batteryPercent: 20 });
    expect(low.facts).toEqual([{ kind: 'battery-low', detail: 20 }]);
    const hovering = measureSupply(low.supply, { mains: true, batteryPercent: 25 });
    expect(measureSupply(hovering.supply, { mains: true, batteryPercent: 19 }).facts).toEqual([]);
    const recovered = measureSupply(hovering.supply, { mains: true, batteryPercent: 30 });
    expect(measureSupply(recovered.supply, { mains: true, batteryPercent: 10 }).facts).toHaveLength(1);
  });

  it('keeps nonsense of a gauge within bounds', () => {
    expect(measureSupply(emptySupply(), { mains: true, batteryPercent: 4000 }).supply.batteryPercent).toBe(
      100,
    );
    expect(measureSupply(emptySupply(), { mains: true, batteryPercent: -3 }).supply.batteryPercent).toBe(0);
  });
});
