// Bookings over the API: made, typed live, listed, refused. The box knows nothing of them but the booking key: it
// reads the digits by itself.
import { bookingOf, nobleCrypto, readBookingCode } from '@smartbox/protocol';
import { beforeEach, describe, expect, it } from 'vitest';
import { createBookingDesk, inHours } from '../../../test/booking-desk.ts';
import { bodyOf, createDepot, type Depot, itemsOf } from '../../../test/depot.ts';
import { createFeaturesWorld, dump, type FeaturesWorld, problemOf } from '../../../test/features-world.ts';
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

describe('a booking (AC-02)', () => {
  it('shows its 12 digits once, grouped too, with the window in which the box takes them alone', () => {
    const { body, code, id } = desk.book();
    expect(code).toMatch(/^\d{12}$/);
    expect(body).toMatchObject({
      ...{ status: 'booked', bin: 3, box_id: depot.box.resourceId, key_id: depot.keyId },
      code_grouped: code.replace(/(....)(....)(....)/, '$1 $2 $3'),
      starts_at: '2026-04-01T09:30:00.000Z',
      ends_at: '2026-04-01T13:00:00.000Z',
      offline_window: {
        ...{ starts_at: '2026-04-01T09:00:00.000Z', ends_at: '2026-04-01T13:00:00.000Z' },
        grace_ms: hourMs,
      },
      ...{ used_offline_at: null, cancellation: null, label: 'Room 12' },
    });
    const { code: _code, code_grouped, ...rest } = body;
    expect(desk.read(id)).toEqual(rest);
    expect(itemsOf(world.call('listBookings', depot.owner))).toEqual([rest]);
  });

  it('has digits from which its box reads bin and window without having heard of it (EM-08)', () => {
    const { code } = desk.book();
    expect(bookingOf(desk.boxReads(code) ?? 0, world.ports.nowMs)).toEqual({
      ...{ bin: 3, serial: 0 },
      startMs: Date.parse(inHours(0)),
      endMs: Date.parse(inHours(4)),
    });
    // Under another box's key the same digits mean nothing.
    const other = createDepot(world, 2).box;
    const under = { boxId: other.boxId, key: other.emergency?.bookingKey ?? new Uint8Array(32) };
    expect(readBookingCode(nobleCrypto, under, code)).toBeUndefined();
  });

  it('opens live in exactly its period, as often as it is typed, wherever the key hangs', () => {
    const { code } = desk.book();
    expect(desk.opened(code)).toBe(false);
    world.ports.advance(0.5 * hourMs);
    for (const bin of [3, 1]) {
      expect(desk.opened(code)).toBe(true);
      depot.box.write('key-taken', { bin, grant: depot.box.opened.at(-1) ?? 0, tag: fob(7) });
      depot.box.write('bin-closed', { bin });
      // It comes back into another bin: live, the digits open that one.
      depot.box.write('key-placed', { bin: bin === 3 ? 1 : 3, tag: fob(7) });
      depot.box.report();
    }
    world.ports.nowMs = Date.parse(inHours(4));
    expect(desk.opened(code)).toBe(false);
  });

  it('is an ordinary key code of 12 digits besides, which names it', () => {
    const { id, body } = desk.book();
    expect(depot.read('getKeyCode', { code_id: String(body.code_id) })).toMatchObject({
      ...{ digits: 12, uses: 'unlimited', booking_id: id, offline: body.offline },
      ...{ starts_at: body.starts_at, expires_at: body.ends_at },
    });
    const plain = depot.issue().id;
    expect(depot.read('getKeyCode', { code_id: plain })).toMatchObject({
      booking_id: null,
      offline: { works: 'live_only', because: 'asks_the_cloud', since: null },
    });
  });

  it('cannot have its window changed by way of its code, whose digits say another', () => {
    const { body } = desk.book();
    const change = (fields: object) =>
      problemOf(() =>
        world.call('changeKeyCode', depot.owner, {
          params: { code_id: body.code_id as string },
          body: fields,
          ifMatch: '*',
        }),
      );
    expect(change({ expires_at: inHours(9) })?.code).toBe('conflict');
    expect(change({ label: 'Room 13' })).toBeUndefined();
  });

  it('has other digits than every other of the same bin, start and length; after four it says what to do', () => {
    const codes = [desk.book(), desk.book(), desk.book({ ends_at: inHours(3.2) }), desk.book()].map(
      ({ code }) => code,
    );
    expect(new Set(codes).size).toBe(4);
    expect(codes.map((code) => bookingOf(desk.boxReads(code) ?? 0, world.ports.nowMs).serial)).toEqual([
      ...[0, 1, 2, 3],
    ]);
    expect(desk.problem({})).toMatchObject({ code: 'conflict', pointers: ['/body/starts_at all-taken'] });
    expect(desk.problem({ ends_at: inHours(5) })).toBeUndefined();
  });

  it('never gets the digits of a cancelled one, which the box refuses', () => {
    const first = desk.book();
    desk.cancel(first.id);
    const second = desk.book();
    expect(second.code).not.toBe(first.code);
    expect(desk.boxReads(second.code)).not.toBe(desk.boxReads(first.code));
  });

  it('takes the next digits where a code of the place has the first ones by chance', () => {
    const twin = createFeaturesWorld({ image: world.database.serialize(), ports: world.ports });
    const { code } = bodyOf(twin.call('createBooking', depot.owner, { body: desk.order() }));
    depot.issue({ code });
    const made = desk.book();
    expect(made.code).not.toBe(code);
    expect(bookingOf(desk.boxReads(made.code) ?? 0, world.ports.nowMs).serial).toBe(1);
  });

  it('tells the ledger, and no digit of itself anywhere', () => {
    const { code, id } = desk.book();
    expect(desk.events('booking.created')).toMatchObject([
      { boxId: depot.box.boxId, bin: 3, keyId: depot.keyId, data: { booking_id: id } },
    ]);
    world.ports.advance(hourMs);
    desk.opened(code);
    desk.cancel(id);
    expect(dump(world.database)).not.toContain(code);
  });
});

