// People over the API: masked unless asked for, never mightier than who made them, gone when erased.
import { beforeEach, describe, expect, it } from 'vitest';
import { bodyOf, createDepot, type Depot, itemsOf } from '../../../test/depot.ts';
import { createFeaturesWorld, dump, type FeaturesWorld, problemOf } from '../../../test/features-world.ts';
import { type PersonRole, rolePermissions } from '../../platform/roles.ts';
import type { Principal } from '../../platform/token-register.ts';

let world: FeaturesWorld;
let depot: Depot;
let owner: Principal;

beforeEach(() => {
  world = createFeaturesWorld();
  depot = createDepot(world);
  owner = depot.owner;
});

const hanako = { name: '山田 花子', mail: 'Hanako@Example.jp', phone: '+81 3-1234-5678' };
const words = 'correct horse battery staple';

const create = (body: object, caller = owner): Record<string, unknown> =>
  bodyOf(world.call('createPerson', caller, { body }));
const one = (id: unknown) => ({ params: { person_id: id }, ifMatch: '*' });
const as = (role: PersonRole, locationIds: readonly string[] = []): Principal => ({
  ...owner,
  role,
  permissions: rolePermissions[role],
  scope: locationIds.length === 0 ? { kind: 'tenant' } : { kind: 'locations', locationIds },
});
const stepUp = (): void => {
  world.call('setStepUpPassphrase', owner, { body: { passphrase: words } });
  world.call('stepUp', owner, { body: { passphrase: words } });
};

