// What a box is to know without the cloud reaches it at every contact, survives restarts, and begins anew with
// every owner.
import { beforeEach, describe, expect, it } from 'vitest';
import { bodyOf, createDepot, type Depot } from '../../../test/depot.ts';
import { createFeaturesWorld, type FeaturesWorld, problemOf } from '../../../test/features-world.ts';
import { readSheet } from '../../../test/sheet-reading.ts';

let world: FeaturesWorld;
let depot: Depot;
const params = () => ({ box_id: depot.box.resourceId });
const state = () => depot.read('getEmergency', params());
const change = (body: Readonly<Record<string, unknown>>) =>
  world.call('changeEmergency', depot.owner, { params: params(), body, ifMatch: '*' });
const print = () => world.call('printSheet', depot.owner, { params: params(), body: { format: 'csv' } });

beforeEach(() => {
  world = createFeaturesWorld();
  depot = createDepot(world);
});

describe('a box that is behind', () => {
  it('is told at its next contact, and not again once it has confirmed (EM-11)', () => {
    change({ first_use_hours: 24, open_order: [4, 2], sleep_after_ms: 60_000, awake_ms: 30_000 });
    expect(state()).toMatchObject({ version: 2, version_in_force: 1 });
    const [answer] = depot.box.confirmEmergency();
    expect(answer?.message).toMatchObject({
      name: 'emergency-changed',
      body: {
        ...{ version: 2, firstUseHours: 24, sleepAfterMs: 60_000, awakeMs: 30_000 },
        openOrder: Uint8Array.of(4, 2),
      },
    });
    expect(state()).toMatchObject({ version: 2, version_in_force: 2 });
    expect(depot.box.confirmEmergency()).toEqual([]);
  });

  it('is told at once while it is connected', () => {
    world.connected.add(depot.box.boxId);
    change({ first_use_hours: 1 });
    expect(world.sent.at(-1)?.message).toMatchObject({
      name: 'emergency-changed',
      body: { version: 2, firstUseHours: 1 },
    });
  });

  it('keeps its booking codes when a new sheet is printed', () => {
    const before = depot.box.emergency!;
    print();
    print();
    depot.box.confirmEmergency();
    expect(depot.box.emergency).toMatchObject({
      sheetGeneration: 2,
      bookingGeneration: before.bookingGeneration,
      bookingKey: before.bookingKey,
    });
  });

  it('finds the same keys after the cloud died between storing and telling (EM-11)', async () => {
    world.connected.add(depot.box.boxId);
    const unread = print();
    expect(unread.status).toBe(201);
    const later = createFeaturesWorld({
      image: world.database.serialize(),
      ports: world.ports,
      seed: 'after the restart',
    });
    depot.box.world = later;
    depot.box.confirm();
    depot.box.confirmEmergency();
    expect(depot.box.emergency).toMatchObject({ version: 2, sheetGeneration: 1 });
    // Nobody has the paper: another copy of the same sheet is asked for.
    const body = { format: 'csv', renew: false };
    const copy = later.call('printSheet', depot.owner, { params: params(), body });
    const text = Buffer.from(await copy.file!.render()).toString('utf8');
    expect(readSheet(text)).toHaveLength(5);
    expect(bodyOf(later.call('getEmergency', depot.owner, { params: params() }))).toMatchObject({
      version: 2,
      version_in_force: 2,
      sheet: { state: 'current', generation: 1 },
    });
  });
});

describe('a box that is ahead', () => {
  it('of a database that was restored gets keys that are later still, and people are told', () => {
    const image = world.database.serialize();
    print();
    print();
    print();
    depot.box.confirmEmergency();
    expect(depot.box.emergency).toMatchObject({ sheetGeneration: 3 });
    const restored = createFeaturesWorld({ image, ports: world.ports, seed: 'restored' });
    depot.box.world = restored;
    depot.box.confirmEmergency();
    expect(depot.box.emergency).toMatchObject({ sheetGeneration: 4, bookingGeneration: 1 });
    const told = restored.features.events
      .ledger(depot.owner.tenantId)
      .read({ boxId: depot.box.boxId }, { from: 0, order: 'rising', limit: 100 })
      .map(({ fact }) => fact.type);
    expect(told).toContain('emergency.out_of_step');
    expect(told).toContain('sheet.reprint_advised');
  });
});

