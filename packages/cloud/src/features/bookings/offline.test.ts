// "Will this code work if the box drops off now?": every reason why not, and that nothing is promised before the box
// has confirmed it.
import { describe, expect, it } from 'vitest';
import { createFeaturesWorld } from '../../../test/features-world.ts';
import { ModelBox } from '../../../test/model-box.ts';
import type { Whereabouts } from '../keys/index.ts';
import type { Booking } from './booking.ts';
import { type BoxFacts, bookingWorth, isOfPresentKey } from './offline.ts';

const hourMs = 3_600_000;
const { boxId } = new ModelBox(createFeaturesWorld(), 1);
const otherBox = new ModelBox(createFeaturesWorld(), 2).boxId;

const booking: Booking = {
  bookingId: 'bkg_1',
  keyId: 'key_1',
  codeId: 'code_1',
  boxId,
  bin: 3,
  window: { startMs: 100 * hourMs, endMs: 124 * hourMs },
  serial: 0,
  generation: 2,
  startsAtMs: 100 * hourMs,
  endsAtMs: 120 * hourMs,
  label: '',
  createdAtMs: 50 * hourMs,
  rev: 1,
  cancelled: null,
  usedOfflineAtMs: null,
};
const box: BoxFacts = {
  boxId,
  claimedAtMs: 10 * hourMs,
  wasOnline: true,
  online: true,
  clockLostAtMs: undefined,
  bookingKey: { generation: 2, inForceSinceMs: 40 * hourMs, firstUseHours: 0 },
  versionInForce: 7,
  confirmedAtMs: 45 * hourMs,
};
const at = (bin: number, inBox = boxId, sinceMs: number | null = 60 * hourMs): Whereabouts => ({
  kind: 'in-bin',
  sensed: { boxId: inBox, bin, sinceMs },
});
const out: Whereabouts = {
  kind: 'out',
  custody: { boxId, bin: 3, grant: 1, codeId: null, personId: null, takenAtMs: 70 * hourMs },
};

const worth = (
  change: Partial<Booking> = {},
  facts: Partial<BoxFacts> | undefined = {},
  where: Whereabouts = at(3),
) => bookingWorth({ ...booking, ...change }, { box: { ...box, ...facts }, where }, 101 * hourMs);

describe('a booking’s code', () => {
  it('works by arithmetic while its key hangs in its bin and the box has confirmed the booking key (EM-16)', () => {
    expect(worth()).toEqual({ works: 'arithmetic', because: 'in_force', sinceMs: 60 * hourMs });
    // Since the last of: key confirmed, key hung up, booking made.
    expect(worth({}, {}, at(3, boxId, null)).sinceMs).toBe(50 * hourMs);
    const later = { ...box.bookingKey, inForceSinceMs: 90 * hourMs };
    expect(worth({}, { bookingKey: later }).sinceMs).toBe(90 * hourMs);
  });

  it.each<[string, Partial<Booking>, Partial<BoxFacts>, Whereabouts]>([
    ['key_elsewhere', {}, {}, at(4)],
    ['key_elsewhere', {}, {}, at(3, otherBox)],
    ['key_out', {}, {}, out],
    ['key_never_seen', {}, {}, { kind: 'unknown' }],
    ['box_waits', {}, { bookingKey: { ...box.bookingKey, inForceSinceMs: null } }, at(3)],
    ['key_replaced', { generation: 1 }, {}, at(3)],
    ['key_replaced', { createdAtMs: 9 * hourMs }, {}, at(3)],
    ['clock_lost', {}, { clockLostAtMs: 5 }, at(3)],
    ['never_online', {}, { wasOnline: false }, at(3)],
    ['used_once', { usedOfflineAtMs: 100 * hourMs }, {}, at(3)],
    ['over', { window: { startMs: 0, endMs: 100 * hourMs } }, {}, at(3)],
  ])('works live only: %s', (because, change, facts, where) => {
    expect(worth(change, facts, where)).toMatchObject({ works: 'live_only', because });
  });

  it('works live only at a box that is not ours any more', () => {
    const nobody = bookingWorth(booking, { box: undefined, where: at(3) }, 101 * hourMs);
    expect(nobody).toMatchObject({ works: 'live_only', because: 'box_gone' });
  });

  it('must be used in time where the site asks for it, unless it was', () => {
    const bookingKey = { ...box.bookingKey, firstUseHours: 24 };
    const later = (change: Partial<Booking>, nowMs: number) =>
      bookingWorth({ ...booking, ...change }, { box: { ...box, bookingKey }, where: out }, nowMs);
    expect(later({}, 124 * hourMs)).toMatchObject({ because: 'key_out' });
    expect(later({}, 124 * hourMs + 1)).toMatchObject({ because: 'first_use_missed' });
    expect(later({ usedOfflineAtMs: 101 * hourMs }, 124 * hourMs + 1)).toMatchObject({ because: 'key_out' });
  });

  it('may still be taken by a box that is alone for an hour after its window, and says so', () => {
    const nearly = bookingWorth(booking, { box, where: at(3) }, 125 * hourMs - 1);
    expect(nearly.works).toBe('arithmetic');
    expect(bookingWorth(booking, { box, where: at(3) }, 125 * hourMs).because).toBe('over');
  });
});

describe('a cancelled booking', () => {
  const cancelled = { atMs: 80 * hourMs, because: 'cancelled', told: 'sent', version: 8 } as const;

  it('is refused by the box itself from the version on that tells it, and not before it confirmed that', () => {
    expect(worth({ cancelled }, { versionInForce: 7 })).toEqual({
      ...{ works: 'live_only', because: 'cancelled_live_only', sinceMs: 80 * hourMs },
    });
    expect(worth({ cancelled }, { versionInForce: 8 })).toMatchObject({
      ...{ works: 'on_box', because: 'cancelled_at_box' },
    });
  });

  it('is never promised to be refused by a box that had no room to remember it', () => {
    const forgotten = { ...cancelled, told: 'no-room', version: null } as const;
    expect(worth({ cancelled: forgotten }, { versionInForce: 99 }).because).toBe('cancelled_live_only');
  });

  it('means nothing to a box that was claimed anew', () => {
    const gone = { ...cancelled, told: 'not-needed', version: null } as const;
    expect(worth({ cancelled: gone, createdAtMs: 9 * hourMs }).because).toBe('cancelled_at_box');
  });
});

describe('the booking key', () => {
  it('is the present one by its number, within one life of the box', () => {
    expect(isOfPresentKey(booking, box)).toBe(true);
    expect(isOfPresentKey({ ...booking, createdAtMs: 10 * hourMs }, box)).toBe(true);
    expect(isOfPresentKey({ ...booking, createdAtMs: 10 * hourMs - 1 }, box)).toBe(false);
  });
});
