// Signing in: from the invitation to a session with two factors, what a guesser learns, and how a sign-in ends.
import { beforeEach, describe, expect, it } from 'vitest';
import { bodyOf, itemsOf } from '../../../test/depot.ts';
import { createFeaturesWorld, dump, type FeaturesWorld, problemOf } from '../../../test/features-world.ts';
import { createSignInDesk, goodPassword } from '../../../test/sign-in-desk.ts';
import { createLog } from '../../platform/log.ts';
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
const hanako = { name: 'Hanako Yamada', mail, role: 'operator' };
const told = (type: string) => itemsOf(world.call('listEvents', owner, { query: { type } }));
const why = (attempt: () => unknown) => problemOf(attempt)?.code;
const minute = 60_000;

describe('an invitation', () => {
  it('lets its person choose a password, once', () => {
    const { invitation, personId } = desk.invite(hanako);
    const { session } = desk.accept(invitation);
    expect(desk.holder(session)).toMatchObject({ personId, role: 'operator' });
    expect(why(() => desk.accept(invitation))).toBe('sign-in-refused');
  });

  it('opens nothing but the way to a second factor', () => {
    const { session } = desk.accept(desk.invite(hanako).invitation);
    expect(desk.holder(session)?.permissions).toEqual(['own-sign-in:write']);
    const enrolled = desk.enrol(session);
    expect(desk.holder(session)).toBeUndefined();
    expect(desk.holder(enrolled.session)?.permissions).toEqual(rolePermissions.operator);
  });

  it('ends when its person gets another role, or the one who made it would have made an admin (SEC-17)', () => {
    const { invitation, personId } = desk.invite(hanako);
    world.call('changePerson', owner, {
      ...{ params: { person_id: personId }, body: { role: 'admin' }, ifMatch: '*' },
    });
    expect(why(() => desk.accept(invitation))).toBe('sign-in-refused');
  });

  it('is in the audit with whoever invited, and not as an act of the invited', () => {
    const { personId } = desk.invite(hanako);
    expect(JSON.stringify(world.call('listAuditRecords', owner, { query: {} }).body)).not.toContain(personId);
  });

  it('works for three days', () => {
    const { invitation } = desk.invite(hanako);
    world.ports.advance(3 * 86_400_000);
    expect(why(() => desk.accept(invitation))).toBe('sign-in-refused');
  });

  it.each([
    ['hanakoyamada1', 'like-yourself'],
    ['SakuraHotels2026', 'like-yourself'],
    ['Password2026!', 'too-common'],
    ['aaaabbbbaaaa', 'too-simple'],
  ])('takes no password like “%s”: %s (MO-06)', (password, fault) => {
    const { invitation } = desk.invite(hanako);
    expect(problemOf(() => desk.accept(invitation, password))?.pointers).toEqual([`/body/password ${fault}`]);
    // It was not used up.
    expect(why(() => desk.accept(invitation))).toBeUndefined();
  });

  it('is for somebody with a role and an address, and not for the mightier', () => {
    const made = (body: object) => bodyOf(world.call('createPerson', owner, { body })).id;
    const invite = (id: unknown, caller = owner) =>
      why(() => world.call('invitePerson', caller, { params: { person_id: id } }));
    expect(invite(made({ name: 'x', mail: 'x@example.jp' }))).toBe('conflict');
    expect(invite(made({ name: 'x', role: 'operator' }))).toBe('conflict');
    const admin = { ...owner, permissions: rolePermissions.admin };
    expect(invite(made({ name: 'x', role: 'owner', mail: 'y@example.jp' }), admin)).toBe(
      'permission-missing',
    );
  });
});

