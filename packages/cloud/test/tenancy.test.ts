// Two tenants in one database: no route shows, changes or even admits what belongs to the other. The
// list of routes is the real one, so a route that is added without a thought for this fails here.
import { beforeEach, describe, expect, it } from 'vitest';
import type { Route } from '../src/platform/route.ts';
import { bodyOf, createDepot, type Depot, itemsOf } from './depot.ts';
import { createFeaturesWorld, type FeaturesWorld, problemOf } from './features-world.ts';
import { openByHand } from './hand-opening.ts';

type RequestRoute = Extract<Route, { kind: 'request' }>;

let world: FeaturesWorld;
let mine: Depot;
let theirs: Depot;
let theirCode: string;
let theirBooking: string;
let theirToken: string;
let theirPerson: string;
let theirGroup: string;
let theirOpening: string;
let theirKeyGroup: string;
let theirPermission: string;
let theirChannel: string;
let theirRule: string;
let theirDelivery: string;

beforeEach(() => {
  world = createFeaturesWorld();
  mine = createDepot(world, 1);
  theirs = createDepot(world, 2);
  theirCode = theirs.issue().id;
  theirBooking = String(bodyOf(world.call('createBooking', theirs.owner, { body: booked(theirs.keyId) })).id);
  for (const { box } of [mine, theirs]) {
    openByHand(box, { bins: [[3, null]] });
    box.report();
  }
  const made = (operationId: string, body: object): string =>
    String(bodyOf(world.call(operationId, theirs.owner, { body })).id);
  theirPerson = made('createPerson', { name: 'Theirs', role: 'operator', mail: 'theirs@example.jp' });
  theirGroup = made('createUserGroup', { name: 'Theirs' });
  for (const { box } of [mine, theirs]) world.connected.add(box.boxId);
  theirOpening = String(
    bodyOf(
      world.call('orderOpening', theirs.owner, {
        params: { box_id: theirs.box.resourceId },
        body: bodies.orderOpening,
      }),
    ).id,
  );
  world.ports.advance(60_000);
  world.call('addGroupMember', theirs.owner, { params: { group_id: theirGroup, member_id: theirPerson } });
  theirKeyGroup = made('createKeyGroup', { name: 'Theirs' });
  world.call('addKeyGroupMember', theirs.owner, {
    params: { key_group_id: theirKeyGroup, key_member_id: theirs.keyId },
  });
  theirPermission = made('giveKeyPermission', {
    ...{ person_id: theirPerson, key_id: theirs.keyId, right: 'exchange' },
  });
  // Their audit is the longer one.
  theirs.box.write('mains-lost');
  theirs.box.report();
  const token = { name: 'Theirs', permissions: ['keys:read'] };
  ({ channel: theirChannel, rule: theirRule, delivery: theirDelivery } = haveNotices(theirs));
  haveNotices(mine);
  theirToken = String(
    (world.call('createApiToken', theirs.owner, { body: token }).body as { id: string }).id,
  );
});

/** Channel, rule and delivery of a depot: the trial makes the delivery. */
function haveNotices({ owner }: Depot) {
  const made = (operationId: string, body: object): string =>
    String(bodyOf(world.call(operationId, owner, { body })).id);
  const place = { kind: 'webhook', label: 'x', address: 'https://hooks.example.jp/' };
  const channel = made('createNoticeChannel', place);
  const rule = made('createNoticeRule', { label: 'x', events: ['*'], channel_ids: [channel] });
  world.call('tryNoticeChannel', owner, { params: { channel_id: channel } });
  const [delivery] = itemsOf(world.call('listNoticeDeliveries', owner));
  return { channel, rule, delivery: String(delivery?.id) };
}

const booked = (key_id: string) => ({
  ...{ key_id, starts_at: '2026-04-02T09:00:00Z', ends_at: '2026-04-03T09:00:00Z' },
});

const permitted = { key_group_id: 'all-keys', right: 'exchange' };
const toMine = () => ({
  person_id: bodyOf(world.call('createPerson', mine.owner, { body: { name: 'Mine' } })).id,
  right: 'exchange',
});

