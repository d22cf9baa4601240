// Remote openings over the API and at the box: real tables, real log, a box that asks because it was ordered to.
import { beforeEach, describe, expect, it } from 'vitest';
import { bodyOf, createDepot, type Depot, itemsOf } from '../../../test/depot.ts';
import { createFeaturesWorld, type FeaturesWorld, problemOf } from '../../../test/features-world.ts';
import { fob, ModelBox } from '../../../test/model-box.ts';
import { type PersonRole, rolePermissions } from '../../platform/roles.ts';
import type { Principal } from '../../platform/token-register.ts';

let world: FeaturesWorld;
let depot: Depot;
let box: ModelBox;
let admin: Principal;

beforeEach(() => {
  world = createFeaturesWorld();
  world.features.start();
  depot = createDepot(world);
  box = depot.box;
  world.connected.add(box.boxId);
  admin = person('admin');
});

/** Somebody with a role, signed in. */
function person(role: PersonRole, locationIds: readonly string[] = []): Principal {
  const body = { name: role, role, mail: `${role}@example.jp`, location_ids: locationIds };
  const personId = String(bodyOf(world.call('createPerson', depot.owner, { body })).id);
  return {
    ...{ tenantId: depot.owner.tenantId, tokenId: `ses_${role}`, role, personId },
    permissions: rolePermissions[role],
    scope: locationIds.length === 0 ? { kind: 'tenant' } : { kind: 'locations', locationIds },
  };
}

const bin3 = { target: { bin: 3 }, press: 'none', reason: 'The code was lost' };
const mainLock = { ...bin3, target: 'main_lock' };

function order(body: object = bin3, { by = admin, at = box } = {}): string {
  const params = { box_id: at.resourceId };
  return String(bodyOf(world.call('orderOpening', by, { params, body })).id);
}

const read = (openingId: string) => depot.read('getOpening', { opening_id: openingId });

/** What the box was last asked. */
function heard(at = box) {
  const message = world.sent.findLast(({ boxId, message }) => boxId === at.boxId && message !== undefined);
  if (message?.message?.name !== 'opening-asked') throw new RangeError('the box was asked nothing');
  return message.message.body;
}

/** The box asks because of an order. @returns its answer's name */
function ask(about: { readonly order: Uint8Array; readonly bin: number }, from = box) {
  return from.take(from.ask(about)).map(({ message }) => message.name)[0];
}

const told = () =>
  itemsOf(world.call('listEvents', depot.owner, { query: { limit: 200 } }))
    .map(({ type }) => String(type))
    .filter((type) => /^(opening|bin|key.withdrawn|access|main_lock)\b/.test(type));