describe('a sign-in', () => {
  it('is in the audit with its person, also where it was refused (SEC-14)', () => {
    const { personId, code } = desk.settle(hanako);
    why(() => desk.signIn({ mail, password: 'not this one at all' }));
    desk.signIn({ mail, password: goodPassword, code: code() });
    const records = itemsOf(world.call('listAuditRecords', owner, { query: { limit: 2 } }));
    expect(records).toMatchObject([
      { record: { operation: 'sign_in.succeeded', person_id: personId, outcome: 'done' } },
      { record: { operation: 'sign_in.failed', person_id: personId, outcome: 'refused' } },
    ]);
  });

  it('asks for the password and a code, each once (SEC-14)', () => {
    const { code, personId } = desk.settle(hanako);
    const proof = { mail, password: goodPassword };
    expect(why(() => desk.signIn(proof))).toBe('second-factor-required');
    const { session } = desk.signIn({ ...proof, code: code() });
    expect(desk.holder(session)).toMatchObject({ personId, permissions: rolePermissions.operator });
    // Whoever has looked over the shoulder comes too late.
    expect(why(() => desk.signIn({ ...proof, code: code() }))).toBe('sign-in-refused');
    world.ports.advance(30_000);
    expect(why(() => desk.signIn({ ...proof, code: code() }))).toBeUndefined();
  });

  it('takes each recovery code once, however it is typed', () => {
    const { recoveryCodes } = desk.settle(hanako);
    const [first = ''] = recoveryCodes;
    expect(recoveryCodes).toHaveLength(10);
    const proof = { mail: ' ＨＡＮＡＫＯ@Example.jp ', password: goodPassword };
    const { session } = desk.signIn({ ...proof, code: first.toLowerCase().replaceAll('-', ' ') });
    expect(bodyOf(desk.own(session, 'getOwnSignIn')).recovery_codes_left).toBe(9);
    expect(why(() => desk.signIn({ ...proof, code: first }))).toBe('sign-in-refused');
  });

  it('looks at five wrong tries in 15 minutes, and tells of the burst (MO-06)', () => {
    const { code, personId } = desk.settle(hanako);
    const guess = () => why(() => desk.signIn({ mail, password: 'wrong wrong wrong' }));
    for (let tries = 0; tries < 5; tries++) expect(guess()).toBe('sign-in-refused');
    expect(why(() => desk.signIn({ mail, password: goodPassword, code: code() }))).toBe('too-many-requests');
    expect(told('sign_in.burst').map(({ data }) => data)).toEqual([{ person_id: personId, tries: 5 }]);
    world.ports.advance(15 * minute);
    expect(why(() => desk.signIn({ mail, password: goodPassword, code: code() }))).toBeUndefined();
  });

  it('tells a guesser nothing of who exists', () => {
    desk.settle(hanako);
    const outsider = { name: 'Taro', mail: 'taro@example.jp' };
    world.call('createPerson', owner, { body: outsider });
    for (const unknown of ['nobody@example.jp', outsider.mail, '', "' OR 1=1 --"]) {
      const guess = (address: string) => why(() => desk.signIn({ mail: address, password: 'wrong wrong' }));
      const answers = (address: string) => [1, 2, 3, 4, 5, 6].map(() => guess(address));
      world.ports.advance(15 * minute);
      expect(answers(unknown)).toEqual(answers(mail));
    }
  });

  it('tells whoever runs the server of many tries with unknown addresses, and never an address (MO-06)', () => {
    const lines: string[] = [];
    const log = createLog(
      { level: 'warn', clock: world.ports.clock },
      { write: (line) => void lines.push(line) },
    );
    const watched = createFeaturesWorld({ log });
    const guess = (address: string) =>
      problemOf(() =>
        watched.callPublic('signIn', { body: { mail: address, password: 'wrong wrong wrong' } }),
      );
    for (let tries = 0; tries < 19; tries++) guess(`guess-${tries}@example.jp`);
    expect([lines.length, watched.tried.strangers]).toEqual([0, 19]);
    // What is not looked at any more counts all the same.
    for (let tries = 0; tries < 30; tries++) guess('guess-0@example.jp');
    expect(lines.map((line) => JSON.parse(line).tries)).toEqual([20]);
    expect(lines.join('')).not.toContain('guess');
    watched.ports.advance(15 * minute);
    for (let tries = 0; tries < 20; tries++) guess('guess-1@example.jp');
    expect(lines).toHaveLength(2);
    expect(watched.tried.strangers).toBe(69);
  });

  it('counts wrong codes like wrong passwords', () => {
    desk.settle(hanako);
    const guess = () => why(() => desk.signIn({ mail, password: goodPassword, code: '00000000' }));
    for (let tries = 0; tries < 5; tries++) expect(guess()).toBe('sign-in-refused');
    expect(guess()).toBe('too-many-requests');
  });

  it('is refused to who has left, lost the role or was erased', () => {
    const { code, personId } = desk.settle(hanako);
    const sign = () => why(() => desk.signIn({ mail, password: goodPassword, code: code() }));
    const change = (body: object) => {
      world.call('changePerson', owner, { params: { person_id: personId }, body, ifMatch: '*' });
      world.ports.advance(30_000);
    };
    change({ role: null });
    expect(sign()).toBe('sign-in-refused');
    change({ role: 'operator', ends_at: '2026-04-01T09:00:00Z' });
    expect(sign()).toBe('sign-in-refused');
    change({ ends_at: null });
    expect(sign()).toBeUndefined();
    world.call('erasePerson', owner, { params: { person_id: personId } });
    world.ports.advance(30_000);
    expect(sign()).toBe('sign-in-refused');
  });

  it('leaves no password, code, session or invitation in a table or event (I6)', () => {
    const { invitation } = desk.invite(hanako);
    const { session } = desk.accept(invitation);
    const { recoveryCodes, uri } = desk.enrol(session);
    const secret = new URL(uri).searchParams.get('secret') ?? '';
    const stored = dump(world.database);
    for (const hidden of [goodPassword, invitation, String(session).split('_')[2], secret, ...recoveryCodes])
      expect(stored).not.toContain(hidden);
  });
});