/** The other tenant's id for each parameter that a path may have. */
const foreign = (): Readonly<Record<string, string>> => ({
  location_id: theirs.locationId,
  box_id: theirs.box.resourceId,
  key_id: theirs.keyId,
  code_id: theirCode,
  booking_id: theirBooking,
  token_id: theirToken,
  person_id: theirPerson,
  group_id: theirGroup,
  member_id: theirPerson,
  opening_id: theirOpening,
  key_group_id: theirKeyGroup,
  key_member_id: theirs.keyId,
  permission_id: theirPermission,
  channel_id: theirChannel,
  rule_id: theirRule,
  delivery_id: theirDelivery,
  // Both ledgers count from 1: this number is beyond the caller's own and within the other's.
  record_id: `aud_${String(bodyOf(world.call('getAuditTreeHead', theirs.owner)).tree_size).padStart(12, '0')}`,
  event_id: `evt_${String(world.features.events.ledger(theirs.owner.tenantId).end()).padStart(12, '0')}`,
});

const ownChannel = (): string => String(itemsOf(world.call('listNoticeChannels', mine.owner))[0]?.id);

/** A body that the schema takes, for each route that changes something under a path with an id. */
const bodies: Readonly<Record<string, unknown>> = {
  changeLocation: { name: 'x' },
  changeBox: { name: 'x' },
  changeKey: { name: 'x' },
  changeKeyCode: { label: 'x' },
  changePerson: { language: 'en' },
  setBadge: { tag: '04:99:88:77:66:55:44' },
  changeUserGroup: { name: 'x' },
  changeNoticeChannel: { label: 'x' },
  changeNoticeRule: { label: 'x' },
  replayNoticeChannel: { from_sequence: 1 },
  changeEmergency: { first_use_hours: 24 },
  changeKeyGroup: { name: 'x' },
  changeKeyPermission: { right: 'manage' },
  setAccessPolicy: {
    ...{ second_factor: 'off', badge: 'on', opening_windows: null, holidays: [], quiet_hours: [] },
  },
  printSheet: { format: 'csv' },
  answerChallenge: { challenge: '12345678', bin: 1, caller: 'x' },
  enrolAuthenticator: { label: 'x' },
  orderOpening: { target: { bin: 1 }, press: 'none', reason: 'x' },
  setReturnRule: { due_after_minutes: 60, grace_minutes: 0 },
  countBox: { counted_by: 'x', bins: [{ bin: 3, key_id: null }] },
};

const routes = createFeaturesWorld().features.routes.filter(
  // What one’s own sign-in is made of is a person’s; test/passkey-trip.test.ts asks for it from another tenant.
  (route): route is RequestRoute => route.kind === 'request' && !route.url.startsWith('/v1/own-sign-in'),
);
const named = routes.map((route) => [route.operationId, route] as const);

describe('the tables', () => {
  it('begin their primary key with the tenant, every one', () => {
    const tables = world.database
      .prepare<{ name: string }>(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
      )
      .all()
      .map(({ name }) => name)
      .filter((name) => name !== 'migration');
    expect(tables.length).toBeGreaterThan(15);
    for (const table of tables) {
      const first = world.database
        .prepare<{ name: string; pk: number }>(`SELECT name, pk FROM pragma_table_info('${table}')`)
        .all()
        .find(({ pk }) => pk === 1);
      expect([table, first?.name]).toEqual([table, 'tenant_id']);
    }
  });

  it('refer to other tables by keys that begin with the tenant', () => {
    const references = world.database
      .prepare<{ child: string; id: number; seq: number; from: string; to: string }>(
        `SELECT m.name AS child, f.id, f.seq, f."from", f."to" FROM sqlite_master m
         JOIN pragma_foreign_key_list(m.name) f WHERE m.type = 'table' AND f.seq = 0`,
      )
      .all();
    expect(references.length).toBeGreaterThan(10);
    for (const { child, from, to } of references)
      expect([child, from, to]).toEqual([child, 'tenant_id', 'tenant_id']);
  });
});

describe('every route with an id in its path', () => {
  it.each(named.filter(([, { url }]) => url.includes(':')))(
    '%s answers the other tenant’s id like one that nobody has',
    (operationId, route) => {
      const names = [...route.url.matchAll(/:(\w+)/g)].map(([, name]) => String(name));
      const ids = foreign();
      const params = Object.fromEntries(names.map((name) => [name, ids[name]]));
      expect(Object.values(params)).not.toContain(undefined);
      const parts = { params, body: bodies[operationId], ifMatch: '*' };
      expect(problemOf(() => world.call(operationId, mine.owner, parts))?.code).toBe('not-found');
      // The same call by its owner has its effect: it was the tenant that was refused.
      expect(problemOf(() => world.call(operationId, theirs.owner, parts))).toBeUndefined();
    },
  );
});

