// Keys: where they are, who has them, and what the API refuses.
import { beforeEach, describe, expect, it } from 'vitest';
import { bodyOf, createDepot, type Depot, itemsOf } from '../../../test/depot.ts';
import { createFeaturesWorld, type FeaturesWorld, problemOf } from '../../../test/features-world.ts';
import { fob, fobText } from '../../../test/model-box.ts';
import { padTag, readTag, showTag, whereabouts } from './key.ts';

describe('a tag', () => {
  it.each([
    ['04a1b2c3', '04a1b2c3'],
    ['04:A1:B2:C3:D4:E5:F6', '04a1b2c3d4e5f6'],
    ['04-a1-b2-c3-d4-e5-f6', '04a1b2c3d4e5f6'],
    ['０４ａ１ｂ２ｃ３', '04a1b2c3'],
    ['0102030405060708', '0102030405060708'],
  ])('is read from %s', (typed, shown) => {
    const tag = readTag(typed);
    expect(tag).toHaveLength(8);
    expect(tag && showTag(tag)).toBe(shown);
  });

  it.each(['', '04a1b2', '04a1b2c3d4', '00000000', 'zzzzzzzz', '010203040506070809'])(
    'is not read from %j',
    (typed) => {
      expect(readTag(typed)).toBeUndefined();
    },
  );

  it('is padded to 8 bytes; nothing and too much is no tag', () => {
    expect(padTag(new Uint8Array([1, 2, 3, 4]))).toEqual(new Uint8Array([1, 2, 3, 4, 0, 0, 0, 0]));
    expect(padTag(new Uint8Array(0))).toBeUndefined();
    expect(padTag(new Uint8Array(8))).toBeUndefined();
    expect(padTag(new Uint8Array(9).fill(1))).toBeUndefined();
  });
});

describe('where a key is', () => {
  const sensed = { boxId: 'B' as never, bin: 1, sinceMs: 100 };
  const who = { codeId: 'code_1', personId: null };
  const custody = { boxId: 'B' as never, bin: 2, grant: 1, ...who, takenAtMs: 50 };

  it.each([
    ['in-bin', sensed, undefined],
    ['in-bin', sensed, custody],
    ['out', undefined, custody],
    ['out', sensed, { ...custody, takenAtMs: 101 }],
    ['unknown', undefined, undefined],
  ] as const)('is %s: the later word counts', (kind, seen, taken) => {
    expect(whereabouts(seen, taken).kind).toBe(kind);
  });
});

describe('keys over the API', () => {
  let world: FeaturesWorld;
  let depot: Depot;
  const key = () => depot.read('getKey', { key_id: depot.keyId });
  const change = (body: object, ifMatch?: string) =>
    world.call('changeKey', depot.owner, {
      params: { key_id: depot.keyId },
      body,
      ...(ifMatch && { ifMatch }),
    });

  beforeEach(() => {
    world = createFeaturesWorld();
    depot = createDepot(world);
  });

  it('show the bin in which a key hangs, and the bins show their keys', () => {
    expect(key()).toMatchObject({ where: { status: 'in_bin', box_id: depot.box.resourceId, bin: 3 } });
    const bins = itemsOf(world.call('listBins', depot.owner, { params: { box_id: depot.box.resourceId } }));
    expect(bins.map(({ bin, key_id, door }) => [bin, key_id, door])).toEqual([
      [1, null, 'closed'],
      [2, null, 'closed'],
      [3, depot.keyId, 'closed'],
      [4, null, 'closed'],
    ]);
  });

  it('tell a key that was taken without any grant, and a fob that is no key', () => {
    depot.box.write('bin-forced', { bin: 3 });
    depot.box.write('key-taken', { bin: 3, tag: fob(7) });
    depot.box.write('key-placed', { bin: 3, tag: fob(60) });
    depot.box.report();
    expect(depot.told().slice(-3)).toEqual(['bin.forced', 'key.withdrawn', 'fob.unknown_placed']);
    expect(key()).toMatchObject({ where: { status: 'out', code_id: null } });
  });

  it('tell nothing when a box senses again, after a reboot, what it has told before', () => {
    const before = depot.told().length;
    depot.box.fill(3, fob(7));
    expect(depot.told()).toHaveLength(before);
  });

  it('follow a key that is brought back to another box', () => {
    depot.box.write('key-taken', { bin: 3, tag: fob(7) });
    depot.box.report();
    world.ports.advance(1_000);
    const other = createDepot(world, 2);
    expect(other.read('getKey', { key_id: other.keyId })).toMatchObject({ where: { status: 'in_bin' } });
    expect(key()).toMatchObject({ where: { status: 'out' } });
  });

  it('change only for who has read them (If-Match)', () => {
    expect(problemOf(() => change({ name: 'x' }))?.code).toBe('precondition-required');
    expect(problemOf(() => change({ name: 'x' }, `"${depot.keyId}-9"`))?.code).toBe('precondition-failed');
    const changed = change({ name: ' 車 7 ' }, `"${depot.keyId}-1"`);
    expect(changed).toMatchObject({
      etag: `"${depot.keyId}-2"`,
      body: { name: '車 7', fob_tag: fobText(7) },
    });
    expect(problemOf(() => change({ name: 'x' }, `"${depot.keyId}-1"`))?.code).toBe('precondition-failed');
  });

  it('refuse a fob that another key has, and one that is none, with what to do', () => {
    depot.addKey(8);
    expect(problemOf(() => change({ fob_tag: fobText(8) }, '*'))).toEqual({
      code: 'conflict',
      pointers: ['/body/fob_tag fob-in-use'],
    });
    expect(problemOf(() => change({ fob_tag: 'xyz' }, '*'))?.pointers).toEqual(['/body/fob_tag not-a-tag']);
  });

  it.each(['', '   ', 'a\u0000b', 'a\u202eb', 'x'.repeat(101)])('refuse the name %j', (name) => {
    expect(problemOf(() => change({ name }, '*'))?.code).toBe('invalid-request');
  });

  it('free the fob of a retired key, and find it no more', () => {
    world.call('retireKey', depot.owner, { params: { key_id: depot.keyId }, ifMatch: '*' });
    expect(problemOf(key)?.code).toBe('not-found');
    expect(depot.told().at(-1)).toBe('key.retired');
    const again = depot.addKey(7);
    expect(depot.read('getKey', { key_id: again })).toMatchObject({ where: { status: 'in_bin', bin: 3 } });
  });

  it('list in pages, and by location', () => {
    for (let number = 20; number < 25; number++) depot.addKey(number);
    const page = world.call('listKeys', depot.owner, { query: { limit: 4, location_id: depot.locationId } });
    expect(itemsOf(page)).toHaveLength(4);
    const { next_cursor: cursor, has_more } = bodyOf(page);
    expect(has_more).toBe(true);
    expect(itemsOf(world.call('listKeys', depot.owner, { query: { limit: 4, cursor } }))).toHaveLength(2);
  });
});
