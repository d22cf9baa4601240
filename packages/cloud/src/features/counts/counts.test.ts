// Counting after the cloud was away: what waits, what is told, and what is refused.
import { offlineGrant } from '@smartbox/protocol';
import { beforeEach, describe, expect, it } from 'vitest';
import { bodyOf, createDepot, type Depot, itemsOf } from '../../../test/depot.ts';
import { createFeaturesWorld, type FeaturesWorld, problemOf } from '../../../test/features-world.ts';
import { openByHand } from '../../../test/hand-opening.ts';
import { fob, fobText } from '../../../test/model-box.ts';

let world: FeaturesWorld;
let depot: Depot;
let secondKey: string;

beforeEach(() => {
  world = createFeaturesWorld();
  depot = createDepot(world);
  secondKey = depot.addKey(8);
  depot.box.fill(2, fob(8));
});

const ofBox = () => ({ params: { box_id: depot.box.resourceId } });
const shown = () => bodyOf(world.call('getBoxCount', depot.owner, ofBox()));
const waitingBins = () => (shown().bins as { bin: number }[]).map(({ bin }) => bin);
const count = (bins: readonly object[], ifMatch?: string) =>
  world.call('countBox', depot.owner, {
    ...ofBox(),
    body: { counted_by: 'Yamada', bins },
    ...(ifMatch === undefined ? {} : { ifMatch }),
  });
const refusal = (bins: readonly object[], ifMatch?: string) => problemOf(() => count(bins, ifMatch));
const countEvents = () => depot.told().filter((type) => type.startsWith('count.'));
const events = (type: string) =>
  itemsOf(world.call('listEvents', depot.owner, { query: { type } })) as {
    data: object;
    bin: number | null;
  }[];

/** An outage: what happened meanwhile is told when the box is back. */
function outage(...openings: readonly Parameters<typeof openByHand>[1][]): void {
  for (const opening of openings) openByHand(depot.box, opening);
  depot.box.confirm();
  depot.box.report();
}

describe('a box that opened bins without the cloud', () => {
  it('waits for a count of them, with who proved it how and what was taken (EM-10)', () => {
    world.ports.advance(60_000);
    outage({ bins: [[3, 7]] });
    const atMs = new Date(world.ports.nowMs).toISOString();
    expect(shown()).toEqual({
      box_id: depot.box.resourceId,
      ...{ waiting: true, asked_at: atMs, last_count: null },
      bins: [
        {
          bin: 3,
          ledger: { status: 'nothing', key_id: null, fob_label: null, key_name: null, told_at: atMs },
          by_hand: {
            ...{ method: 'sheet', opened_at: atMs, last_told_at: atMs },
            ...{ taken: true, taken_key_id: depot.keyId, put_back: false },
          },
        },
      ],
    });
  });

  it('waits for every bin that "all" opened, also for those where the key stayed (EM-10)', () => {
    outage({
      target: 0,
      bins: [
        [2, null],
        [3, 7],
      ],
    });
    const [second, third] = shown().bins as { ledger: object; by_hand: object }[];
    expect(second).toMatchObject({
      ledger: { status: 'key', key_id: secondKey, key_name: 'Van 8' },
      by_hand: { method: 'sheet', taken: false, taken_key_id: null },
    });
    expect(third).toMatchObject({ by_hand: { taken: true, taken_key_id: depot.keyId } });
    expect(itemsOf(world.call('listCounts', depot.owner))).toEqual([
      {
        ...{ box_id: depot.box.resourceId, name: 'Box', location_id: depot.locationId },
        ...{ asked_at: new Date(world.ports.nowMs).toISOString(), bins: [2, 3] },
      },
    ]);
  });

  it.each(['booking', 'phone', 'authenticator'] as const)('tells that it was opened by %s', (method) => {
    outage({ method, bins: [[3, null]] });
    expect(shown().bins).toMatchObject([{ by_hand: { method } }]);
  });

  it('waits also where the code was used up and the power failed before the door opened', () => {
    depot.box.write('code-used', { bin: 3, grant: offlineGrant(depot.box.log.length + 1) });
    depot.box.report();
    // The code is of a kind that this server does not know: that must not stop the log.
    expect(depot.box.acknowledged).toBe(depot.box.log.length);
    expect(shown().bins).toMatchObject([
      { bin: 3, by_hand: { method: null, opened_at: null, taken: false } },
    ]);
  });

  it('waits for nothing after openings that the cloud allowed', () => {
    depot.box.take(depot.box.ask({ code: depot.issue().digits }));
    depot.box.report();
    expect(shown()).toMatchObject({ waiting: false, asked_at: null, bins: [] });
    expect(itemsOf(world.call('listCounts', depot.owner))).toEqual([]);
  });

  it('is told of once an outage, in however many pieces and however often its log arrives', () => {
    for (let visit = 0; visit < 8; visit++) openByHand(depot.box, { bins: [[3, null]] });
    depot.box.confirm();
    depot.box.report();
    depot.box.reportBatch(depot.box.batch(1, 16));
    expect(countEvents()).toEqual(['count.asked']);
    outage({ bins: [[2, null]] });
    expect(countEvents()).toEqual(['count.asked', 'count.asked']);
    expect(waitingBins()).toEqual([2, 3]);
  });
});