describe('every list', () => {
  it.each(named.filter(([id]) => id.startsWith('list')))(
    '%s shows nothing of the other tenant',
    (operationId, route) => {
      const names = [...route.url.matchAll(/:(\w+)/g)].map(([, name]) => String(name));
      const group = { name: 'Mine' };
      const own = {
        box_id: mine.box.resourceId,
        key_id: mine.keyId,
        group_id: bodyOf(world.call('createUserGroup', mine.owner, { body: group })).id,
        key_group_id: bodyOf(world.call('createKeyGroup', mine.owner, { body: group })).id,
        person_id: bodyOf(world.call('createPerson', mine.owner, { body: group })).id,
      };
      const params = Object.fromEntries(names.map((name) => [name, own[name as keyof typeof own]]));
      const shown = JSON.stringify(
        world.call(operationId, mine.owner, { params, query: { limit: 200 } }).body,
      );
      const { event_id, record_id, ...ids } = foreign();
      for (const id of Object.values(ids)) expect(shown).not.toContain(id);
      expect([event_id, record_id]).toEqual([expect.stringMatching(/^evt_/), expect.stringMatching(/^aud_/)]);
    },
  );

  it('takes a filter by the other tenant’s ids as one that fits nothing', () => {
    for (const [operationId, query] of [
      ['listKeyCodes', { key_id: theirs.keyId }],
      ['listBookings', { key_id: theirs.keyId }],
      ['listBookings', { box_id: theirs.box.resourceId }],
      ['listKeys', { location_id: theirs.locationId }],
      ['listEvents', { key_id: theirs.keyId }],
      ['listEvents', { box_id: theirs.box.resourceId }],
      ['listNoticeDeliveries', { channel_id: theirChannel }],
      ['listCounts', { box_id: theirs.box.resourceId }],
      ['listOpenings', { box_id: theirs.box.resourceId }],
      ['listKeyPermissions', { person_id: theirPerson }],
      ['listKeyPermissions', { user_group_id: theirGroup }],
      ['listKeyPermissions', { key_id: theirs.keyId }],
      ['listKeyPermissions', { key_group_id: theirKeyGroup }],
    ] as const)
      expect(world.call(operationId, mine.owner, { query }).body).toMatchObject({
        data: [],
        has_more: false,
      });
  });
});

