// Somebody who administers the place opens a bin or the whole front from afar, whatever keys there are; and everything
// by which that must not happen. The box opens only on the answer to its own question, so an order that is late, held
// back, somebody else's or forgotten opens nothing.
import { CloudError } from '@smartbox/cloud';
import { decodeLogEntry } from '@smartbox/protocol';
import { describe, expect, it } from 'vitest';
import { type Visit, visit } from '../test/visit.ts';

type Role = 'admin' | 'operator' | 'location_manager';

/** A visit, with people who have signed in. */
async function scene(options: { readonly boxes?: number } = {}) {
  const at = await visit(options);
  const { world, box } = at;
  const { host, site } = world;
  const person = (role: Role) => {
    const body = { name: role, role, mail: `${role}@example.jp` };
    return { personId: String(host.call(site.operator, 'createPerson', { body }).id), role };
  };
  const admin = person('admin');
  const order = (body: object, { by = admin as ReturnType<typeof person>, at: where = box } = {}): string =>
    String(
      host.call(site.operator, 'orderOpening', {
        params: { box_id: `box_${where.boxId}` },
        body: { press: 'none', reason: 'A guest waits at the door', ...body },
        by,
      }).id,
    );
  const read = (openingId: string) =>
    host.call(site.operator, 'getOpening', { params: { opening_id: openingId } });
  const press = () => {
    world.pass(box.box.pressButton());
    at.seconds(2);
  };
  const types = () => at.ledger().map(({ type }) => type);
  const frontOpen = () => box.box.electronics.mainLock.open;
  return { ...at, admin, person, order, read, press, types, frontOpen };
}

/** The code of the problem that ends a call. */
function problemOf(call: () => unknown): string | undefined {
  try {
    call();
    return undefined;
  } catch (error) {
    if (error instanceof CloudError) return error.code;
    throw error;
  }
}

const bin = (number: number) => ({ target: { bin: number } });
const mainLock = { target: 'main_lock' };
const button = { press: 'button', wait_seconds: 60 };