describe('a bin that is opened from afar (AC-06)', () => {
  it('opens when the box asks because of it, whatever key hangs there, and the ledger says by whom', () => {
    const id = order();
    expect(heard()).toMatchObject({ bin: 3, press: 'none', waitMs: 0 });
    expect(read(id)).toMatchObject({ state: 'ordered', person_id: admin.personId, target: { bin: 3 } });
    expect(ask(heard())).toBe('access-granted');
    expect(read(id)).toMatchObject({ state: 'granted', grant: 1 });
    box.write('key-taken', { bin: 3, grant: 1, tag: fob(7) });
    box.write('bin-closed', { bin: 3, grant: 1 });
    box.report();
    expect(read(id)).toMatchObject({ state: 'opened', because: null });
    expect(told()).toEqual(
      [
        ...['opening.ordered', 'access.granted', 'opening.granted', 'bin.opened', 'opening.opened'],
        ...['key.withdrawn', 'bin.closed'],
      ].toReversed(),
    );
    const events = itemsOf(world.call('listEvents', depot.owner, { query: { limit: 200 } }));
    for (const type of ['opening.ordered', 'opening.opened', 'access.granted', 'key.withdrawn'])
      expect(events.find((event) => event.type === type)?.data).toMatchObject({ person_id: admin.personId });
    expect(JSON.stringify(events)).not.toContain('The code was lost');
    const where = { status: 'out', person_id: admin.personId, code_id: null };
    expect(depot.read('getKey', { key_id: depot.keyId })).toMatchObject({ where });
  });

  it.each([0, 21, 99, 255])('is none of %i: the box has no such bin (AC-06)', (bin) => {
    const problem = problemOf(() => order({ ...bin3, target: { bin } }));
    expect(problem?.code).toBe('invalid-request');
    expect(world.sent.filter(({ message }) => message?.name === 'opening-asked')).toEqual([]);
  });

  it('is none at a box of another tenant, which does not exist (AC-06, AC-07)', () => {
    const other = createDepot(world, 2);
    world.connected.add(other.box.boxId);
    for (const body of [bin3, mainLock])
      expect(problemOf(() => order(body, { at: other.box }))?.code).toBe('not-found');
  });

  it('is granted once: the same question gets the same grant, another one none', () => {
    order();
    const asked = heard();
    const first = box.ask(asked);
    const again = box.askAgain(asked);
    expect(again).toEqual(first);
    box.take(again);
    box.write('bin-closed', { bin: 3, grant: 1 });
    box.report();
    expect(ask(asked)).toBe('access-refused');
    expect(box.opened).toEqual([1]);
  });

  it('did not open when the answer was lost and the box’s log went on without it', () => {
    const id = order();
    box.ask(heard());
    box.confirm();
    expect(read(id)).toMatchObject({ state: 'not_opened' });
    expect(ask(heard())).toBe('access-refused');
  });

  it('did not open when the latch jammed', () => {
    const id = order();
    const [answer] = box.ask(heard());
    expect(answer?.message.name).toBe('access-granted');
    box.write('open-intended', { bin: 3, grant: 1 });
    box.write('bin-jammed', { bin: 3, grant: 1 });
    box.report();
    expect(read(id)).toMatchObject({ state: 'not_opened' });
  });

  it('waits until the box has reported its log, and is asked for again then', () => {
    const id = order();
    const asked = heard();
    box.write('mains-lost');
    const [answer] = box.take(box.ask(asked));
    expect(answer?.message.body).toMatchObject({ reason: 'try-again' });
    expect(read(id)).toMatchObject({ state: 'asked' });
    world.sent.length = 0;
    box.report();
    expect(heard()).toMatchObject({ order: asked.order, press: 'none' });
    expect(ask(heard())).toBe('access-granted');
  });
});

describe('the main lock, opened from afar (AC-07)', () => {
  it('opens the whole box, and its log says so', () => {
    const id = order(mainLock);
    expect(heard()).toMatchObject({ bin: 0 });
    expect(ask(heard())).toBe('access-granted');
    box.report();
    expect(read(id)).toMatchObject({ state: 'opened', target: 'main_lock' });
    expect(told()).toEqual(expect.arrayContaining(['main_lock.opened', 'opening.opened']));
  });

  it('names whoever had it opened with each key that is taken while the front stands open (SEC-02)', () => {
    const taken = () =>
      itemsOf(world.call('listEvents', depot.owner, { query: { type: 'key.withdrawn' } }))[0]?.data;
    order(mainLock);
    ask(heard());
    box.write('key-taken', { bin: 3, tag: fob(7) });
    box.report();
    expect(taken()).toMatchObject({ grant: 0, front_open: true, person_id: admin.personId });
    expect(depot.read('getKey', { key_id: depot.keyId })).toMatchObject({
      where: { status: 'out', person_id: admin.personId },
    });
    box.fill(3, fob(7));
    box.write('main-lock-closed', { grant: 1 });
    // Behind a shut front nobody is named who had it opened an hour ago.
    box.write('key-taken', { bin: 3, tag: fob(7) });
    box.report();
    expect(taken()).toEqual({ grant: 0 });
  });

  it('names nobody any more when the box has lost its log: the front may have been shut meanwhile', () => {
    order(mainLock);
    ask(heard());
    box.report();
    const { tenantId } = depot.owner;
    world.commit(() => world.events.publish('box-log-restarted', { tenantId, boxId: box.boxId }));
    box.write('key-taken', { bin: 3, tag: fob(7) });
    box.report();
    expect(depot.read('getKey', { key_id: depot.keyId })).toMatchObject({ where: { person_id: null } });
  });

  it('is not opened by an order for a bin, nor a bin by an order for the main lock', () => {
    const id = order();
    expect(ask({ ...heard(), bin: 0 })).toBe('access-refused');
    expect(read(id)).toMatchObject({ state: 'refused', because: 'order_of_another_bin' });
    order(mainLock);
    expect(ask({ ...heard(), bin: 3 })).toBe('access-refused');
    expect(box.opened).toEqual([]);
  });
});