describe('every reference in a body', () => {
  it.each([
    [
      'createKey',
      () => ({ name: 'x', location_id: theirs.locationId, fob_tag: '0102030405060708' }),
      '/body/location_id',
    ],
    ['createKeyCode', () => ({ key_id: theirs.keyId }), '/body/key_id'],
    ['createBooking', () => booked(theirs.keyId), '/body/key_id'],
    ['createPerson', () => ({ name: 'x', location_ids: [theirs.locationId] }), '/body/location_ids/0'],
    ['createUserGroup', () => ({ name: 'x', location_id: theirs.locationId }), '/body/location_id'],
    ['createKeyGroup', () => ({ name: 'x', location_id: theirs.locationId }), '/body/location_id'],
    ['giveKeyPermission', () => ({ ...permitted, person_id: theirPerson }), '/body/person_id'],
    ['giveKeyPermission', () => ({ ...permitted, user_group_id: theirGroup }), '/body/user_group_id'],
    ['giveKeyPermission', () => ({ ...toMine(), key_id: theirs.keyId }), '/body/key_id'],
    ['giveKeyPermission', () => ({ ...toMine(), key_group_id: theirKeyGroup }), '/body/key_group_id'],
    [
      'createNoticeRule',
      () => ({ label: 'x', events: ['*'], channel_ids: [theirChannel] }),
      '/body/channel_ids/0',
    ],
    [
      'createBooking',
      () => ({ ...booked(mine.addKey(8)), box_id: theirs.box.resourceId, bin: 3 }),
      '/body/box_id',
    ],
  ])('%s takes the other tenant’s id for one that nobody has', (operationId, body, pointer) => {
    const problem = problemOf(() => world.call(operationId, mine.owner, { body: body() }));
    expect(problem).toMatchObject({ code: 'invalid-request' });
    expect(problem?.pointers[0]).toContain(pointer);
  });

  it.each(['location_id', 'box_id', 'key_id'] as const)(
    'createNoticeRule takes the other tenant’s %s for one that nobody has',
    (field) => {
      const body = { label: 'x', events: ['*'], channel_ids: [ownChannel()], [field]: foreign()[field] };
      const problem = problemOf(() => world.call('createNoticeRule', mine.owner, { body }));
      expect(problem?.pointers).toEqual([`/body/${field} unknown-reference`]);
    },
  );

  it('finds no key of the other tenant in a bin, by its id or by its fob', () => {
    const counted = (hangs: object) =>
      world.call('countBox', mine.owner, {
        params: { box_id: mine.box.resourceId },
        body: { counted_by: 'x', bins: [{ bin: 3, ...hangs }] },
      });
    const label = { params: { key_id: theirs.keyId }, body: { fob_label: 'theirs' }, ifMatch: '*' };
    world.call('changeKey', theirs.owner, label);
    expect(problemOf(() => counted({ key_id: theirs.keyId }))?.pointers).toEqual([
      '/body/bins/0/key_id unknown-key',
    ]);
    expect(counted({ fob_label: 'theirs' }).body).toMatchObject({
      bins: [{ found: { status: 'unknown_fob', key_id: null } }],
    });
  });

  it('keeps a box, a key and a fob where they are when a place of the other tenant is named', () => {
    const change = { body: { location_id: theirs.locationId }, ifMatch: '*' };
    const ofBox = { params: { box_id: mine.box.resourceId }, ...change };
    const ofKey = { params: { key_id: mine.keyId }, ...change };
    expect(problemOf(() => world.call('changeBox', mine.owner, ofBox))?.code).toBe('invalid-request');
    expect(problemOf(() => world.call('changeKey', mine.owner, ofKey))?.code).toBe('invalid-request');
  });

  it('lets both tenants have the same fob: each has its own key by it', () => {
    expect(mine.read('getKey', { key_id: mine.keyId })).toMatchObject({
      where: { box_id: mine.box.resourceId },
    });
    expect(theirs.read('getKey', { key_id: theirs.keyId })).toMatchObject({
      where: { box_id: theirs.box.resourceId },
    });
  });
});

describe('the database itself', () => {
  it('refuses a row that points into another tenant', () => {
    const insert = world.database.prepare(
      `INSERT INTO key (tenant_id, key_id, location_id, name, fob_label, fob_tag, created_at_ms)
       VALUES (?, 'key_x', ?, 'x', '', zeroblob(8), 0)`,
    );
    expect(() => insert.run(mine.owner.tenantId, theirs.locationId)).toThrow('FOREIGN KEY');
  });

  it('refuses a second owner of one box', () => {
    const insert = world.database.prepare(
      `INSERT INTO box (tenant_id, box_id, location_id, name, life, claimed_at_ms, language, help_phone, left_open_ms, idle_ms, offline_after_ms)
       VALUES (?, ?, ?, 'x', 'claimed', 0, 'ja', '', 1, 1, 1)`,
    );
    expect(() => insert.run(mine.owner.tenantId, theirs.box.boxId, mine.locationId)).toThrow('UNIQUE');
  });

  it('refuses to change or remove an event', () => {
    expect(() => world.database.exec("UPDATE event SET kind = 'x'")).toThrow('never changed');
    expect(() => world.database.exec('DELETE FROM event')).toThrow('never removed');
  });

  it('refuses to change or remove what the audit holds: records, subtrees and heads (SEC-14)', () => {
    world.features.audit.watch({ timers: world.ports.timers, commitGroup: world.commitGroup });
    world.ports.advance(60_000);
    for (const [table, change] of [
      ['audit_record', "record = '{}'"],
      ['audit_subtree', 'hash = zeroblob(32)'],
      ['audit_head', 'signature = zeroblob(64)'],
    ] as const) {
      expect(() => world.database.exec(`UPDATE ${table} SET ${change}`)).toThrow('never changed');
      expect(() => world.database.exec(`DELETE FROM ${table}`)).toThrow('never removed');
      expect(() => world.database.exec(`INSERT OR REPLACE INTO ${table} SELECT * FROM ${table}`)).toThrow(
        'never removed',
      );
    }
  });
});