describe('a count', () => {
  it('that agrees with the ledger ends the waiting and tells no difference (EM-10)', () => {
    outage({
      target: 0,
      bins: [
        [2, null],
        [3, 7],
      ],
    });
    const answer = count([
      { bin: 3, key_id: null },
      { bin: 2, key_id: secondKey, note: ' as always ' },
    ]);
    expect(answer).toMatchObject({ status: 201, location: `/v1/boxes/${depot.box.resourceId}/count` });
    const key = { status: 'key', key_id: secondKey, fob_label: '' };
    const nothing = { status: 'nothing', key_id: null, fob_label: null };
    expect(answer.body).toEqual({
      id: expect.stringMatching(/^cnt_/),
      box_id: depot.box.resourceId,
      counted_at: new Date(world.ports.nowMs).toISOString(),
      ...{ counted_by: 'Yamada', differences: 0 },
      bins: [
        { bin: 2, ledger: key, found: key, difference: null, note: 'as always' },
        { bin: 3, ledger: nothing, found: nothing, difference: null, note: '' },
      ],
    });
    expect(shown()).toMatchObject({ waiting: false, bins: [], last_count: answer.body });
    expect(itemsOf(world.call('listCounts', depot.owner))).toEqual([]);
    expect(countEvents()).toEqual(['count.asked', 'count.done']);
  });

  it('that differs tells so for each bin, and changes nothing that the sensors said (EM-10)', () => {
    outage({
      target: 0,
      bins: [
        [2, null],
        [3, 7],
      ],
    });
    const ledgerBefore = world.call('listBins', depot.owner, ofBox()).body;
    const body = bodyOf(
      count([
        { bin: 2, key_id: null },
        { bin: 3, fob_label: 'old tag' },
        { bin: 1, key_id: depot.keyId },
      ]),
    );
    expect(body.differences).toBe(3);
    expect(events('count.differs').map(({ bin, data }) => ({ bin, ...data }))).toEqual([
      { bin: 3, ...differs(body, { difference: 'unexpected', found_fob_label: 'old tag' }) },
      { bin: 2, ...differs(body, { difference: 'missing', ledger_key_id: secondKey }) },
      {
        bin: 1,
        ...differs(body, { difference: 'unexpected', found_key_id: depot.keyId, found_fob_label: '' }),
      },
    ]);
    expect(events('count.done')).toMatchObject([{ data: { count_id: body.id, bins: 3, differences: 3 } }]);
    expect(world.call('listBins', depot.owner, ofBox()).body).toEqual(ledgerBefore);
    expect(depot.read('getKey', { key_id: depot.keyId })).toMatchObject({ where: { status: 'out' } });
  });

  const differs = (body: Record<string, unknown>, change: object) => ({
    ...{ count_id: body.id, ledger_key_id: null, found_key_id: null, found_fob_label: null },
    ...change,
  });

  it('is asked for again by a later opening', () => {
    outage({ bins: [[3, 7]] });
    count([{ bin: 3, key_id: null }]);
    outage({ bins: [[2, 8]] });
    expect(waitingBins()).toEqual([2]);
    expect(countEvents()).toEqual(['count.asked', 'count.done', 'count.asked']);
  });

  it('knows a key by what its fob says, and takes the expected one where two say the same', () => {
    const named = (fob_tag: string, fob_label: string) =>
      String(
        bodyOf(
          world.call('createKey', depot.owner, {
            body: { name: fob_label, location_id: depot.locationId, fob_tag, fob_label },
          }),
        ).id,
      );
    const [single, twin] = [named(fobText(20), 'B-1'), named(fobText(21), 'B-2')];
    named(fobText(22), 'B-2');
    depot.box.fill(1, fob(21));
    outage({
      target: 0,
      bins: [
        [1, null],
        [2, null],
        [3, null],
      ],
    });
    const { bins } = bodyOf(
      count([
        { bin: 1, fob_label: ' B-2 ' },
        { bin: 2, fob_label: 'B-1' },
        { bin: 3, fob_label: 'B-2' },
      ]),
    );
    expect(bins).toMatchObject([
      { found: { status: 'key', key_id: twin }, difference: null },
      { found: { status: 'key', key_id: single }, difference: 'another' },
      { found: { status: 'unknown_fob', fob_label: 'B-2' }, difference: 'another' },
    ]);
  });

  it('can be made where a key was retired meanwhile: by what its fob says', () => {
    outage({ bins: [[2, null]] });
    world.call('retireKey', depot.owner, { params: { key_id: secondKey }, ifMatch: '*' });
    expect(shown().bins).toMatchObject([{ ledger: { status: 'unknown_fob', key_id: null, key_name: null } }]);
    expect(refusal([{ bin: 2, key_id: secondKey }])?.pointers).toEqual(['/body/bins/0/key_id unknown-key']);
    expect(bodyOf(count([{ bin: 2, fob_label: 'A-08' }]))).toMatchObject({ differences: 0 });
  });
});