describe('a booking is refused', () => {
  it.each([
    [{ ends_at: inHours(0.5) }, '/body/ends_at not-after-start'],
    [{ starts_at: inHours(-3), ends_at: inHours(-1) }, '/body/ends_at in-the-past'],
    [{ ends_at: inHours(673) }, '/body/ends_at too-long'],
    [{ starts_at: inHours(8_761), ends_at: inHours(8_762) }, '/body/starts_at too-far-ahead'],
    [{ key_id: 'key_x' }, '/body/key_id unknown-key'],
    [{ box_id: 'box_x', bin: 3 }, '/body/box_id not-a-box'],
    [{ bin: 4 }, '/body/bin hangs-elsewhere'],
  ])('%j: %s', (change, pointer) => {
    expect(desk.problem(change)?.pointers).toEqual([pointer]);
  });

  it('for a key that hangs nowhere, unless it is said where it will hang', () => {
    const keyId = depot.addKey(8);
    const wish = (change: object) => desk.problem({ key_id: keyId, ...change })?.pointers;
    const box_id = depot.box.resourceId;
    expect(wish({})).toEqual(['/body/key_id key-not-in-a-bin']);
    expect(wish({ box_id })).toEqual(['/body/key_id key-not-in-a-bin']);
    expect(wish({ box_id, bin: 9 })).toEqual(['/body/bin no-such-bin']);
    expect(wish({ box_id, bin: 2 })).toBeUndefined();
    const [booking] = itemsOf(world.call('listBookings', depot.owner, { query: { key_id: keyId } }));
    expect(booking).toMatchObject({ bin: 2, offline: { works: 'live_only', because: 'key_never_seen' } });
  });

  it('for a key that hangs at a box of another place, where its codes do not work', () => {
    const place = { name: 'Elsewhere', time_zone: 'Asia/Tokyo' };
    const location_id = bodyOf(world.call('createLocation', depot.owner, { body: place })).id;
    const key = { params: { key_id: depot.keyId }, body: { location_id }, ifMatch: '*' };
    world.call('changeKey', depot.owner, key);
    expect(desk.problem({})?.pointers).toEqual(['/body/box_id wrong-location']);
  });
});

describe('the list of bookings', () => {
  it('shows those of one key, of one box, and only live ones', () => {
    const gone = desk.book({ starts_at: inHours(0), ends_at: inHours(1) });
    const cancelled = desk.book();
    const live = desk.book();
    desk.cancel(cancelled.id);
    world.ports.nowMs = Date.parse(inHours(2));
    const ids = (query: object) =>
      itemsOf(world.call('listBookings', depot.owner, { query: query as never })).map(({ id }) => id);
    expect(ids({})).toEqual([gone.id, cancelled.id, live.id]);
    expect(ids({ live: true })).toEqual([live.id]);
    expect(ids({ key_id: depot.keyId, box_id: depot.box.resourceId, live: true })).toEqual([live.id]);
    expect(ids({ key_id: 'key_x' })).toEqual([]);
    expect(ids({ limit: 1 })).toEqual([gone.id]);
  });
});
