// Two locations of one tenant, and somebody who sees only one: at every route the other answers like one that nobody
// has. The list of routes is the real one, so a route that is added without a thought for this fails here.
import { beforeEach, describe, expect, it } from 'vitest';
import { parseApiToken, type TokenProof } from '../src/platform/api-token.ts';
import type { StreamEvent } from '../src/platform/event-stream.ts';
import type { Route } from '../src/platform/route.ts';
import type { Principal } from '../src/platform/token-register.ts';
import { bodyOf, createDepot, type Depot, itemsOf } from './depot.ts';
import { createFeaturesWorld, type FeaturesWorld, problemOf } from './features-world.ts';
import { openByHand } from './hand-opening.ts';
import { fob, fobText, ModelBox } from './model-box.ts';

type RequestRoute = Extract<Route, { kind: 'request' }>;

let world: FeaturesWorld;
let here: Depot;
let manager: Principal;
let elsewhere: Readonly<Record<string, string>>;

beforeEach(() => {
  world = createFeaturesWorld();
  here = createDepot(world, 1);
  const { owner } = here;
  const made = (operationId: string, body: object): string =>
    String(bodyOf(world.call(operationId, owner, { body })).id);
  const locationId = made('createLocation', { name: 'Elsewhere', time_zone: 'Asia/Tokyo' });
  const box = new ModelBox(world, 2);
  box.enrol(owner, locationId);
  const keyId = made('createKey', { name: 'Van 8', location_id: locationId, fob_tag: fobText(8) });
  const booked = { starts_at: '2026-04-02T09:00:00Z', ends_at: '2026-04-03T09:00:00Z' };
  const ids = {
    location_id: locationId,
    box_id: box.resourceId,
    key_id: keyId,
    code_id: made('createKeyCode', { key_id: keyId }),
    booking_id: made('createBooking', { key_id: keyId, box_id: box.resourceId, bin: 2, ...booked }),
    person_id: made('createPerson', {
      ...{ name: 'Elsewhere', role: 'operator', mail: 'elsewhere@example.jp', phone: '+819012345678' },
      location_ids: [locationId],
    }),
    group_id: made('createUserGroup', { name: 'Elsewhere', location_id: locationId }),
    key_group_id: made('createKeyGroup', { name: 'Elsewhere', location_id: locationId }),
    token_id: made('createApiToken', {
      ...{ name: 'Elsewhere', permissions: ['keys:read'], location_ids: [locationId] },
    }),
  };
  openByHand(box, { bins: [[3, null]] });
  box.report();
  const params = { group_id: ids.group_id, member_id: ids.person_id };
  world.call('addGroupMember', owner, { params });
  const rule = { due_after_minutes: 1, grace_minutes: 0 };
  world.call('setReturnRule', owner, { params: { key_id: keyId }, body: rule });
  box.fill(4, fob(8));
  box.write('key-taken', { bin: 4, tag: fob(8), timeMs: world.ports.nowMs - 120_000 });
  box.report();
  world.connected.add(box.boxId);
  const opening = { params: { box_id: box.resourceId }, body: bodies.orderOpening };
  const opening_id = String(bodyOf(world.call('orderOpening', owner, opening)).id);
  world.ports.advance(60_000);
  const [event] = itemsOf(world.call('listEvents', owner, { query: { location_id: locationId } }));
  const inGroup = { key_group_id: ids.key_group_id, key_member_id: keyId };
  world.call('addKeyGroupMember', owner, { params: inGroup });
  const permission = { person_id: ids.person_id, key_id: keyId, right: 'exchange' };
  elsewhere = {
    ...{ ...ids, member_id: ids.person_id, key_member_id: keyId, event_id: String(event?.id) },
    opening_id,
    permission_id: made('giveKeyPermission', permission),
  };
  const idCode = world.call('setIdCode', owner, { params: { person_id: ids.person_id } });
  box.fill(2, fob(8));
  box.ask({ code: String(bodyOf(idCode).id_code) });
  manager = { ...owner, scope: { kind: 'locations', locationIds: [here.locationId] } };
});

const allKeys = { key_group_id: 'all-keys', right: 'exchange' };

const bodies: Readonly<Record<string, unknown>> = {
  changeLocation: { name: 'x' },
  changeBox: { name: 'x' },
  changeKey: { name: 'x' },
  changeKeyCode: { label: 'x' },
  changePerson: { language: 'en' },
  setBadge: { tag: '04:99:88:77:66:55:44' },
  changeUserGroup: { name: 'x' },
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
  // What one’s own sign-in is made of is a person’s and stands nowhere; test/passkey-trip.test.ts has it.
  (route): route is RequestRoute => route.kind === 'request' && !route.url.startsWith('/v1/own-sign-in'),
);
const named = routes.map((route) => [route.operationId, route] as const);
const confined = named.filter(([, { tenantWide }]) => tenantWide !== true);