describe('a box that is claimed anew', () => {
  it('begins anew: nothing of its earlier life opens anything', () => {
    print();
    const before = depot.box.emergency!;
    world.call('releaseBox', depot.owner, { params: params() });
    expect(
      world.database.prepare<{ rows: number }>('SELECT count(*) AS rows FROM emergency_sheet').get()?.rows,
    ).toBe(0);
    depot.box.claim(depot.owner, depot.locationId);
    const after = depot.box.emergency!;
    expect(after).toMatchObject({ version: 1, sheetGeneration: 1, bookingGeneration: 1 });
    for (const key of ['sheetKey', 'bookingKey', 'phoneKey'] as const)
      expect(after[key]).not.toEqual(before[key]);
    expect(state()).toMatchObject({ sheet: { state: 'none', printed_at: null } });
    const [old] = (bodyOf(world.call('listSheets', depot.owner, { params: params() })).data as object[])!;
    expect(old).toMatchObject({ state: 'replaced', cells_used: null });
  });
});

describe('a box that was claimed before there were such keys', () => {
  it('gets them with the first sweep after the update, and is not ready for a moment before', () => {
    world.database.exec('DELETE FROM emergency_sheet; DELETE FROM emergency_box');
    expect(problemOf(() => state())?.code).toBe('not-ready');
    const stop = world.features.start();
    world.ports.drain();
    expect(state()).toMatchObject({ version: 1, version_in_force: 0 });
    stop();
  });
});

describe('settings', () => {
  it('are edited with the ETag that was read', () => {
    const { etag } = world.call('getEmergency', depot.owner, { params: params() });
    const edit = (ifMatch: string) =>
      world.call('changeEmergency', depot.owner, { params: params(), body: { awake_ms: 20_000 }, ifMatch });
    expect(edit(etag!).etag).not.toBe(etag);
    expect(problemOf(() => edit(etag!))?.code).toBe('precondition-failed');
    expect(state()).toMatchObject({ awake_ms: 20_000, sleep_after_ms: 120_000 });
  });

  it('name no bin that the box has not', () => {
    expect(problemOf(() => change({ open_order: [5] }))?.pointers).toEqual(['/body/open_order no-such-bin']);
    for (const body of [{ open_order: [1, 1] }, { cells_per_bin: 33 }, { awake_ms: 1 }, {}])
      expect(problemOf(() => change(body))?.code).toBe('invalid-request');
  });
});

describe('the door for bookings', () => {
  const door = () => world.features.emergency;
  const { MAX_SAFE_INTEGER: forever } = Number;
  const cancel = (payload: number, endMs: number) =>
    world.commit(() => door().cancelBooking(depot.owner.tenantId, depot.box.boxId, { payload, endMs }));

  it('gives the key under which codes are made, and since when the box takes them', () => {
    const key = door().bookingKey(depot.owner.tenantId, depot.box.boxId);
    expect(key).toMatchObject({ generation: 1, firstUseHours: 0, inForceSinceMs: world.ports.nowMs });
    expect(key?.key).toEqual(depot.box.emergency?.bookingKey);
    const other = createDepot(world, 2);
    expect(door().bookingKey(other.owner.tenantId, depot.box.boxId)).toBeUndefined();
  });

  it('has a box refuse at most 64 cancelled bookings, and forgets those that have ended', () => {
    const endMs = world.ports.nowMs + 3_600_000;
    for (let payload = 1; payload <= 64; payload++) expect(cancel(payload, endMs)).toBe('waiting');
    expect(cancel(65, forever)).toBe('no-room');
    expect(cancel(64, endMs)).toBe('waiting');
    depot.box.confirmEmergency();
    expect(depot.box.emergency?.cancelled).toHaveLength(64);
    world.connected.add(depot.box.boxId);
    world.ports.advance(7_200_001);
    change({ first_use_hours: 1 });
    depot.box.hearSent();
    expect(depot.box.emergency?.cancelled).toEqual([]);
    expect(cancel(66, forever)).toBe('sent');
    depot.box.hearSent();
    expect(depot.box.emergency?.cancelled).toEqual([66]);
  });
});
