// Text messages from the keypad to phones: sent after the commit, tried again, recorded, shown to operators.
import { beforeEach, describe, expect, it } from 'vitest';
import { createDepot, type Depot, itemsOf } from '../../../test/depot.ts';
import { createFeaturesWorld, type FeaturesWorld } from '../../../test/features-world.ts';
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

const texts = (query: object = {}) => itemsOf(world.call('listTextMessages', depot.owner, { query }));
const again = { kind: 'again', reason: 'provider-503', afterMs: undefined } as const;

/** Lets what the provider answered come in, and time pass. */
async function pass(ms: number): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
  world.ports.drain();
  world.ports.advance(ms);
  await new Promise((resolve) => setImmediate(resolve));
  world.ports.drain();
}

describe('a text message', () => {
  it('is recorded from owed to delivered (MO-08)', async () => {
    staff.type(member.idCode);
    expect(texts()).toMatchObject([{ status: 'owed', person_id: member.personId, reason: null }]);
    await pass(0);
    expect(texts()).toMatchObject([{ status: 'accepted' }]);
    await pass(20_000);
    expect(texts()).toMatchObject([{ status: 'delivered', box_id: depot.box.resourceId }]);
    expect(JSON.stringify(texts())).not.toContain(member.phone);
  });

  it('is tried again while the provider has trouble, and arrives once (MO-08)', async () => {
    world.phones.outcomes.push(again, again);
    staff.type(member.idCode);
    await pass(0);
    expect(texts()).toMatchObject([{ status: 'owed', reason: 'provider_503' }]);
    expect(world.phones.on(member.phone)).toEqual([]);
    await pass(1_000);
    await pass(3_000);
    await pass(0);
    expect(world.phones.on(member.phone)).toHaveLength(1);
    expect(staff.further({ code: staff.codeOf(member) })).toEqual({ bin: 3 });
  });

  it('that fails for good is an event and stands in the list of failures (MO-08)', async () => {
    world.phones.outcomes.push({ kind: 'failed', reason: 'provider-21211' });
    staff.type(member.idCode);
    await pass(0);
    expect(texts({ status: 'failed' })).toMatchObject([{ reason: 'provider_21211' }]);
    expect(texts({ status: 'delivered' })).toEqual([]);
    expect(depot.told()).toContain('text_message.failed');
  });

  it('is given up when its code has ended, and not sent late', async () => {
    for (let count = 0; count < 20; count++) world.phones.outcomes.push(again);
    staff.type(member.idCode);
    for (let count = 0; count < 12; count++) await pass(60_000);
    expect(texts()).toMatchObject([{ status: 'failed', reason: 'provider_503' }]);
    expect(world.phones.on(member.phone)).toEqual([]);
  });

  it('reaches nobody who was erased meanwhile', async () => {
    depot.box.take(depot.box.ask({ code: member.idCode }));
    world.commit(() => {
      const { tenantId } = depot.owner;
      world.events.publish('person-erased', { tenantId, personId: member.personId });
      world.database.prepare("UPDATE person SET phone = '' WHERE person_id = ?").run(member.personId);
    });
    await pass(0);
    await pass(0);
    expect(texts()).toMatchObject([{ status: 'failed', reason: 'no_phone' }]);
  });

  it('leaves its text sealed while it is owed, and nowhere once the provider has it', async () => {
    const sealed = () =>
      world.database.prepare<{ sealed_body: unknown }>('SELECT sealed_body FROM text_message').get();
    world.phones.outcomes.push(again);
    staff.type(member.idCode);
    await pass(0);
    expect(sealed()?.sealed_body).not.toBeNull();
    await pass(1_000);
    expect(sealed()?.sealed_body).toBeNull();
  });

  it('of an undone request is never sent', () => {
    const before = world.database.prepare('SELECT 1 FROM text_message').all().length;
    expect(() =>
      world.commit(() => {
        depot.box.world.registry.handle(
          { tenantId: depot.owner.tenantId, boxId: depot.box.boxId },
          {
            name: 'access-requested',
            body: {
              ...{ request: new Uint8Array(8).fill(3), kind: 'code', code: member.idCode, bin: 0 },
              ...{ tag: new Uint8Array(0), logEnd: depot.box.log.length, follows: new Uint8Array(8) },
            },
          },
        );
        throw new RangeError('the disk is full');
      }),
    ).toThrow('the disk is full');
    world.ports.advance(1_000);
    expect(world.database.prepare('SELECT 1 FROM text_message').all()).toHaveLength(before);
    expect(world.phones.on(member.phone)).toEqual([]);
  });

  it('is forgotten after 30 days', async () => {
    staff.type(member.idCode);
    await pass(0);
    await pass(20_000);
    for (let day = 0; day < 31; day++) world.ports.advance(86_400_000);
    expect(texts()).toEqual([]);
  });
});

describe('the limit of a tenant (MO-07)', () => {
  it('is 300 an hour, and each tenant has its own (MO-07)', () => {
    const { tenantId } = depot.owner;
    const insert = world.database.prepare(
      `INSERT INTO text_message (tenant_id, message_id, person_id, location_id, box_id, state, created_at_ms, expires_at_ms)
       VALUES (?, ?, ?, ?, ?, 'delivered', ?, 0)`,
    );
    const other = staff.hire();
    for (let count = 0; count < 300; count++)
      insert.run(
        tenantId,
        `txt_${count}`,
        other.personId,
        depot.locationId,
        depot.box.boxId,
        world.ports.nowMs,
      );
    expect(staff.type(member.idCode)).toBe('refused');
    expect(staff.causes()).toEqual(['texts_of_tenant']);
    const theirs = createDepot(world, 2);
    const staffThere = createStaffDesk(world, theirs);
    const stranger = staffThere.hire();
    staffThere.allow(stranger.personId);
    expect(staffThere.type(stranger.idCode)).toBe('second-code');
  });
});
