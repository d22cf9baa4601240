// What is said of a booking when its box drops off, what the box tells of digits that it took while it was alone, and
// what a cancellation reaches.
import { encodeOfflineUse, offlineGrant } from '@smartbox/protocol';
import { beforeEach, describe, expect, it } from 'vitest';
import { createBookingDesk, inHours } from '../../../test/booking-desk.ts';
import { createDepot, type Depot } from '../../../test/depot.ts';
import { createFeaturesWorld, type FeaturesWorld } from '../../../test/features-world.ts';
import { fob } from '../../../test/model-box.ts';

const hourMs = 3_600_000;

let world: FeaturesWorld;
let depot: Depot;
let desk: ReturnType<typeof createBookingDesk>;

beforeEach(() => {
  world = createFeaturesWorld();
  depot = createDepot(world);
  desk = createBookingDesk(depot);
});

describe('whether a booking’s code works if the box drops off now (EM-16)', () => {
  it('follows the key from bin to bin, and the box’s word', () => {
    const { id, body } = desk.book();
    expect(body.offline).toEqual({ works: 'arithmetic', because: 'in_force', since: inHours(0) });
    depot.box.write('key-taken', { bin: 3, tag: fob(7) });
    depot.box.report();
    expect(desk.offline(id)).toMatchObject({ works: 'live_only', because: 'key_out' });
    depot.box.fill(1, fob(7));
    expect(desk.offline(id)).toMatchObject({ works: 'live_only', because: 'key_elsewhere' });
    depot.box.write('key-taken', { bin: 1, tag: fob(7) });
    depot.box.fill(3, fob(7));
    expect(desk.offline(id)).toMatchObject({ works: 'arithmetic' });
  });

  it('is no while the box has not confirmed the booking key, and yes from its word on', () => {
    depot.box.confirmEmergency({ version: 0, bookingGeneration: 0 });
    depot.box.emergency = undefined;
    const { id } = desk.book();
    depot.box.world.say(
      { tenantId: depot.owner.tenantId, boxId: depot.box.boxId },
      {
        name: 'emergency-confirmed',
        body: {
          version: 0,
          sheetGeneration: 0,
          sheetRevoked: false,
          bookingGeneration: 0,
          authenticator: false,
        },
      },
    );
    expect(desk.offline(id)).toEqual({ works: 'live_only', because: 'box_waits', since: null });
    world.ports.advance(60_000);
    depot.box.confirmEmergency();
    expect(desk.offline(id)).toEqual({
      works: 'arithmetic',
      because: 'in_force',
      since: '2026-04-01T09:01:00.000Z',
    });
  });

  it('is no when the box lost the time at its last restart, until a restart keeps it', () => {
    const { id } = desk.book();
    depot.box.write('booted', { timeSource: 'unknown' });
    depot.box.report();
    expect(desk.offline(id)).toMatchObject({ works: 'live_only', because: 'clock_lost' });
    depot.box.write('booted', { timeSource: 'held' });
    depot.box.report();
    expect(desk.offline(id)).toMatchObject({ works: 'arithmetic' });
    // A box fresh from the factory never knew the time: it has lost none.
    depot.box.write('booted', { timeSource: 'unknown', timeMs: 0 });
    depot.box.report();
    expect(desk.offline(id)).toMatchObject({ works: 'arithmetic' });
  });

  it('is no at a box that was claimed anew since: it has other keys', () => {
    const { id } = desk.book();
    world.ports.advance(1_000);
    world.call('releaseBox', depot.owner, { params: { box_id: depot.box.resourceId } });
    expect(desk.offline(id)).toMatchObject({ works: 'live_only', because: 'box_gone' });
    depot.box.claim(depot.owner, depot.locationId);
    depot.box.fill(3, fob(7));
    expect(desk.offline(id)).toMatchObject({ works: 'live_only', because: 'key_replaced' });
  });

  it('changes the ETag, so that no reader keeps an answer that is not true any more', () => {
    const { id } = desk.book();
    const tag = () => world.call('getBooking', depot.owner, { params: { booking_id: id } }).etag;
    const before = tag();
    expect(tag()).toBe(before);
    depot.box.write('key-taken', { bin: 3, tag: fob(7) });
    depot.box.report();
    expect(tag()).not.toBe(before);
  });
});

