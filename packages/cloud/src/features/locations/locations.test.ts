// Locations over the API.
import { beforeEach, describe, expect, it } from 'vitest';
import { bodyOf, itemsOf } from '../../../test/depot.ts';
import { createFeaturesWorld, type FeaturesWorld, problemOf } from '../../../test/features-world.ts';
import { isTimeZone } from '../../platform/time-zone.ts';
import type { Principal } from '../../platform/token-register.ts';

let world: FeaturesWorld;
let owner: Principal;

beforeEach(() => {
  world = createFeaturesWorld();
  owner = world.tenant('Owner');
});

const create = (body: object) => world.call('createLocation', owner, { body });

describe('a time zone', () => {
  it.each(['Asia/Tokyo', 'UTC', 'America/Argentina/Buenos_Aires', 'Etc/GMT+9'])('is %s', (name) => {
    expect(isTimeZone(name)).toBe(true);
  });

  it.each(['', '+09:00', 'Mars/Olympus', 'Asia/Tokyo; DROP', '日本'])('is not %j', (name) => {
    expect(isTimeZone(name)).toBe(false);
  });
});

describe('locations over the API', () => {
  it('are made, read and listed', () => {
    const made = create({ name: '新宿', time_zone: 'Asia/Tokyo' });
    const { id } = bodyOf(made);
    expect(made).toMatchObject({ status: 201, location: `/v1/locations/${id}`, etag: `"${id}-1"` });
    expect(world.call('getLocation', owner, { params: { location_id: id } }).body).toEqual(made.body);
    expect(itemsOf(world.call('listLocations', owner))).toEqual([made.body]);
  });

  it('change only for who has read them (If-Match)', () => {
    const { id } = bodyOf(create({ name: 'A', time_zone: 'UTC' }));
    const change = (ifMatch?: string) =>
      world.call('changeLocation', owner, {
        params: { location_id: id },
        body: { name: 'B' },
        ...(ifMatch && { ifMatch }),
      });
    expect(problemOf(() => change())?.code).toBe('precondition-required');
    expect(change(`"${id}-1"`)).toMatchObject({ body: { name: 'B', time_zone: 'UTC' }, etag: `"${id}-2"` });
    expect(problemOf(() => change(`"${id}-1"`))?.code).toBe('precondition-failed');
  });

  it('refuse a zone that is none, naming the field', () => {
    expect(problemOf(() => create({ name: 'A', time_zone: '+09:00' }))).toEqual({
      code: 'invalid-request',
      pointers: ['/body/time_zone unknown-time-zone'],
    });
  });
});
