// How much may be on its way at once, by itself: a parcel is under way until it is answered, and known until that is
// written down.
import { describe, expect, it } from 'vitest';
import type { TenantId } from '../../platform/identifiers.ts';
import type { OwedChannel } from './owed-store.ts';
import type { Parcel } from './send.ts';
import { createWays, type Ways } from './ways.ts';

const channel = (name = 'nch_1', tenant = 'ten_1'): OwedChannel => ({
  ...{ tenantId: tenant as TenantId, channelId: name, dueAtMs: 0 },
});
let made = 0;
const parcel = (): Parcel => {
  const delivery = { deliveryId: `dlv_${++made}` };
  return { items: [{ delivery }] } as unknown as Parcel;
};
/** Sends until there is no room. */
const fill = (ways: Ways, owed: OwedChannel) => {
  const sent = [];
  while (ways.hasRoom(owed)) sent.push(ways.enter(owed, parcel()));
  return sent;
};
const answering = () => {
  const ways = createWays();
  const [first, second] = fill(ways, channel());
  for (const way of [first, second]) {
    way?.answered(true);
    way?.recorded();
  }
  return ways;
};

describe('on the way to a channel', () => {
  it('are two parcels until it has taken one, then eight, and two again when it stops', () => {
    const ways = createWays();
    const [first, ...others] = fill(ways, channel());
    expect(others).toHaveLength(1);
    first?.answered(true);
    first?.recorded();
    const more = [...others, ...fill(ways, channel())];
    expect(more).toHaveLength(8);
    for (const way of more) {
      way.answered(false);
      way.recorded();
    }
    expect(fill(ways, channel())).toHaveLength(2);
  });

  it('goes the next one when a receiver has answered, though that is not written down yet', () => {
    const ways = answering();
    const sent = fill(ways, channel());
    for (const way of sent) way.answered(true);
    expect(fill(ways, channel())).toHaveLength(8);
    expect(ways.of(channel()).size).toBe(16);
  });

  it('goes nothing more when so much is not written down that it would have to come again', () => {
    const ways = answering();
    for (const way of [...fill(ways, channel())]) way.answered(true);
    const last = fill(ways, channel());
    for (const way of last) way.answered(true);
    expect(ways.hasRoom(channel())).toBe(false);
    for (const way of last) way.recorded();
    expect(ways.of(channel()).size).toBe(8);
    expect(ways.hasRoom(channel())).toBe(true);
  });

  it('is not more than a tenant may have, and nobody of another waits for that', () => {
    const ways = createWays();
    const sent = Array.from({ length: 20 }, (_, index) => fill(ways, channel(`nch_${index}`)).length);
    expect(sent.reduce((sum, count) => sum + count)).toBe(16);
    expect(fill(ways, channel('nch_1', 'ten_2'))).toHaveLength(2);
  });
});