describe('personal data', () => {
  it('are masked in every answer but the one that was asked for (SEC-16)', () => {
    const made = create(hanako);
    expect(made).toMatchObject({ name: '山••• 花•••', mail: 'h•••@•••.jp', phone: '•••78' });
    const answers = [
      world.call('getPerson', owner, one(made.id)),
      world.call('listPeople', owner),
      world.call('changePerson', owner, { ...one(made.id), body: { language: 'en' } }),
      world.call('listEvents', owner, { query: { limit: 200 } }),
    ];
    for (const secret of ['花子', 'hanako', '1234567'])
      expect(JSON.stringify(answers.map(({ body }) => body)).toLowerCase()).not.toContain(secret);
    expect(bodyOf(world.call('revealPerson', owner, one(made.id)))).toMatchObject({
      name: '山田 花子',
      mail: 'hanako@example.jp',
      phone: '+81312345678',
    });
  });

  it('are looked at under the eyes of the ledger (SEC-16)', () => {
    const { id } = create(hanako);
    world.call('revealPerson', owner, one(id));
    const [event] = itemsOf(world.call('listEvents', owner, { query: { type: 'person.revealed' } }));
    expect(event?.data).toEqual({ person_id: id, token_id: owner.tokenId, by_person_id: null, looks: 1 });
  });

  it('are shown 20 times, and then only to whoever proves to be there (SEC-16)', () => {
    const { id } = create(hanako);
    const look = () => problemOf(() => world.call('revealPerson', owner, one(id)))?.code;
    for (let looks = 0; looks < 20; looks++) expect(look()).toBeUndefined();
    expect(look()).toBe('step-up-required');
    world.ports.advance(86_400_000);
    expect(look()).toBe('step-up-required');
    stepUp();
    expect(look()).toBeUndefined();
    world.ports.advance(300_000);
    for (let looks = 1; looks < 20; looks++) expect(look()).toBeUndefined();
    expect(look()).toBe('step-up-required');
  });

  it('are shown 20 times for each proof, also while it is fresh (SEC-16)', () => {
    const { id } = create(hanako);
    const again = () => world.call('stepUp', owner, { body: { passphrase: words } });
    const look = () => problemOf(() => world.call('revealPerson', owner, one(id)))?.code;
    stepUp();
    for (let looks = 0; looks < 20; looks++) expect(look()).toBeUndefined();
    expect(look()).toBe('step-up-required');
    world.ports.advance(1_000);
    again();
    for (let looks = 0; looks < 20; looks++) expect(look()).toBeUndefined();
    expect(look()).toBe('step-up-required');
    // A clock that is set back gives no looks by itself, and a new proof gives them all the same.
    world.ports.advance(-3_600_000);
    expect(look()).toBe('step-up-required');
    again();
    expect(look()).toBeUndefined();
  });

  it('are counted for a person over all of their sign-ins (SEC-16)', () => {
    const { id } = create(hanako);
    const look = (tokenId: string) =>
      problemOf(() => world.call('revealPerson', { ...owner, personId: 'per_1', tokenId }, one(id)))?.code;
    for (let looks = 0; looks < 20; looks++) look(`ses_${looks}`);
    expect(look('ses_new')).toBe('step-up-required');
  });

  it('are gone when the person is erased, whose id stays and names nobody', () => {
    const { id } = create(hanako);
    const group = bodyOf(world.call('createUserGroup', owner, { body: { name: 'Drivers' } })).id;
    world.call('addGroupMember', owner, { params: { group_id: group, member_id: id } });
    world.call('revealPerson', owner, one(id));
    world.call('erasePerson', owner, one(id));
    expect(problemOf(() => world.call('getPerson', owner, one(id)))?.code).toBe('not-found');
    expect(itemsOf(world.call('listPeople', owner))).toEqual([]);
    expect(itemsOf(world.call('listGroupMembers', owner, { params: { group_id: group } }))).toEqual([]);
    for (const secret of ['花子', 'hanako', '1234567']) expect(dump(world.database)).not.toContain(secret);
    expect(depot.told().slice(-1)).toEqual(['person.erased']);
    // The mail address is free again.
    expect(problemOf(() => create(hanako))).toBeUndefined();
  });

  it('are in no byte of the database when the person is erased (SEC-16)', () => {
    const { id } = create(hanako);
    world.call('changePerson', owner, { ...one(id), body: { name: '佐藤 花子', mail: 'sato@example.jp' } });
    for (let others = 0; others < 50; others++) create({ name: `Other ${others}` });
    world.call('erasePerson', owner, one(id));
    const bytes = Buffer.from(world.database.serialize()).toString('utf8');
    for (const secret of ['花子', 'hanako', 'sato@', '+81312345678']) expect(bytes).not.toContain(secret);
  });

  it('can be taken along in one answer', () => {
    const { id } = create(hanako);
    const group = bodyOf(world.call('createUserGroup', owner, { body: { name: 'Drivers' } })).id;
    world.call('addGroupMember', owner, { params: { group_id: group, member_id: id } });
    expect(bodyOf(world.call('exportPerson', owner, one(id)))).toMatchObject({
      person: { name: '山田 花子' },
      kept: { user_groups: [{ group_id: group, name: 'Drivers' }], id_codes: [] },
    });
  });

  it('are erased by themselves when their person has left for as long as the tenant says', () => {
    const stop = world.features.start();
    const body = { days_after_end: 10 };
    expect(world.call('getPeopleRetention', owner).body).toEqual({ days_after_end: 30 });
    world.call('setPeopleRetention', owner, { body });
    const { id } = create({ ...hanako, ends_at: '2026-04-02T09:00:00Z' });
    const stays = create({ name: 'Stays' });
    world.ports.advance(10 * 86_400_000);
    expect(problemOf(() => world.call('getPerson', owner, one(id)))).toBeUndefined();
    world.ports.advance(86_400_000 + 3_600_000);
    expect(problemOf(() => world.call('getPerson', owner, one(id)))?.code).toBe('not-found');
    expect(itemsOf(world.call('listPeople', owner))).toEqual([stays]);
    expect(dump(world.database)).not.toContain('花子');
    stop();
  });
});