describe('a booking that a box took while it was alone (EM-08)', () => {
  it('is told by the digits alone, and the key is out with its code', () => {
    const { id, code, body } = desk.book();
    world.ports.advance(hourMs);
    const grant = desk.takeOffline(desk.boxReads(code));
    expect(desk.events('booking.used_offline')).toMatchObject([
      {
        ...{ boxId: depot.box.boxId, bin: 3, keyId: depot.keyId, codeId: body.code_id },
        data: { booking_id: id, grant, after_cancellation: false },
      },
    ]);
    expect(desk.read(id)).toMatchObject({ used_offline_at: inHours(1), offline: { because: 'key_out' } });
    expect(depot.read('getKey', { key_id: depot.keyId })).toMatchObject({
      where: { status: 'out', code_id: body.code_id },
    });
    expect(desk.events('key.withdrawn')).toMatchObject([{ codeId: body.code_id, data: { grant } }]);
    expect(depot.told()).not.toContain('bin.opened_without_grant');
  });

  it('is asked of the cloud when it is typed again, and opens live as before', () => {
    const { id, code } = desk.book();
    world.ports.advance(hourMs);
    desk.takeOffline(desk.boxReads(code));
    depot.box.fill(3, fob(7));
    expect(desk.offline(id)).toMatchObject({ works: 'live_only', because: 'used_once' });
    expect(desk.opened(code)).toBe(true);
  });

  it('is an alarm when nobody was given such digits', () => {
    const { code } = desk.book();
    world.ports.advance(hourMs);
    const payload = desk.boxReads(code) ?? 0;
    desk.takeOffline(payload + 1);
    depot.box.fill(3, fob(7));
    // Known digits of another generation are as unknown.
    desk.takeOffline(payload, 2);
    expect(desk.events('booking.used_offline')).toEqual([]);
    expect(desk.events('booking.unknown')).toMatchObject([
      { bin: 3, data: { generation: 1, serial: 1, starts_at: inHours(0), ends_at: inHours(4) } },
      { bin: 3, data: { generation: 2, serial: 0 } },
    ]);
  });

  it('tells when it was used although it had been cancelled', () => {
    const { id, code } = desk.book();
    desk.cancel(id);
    world.ports.advance(hourMs);
    desk.takeOffline(desk.boxReads(code));
    expect(desk.events('booking.used_offline')).toMatchObject([
      { data: { booking_id: id, after_cancellation: true } },
    ]);
  });

  it('leaves entries of other methods alone', () => {
    const tag = encodeOfflineUse({ method: 'phone', generation: 0, number: 12_345_678 });
    depot.box.write('code-used', { bin: 3, grant: offlineGrant(depot.box.log.length + 1), tag });
    depot.box.report();
    expect(depot.told().filter((kind) => kind.startsWith('booking.'))).toEqual([]);
  });
});

