// Whether a box is there, on what power, and when it counts as gone (EM-01).
import { beforeEach, describe, expect, it } from 'vitest';
import { createDepot, type Depot } from '../../../test/depot.ts';
import { createFeaturesWorld, type FeaturesWorld } from '../../../test/features-world.ts';

let world: FeaturesWorld;
let depot: Depot;
const box = () => depot.read('getBox', { box_id: depot.box.resourceId });

beforeEach(() => {
  world = createFeaturesWorld();
  depot = createDepot(world);
  world.features.start();
});

describe('a heartbeat (EM-01)', () => {
  it('tells power source, battery, firmware and settings, and is answered with the time', () => {
    const answers = depot.box.heartbeat({ mains: false, batteryPercent: 81, firmware: '1.2.3' });
    expect(answers.map(({ message }) => message)).toEqual([
      { name: 'heartbeat-answered', body: { timeMs: world.ports.nowMs } },
    ]);
    expect(box()).toMatchObject({ online: true, mains: false, battery_percent: 81, firmware: '1.2.3' });
  });

  it('keeps the box online; silence beyond the threshold marks it offline, once (EM-01)', () => {
    for (let minute = 0; minute < 10; minute++) {
      world.ports.advance(60_000);
      depot.box.heartbeat();
    }
    expect(box()).toMatchObject({ online: true });
    world.ports.advance(179_000);
    expect(box()).toMatchObject({ online: true });
    world.ports.advance(30_000);
    expect(box()).toMatchObject({ online: false });
    world.ports.advance(600_000);
    expect(depot.told().filter((type) => type === 'box.offline')).toHaveLength(1);
    depot.box.heartbeat();
    expect(box()).toMatchObject({ online: true });
    expect(depot.told().at(-1)).toBe('box.online');
  });

  it('has a threshold that can be set (EM-01)', () => {
    const params = { box_id: depot.box.resourceId };
    world.call('changeBox', depot.owner, { params, body: { offline_after_ms: 3_600_000 }, ifMatch: '*' });
    depot.box.heartbeat();
    world.ports.advance(3_590_000);
    expect(box()).toMatchObject({ online: true });
    world.ports.advance(30_000);
    expect(box()).toMatchObject({ online: false });
  });
});

describe('settings', () => {
  const params = () => ({ box_id: depot.box.resourceId });

  it('reach the box at once, and again at the next contact while it is behind', () => {
    world.call('changeBox', depot.owner, {
      params: params(),
      body: { help_phone: '03-1234-5678' },
      ifMatch: '*',
    });
    const wanted = { name: 'settings-changed', body: { version: 2, helpPhone: '03-1234-5678' } };
    expect(world.sent.at(-1)?.message).toMatchObject(wanted);
    expect(depot.box.heartbeat({ settingsVersion: 1 })[1]?.message).toMatchObject(wanted);
    expect(depot.box.confirm({ settingsVersion: 1 }).at(-1)?.message).toMatchObject(wanted);
    expect(depot.box.heartbeat({ settingsVersion: 2 })).toHaveLength(1);
    expect(box()).toMatchObject({ settings_version: 2, settings_in_force: 2 });
  });

  it('keep their version when only the name changes', () => {
    world.call('changeBox', depot.owner, { params: params(), body: { name: '北口' }, ifMatch: '*' });
    expect(box()).toMatchObject({ name: '北口', settings_version: 1 });
  });
});

describe('bins', () => {
  it('are as many as the board drives, and none is taken away', () => {
    const bins = () => world.features.boxes.bins(depot.owner.tenantId, depot.box.boxId).length;
    expect(bins()).toBe(4);
    depot.box.confirm({ binCount: 8 });
    expect(bins()).toBe(8);
    depot.box.confirm({ binCount: 2 });
    expect(bins()).toBe(8);
    expect(box()).toMatchObject({ bin_count: 2 });
  });
});