describe.each([
  ['a bin, opened from afar (AC-06)', bin(2), (at: Visit) => at.open() === 2],
  ['the main lock, opened from afar (AC-07)', mainLock, (at: Visit) => at.box.box.electronics.mainLock.open],
] as const)('%s', (_name, target, isOpen) => {
  it('opens within two seconds, with nobody at the box', async () => {
    const at = await scene();
    const id = at.order(target);
    at.seconds(2);
    expect(isOpen(at)).toBe(true);
    expect(at.read(id)).toMatchObject({ state: 'opened', person_id: at.admin.personId });
    const kinds = at.box.watch.log.map((body) => decodeLogEntry(body).kind);
    expect(kinds.lastIndexOf('open-intended')).toBeGreaterThan(-1);
  });

  it('opens when somebody presses the small button that the display shows, and not before', async () => {
    const at = await scene();
    const before = at.display();
    const id = at.order({ ...target, ...button });
    at.seconds(20);
    expect(isOpen(at)).toBe(false);
    expect(at.display()).not.toBe(before);
    at.press();
    expect(isOpen(at)).toBe(true);
    expect(at.read(id)).toMatchObject({ state: 'opened' });
  });

  it('does not open for somebody who is no admin of the place, whatever keys he may take (SEC-03)', async () => {
    const at = await scene();
    expect(problemOf(() => at.order(target, { by: at.person('operator') }))).toBe('permission-missing');
    at.seconds(5);
    expect(isOpen(at)).toBe(false);
  });

  it('does not open when the right is lost between order and button (SEC-06)', async () => {
    const at = await scene();
    const manager = at.person('location_manager');
    const id = at.order({ ...target, ...button }, { by: manager });
    const { host, site } = at.world;
    const params = { person_id: manager.personId };
    host.call(site.operator, 'changePerson', { params, body: { role: 'operator' } });
    at.seconds(2);
    at.press();
    expect(isOpen(at)).toBe(false);
    expect(at.read(id)).toMatchObject({ state: 'refused', because: 'right_lost' });
  });

  it('is not ordered of a box that is offline, and does not open when it comes back', async () => {
    const at = await scene();
    at.box.link.state = 'down';
    at.seconds(90);
    expect(problemOf(() => at.order(target))).toBe('box-offline');
    at.box.link.state = 'up';
    at.seconds(120);
    expect(isOpen(at)).toBe(false);
  });

  it('does not open when the button is pressed too late', async () => {
    const at = await scene();
    const id = at.order({ ...target, ...button, wait_seconds: 10 });
    at.seconds(13);
    at.press();
    expect(isOpen(at)).toBe(false);
    expect(at.read(id)).toMatchObject({ state: 'expired', because: 'time_over' });
    expect(at.types()).toContain('opening.expired');
  });

  it('does not open after a power cut at the box: the order is forgotten on both sides', async () => {
    const at = await scene();
    const id = at.order({ ...target, ...button });
    at.seconds(2);
    at.box.box.cutPower();
    at.seconds(2);
    at.box.box.powerOn();
    at.seconds(20);
    at.press();
    expect(isOpen(at)).toBe(false);
    expect(at.read(id)).toMatchObject({ state: 'expired' });
  });

  it('does not open when the cloud was started anew between order and button', async () => {
    const at = await scene();
    const id = at.order({ ...target, ...button });
    at.seconds(1);
    await at.world.restartCloud(1_000);
    at.seconds(25);
    at.press();
    expect(isOpen(at)).toBe(false);
    expect(at.read(id)).toMatchObject({ state: 'expired' });
  });

  it('does not open when the broker held the order back until its time was over', async () => {
    const at = await scene();
    const { enemy, network } = at.world;
    enemy.weather = { ...enemy.weather, lostPercent: 100 };
    const id = at.order(target);
    at.world.pass(1);
    enemy.weather = { ...enemy.weather, lostPercent: 0 };
    const held = enemy.overheard.findLast(({ direction }) => direction === 'down');
    at.seconds(33);
    expect(at.read(id)).toMatchObject({ state: 'expired' });
    network.send(at.box.boxId, (held as NonNullable<typeof held>).frame);
    at.seconds(5);
    expect(isOpen(at)).toBe(false);
    expect(at.world.host.grants(at.world.site.operator, at.box.boxId)).toHaveLength(0);
  });

  it('does not open at another box, to which the broker brings the order', async () => {
    const at = await scene({ boxes: 2 });
    const [first, second] = at.world.site.boxes as [Visit['box'], Visit['box']];
    at.order({ ...target, ...button }, { at: second });
    at.world.pass(1);
    const held = at.world.enemy.overheard.findLast(({ direction }) => direction === 'down');
    at.world.network.send(first.boxId, (held as NonNullable<typeof held>).frame);
    at.seconds(1);
    at.press();
    expect(isOpen(at)).toBe(false);
    expect(first.watch.intended.size).toBe(0);
  });

  it('opens once when everything that was said is said again', async () => {
    const at = await scene();
    at.order(target);
    at.seconds(2);
    for (const { boxId, direction, frame } of [...at.world.enemy.overheard]) {
      if (direction === 'up') at.world.host.inject(boxId, frame.slice());
      else at.world.network.send(boxId, frame);
    }
    at.seconds(30);
    expect(at.box.watch.intended.size).toBe(1);
  });
});

describe('a key that is taken from a bin that was opened from afar', () => {
  it('is out with the one who opened it, and comes back as ever (AC-06)', async () => {
    const at = await scene();
    at.order(bin(2));
    at.seconds(2);
    const fob = at.takeAndClose();
    const taken = at.ledger().find(({ type }) => type === 'key.withdrawn');
    expect(taken).toMatchObject({ bin: 2, data: { person_id: at.admin.personId } });
    at.giveBack(fob);
    expect(at.types().at(-1)).toBe('bin.closed');
    expect(at.types()).toContain('key.returned');
  });
});