describe('a count is refused', () => {
  beforeEach(() =>
    outage({
      target: 0,
      bins: [
        [2, null],
        [3, 7],
      ],
    }),
  );

  it('when it is half a count, saying what is missing', () => {
    const problem = refusal([{ bin: 3, key_id: null }]);
    expect(problem).toEqual({ code: 'invalid-request', pointers: ['/body/bins bins-missing'] });
    expect(waitingBins()).toEqual([2, 3]);
    expect(countEvents()).toEqual(['count.asked']);
  });

  it.each([
    ['for a bin that the box has not', { bin: 9, key_id: null }, '/body/bins/2/bin no-such-bin'],
    ['when it says nothing of what hangs there', { bin: 1 }, '/body/bins/2 say-what-hangs'],
    ['when it says it twice', { bin: 1, key_id: null, fob_label: 'A' }, '/body/bins/2 say-what-hangs'],
    ['when it tells of a bin twice', { bin: 2, key_id: null }, '/body/bins/2/bin bin-twice'],
    ['for a key that nobody has', { bin: 1, key_id: 'key_x' }, '/body/bins/2/key_id unknown-key'],
  ])('%s', (_title, line, pointer) => {
    const problem = refusal([{ bin: 2, key_id: secondKey }, { bin: 3, key_id: null }, line]);
    expect(problem).toEqual({ code: 'invalid-request', pointers: [pointer] });
    expect(shown()).toMatchObject({ waiting: true, last_count: null });
  });

  it('when nothing waits, so that nothing is counted twice', () => {
    const bins = [
      { bin: 2, key_id: secondKey },
      { bin: 3, key_id: null },
    ];
    count(bins);
    expect(refusal(bins)?.code).toBe('conflict');
    expect(countEvents()).toEqual(['count.asked', 'count.done']);
  });

  it('when the box has told of more since it was read', () => {
    const { etag = '' } = world.call('getBoxCount', depot.owner, ofBox());
    outage({ bins: [[3, null]] });
    const bins = [
      { bin: 2, key_id: secondKey },
      { bin: 3, key_id: null },
    ];
    expect(refusal(bins, etag)?.code).toBe('precondition-failed');
    expect(count(bins, world.call('getBoxCount', depot.owner, ofBox()).etag).status).toBe(201);
  });

  it('of a box that is somebody else’s, or nobody’s, or no box', () => {
    const stranger = world.tenant('Stranger');
    const body = { counted_by: 'x', bins: [{ bin: 3, key_id: null }] };
    for (const box_id of [depot.box.resourceId, 'box_4ZK7Q1M0P9XWT', 'nonsense']) {
      const parts = { params: { box_id }, body };
      expect(problemOf(() => world.call('countBox', stranger, parts))?.code).toBe('not-found');
      expect(problemOf(() => world.call('getBoxCount', stranger, parts))?.code).toBe('not-found');
    }
    expect(itemsOf(world.call('listCounts', stranger, { query: { box_id: depot.box.resourceId } }))).toEqual(
      [],
    );
  });
});

