// The oracle that explains openings, asked about openings that must not be: it is worth as much as what it refuses.
import { VirtualClock } from '@smartbox/firmware/simulated';
import { describe, expect, it } from 'vitest';
import { chanceFrom } from './chance.ts';
import { type GivenOrder, type OpenedBy, OpeningOracle } from './opening-oracle.ts';
import { Phones } from './phones.ts';
import { Rights } from './rights.ts';
import { entered, type Touch } from './touches.ts';
import type { Violation } from './violation.ts';

const member = 'per_1';
const phone = '+819012345678';
const idCode = '12345678';
const minuteMs = 60_000;

/** A member with a permission on one key, by a group of groups, at a place that asks for a second code. */
async function shift() {
  const clock = new VirtualClock();
  const phones = new Phones(clock, chanceFrom(1));
  const rights = new Rights();
  rights.policies.begin({ secondFactor: 'text_message', badge: 'off', isOpen: true }, 0);
  rights.idCodes.begin({ personId: member, digits: idCode }, 0);
  rights.badges.begin({ personId: member, tag: '04aa' }, 0);
  rights.memberships.begin({ memberId: member, groupId: 'grp_inner' }, 0);
  rights.memberships.begin({ memberId: 'grp_inner', groupId: 'grp_outer' }, 0);
  const given = {
    ...{ permissionId: 'prm_1', subjectId: 'grp_outer', targetId: 'key_1' },
    ...{ startsAtMs: 0, endsAtMs: Number.POSITIVE_INFINITY },
  };
  rights.permissions.begin(given, 0);
  rights.roles.begin({ personId: member, role: 'admin' }, 0);
  const oracle = new OpeningOracle(rights, phones, (personId) => (personId === member ? phone : undefined));
  const touches: Touch[] = [];
  const at = { name: 'box 1', boxId: 'A', touches, bootedAtMs: 0 };
  const type = (digits: string): void => void touches.push(...entered(`${digits}#`, clock.nowMs()));
  const send = (digits: string) => phones.provider.send({ to: phone, body: `SmartBox code: ${digits}` });
  const opens = (grant: Partial<OpenedBy> = {}, where = at): string | undefined => {
    const nowMs = clock.nowMs();
    try {
      oracle.opens(
        where,
        {
          ...{ reference: 1, purpose: 'withdraw', bin: 3, keyId: 'key_1', codeId: null, personId: member },
          ...{ grantedAtMs: nowMs, ...grant },
        },
        nowMs,
      );
      return undefined;
    } catch (error) {
      return (error as Violation).message;
    }
  };
  /** Says who it is, and gets and types a second code. */
  const enter = async (digits = '654321'): Promise<void> => {
    type(idCode);
    clock.advance(1_000);
    await send(digits);
    clock.advance(5_000);
    type(digits);
    clock.advance(500);
  };
  return { clock, rights, oracle, touches, at, type, send, opens, enter };
}