describe('a cancellation', () => {
  it('ends the code live at once, and says that a box that is away has not heard of it', () => {
    const { id, code } = desk.book();
    world.ports.advance(hourMs);
    const answer = desk.cancel(id);
    expect(answer).toMatchObject({
      status: 'cancelled',
      cancellation: {
        ...{ because: 'cancelled', box: 'hears_at_next_contact', at: inHours(1) },
        dead_everywhere_at: inHours(5),
      },
      offline: { works: 'live_only', because: 'cancelled_live_only' },
    });
    expect(desk.opened(code)).toBe(false);
    expect(desk.events('booking.cancelled')).toMatchObject([
      { keyId: depot.keyId, data: { booking_id: id, because: 'cancelled', box: 'waiting' } },
    ]);
    expect(desk.events('code.ended')).toMatchObject([{ data: { because: 'revoked' } }]);
  });

  it('is told to a box that is there, and known to it from its word on', () => {
    world.connected.add(depot.box.boxId);
    const { id, code } = desk.book();
    expect(desk.cancel(id)).toMatchObject({ cancellation: { box: 'was_told' } });
    depot.box.hearSent();
    expect(depot.box.emergency?.cancelled).toEqual([desk.boxReads(code)]);
    expect(desk.read(id)).toMatchObject({
      cancellation: { box: 'knows', dead_everywhere_at: null },
      offline: { works: 'on_box', because: 'cancelled_at_box' },
    });
  });

  it('is not known to a box for the reason that it knows a later change than it confirmed before', () => {
    const first = desk.book();
    const second = desk.book();
    desk.cancel(first.id);
    depot.box.hearSent();
    desk.cancel(second.id);
    expect(desk.read(first.id)).toMatchObject({ cancellation: { box: 'knows' } });
    expect(desk.read(second.id)).toMatchObject({ cancellation: { box: 'hears_at_next_contact' } });
  });

  it('says so when the box can remember no more', () => {
    const many = Array.from({ length: 65 }, (_, hour) =>
      desk.book({ starts_at: inHours(hour), ends_at: inHours(hour + 1) }),
    );
    for (const { id } of many) desk.cancel(id);
    expect(desk.read(many[63]?.id ?? '')).toMatchObject({ cancellation: { box: 'hears_at_next_contact' } });
    expect(desk.read(many[64]?.id ?? '')).toMatchObject({
      cancellation: { box: 'cannot_remember', dead_everywhere_at: inHours(66) },
    });
    depot.box.hearSent();
    expect(depot.box.emergency?.cancelled).toHaveLength(64);
    expect(desk.read(many[64]?.id ?? '')).toMatchObject({ cancellation: { box: 'cannot_remember' } });
  });

  it('changes nothing the second time, nor when no box takes the digits any more', () => {
    const { id } = desk.book();
    const once = desk.cancel(id);
    expect(desk.cancel(id)).toEqual(once);
    const late = desk.book();
    world.ports.nowMs = Date.parse(inHours(5));
    expect(desk.cancel(late.id)).toMatchObject({ status: 'over', cancellation: null });
    expect(desk.events('booking.cancelled')).toHaveLength(1);
  });

  it('still reaches a box in the hours in which only the box takes the digits', () => {
    const { id } = desk.book({ ends_at: inHours(3.2) });
    world.ports.nowMs = Date.parse(inHours(3.5));
    expect(desk.read(id)).toMatchObject({ status: 'over', offline: { works: 'arithmetic' } });
    expect(desk.cancel(id)).toMatchObject({ cancellation: { box: 'hears_at_next_contact' } });
  });

  it('is needed by no box that was claimed anew', () => {
    const { id } = desk.book();
    world.ports.advance(1_000);
    depot.box.claim(depot.owner, depot.locationId);
    expect(desk.cancel(id)).toMatchObject({ cancellation: { box: 'not_needed', dead_everywhere_at: null } });
    expect(desk.events('booking.cancelled')).toMatchObject([{ data: { box: 'not_needed' } }]);
    depot.box.hearSent();
    expect(depot.box.emergency?.cancelled).toEqual([]);
  });

  it('follows when the booking’s code is revoked or its key retired, and not when it only expires', () => {
    const revoked = desk.book();
    world.call('revokeKeyCode', depot.owner, { params: { code_id: String(revoked.body.code_id) } });
    expect(desk.read(revoked.id)).toMatchObject({ cancellation: { because: 'cancelled' } });
    const expired = desk.book({ starts_at: inHours(0.1), ends_at: inHours(0.5) });
    const retired = desk.book({ starts_at: inHours(20), ends_at: inHours(30) });
    world.ports.nowMs = Date.parse(inHours(1.5));
    depot.issue();
    expect(desk.events('code.ended')).toHaveLength(2);
    expect(desk.read(expired.id)).toMatchObject({ status: 'over', cancellation: null });
    world.call('retireKey', depot.owner, { params: { key_id: depot.keyId }, ifMatch: '*' });
    expect(desk.read(retired.id)).toMatchObject({ cancellation: { because: 'key_retired' } });
  });
});