describe('the list of boxes that wait', () => {
  it('can be asked for one box, and refuses what is no box', () => {
    outage({ bins: [[3, null]] });
    const of = (box_id: string) => itemsOf(world.call('listCounts', depot.owner, { query: { box_id } }));
    expect(of(depot.box.resourceId)).toHaveLength(1);
    expect(of('box_4ZK7Q1M0P9XWT')).toEqual([]);
    expect(problemOf(() => of('nonsense'))?.pointers).toEqual(['/query/box_id not-a-box']);
  });
});

describe('a box that changes hands', () => {
  it('waits for nothing once it was given up: what is in it is its next owner’s', () => {
    outage({ bins: [[3, 7]] });
    world.call('releaseBox', depot.owner, ofBox());
    expect(itemsOf(world.call('listCounts', depot.owner))).toEqual([]);
    expect(problemOf(() => shown())?.code).toBe('not-found');
    const next = world.tenant('Next');
    depot.box.claim(
      next,
      String(bodyOf(world.call('createLocation', next, { body: { name: 'x', time_zone: 'UTC' } })).id),
    );
    expect(bodyOf(world.call('getBoxCount', next, ofBox()))).toMatchObject({
      waiting: false,
      last_count: null,
    });
  });

  it('waits for nothing when its owner takes it up again after giving it up', () => {
    outage({ bins: [[3, 7]] });
    world.call('releaseBox', depot.owner, ofBox());
    depot.box.claim(depot.owner, depot.locationId);
    expect(shown()).toMatchObject({ waiting: false, bins: [] });
  });

  it('takes no code of its old log for one of the new, whose numbers begin anew', () => {
    const grant = openByHand(depot.box, { bins: [[3, 7]] });
    depot.box.report();
    depot.box.claim(depot.owner, depot.locationId);
    depot.box.write('open-intended', { bin: 3, grant });
    depot.box.report();
    expect(shown().bins).toMatchObject([{ bin: 3, by_hand: { method: null } }]);
  });

  it('still waits after it was claimed anew by its owner, and its new log asks again', () => {
    outage({ bins: [[3, 7]] });
    depot.box.claim(depot.owner, depot.locationId);
    expect(waitingBins()).toEqual([3]);
    outage({ method: 'booking', bins: [[2, null]] });
    expect(shown().bins).toMatchObject([{ bin: 2, by_hand: { method: 'booking' } }, { bin: 3 }]);
    expect(countEvents()).toEqual(['count.asked', 'count.asked']);
  });
});