describe('a person', () => {
  it.each([
    [{ mail: 'no at sign' }, '/body/mail not-a-mail-address'],
    [{ mail: 'a@b\r\nbcc: c@d' }, '/body/mail not-a-mail-address'],
    [{ phone: '03-1234-5678' }, '/body/phone not-a-phone-number'],
    [{ role: 'owner', location_ids: ['loc_x'] }, '/body/location_ids/0 unknown-location'],
  ])('cannot be made with %j', (wrong, pointer) => {
    expect(problemOf(() => create({ name: 'x', ...wrong }))?.pointers).toEqual([pointer]);
  });

  it.each([
    ['name', { name: '\u202ereversed' }],
    ['name', { name: ' ' }],
    ['role', { role: 'king' }],
    ['more', { is_owner: true }],
  ])('cannot have a %s like %j', (_field, wrong) => {
    expect(problemOf(() => create({ name: 'x', ...wrong }))?.code).toBe('invalid-request');
  });

  it.each([
    "Robert'); DROP TABLE person;--",
    '<script>alert(1)</script>',
    '=HYPERLINK("x")',
    '👨‍👩‍👧'.repeat(9),
  ])('may be called %j: names are data', (name) => {
    const { id } = create({ name });
    expect(bodyOf(world.call('revealPerson', owner, one(id))).name).toBe(name);
  });

  it('is written with full-width digits and letters as with ordinary ones', () => {
    const { id } = create({
      name: 'x',
      phone: '＋８１　３　１２３４　５６７８',
      mail: 'ｈａｎａｋｏ@example.jp',
    });
    expect(bodyOf(world.call('revealPerson', owner, one(id)))).toMatchObject({
      phone: '+81312345678',
      mail: 'hanako@example.jp',
    });
  });

  it('has a mail address that nobody else here has', () => {
    create(hanako);
    expect(problemOf(() => create({ name: 'x', mail: 'HANAKO@example.jp' }))?.pointers).toEqual([
      '/body/mail mail-taken',
    ]);
  });

  it('changes only for who has read the present state (If-Match)', () => {
    const { id } = create(hanako);
    const change = (ifMatch?: string) =>
      problemOf(() =>
        world.call('changePerson', owner, {
          params: { person_id: id },
          body: { name: 'x' },
          ...(ifMatch && { ifMatch }),
        }),
      )?.code;
    expect(change()).toBe('precondition-required');
    expect(change(`"${id}-1"`)).toBeUndefined();
    expect(change(`"${id}-1"`)).toBe('precondition-failed');
  });
});

