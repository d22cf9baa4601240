// Sheets must not die silently: what is told before and when one ends, and where none was printed (EM-15).
import { encodeOfflineUse, offlineGrant } from '@smartbox/protocol';
import { beforeEach, describe, expect, it } from 'vitest';
import { createDepot, type Depot } from '../../../test/depot.ts';
import { createFeaturesWorld, type FeaturesWorld } from '../../../test/features-world.ts';

const dayMs = 86_400_000;
let world: FeaturesWorld;
let depot: Depot;
const warned = () => depot.told().filter((type) => /^sheet\.(ending|ended|missing|cells_low)$/.test(type));
const print = (order = {}) => {
  world.connected.add(depot.box.boxId);
  const params = { box_id: depot.box.resourceId };
  world.call('printSheet', depot.owner, { params, body: { format: 'csv', ...order } });
  depot.box.hearSent();
};

beforeEach(() => {
  world = createFeaturesWorld();
  depot = createDepot(world);
  world.features.emergency.watch({ timers: world.ports.timers, commitGroup: world.commitGroup });
  world.ports.drain();
});

describe('people are warned (EM-15)', () => {
  it('when a box has stood for a day and nobody has printed its sheet', () => {
    world.ports.advance(dayMs - 1);
    expect(warned()).toEqual([]);
    world.ports.advance(600_001);
    world.ports.advance(dayMs);
    expect(warned()).toEqual(['sheet.missing']);
  });

  it('30 days before a sheet ends, and when it has ended, once each', () => {
    print({ valid_for_days: 40 });
    world.ports.advance(9 * dayMs);
    expect(warned()).toEqual([]);
    world.ports.advance(2 * dayMs);
    expect(warned()).toEqual(['sheet.ending']);
    world.ports.advance(40 * dayMs);
    expect(warned()).toEqual(['sheet.ending', 'sheet.ended']);
  });

  it('anew of every new sheet', () => {
    print({ valid_for_days: 28 });
    world.ports.advance(dayMs);
    print({ valid_for_days: 28 });
    world.ports.advance(dayMs);
    expect(warned()).toEqual(['sheet.ending', 'sheet.ending']);
  });

  it('when a revoked sheet was not replaced for a day', () => {
    print();
    world.call('revokeSheets', depot.owner, { params: { box_id: depot.box.resourceId } });
    world.ports.advance(2 * dayMs);
    expect(warned()).toEqual(['sheet.missing']);
  });

  it('when a row of the sheet is nearly used up', () => {
    print();
    for (const number of [1, 2, 3, 4]) {
      const tag = encodeOfflineUse({ method: 'sheet', generation: 1, number });
      depot.box.write('code-used', { grant: offlineGrant(depot.box.log.length + 1), tag });
    }
    depot.box.report();
    world.ports.advance(2 * 600_000);
    expect(warned()).toEqual(['sheet.cells_low']);
  });

  it('no longer of a box that was given up', () => {
    world.call('releaseBox', depot.owner, { params: { box_id: depot.box.resourceId } });
    world.ports.advance(3 * dayMs);
    expect(warned()).toEqual([]);
  });
});