describe('an opening for a person', () => {
  it('is explained by an ID code, a second code and a permission through groups of groups (I8)', async () => {
    const { opens, enter } = await shift();
    await enter();
    expect(opens()).toBeUndefined();
  });

  it('is not explained without the second code, by a wrong one, or by one of before the ID code (I8)', async () => {
    const { type, send, opens, clock } = await shift();
    await send('111111');
    clock.advance(1_000);
    type(idCode);
    expect(opens()).toMatch(/^I8: .*without a second code/);
    type('222222');
    type('111111');
    expect(opens()).toMatch(/without a second code/);
  });

  it('is not explained by a second code that opened before, or that is older than five minutes (I8)', async () => {
    const { type, opens, enter, clock, send } = await shift();
    await enter();
    expect(opens()).toBeUndefined();
    type(idCode);
    type('654321');
    expect(opens()).toMatch(/without a second code/);
    await send('777777');
    clock.advance(5 * minuteMs + 1);
    type(idCode);
    type('777777');
    expect(opens()).toMatch(/without a second code/);
  });

  it('is not explained by what was typed at another box (I8)', async () => {
    const { opens, enter, at } = await shift();
    await enter();
    expect(opens({}, { ...at, boxId: 'B', touches: [] })).toMatch(/did not say who/);
  });

  it('is not explained by a permission that was removed before its grant, however soon before (I8)', async () => {
    const { opens, enter, rights, clock } = await shift();
    await enter();
    const grantedAtMs = clock.nowMs();
    rights.permissions.end(() => true, grantedAtMs);
    expect(opens({ grantedAtMs: grantedAtMs + 1 })).toMatch(/may not take key_1/);
    expect(opens({ grantedAtMs })).toBeUndefined();
  });

  it('is not explained for another key, for somebody in quarantine, or while the place is shut (I8)', async () => {
    const { opens, enter, rights, clock } = await shift();
    await enter();
    expect(opens({ keyId: 'key_2' })).toMatch(/may not take key_2/);
    rights.barred.begin({ personId: member, why: 'quarantine' }, clock.nowMs() - 10);
    expect(opens()).toMatch(/may not take/);
    rights.barred.end(() => true, clock.nowMs() - 5);
    rights.policies.end(() => true, clock.nowMs() - 5);
    rights.policies.begin({ secondFactor: 'off', badge: 'off', isOpen: false }, clock.nowMs() - 5);
    expect(opens()).toMatch(/may not take/);
  });

  it('is explained by a badge only where the place takes badges (I8)', async () => {
    const { opens, rights, touches, clock } = await shift();
    rights.policies.end(() => true, 0);
    clock.advance(10);
    rights.policies.begin({ secondFactor: 'off', badge: 'off', isOpen: true }, 5);
    touches.push({ kind: 'tapped', what: '04aa', atMs: 8 });
    expect(opens()).toMatch(/did not say who/);
    rights.policies.begin({ secondFactor: 'off', badge: 'on', isOpen: true }, 6);
    expect(opens()).toBeUndefined();
  });

  it('is not explained by a grant that is older than the box’s question may be (I8)', async () => {
    const { opens, enter, clock } = await shift();
    await enter();
    expect(opens({ grantedAtMs: clock.nowMs() - 8_001 })).toMatch(/8001 ms old/);
  });
});

describe('an opening from afar', () => {
  const grant = { purpose: 'service', keyId: null } as const;

  async function ordered(change: Partial<GivenOrder> = {}) {
    const begun = await shift();
    begun.clock.advance(1_000);
    begun.oracle.orders.push({
      ...{ openingId: 'opn_1', boxId: 'A', bin: 3, press: 'none', by: member },
      ...{ orderedAtMs: 1_000, untilMs: 31_000, ...change },
    });
    begun.clock.advance(1_000);
    return begun;
  }

  it('is explained by one order, once (I9)', async () => {
    const { opens } = await ordered();
    expect(opens(grant)).toBeUndefined();
    expect(opens(grant)).toMatch(/^I9: .*no order is alive/);
  });

  it('is not explained by an order for another bin or box, by somebody else, or whose time is over (I9)', async () => {
    for (const change of [{ bin: 0 }, { boxId: 'B' }, { by: 'per_2' }]) {
      const { opens } = await ordered(change);
      expect(opens(grant)).toMatch(/no order is alive/);
    }
    const { opens, clock } = await ordered();
    clock.advance(32_000);
    expect(opens(grant)).toMatch(/no order is alive/);
  });

  it('is not explained when the box began anew or the cloud died since, or nobody pressed the button (I9)', async () => {
    const anew = await ordered();
    expect(anew.opens(grant, { ...anew.at, bootedAtMs: 1_500 })).toMatch(/no order is alive/);
    anew.oracle.deathsMs.push(1_500);
    expect(anew.opens(grant)).toMatch(/no order is alive/);
    const { opens, touches } = await ordered({ press: 'button' });
    expect(opens(grant)).toMatch(/no order is alive/);
    touches.push({ kind: 'pressed', what: '', atMs: 1_800 });
    expect(opens(grant)).toBeUndefined();
  });

  it('is not explained when whoever ordered lost the role (I9)', async () => {
    const { opens, rights } = await ordered();
    rights.roles.end(() => true, 1_500);
    expect(opens(grant)).toMatch(/may not open here any more/);
  });
});
