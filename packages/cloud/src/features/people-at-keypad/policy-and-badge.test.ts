// What the policy of a place asks of staff, and badges: real tables, real permissions, a box that asks.
import { beforeEach, describe, expect, it } from 'vitest';
import { createDepot, type Depot } from '../../../test/depot.ts';
import { createFeaturesWorld, type FeaturesWorld } from '../../../test/features-world.ts';
import { fob, fobText } from '../../../test/model-box.ts';
import { createStaffDesk, type Member, type StaffDesk } from '../../../test/staff-desk.ts';

let world: FeaturesWorld;
let depot: Depot;
let staff: StaffDesk;
let member: Member;

beforeEach(() => {
  world = createFeaturesWorld();
  depot = createDepot(world);
  staff = createStaffDesk(world, depot);
  member = staff.hire();
  staff.allow(member.personId);
});

/** Another key of the depot, hanging in a bin. */
function hang(fobNumber: number, bin: number): void {
  depot.addKey(fobNumber);
  depot.box.fill(bin, fob(fobNumber));
}

describe('the policy of a place (SEC-05)', () => {
  it('lets the ID code be enough where the second factor is off (SEC-05)', () => {
    staff.policy({ second_factor: 'off' });
    expect(staff.type(member.idCode)).toEqual({ bin: 3 });
    expect(world.phones.on(member.phone)).toEqual([]);
  });

  it('asks whoever began without a second factor for one when it was switched on meanwhile (SEC-05)', () => {
    hang(8, 2);
    staff.allow(member.personId, { key_group_id: 'all-keys' });
    staff.policy({ second_factor: 'off' });
    expect(staff.type(member.idCode)).toBe('bin');
    staff.policy({ second_factor: 'text_message' });
    expect(staff.further({ bin: 2 })).toBe('refused');
  });

  it('takes a badge at the front reader only where it says so (SEC-05)', () => {
    const tag = fob(90);
    staff.badge(member.personId, fobText(90));
    expect(staff.tap(tag)).toBe('refused');
    staff.policy({ badge: 'on' });
    expect(staff.tap(tag)).toBe('second-code');
    expect(staff.further({ code: staff.codeOf(member) })).toEqual({ bin: 3 });
  });

  it('takes a key back by its fob, whatever is asked of a person at that moment', () => {
    staff.policy({ badge: 'on' });
    depot.addKey(8);
    staff.type(member.idCode);
    expect(staff.tap(fob(8))).toEqual({ bin: 1 });
  });
});

describe('a badge (SEC-05)', () => {
  beforeEach(() => staff.policy({ badge: 'on', second_factor: 'off' }));

  it('is refused when it is nobody’s, when it was taken away, and in a bin', () => {
    expect(staff.tap(fob(91))).toBe('refused');
    staff.badge(member.personId, fobText(91));
    expect(depot.box.ask({ tag: fob(91), bin: 2 })[0]?.message.name).toBe('access-refused');
    expect(staff.tap(fob(91))).toEqual({ bin: 3 });
    depot.box.write('bin-closed', { bin: 3, grant: 1 });
    depot.box.report();
    world.call('removeBadge', depot.owner, { params: { person_id: member.personId } });
    expect(staff.tap(fob(91))).toBe('refused');
  });

  it('is guessed no faster than a code: unknown tags count at a place that takes badges (SEC-15)', () => {
    staff.badge(member.personId, fobText(91));
    for (let wrong = 0; wrong < 5; wrong++) expect(staff.tap(fob(92))).toBe('refused');
    expect(staff.tap(fob(91))).toBe('refused');
    expect(staff.causes().at(-1)).toBe('throttled');
    world.ports.advance(30_000);
    expect(staff.tap(fob(91))).toEqual({ bin: 3 });
  });

  it('is refused from the moment the place takes none, also between two steps', () => {
    hang(8, 2);
    staff.allow(member.personId, { key_group_id: 'all-keys' });
    staff.badge(member.personId, fobText(91));
    expect(staff.tap(fob(91))).toBe('bin');
    staff.policy({ badge: 'off' });
    expect(staff.further({ bin: 2 })).toBe('refused');
  });
});
