// Late keys over the API and the box's log: told of once, listed while they are out, taken back always.
import { beforeEach, describe, expect, it } from 'vitest';
import { bodyOf, createDepot, type Depot, itemsOf } from '../../../test/depot.ts';
import { createFeaturesWorld, type FeaturesWorld, problemOf } from '../../../test/features-world.ts';
import { fob, type ModelBox } from '../../../test/model-box.ts';

const minuteMs = 60_000;
let world: FeaturesWorld;
let depot: Depot;
let box: ModelBox;

beforeEach(() => {
  world = createFeaturesWorld();
  world.features.start();
  depot = createDepot(world);
  box = depot.box;
});

const inMinutes = (minutes: number) => new Date(world.ports.nowMs + minutes * minuteMs).toISOString();
const setRule = (rule: object, on = world) =>
  on.call('setReturnRule', depot.owner, { params: { key_id: depot.keyId }, body: rule });
const hourRule = { due_after_minutes: 60, grace_minutes: 15 };

function take(code: string): void {
  box.take(box.ask({ code }));
  const grant = box.opened.at(-1) ?? 0;
  box.write('key-taken', { bin: 3, grant, tag: fob(7) });
  box.write('bin-closed', { bin: 3, grant });
  box.report();
}

function bringBack(): string | undefined {
  const [answer] = box.take(box.ask({ tag: fob(7) }));
  const grant = box.opened.at(-1) ?? 0;
  box.write('key-placed', { bin: 3, grant, tag: fob(7) });
  box.write('bin-closed', { bin: 3, grant });
  box.report();
  return answer?.message.name;
}

function book(minutes: number): string {
  const body = { key_id: depot.keyId, starts_at: inMinutes(0), ends_at: inMinutes(minutes) };
  return String(bodyOf(world.call('createBooking', depot.owner, { body })).code);
}

const late = (on = world) => itemsOf(on.call('listLateKeys', depot.owner));
const told = (on = world) =>
  itemsOf(on.call('listEvents', depot.owner, { query: { limit: 200 } })).filter(({ type }) =>
    String(type).startsWith('key.late'),
  );

describe('a key that was booked', () => {
  it('is late a quarter of an hour after the booking’s end: told once, listed until it is back', () => {
    take(book(120));
    world.ports.advance(134 * minuteMs);
    expect([told(), late()]).toEqual([[], []]);
    world.ports.advance(minuteMs);
    expect(told()).toMatchObject([{ type: 'key.late', key_id: depot.keyId, box_id: box.resourceId }]);
    expect(late()).toMatchObject([
      { key_id: depot.keyId, name: 'Van 7', booking_id: expect.stringMatching(/^bkg_/) },
    ]);
    world.ports.advance(24 * 60 * minuteMs);
    expect(told()).toHaveLength(1);
  });

  it('is taken back however late it comes, and that is told too (AC-02)', () => {
    take(book(120));
    world.ports.advance(24 * 60 * minuteMs);
    expect(bringBack()).toBe('access-granted');
    expect(late()).toEqual([]);
    expect(told().map(({ type }) => type)).toEqual(['key.late_returned', 'key.late']);
    const dueMs = 135 * minuteMs;
    expect(told()[0]?.data).toMatchObject({ late_ms: 24 * 60 * minuteMs - dueMs });
    expect(depot.read('getKey', { key_id: depot.keyId })).toMatchObject({ where: { status: 'in_bin' } });
  });

  it('is not late when it comes back in time', () => {
    take(book(120));
    world.ports.advance(130 * minuteMs);
    bringBack();
    world.ports.advance(24 * 60 * minuteMs);
    expect(told()).toEqual([]);
  });
});

describe('a key that was taken otherwise', () => {
  const unlimited = () => depot.issue({ uses: 'unlimited' }).digits;

  it('is never late unless somebody said how long it may be out', () => {
    take(unlimited());
    world.ports.advance(24 * 60 * minuteMs);
    expect(told()).toEqual([]);
  });

  it('is late when it is out longer than its rule says, each time anew', () => {
    setRule(hourRule);
    const code = unlimited();
    for (const times of [1, 2]) {
      take(code);
      world.ports.advance(60 * minuteMs);
      expect(told()).toHaveLength(2 * times - 1);
      bringBack();
      expect(told()).toHaveLength(2 * times);
    }
  });

  it('follows a rule that is set while it is out', () => {
    take(unlimited());
    world.ports.advance(30 * minuteMs);
    setRule(hourRule);
    world.ports.advance(29 * minuteMs);
    expect(told()).toEqual([]);
    world.ports.advance(minuteMs);
    expect(told()).toHaveLength(1);
    setRule({ ...hourRule, due_after_minutes: null });
    expect(depot.read('getReturnRule', { key_id: depot.keyId })).toEqual({
      ...{ due_after_minutes: null, grace_minutes: 15 },
    });
    bringBack();
    expect(told().map(({ type }) => type)).toEqual(['key.late_returned', 'key.late']);
  });

  it('is told of once by a server that is started anew, whether before or after it was due', () => {
    setRule(hourRule);
    take(unlimited());
    const restart = (from: FeaturesWorld) => {
      const again = createFeaturesWorld({ image: from.database.serialize(), ports: from.ports });
      again.features.start();
      return again;
    };
    const stopped = createFeaturesWorld({ image: world.database.serialize(), ports: world.ports });
    world.ports.advance(90 * minuteMs);
    const second = restart(stopped);
    second.ports.advance(0);
    expect(told(second)).toHaveLength(1);
    const third = restart(second);
    third.ports.advance(90 * minuteMs);
    expect(told(third)).toHaveLength(1);
  });

  it('is forgotten with its key', () => {
    setRule(hourRule);
    take(unlimited());
    world.call('retireKey', depot.owner, { params: { key_id: depot.keyId }, ifMatch: '*' });
    world.ports.advance(120 * minuteMs);
    expect([told(), late()]).toEqual([[], []]);
  });
});

describe('a box that was away', () => {
  it('tells of a late return alone when it tells all at once', () => {
    setRule(hourRule);
    const takenAtMs = world.ports.nowMs;
    world.ports.advance(120 * minuteMs);
    box.write('key-taken', { bin: 3, tag: fob(7), timeMs: takenAtMs });
    box.write('key-placed', { bin: 3, tag: fob(7) });
    box.report();
    expect(told()).toMatchObject([{ type: 'key.late_returned', data: { late_ms: 60 * minuteMs } }]);
  });

  it('may tell afterwards that a key was back in time', () => {
    setRule(hourRule);
    box.write('key-taken', { bin: 3, tag: fob(7) });
    box.report();
    const backAtMs = world.ports.nowMs + 30 * minuteMs;
    world.ports.advance(120 * minuteMs);
    box.write('key-placed', { bin: 3, tag: fob(7), timeMs: backAtMs });
    box.report();
    expect(told()).toMatchObject([{ type: 'key.late_returned', data: { late_ms: 0 } }, { type: 'key.late' }]);
  });
});

it('refuses a rule that makes no sense', () => {
  for (const rule of [
    { due_after_minutes: 0, grace_minutes: 0 },
    { due_after_minutes: 1, grace_minutes: -1 },
  ])
    expect(problemOf(() => setRule(rule))?.code).toBe('invalid-request');
});