describe('who sees one location only', () => {
  it.each(confined.filter(([, { url }]) => url.includes(':')))(
    'gets from %s the answer of an id that nobody has for one that is elsewhere (SEC-17)',
    (operationId, route) => {
      const names = [...route.url.matchAll(/:(\w+)/g)].map(([, name]) => String(name));
      const params = Object.fromEntries(names.map((name) => [name, elsewhere[name]]));
      expect(Object.values(params)).not.toContain(undefined);
      const parts = { params, body: bodies[operationId], ifMatch: '*' };
      expect(problemOf(() => world.call(operationId, manager, parts))?.code).toBe('not-found');
      // The same call by somebody who sees all has its effect: it was the place that was refused.
      expect(problemOf(() => world.call(operationId, here.owner, parts))).toBeUndefined();
    },
  );

  it.each(confined.filter(([id, { url }]) => id.startsWith('list') && !url.includes(':')))(
    'finds in %s nothing that is elsewhere (SEC-17)',
    (operationId) => {
      const shown = (caller: Principal) =>
        JSON.stringify(world.call(operationId, caller, { query: { limit: 200 } }).body);
      const ids = Object.values(elsewhere);
      expect(ids.some((id) => shown(here.owner).includes(id))).toBe(true);
      for (const id of ids) expect(shown(manager)).not.toContain(id);
    },
  );

  it.each(named.filter(([, { tenantWide }]) => tenantWide === true))(
    'is refused %s, which concerns the whole organisation',
    (operationId, { url, query, body }) => {
      const names = [...url.matchAll(/:(\w+)/g)].map(([, name]) => [String(name), 'x']);
      const params = Object.fromEntries(names);
      const parts = { params, query: examples(query)[0] as object | undefined, body: examples(body)[0] };
      expect(problemOf(() => world.call(operationId, manager, parts))?.code).toBe('permission-missing');
    },
  );

  it('follows live what happens at the own location and nothing that happens elsewhere (SEC-17)', () => {
    const route = world.features.routes.find((one) => one.kind === 'stream');
    if (route?.kind !== 'stream') throw new RangeError('no stream');
    const follow = (query: object, lastEventId: string | undefined) => {
      const got: StreamEvent[] = [];
      const stream = { lastEventId, send: (event: StreamEvent) => got.push(event) > 0, close: () => {} };
      route.open({ principal: manager, query } as never, stream);
      return got;
    };
    const live = follow({}, undefined);
    const missed = follow({}, 'evt_000000000000');
    const filtered = [
      follow({ box_id: elsewhere.box_id }, 'evt_000000000000'),
      follow({ location_id: elsewhere.location_id }, 'evt_000000000000'),
    ];
    const label = { body: { name: 'x', role: 'operator', location_ids: [elsewhere.location_id] } };
    world.call('createPerson', here.owner, label);
    here.box.write('mains-lost');
    here.box.report();
    expect(live.map(({ event }) => event)).toEqual(['mains.lost']);
    expect(missed.length).toBeGreaterThan(live.length);
    for (const id of Object.values(elsewhere)) expect(JSON.stringify([live, missed])).not.toContain(id);
    expect(filtered).toEqual([[], []]);
  });

  it('sees of a person who works here and elsewhere only that they work here (SEC-17)', () => {
    const body = { name: 'Both', location_ids: [here.locationId, elsewhere.location_id] };
    const person_id = bodyOf(world.call('createPerson', here.owner, { body })).id;
    const seen = [
      world.call('listPeople', manager),
      world.call('getPerson', manager, { params: { person_id } }),
      world.call('revealPerson', manager, { params: { person_id } }),
    ].map((answer) => JSON.stringify(answer.body));
    for (const text of seen) {
      expect(text).toContain(here.locationId);
      expect(text).not.toContain(elsewhere.location_id);
    }
  });

  it.each(routes.map((route) => [route.operationId, route] as const))(
    'is kept from what is elsewhere by the name of the field: each id in %s has one (SEC-17)',
    (_operationId, { body, query }) => {
      for (const part of [body, query])
        for (const [name, value] of examples(part).flatMap((example) => leavesOf(example, '')))
          if (/^(loc|box|key|code|bkg|per|grp|evt)_/.test(value)) expect(name).toMatch(/(^|_)ids?$/);
    },
  );

  it('finds what is at the own location, page by page, without gaps', () => {
    const keys = [here.keyId, here.addKey(9), here.addKey(10)];
    const found: unknown[] = [];
    let cursor: string | undefined;
    do {
      const query = { limit: 1, ...(cursor === undefined ? {} : { cursor }) };
      const page = world.call('listKeys', manager, { query }).body as {
        readonly data: readonly { readonly id: string }[];
        readonly next_cursor: string | null;
      };
      found.push(...page.data.map(({ id }) => id));
      cursor = page.next_cursor ?? undefined;
    } while (cursor !== undefined);
    expect(found).toEqual(keys);
  });

  it.each([
    [
      'createKey',
      () => ({ name: 'x', location_id: elsewhere.location_id, fob_tag: fobText(11) }),
      'location_id',
    ],
    ['createKeyCode', () => ({ key_id: elsewhere.key_id }), 'key_id'],
    ['createUserGroup', () => ({ name: 'x', location_id: elsewhere.location_id }), 'location_id'],
    ['createPerson', () => ({ name: 'x', location_ids: [elsewhere.location_id] }), 'location_ids'],
    ['createKeyGroup', () => ({ name: 'x', location_id: elsewhere.location_id }), 'location_id'],
    ['createKeyGroup', () => ({ name: 'x' }), 'location_id'],
    ['giveKeyPermission', () => ({ ...allKeys, person_id: elsewhere.person_id }), 'person_id'],
    ['giveKeyPermission', () => ({ ...allKeys, user_group_id: elsewhere.group_id }), 'user_group_id'],
    [
      'createApiToken',
      () => ({ name: 'x', permissions: ['keys:read'], location_ids: [elsewhere.location_id] }),
      'location_ids',
    ],
  ])('cannot name in a body of %s what is elsewhere', (operationId, body, field) => {
    const problem = problemOf(() => world.call(operationId, manager, { body: body() }));
    expect(problem?.code).toBe('invalid-request');
    expect(problem?.pointers[0]).toContain(`/body/${field}`);
  });

  it('makes tokens that see no more, and ends none that sees more (SEC-17)', () => {
    const make = (location_ids: readonly string[], by = manager) =>
      bodyOf(
        world.call('createApiToken', by, { body: { name: 'x', permissions: ['keys:read'], location_ids } }),
      );
    expect(problemOf(() => make([]))?.pointers).toEqual(['/body/location_ids outside-your-locations']);
    const made = make([here.locationId]);
    expect(made.location_ids).toEqual([here.locationId]);
    const token = world.features.tokens.find(parseApiToken(String(made.secret)) as TokenProof);
    expect(token?.scope).toEqual({ kind: 'locations', locationIds: [here.locationId] });
    const keys = itemsOf(world.call('listKeys', token as Principal));
    expect(keys.map(({ id }) => id)).toEqual([here.keyId]);
    const both = make([here.locationId, String(elsewhere.location_id)], here.owner);
    const whole = make([], here.owner);
    const end = ({ id }: Record<string, unknown>) =>
      problemOf(() => world.call('revokeApiToken', manager, { params: { token_id: id } }))?.code;
    expect([end(both), end(whole), end(made)]).toEqual(['permission-missing', 'not-found', undefined]);
  });

  it.each([
    ['listKeyCodes', 'key_id'],
    ['listBookings', 'box_id'],
    ['listKeys', 'location_id'],
    ['listEvents', 'box_id'],
    ['listCounts', 'box_id'],
    ['listOpenings', 'box_id'],
    ['listKeyPermissions', 'person_id'],
    ['listKeyPermissions', 'key_id'],
    ['listKeyPermissions', 'key_group_id'],
  ])('filters %s by a %s elsewhere as by one that fits nothing', (operationId, name) => {
    const query = { [name]: elsewhere[name] };
    expect(world.call(operationId, manager, { query }).body).toMatchObject({ data: [], has_more: false });
  });
});

/** Every text in an example, with the name of its field. */
function leavesOf(value: unknown, name: string): readonly (readonly [string, string])[] {
  if (typeof value === 'string') return [[name, value]];
  if (Array.isArray(value)) return value.flatMap((one) => leavesOf(one, name));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([field, inner]) => leavesOf(inner, field));
}

function examples(schema: unknown): readonly unknown[] {
  return (schema as { readonly examples?: readonly unknown[] } | undefined)?.examples ?? [undefined];
}
