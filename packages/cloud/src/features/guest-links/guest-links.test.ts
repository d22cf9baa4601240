// What a guest sees with the address of a booking, and for how long.
import { beforeEach, describe, expect, it } from 'vitest';
import { createBookingDesk } from '../../../test/booking-desk.ts';
import { bodyOf, createDepot, type Depot } from '../../../test/depot.ts';
import { createFeaturesWorld, dump, type FeaturesWorld, problemOf } from '../../../test/features-world.ts';

const dayMs = 86_400_000;

let world: FeaturesWorld;
let depot: Depot;
let desk: ReturnType<typeof createBookingDesk>;

beforeEach(() => {
  world = createFeaturesWorld();
  depot = createDepot(world);
  desk = createBookingDesk(depot);
});

const linkOf = (booking_id: string) =>
  String(bodyOf(world.call('createGuestLink', depot.owner, { params: { booking_id } })).token);
const look = (token: string) => bodyOf(world.callPublic('readGuestLink', { params: { token } }));
const refused = (token: string) => problemOf(() => look(token))?.code;

describe('the address of a booking', () => {
  it('shows its guest where the key hangs and the code, and no other thing (AC-02, SEC-17)', () => {
    const { code, id, body } = desk.book();
    desk.book({ label: 'Somebody else' });
    const token = linkOf(id);
    expect(token).toMatch(/^[\w-]{43}$/);
    const seen = look(token);
    expect(seen).toEqual({
      ...{ organisation: 'Depot 1', location: 'Depot 1', time_zone: 'Asia/Tokyo' },
      ...{ box: expect.any(String), bin: 3, help_phone: '', status: 'booked', code },
      ...{ code_grouped: body.code_grouped, starts_at: body.starts_at, ends_at: body.ends_at },
    });
    for (const hidden of [
      id,
      depot.keyId,
      depot.box.resourceId,
      depot.locationId,
      'Room 12',
      'Somebody else',
    ])
      expect(JSON.stringify(seen)).not.toContain(hidden);
  });

  it('that nobody was given shows nothing', () => {
    linkOf(desk.book().id);
    for (const token of ['', 'x', 'A'.repeat(43), "' OR 1=1 --"]) expect(refused(token)).toBe('not-found');
  });

  it('ends when another is made and when it is ended, and is in no table', () => {
    const { id } = desk.book();
    const first = linkOf(id);
    const second = linkOf(id);
    expect(refused(first)).toBe('not-found');
    expect(refused(second)).toBeUndefined();
    expect(dump(world.database)).not.toContain(second);
    world.call('removeGuestLink', depot.owner, { params: { booking_id: id } });
    expect(refused(second)).toBe('not-found');
  });

  it('shows no code once the booking is cancelled or over, and nothing a week later', () => {
    const cancelled = desk.book();
    const over = desk.book();
    const [first, second] = [linkOf(cancelled.id), linkOf(over.id)];
    world.call('cancelBooking', depot.owner, { params: { booking_id: cancelled.id } });
    expect(look(first)).toMatchObject({ status: 'cancelled', code: null, code_grouped: null });
    world.ports.advance(dayMs);
    expect(look(second)).toMatchObject({ status: 'over', code: null });
    world.ports.advance(7 * dayMs);
    expect(refused(second)).toBe('not-found');
  });
});