describe('who may open from afar (SEC-03)', () => {
  it('is whoever administers the location, and nobody else, whatever keys the others may take', () => {
    const may = (Object.keys(rolePermissions) as PersonRole[]).filter((role) =>
      rolePermissions[role].includes('boxes:open'),
    );
    expect(may).toEqual(['owner', 'admin', 'location_manager']);
  });

  it('is nobody at a location that he does not administer: its box does not exist for him', () => {
    const body = { name: 'Elsewhere', time_zone: 'Asia/Tokyo' };
    const elsewhere = String(bodyOf(world.call('createLocation', depot.owner, { body })).id);
    const manager = person('location_manager', [elsewhere]);
    expect(problemOf(() => order(bin3, { by: manager }))?.code).toBe('not-found');
    expect(problemOf(() => order(mainLock, { by: manager }))?.code).toBe('not-found');
  });

  it.each([
    ['his role is taken away', { role: 'operator' }],
    ['he is moved to another location', { location_ids: [] as string[] }],
    ['he is put into quarantine', 'quarantine'],
    ['he leaves', { ends_at: '2026-04-01T09:00:10Z' }],
  ])('ends between order and button when %s (SEC-06)', (_name, change) => {
    const manager = person('location_manager', [depot.locationId]);
    const id = order({ ...bin3, press: 'button' }, { by: manager });
    const body = { name: 'Elsewhere', time_zone: 'Asia/Tokyo' };
    const elsewhere = String(bodyOf(world.call('createLocation', depot.owner, { body })).id);
    const moves = typeof change === 'object' && 'location_ids' in change;
    const changed = moves ? { location_ids: [elsewhere] } : change;
    const params = { person_id: manager.personId };
    if (change === 'quarantine') world.call('quarantinePerson', depot.owner, { params });
    else world.call('changePerson', depot.owner, { params, body: changed, ifMatch: '*' });
    world.ports.advance(15_000);
    expect(ask(heard())).toBe('access-refused');
    expect(read(id)).toMatchObject({ state: 'refused', because: 'right_lost' });
  });

  it('is a program only while its token is in force', () => {
    const token = { name: 'Console', permissions: ['boxes:open'] };
    const made = bodyOf(world.call('createApiToken', depot.owner, { body: token }));
    const program = { ...depot.owner, tokenId: String(made.id), permissions: ['boxes:open'] as const };
    order(bin3, { by: program });
    expect(ask(heard())).toBe('access-granted');
    box.write('bin-closed', { bin: 3, grant: 1 });
    box.report();
    order(bin3, { by: program });
    world.call('revokeApiToken', depot.owner, { params: { token_id: made.id } });
    expect(ask(heard())).toBe('access-refused');
  });
});