describe('a session', () => {
  const enter = () => {
    const { personId, session, ...app } = desk.settle(hanako);
    return { personId, session, ...app };
  };

  it('ends after 30 minutes without use', () => {
    const { session } = enter();
    const use = () => {
      const caller = desk.holder(session);
      if (caller !== undefined) world.features.tokens.used(caller);
      world.ports.drain();
      return caller !== undefined;
    };
    for (let times = 0; times < 5; times++) {
      world.ports.advance(29 * minute);
      expect(use()).toBe(true);
    }
    world.ports.advance(30 * minute);
    expect(use()).toBe(false);
  });

  it('ends after 12 hours whatever is done with it', () => {
    const { session } = enter();
    for (let times = 0; times < 24; times++) {
      const caller = desk.holder(session);
      if (caller !== undefined) world.features.tokens.used(caller);
      world.ports.drain();
      world.ports.advance(30 * minute - 2_000);
    }
    world.ports.advance(minute);
    expect(desk.holder(session)).toBeUndefined();
  });

  it('ends at once with the role, the places or the person, and when it is taken away (MO-06)', () => {
    const endings: readonly ((person_id: string) => unknown)[] = [
      (person_id) => {
        const body = { role: 'auditor' };
        return world.call('changePerson', owner, { params: { person_id }, body, ifMatch: '*' });
      },
      (person_id) => world.call('endSignIn', owner, { params: { person_id } }),
      (person_id) => world.call('erasePerson', owner, { params: { person_id } }),
    ];
    for (const end of endings) {
      const { personId, session } = desk.settle({
        ...hanako,
        mail: `h${Math.floor(world.ports.nowMs)}@x.jp`,
      });
      expect(desk.holder(session)).toBeDefined();
      end(personId);
      expect(desk.holder(session)).toBeUndefined();
    }
  });

  it('is replaced by another when its person proves to be there, which is stepped up', () => {
    const { session, code } = enter();
    const fresh = (one: unknown) => {
      const caller = desk.holder(one);
      return caller && world.features.stepUps.isFresh(caller.tenantId, caller.tokenId, world.ports.nowMs);
    };
    expect(fresh(session)).toBe(false);
    const wrong = { password: 'wrong wrong wrong', code: code() };
    expect(why(() => desk.own(session, 'stepUpOwnSession', wrong))).toBe('sign-in-refused');
    const proof = { password: goodPassword, code: code() };
    const next = bodyOf(desk.own(session, 'stepUpOwnSession', proof)).session;
    expect(desk.holder(session)).toBeUndefined();
    expect(fresh(next)).toBe(true);
    world.ports.advance(5 * minute);
    expect(fresh(next)).toBe(false);
  });

  it('gets no further 12 hours by that', () => {
    const { session, code } = enter();
    let present: unknown = session;
    let proofs = 0;
    while (desk.holder(present) !== undefined) {
      const body = { password: goodPassword, code: code() };
      present = bodyOf(desk.own(present, 'stepUpOwnSession', body)).session;
      proofs += 1;
      world.ports.advance(29 * minute);
    }
    expect(proofs).toBe(25);
  });

  it('and all others of the person end with the password', () => {
    const { session, code } = enter();
    const other = desk.signIn({ mail, password: goodPassword, code: code() }).session;
    world.ports.advance(30_000);
    const body = { current: goodPassword, code: code(), password: 'my demo opens with plums' };
    const next = bodyOf(desk.own(session, 'setOwnPassword', body)).session;
    expect([session, other, next].map((one) => desk.holder(one) !== undefined)).toEqual([false, false, true]);
    world.ports.advance(30_000);
    expect(why(() => desk.signIn({ mail, password: goodPassword, code: code() }))).toBe('sign-in-refused');
    expect(why(() => desk.signIn({ mail, password: body.password, code: code() }))).toBeUndefined();
  });

  it('ends when its person signs out', () => {
    const { session } = enter();
    desk.own(session, 'signOut');
    expect(desk.holder(session)).toBeUndefined();
  });

  it('is none that a program has', () => {
    expect(why(() => world.call('getOwnSignIn', owner))).toBe('conflict');
  });
});

describe('an authenticator app', () => {
  it('counts once it was confirmed by a code of it; until then the one before does', () => {
    const { session, code } = desk.settle(hanako);
    const proof = { password: goodPassword, code: code() };
    expect(why(() => desk.own(session, 'confirmAuthenticator', { code: '00000000' }))).toBe('conflict');
    desk.own(session, 'offerAuthenticator', proof);
    expect(why(() => desk.own(session, 'confirmAuthenticator', { code: '00000000' }))).toBe(
      'sign-in-refused',
    );
    world.ports.advance(30_000);
    expect(why(() => desk.signIn({ mail, password: goodPassword, code: code() }))).toBeUndefined();
    world.ports.advance(30_000);
    const second = desk.enrol(session, { password: goodPassword, code: code() });
    expect(why(() => desk.signIn({ mail, password: goodPassword, code: code() }))).toBe('sign-in-refused');
    expect(why(() => desk.signIn({ mail, password: goodPassword, code: second.code() }))).toBeUndefined();
  });
});