describe('a role', () => {
  it.each([
    ['admin', 'owner'],
    ['location_manager', 'admin'],
    ['location_manager', 'auditor'],
  ] as const)('is not given by a %s who is no %s and has less', (giver, role) => {
    expect(problemOf(() => create({ name: 'x', role }, as(giver)))?.code).toBe('permission-missing');
  });

  it.each([
    ['owner', 'owner'],
    ['owner', 'auditor'],
    ['admin', 'admin'],
    ['location_manager', 'operator'],
    ['location_manager', 'installer'],
  ] as const)('is given by a %s to make a %s', (giver, role) => {
    expect(create({ name: 'x', role }, as(giver)).role).toBe(role);
  });

  it('is told to the ledger when it changes: a new admin is seen (MO-06)', () => {
    const { id } = create({ name: 'x', role: 'operator' });
    world.call('changePerson', owner, { ...one(id), body: { role: 'admin' } });
    const [event] = itemsOf(world.call('listEvents', owner, { query: { type: 'person.role_changed' } }));
    expect(event?.data).toMatchObject({ person_id: id, from: 'operator', to: 'admin' });
  });

  it('cannot be taken from the mightier by the lesser', () => {
    const { id } = create({ name: 'x', role: 'owner' });
    const change = { ...one(id), body: { role: 'operator' } };
    expect(problemOf(() => world.call('changePerson', as('admin'), change))?.code).toBe('permission-missing');
    expect(problemOf(() => world.call('erasePerson', as('admin'), one(id)))?.code).toBe('permission-missing');
  });

  it('of the last owner stays', () => {
    const { id } = create({ name: 'x', role: 'owner' });
    const leave = [{ role: 'admin' }, { ends_at: '2026-05-01T00:00:00Z' }];
    for (const body of leave)
      expect(problemOf(() => world.call('changePerson', owner, { ...one(id), body }))?.code).toBe('conflict');
    expect(problemOf(() => world.call('erasePerson', owner, one(id)))?.code).toBe('conflict');
    create({ name: 'y', role: 'owner' });
    expect(problemOf(() => world.call('erasePerson', owner, one(id)))).toBeUndefined();
  });

  it('of the last owner who stays, beside owners whose end is set, stays too', () => {
    const leaver = create({ name: 'x', role: 'owner' }).id;
    const { id } = create({ name: 'y', role: 'owner' });
    const change = (who: unknown, body: object) =>
      problemOf(() => world.call('changePerson', owner, { ...one(who), body }))?.code;
    const leave = { ends_at: '2026-05-01T00:00:00Z' };
    expect(change(leaver, leave)).toBeUndefined();
    for (const body of [leave, { role: 'admin' }]) expect(change(id, body)).toBe('conflict');
    expect(problemOf(() => world.call('erasePerson', owner, one(id)))?.code).toBe('conflict');
    world.call('quarantinePerson', owner, one(create({ name: 'z', role: 'owner' }).id));
    expect(change(id, leave)).toBe('conflict');
    expect(problemOf(() => world.call('erasePerson', owner, one(leaver)))).toBeUndefined();
  });

  it('reaches no further than the locations of who gives it', () => {
    const manager = as('location_manager', [depot.locationId]);
    const here = { name: 'x', role: 'operator', location_ids: [depot.locationId] };
    expect(create(here, manager)).toMatchObject({ location_ids: [depot.locationId] });
    expect(problemOf(() => create({ ...here, location_ids: [] }, manager))?.pointers).toEqual([
      '/body/location_ids outside-your-locations',
    ]);
  });

  it('over two locations is not changed by who has one of them', () => {
    const place = { name: 'Second', time_zone: 'UTC' };
    const second = bodyOf(world.call('createLocation', owner, { body: place })).id;
    const { id } = create({ name: 'x', role: 'operator', location_ids: [depot.locationId, second] });
    const manager = as('location_manager', [depot.locationId]);
    const change = { ...one(id), body: { role: null } };
    expect(problemOf(() => world.call('getPerson', manager, one(id)))).toBeUndefined();
    expect(problemOf(() => world.call('changePerson', manager, change))?.code).toBe('invalid-request');
  });
});

describe('an ID code', () => {
  const mac = new Uint8Array(16).fill(5);
  const keep = (personId: unknown, code: Uint8Array | null): boolean =>
    world.commit(() => world.features.people.keepIdCode(owner.tenantId, String(personId), code));
  const find = (locationId = depot.locationId) =>
    world.features.people.byIdCode(owner.tenantId, locationId, mac)?.personId;

  it('names its person at the places that the person belongs to', () => {
    const { id } = create({ name: 'x', location_ids: [depot.locationId] });
    expect(keep(id, mac)).toBe(true);
    expect(find()).toBe(id);
    expect(find('loc_other')).toBeUndefined();
    keep(id, null);
    expect(find()).toBeUndefined();
  });

  it('is one person’s', () => {
    keep(create({ name: 'x' }).id, mac);
    expect(keep(create({ name: 'y' }).id, mac)).toBe(false);
  });

  it('names nobody who has left or was erased', () => {
    const { id } = create({ name: 'x', ends_at: '2026-04-02T09:00:00Z' });
    keep(id, mac);
    world.ports.advance(86_400_000 - 1);
    expect(find()).toBe(id);
    world.ports.advance(1);
    expect(find()).toBeUndefined();
    world.call('changePerson', owner, { ...one(id), body: { ends_at: null } });
    expect(find()).toBe(id);
    world.call('erasePerson', owner, one(id));
    expect(find()).toBeUndefined();
  });
});
