// The page "what still opens this box if it drops off now?": for the sheet, the app, the phone and each booking.
import { beforeEach, describe, expect, it } from 'vitest';
import { bodyOf, createDepot, type Depot } from '../../../test/depot.ts';
import { createFeaturesWorld, type FeaturesWorld } from '../../../test/features-world.ts';
import { ModelBox } from '../../../test/model-box.ts';
import type { HeldByBox } from '../emergency/index.ts';
import { authenticatorWorth, phoneWorth, sheetWorth } from './readiness.ts';

const box: HeldByBox = {
  version: 5,
  versionInForce: 5,
  confirmedAtMs: 50,
  sheet: { state: 'current', closed: false, sinceMs: 40 },
  booking: { generation: 1, inForceSinceMs: 30, firstUseHours: 0 },
  authenticator: 'in-force',
};
const sheet = (change: Partial<HeldByBox['sheet']>) =>
  sheetWorth({ ...box, sheet: { ...box.sheet, ...change } });

describe('what a box holds', () => {
  it('works from when it confirmed it', () => {
    expect(sheetWorth(box)).toEqual({ works: 'on_box', because: 'in_force', sinceMs: 40 });
    expect(sheet({ state: 'cells_low' }).works).toBe('on_box');
    expect(sheet({ state: 'ending_soon' }).works).toBe('on_box');
    for (const one of [authenticatorWorth(box, undefined), phoneWorth({ ...box, versionInForce: 1 })])
      expect(one).toEqual({ works: 'on_box', because: 'in_force', sinceMs: 50 });
  });

  it.each([
    [sheet({ state: 'none' }), 'not_there'],
    [sheet({ state: 'revoked' }), 'not_there'],
    [sheet({ state: 'ended' }), 'over'],
    [sheet({ state: 'waiting_for_box' }), 'box_waits'],
    [sheet({ state: 'waiting_for_box', closed: true }), 'closed'],
    [sheetWorth({ ...box, confirmedAtMs: null }), 'never_online'],
    [sheetWorth(undefined), 'never_online'],
    [authenticatorWorth({ ...box, authenticator: 'none' }, undefined), 'not_there'],
    [authenticatorWorth({ ...box, authenticator: 'waiting' }, undefined), 'box_waits'],
    [authenticatorWorth({ ...box, confirmedAtMs: null }, undefined), 'never_online'],
    [authenticatorWorth(box, 7), 'clock_lost'],
    [authenticatorWorth(undefined, undefined), 'not_there'],
    [phoneWorth({ ...box, versionInForce: 0 }), 'box_waits'],
    [phoneWorth(undefined), 'never_online'],
  ])('is not relied on otherwise: %j is %s', (worth, because) => {
    expect(worth).toMatchObject({ works: 'live_only', because });
  });
});

describe('the page of a box (EM-16)', () => {
  let world: FeaturesWorld;
  let depot: Depot;
  const page = (boxId = depot.box.resourceId) => depot.read('getOfflineReadiness', { box_id: boxId });
  const book = (starts_at: string, ends_at: string) =>
    bodyOf(world.call('createBooking', depot.owner, { body: { key_id: depot.keyId, starts_at, ends_at } }))
      .id as string;

  beforeEach(() => {
    world = createFeaturesWorld();
    depot = createDepot(world);
  });

  it('answers for everything at once, the soonest booking first', () => {
    const later = book('2026-05-01T09:00:00Z', '2026-05-02T09:00:00Z');
    const soon = book('2026-04-01T10:00:00Z', '2026-04-01T11:00:00Z');
    const gone = book('2026-04-01T12:00:00Z', '2026-04-01T13:00:00Z');
    world.call('cancelBooking', depot.owner, { params: { booking_id: gone } });
    depot.box.hearSent();
    expect(page()).toMatchObject({
      ...{ box_id: depot.box.resourceId, online: true, clock_lost_at: null, more_bookings: false },
      confirmed_at: '2026-04-01T09:00:00.000Z',
      sheet: { works: 'live_only', because: 'not_there' },
      authenticator: { works: 'live_only', because: 'not_there' },
      phone: { works: 'on_box' },
      bookings: [
        { id: soon, bin: 3, offline: { works: 'arithmetic' } },
        { id: later, offline: { works: 'arithmetic' } },
      ],
    });
    const shown = () => (page().bookings as { id: string }[]).map(({ id }) => id);
    expect(shown()).toEqual([soon, later]);
    // An hour after its window no box takes it any more.
    world.ports.nowMs = Date.parse('2026-04-01T11:59:59Z');
    expect(shown()).toEqual([soon, later]);
    world.ports.nowMs = Date.parse('2026-04-01T12:00:00Z');
    expect(shown()).toEqual([later]);
  });

  it('counts an app from the moment on when the box says that it knows it', () => {
    world.ports.advance(1_000);
    world.call('enrolAuthenticator', depot.owner, {
      params: { box_id: depot.box.resourceId },
      body: { label: 'Office phone' },
    });
    expect(page()).toMatchObject({ authenticator: { because: 'box_waits' } });
    depot.box.hearSent();
    expect(page()).toMatchObject({ authenticator: { works: 'on_box' } });
    world.ports.advance(1_000);
    depot.box.write('booted', { timeSource: 'unknown' });
    depot.box.report();
    expect(page()).toMatchObject({
      authenticator: { because: 'clock_lost' },
      clock_lost_at: '2026-04-01T09:00:02.000Z',
    });
  });

  it('promises nothing of a box that was never heard of', () => {
    const fresh = new ModelBox(world, 9);
    const factory = { box_id: fresh.boxId, factory_key: Buffer.from(fresh.factoryKey).toString('hex') };
    world.call('importFactoryBox', depot.owner, { body: factory });
    fresh.say('claim', fresh.hello());
    const claim = { label: fresh.label, claim_code: fresh.shownCode(), name: 'Box' };
    world.call('claimBox', depot.owner, { body: { ...claim, location_id: depot.locationId } });
    expect(page(fresh.resourceId)).toMatchObject({
      ...{ online: false, confirmed_at: null, bookings: [] },
      sheet: { works: 'live_only', because: 'never_online' },
      phone: { works: 'live_only', because: 'never_online' },
    });
  });
});