describe('an order', () => {
  it('is not given to a box that is offline, and says what to do instead (AC-06, AC-07)', () => {
    world.connected.clear();
    expect(problemOf(() => order())?.code).toBe('box-offline');
    expect(problemOf(() => order(mainLock))?.code).toBe('box-offline');
    expect(world.call('listOpenings', depot.owner).body).toMatchObject({ data: [] });
  });

  it('expires when nobody presses the button in time (AC-06)', () => {
    const id = order({ ...bin3, press: 'button', wait_seconds: 60 });
    expect(heard()).toMatchObject({ press: 'button', waitMs: 60_000 });
    world.ports.advance(62_000);
    expect(read(id)).toMatchObject({ state: 'expired', because: 'time_over' });
    expect(ask(heard())).toBe('access-refused');
    expect(told()[0]).toBe('access.refused');
    expect(told()).toContain('opening.expired');
  });

  it('opens when the button is pressed in its last moment', () => {
    order({ ...bin3, press: 'button', wait_seconds: 60 });
    world.ports.advance(61_000);
    expect(ask(heard())).toBe('access-granted');
  });

  it('is over when the box loses its connection, and no later contact brings it back (AC-06)', () => {
    const id = order({ ...bin3, press: 'button' });
    const asked = heard();
    world.commit(() => world.events.publish('box-disconnected', { boxId: box.boxId }));
    expect(read(id)).toMatchObject({ state: 'expired', because: 'box_went_offline' });
    box.confirm();
    expect(ask(asked)).toBe('access-refused');
    expect(box.opened).toEqual([]);
  });

  it('is over when the box begins anew, as after a power cut (AC-06)', () => {
    const id = order({ ...bin3, press: 'button' });
    const { tenantId } = depot.owner;
    world.commit(() => world.events.publish('box-connected', { tenantId, boxId: box.boxId }));
    expect(read(id)).toMatchObject({ state: 'expired', because: 'box_began_anew' });
    expect(ask(heard())).toBe('access-refused');
  });

  it('of another box opens nothing, and stays good at its own (AC-06)', () => {
    const other = new ModelBox(world, 2);
    other.enrol(depot.owner, depot.locationId);
    order();
    const asked = heard();
    expect(ask(asked, other)).toBe('access-refused');
    expect(other.opened).toEqual([]);
    expect(ask(asked)).toBe('access-granted');
  });

  it('of another tenant is one that nobody gave', () => {
    const theirs = createDepot(world, 3);
    const id = order();
    expect(ask(heard(), theirs.box)).toBe('access-refused');
    expect(read(id)).toMatchObject({ state: 'ordered' });
  });

  it('that nobody gave opens nothing (AC-07)', () => {
    expect(ask({ order: new Uint8Array(8).fill(9), bin: 0 })).toBe('access-refused');
    expect(box.opened).toEqual([]);
  });

  it('does not outlive the process that gave it (AC-06)', () => {
    const id = order({ ...bin3, press: 'button', wait_seconds: 120 });
    const asked = heard();
    const again = createFeaturesWorld({ image: world.database.serialize(), ports: world.ports });
    box.world = again;
    // Also before the new process has looked at what the old one left behind.
    expect(ask(asked)).toBe('access-refused');
    again.features.start();
    again.ports.drain();
    const params = { opening_id: id };
    expect(again.call('getOpening', depot.owner, { params }).body).toMatchObject({
      ...{ state: 'expired', because: 'cloud_restarted' },
    });
    expect(ask(asked)).toBe('access-refused');
  });

  it('is one at a time: a second waits until the first has opened or is over', () => {
    order({ ...bin3, press: 'button' });
    expect(problemOf(() => order(mainLock))?.code).toBe('conflict');
    world.ports.advance(32_000);
    expect(problemOf(() => order(mainLock))).toBeUndefined();
  });

  it.each([
    ['a bin that the box has not', { target: { bin: 5 } }, '/body/target/bin no-such-bin'],
    ['a long wait without a button', { wait_seconds: 31 }, '/body/wait_seconds too-long'],
  ])('for %s is refused', (_name, change, pointer) => {
    expect(problemOf(() => order({ ...bin3, ...change }))?.pointers).toEqual([pointer]);
  });

  it.each([
    [{ target: { bin: 0 } }],
    [{ target: 'everything' }],
    [{ press: 'later' }],
    [{ wait_seconds: 4 }],
    [{ wait_seconds: 121, press: 'button' }],
    [{ reason: '' }],
    [{ reason: '\u202egnp' }],
  ])('that is malformed is refused: %j', (change) => {
    expect(problemOf(() => order({ ...bin3, ...change }))?.code).toBe('invalid-request');
  });
});
