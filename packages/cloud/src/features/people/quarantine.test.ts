// An account that is stopped in one step, and administrators who come about.
import { beforeEach, describe, expect, it } from 'vitest';
import { bodyOf, itemsOf } from '../../../test/depot.ts';
import { createFeaturesWorld, type FeaturesWorld, problemOf } from '../../../test/features-world.ts';
import { createSignInDesk, goodPassword } from '../../../test/sign-in-desk.ts';
import { parseApiToken, type TokenProof } from '../../platform/api-token.ts';
import { rolePermissions } from '../../platform/roles.ts';
import type { Principal } from '../../platform/token-register.ts';

let world: FeaturesWorld;
let owner: Principal;
let desk: ReturnType<typeof createSignInDesk>;

beforeEach(() => {
  world = createFeaturesWorld();
  owner = world.tenant('Sakura Hotels');
  desk = createSignInDesk(world, owner);
});

const mail = 'hanako@example.jp';
const hanako = { name: 'Hanako Yamada', mail, role: 'admin' };
const told = (type: string) => itemsOf(world.call('listEvents', owner, { query: { type } }));
const why = (attempt: () => unknown) => problemOf(attempt)?.code;
const quarantine = (person_id: unknown, by = owner) =>
  world.call('quarantinePerson', by, { params: { person_id } });
const lift = (person_id: unknown) => world.call('liftQuarantine', owner, { params: { person_id } });
const find = (text: unknown) => world.features.tokens.find(parseApiToken(String(text)) as TokenProof);

describe('a quarantine', () => {
  it('ends every session of the person and every token that the person made, at once (MO-06)', () => {
    const { personId, session } = desk.settle(hanako);
    const body = { name: 'x', permissions: ['keys:read'] };
    const made = bodyOf(world.call('createApiToken', desk.holder(session) as Principal, { body }));
    const others = bodyOf(world.call('createApiToken', owner, { body }));
    expect(bodyOf(quarantine(personId)).quarantined_at).toBe('2026-04-01T09:00:30.000Z');
    expect(desk.holder(session)).toBeUndefined();
    expect([find(made.secret)?.revokedAtMs, find(others.secret)?.revokedAtMs]).toEqual([
      world.ports.nowMs,
      null,
    ]);
    expect(told('person.quarantined').map(({ data }) => data)).toEqual([
      { person_id: personId, token_id: 'tok_test', by_person_id: null },
    ]);
  });

  it('ends the tokens too that such tokens have made (MO-06)', () => {
    const { personId, session } = desk.settle(hanako);
    const body = { name: 'x', permissions: ['tokens:write'] };
    const make = (by: unknown) => bodyOf(world.call('createApiToken', by as Principal, { body })).secret;
    const second = make(find(make(desk.holder(session))));
    const third = make(find(second));
    quarantine(personId);
    expect([find(second)?.revokedAtMs, find(third)?.revokedAtMs]).toEqual([
      world.ports.nowMs,
      world.ports.nowMs,
    ]);
  });

  it('has sign-in and ID code refused until it is lifted, and then nothing is lost (MO-06)', () => {
    const { personId, code } = desk.settle(hanako);
    const mac = new Uint8Array(32).fill(5);
    world.commit(() => world.features.people.keepIdCode(owner.tenantId, personId, mac));
    const atKeypad = () => world.features.people.byIdCode(owner.tenantId, 'loc_any', mac)?.personId;
    expect(atKeypad()).toBe(personId);
    quarantine(personId);
    const sign = () => why(() => desk.signIn({ mail, password: goodPassword, code: code() }));
    expect([sign(), atKeypad()]).toEqual(['sign-in-refused', undefined]);
    world.ports.advance(30_000);
    expect(bodyOf(lift(personId)).quarantined_at).toBeNull();
    expect([sign(), atKeypad()]).toEqual([undefined, personId]);
    expect(told('person.quarantine_lifted')).toHaveLength(1);
  });

  it('may be asked for twice, and is told of once', () => {
    const { personId } = desk.settle(hanako);
    expect(bodyOf(quarantine(personId))).toEqual(bodyOf(quarantine(personId)));
    lift(personId);
    lift(personId);
    expect([told('person.quarantined').length, told('person.quarantine_lifted').length]).toEqual([1, 1]);
  });

  it('stops nobody who is mightier, and not oneself', () => {
    const boss = desk.settle({ name: 'Boss', mail: 'boss@example.jp', role: 'owner' });
    const { personId, session } = desk.settle(hanako);
    const admin = desk.holder(session) as Principal;
    expect(why(() => quarantine(boss.personId, admin))).toBe('permission-missing');
    expect(why(() => quarantine(personId, admin))).toBe('conflict');
    expect(why(() => quarantine(personId, desk.holder(boss.session)))).toBeUndefined();
  });

  it('is lifted only by somebody who proves to be there', () => {
    const routes = world.features.routes.filter(({ url }) => url.endsWith('/quarantine'));
    expect(routes.map(({ operationId, stepUp }) => [operationId, stepUp === true])).toEqual([
      ['quarantinePerson', false],
      ['liftQuarantine', true],
    ]);
  });
});

describe('a new administrator', () => {
  it.each(['owner', 'admin'])('is told of, made or promoted: %s (MO-06)', (role) => {
    const made = bodyOf(world.call('createPerson', owner, { body: { name: 'x', role } }));
    const { id } = bodyOf(world.call('createPerson', owner, { body: { name: 'y', role: 'operator' } }));
    world.call('changePerson', owner, { params: { person_id: id }, body: { role }, ifMatch: '*' });
    const found = told('person.became_administrator').map(({ data }) => data);
    expect(found).toEqual(
      expect.arrayContaining(
        [made.id, id].map((person_id) => ({ person_id, role, token_id: 'tok_test', by_person_id: null })),
      ),
    );
    expect(found).toHaveLength(2);
  });

  it('is none who was one before, or gets another role', () => {
    const { id } = bodyOf(world.call('createPerson', owner, { body: { name: 'x', role: 'admin' } }));
    const change = (body: object) =>
      world.call('changePerson', owner, { params: { person_id: id }, body, ifMatch: '*' });
    change({ role: 'owner' });
    change({ language: 'en' });
    world.call('createPerson', owner, { body: { name: 'y', role: 'location_manager' } });
    expect(told('person.became_administrator')).toHaveLength(1);
    expect(rolePermissions.location_manager).not.toContain('tokens:write');
  });
});
