// Invariant I3: what the cloud says of bins, grants, custody and openings by hand is a replay of the box's log and of
// nothing else. A random life of a box is replayed here from its stored entries by a second, plain
// reckoning, and compared with the tables and the ledger.
import { decodeLogEntry, isOfflineGrant, type LogEntry } from '@smartbox/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { advanceGrant, type Grant } from '../src/features/access/index.ts';
import { applyToBin, type Bin, newBin } from '../src/features/boxes/index.ts';
import type { Principal } from '../src/platform/token-register.ts';
import { bodyOf, createDepot, type Depot } from './depot.ts';
import { createFeaturesWorld } from './features-world.ts';
import { openByHand } from './hand-opening.ts';
import { fob, type ModelBox } from './model-box.ts';

const visits = [
  'withdraw',
  'withdraw-nothing',
  'bring-back',
  'bring-back-nothing',
  'strange-fob',
  'jam',
  'force',
  'reboot',
  'sense-again',
  'lost-grant',
  'from-afar',
  'main-lock',
  'by-hand',
  'all-by-hand',
  'count',
  'report',
  'report-part',
  'report-twice',
  'confirm',
] as const;
const visit = fc.record({ kind: fc.constantFrom(...visits), bin: fc.integer({ min: 1, max: 4 }) });

/** What hangs where in the real box, which the cloud can only learn from the log. */
class Life {
  readonly depot: Depot;
  readonly box: ModelBox;
  readonly hanging = new Map<number, number>([[3, 7]]);
  readonly digits: ReadonlyMap<number, string>;
  readonly admin: Principal;
  /** Where the log ended at each count. */
  readonly countedAt: number[] = [];

  constructor(depot: Depot) {
    this.depot = depot;
    this.box = depot.box;
    const { world, owner } = depot;
    const body = { name: 'Admin', role: 'admin', mail: 'admin@example.jp' };
    const personId = String(bodyOf(world.call('createPerson', owner, { body })).id);
    this.admin = { ...owner, role: 'admin', personId };
    const other = depot.addKey(8);
    this.digits = new Map([
      [7, depot.issue({ uses: 'unlimited' }).digits],
      [8, depot.issue({ key_id: other, uses: 'unlimited' }).digits],
    ]);
  }

  live({ kind, bin }: { readonly kind: (typeof visits)[number]; readonly bin: number }): void {
    const { box } = this;
    box.report();
    this.depot.world.ports.advance(60_000);
    switch (kind) {
      case 'withdraw':
      case 'withdraw-nothing':
        this.#withdraw(bin % 2 === 0 ? 8 : 7, kind === 'withdraw');
        break;
      case 'bring-back':
      case 'bring-back-nothing':
        this.#bringBack(bin % 2 === 0 ? 8 : 7, kind === 'bring-back');
        break;
      case 'strange-fob':
        box.write('bin-forced', { bin });
        box.write('key-placed', { bin, tag: fob(50) });
        box.write('key-taken', { bin, tag: fob(50) });
        box.write('bin-closed', { bin });
        if (this.hanging.delete(bin)) box.write('booted');
        break;
      case 'jam':
        this.#jam(bin % 2 === 0 ? 8 : 7);
        break;
      case 'force':
        this.#force(bin);
        break;
      case 'reboot':
        box.write('booted');
        box.confirm();
        break;
      case 'sense-again':
        for (const [at, number] of this.hanging) box.write('key-placed', { bin: at, tag: fob(number) });
        break;
      case 'lost-grant':
        box.ask({ code: this.digits.get(7) ?? '' });
        break;
      case 'from-afar':
      case 'main-lock':
        this.#openFromAfar(kind === 'from-afar' ? bin : 0);
        break;
      case 'by-hand':
        openByHand(box, { bins: [[bin, this.#takeOut(bin)]] });
        break;
      case 'all-by-hand':
        openByHand(box, { target: 0, bins: [...this.hanging.keys()].map((at) => [at, this.#takeOut(at)]) });
        break;
      case 'count':
        this.#count();
        break;
      default:
        this.#tell(kind);
    }
  }

  #takeOut(bin: number): number | null {
    const number = this.hanging.get(bin) ?? null;
    this.hanging.delete(bin);
    return number;
  }

  #count(): void {
    const { world, owner } = this.depot;
    const bins = waitingBins(this).map((bin) => ({ bin, fob_label: null }));
    if (bins.length === 0) return;
    const params = { box_id: this.box.resourceId };
    world.call('countBox', owner, { params, body: { counted_by: 'x', bins } });
    this.countedAt.push(this.box.log.length);
  }

  #tell(kind: string): void {
    const { box } = this;
    if (kind === 'confirm') box.confirm();
    else if (kind === 'report-part') box.reportBatch(box.batch(Math.max(1, box.acknowledged - 2), 5));
    else {
      box.write('mains-lost');
      box.reportBatch(box.batch());
      if (kind === 'report-twice') box.reportBatch(box.batch(1, 16));
    }
  }

  #withdraw(number: number, takes: boolean): void {
    const { box } = this;
    const opened = box.opened.length;
    box.take(box.ask({ code: this.digits.get(number) ?? '' }));
    const grant = box.opened[opened];
    const bin = [...this.hanging].find(([, hangs]) => hangs === number)?.[0];
    if (grant === undefined || bin === undefined) return;
    if (takes) {
      box.write('key-taken', { bin, grant, tag: fob(number) });
      this.hanging.delete(bin);
    }
    box.write('bin-closed', { bin, grant });
  }

  #openFromAfar(bin: number): void {
    const { box, depot } = this;
    const { world } = depot;
    world.connected.add(box.boxId);
    const target = bin === 0 ? 'main_lock' : { bin };
    const params = { box_id: box.resourceId };
    const body = { target, press: 'none', reason: 'x' };
    world.call('orderOpening', this.admin, { params, body });
    const asked = world.sent.findLast(({ message }) => message?.name === 'opening-asked')?.message;
    if (asked?.name !== 'opening-asked') throw new RangeError('nothing was asked');
    const opened = box.opened.length;
    box.take(box.ask({ order: asked.body.order, bin }));
    const grant = box.opened[opened];
    if (grant !== undefined) {
      const taken = bin === 0 ? undefined : this.hanging.get(bin);
      if (taken !== undefined) box.write('key-taken', { bin, grant, tag: fob(taken) });
      this.hanging.delete(bin);
      box.write(bin === 0 ? 'main-lock-closed' : 'bin-closed', { bin, grant });
    }
    // An order that the box had to put off, because its log was not here, is over before the next visit.
    world.ports.advance(40_000);
  }

  #bringBack(number: number, places: boolean): void {
    const { box } = this;
    if ([...this.hanging.values()].includes(number)) return;
    const opened = box.opened.length;
    const [answer] = box.take(box.ask({ tag: fob(number) }));
    const grant = box.opened[opened];
    if (grant === undefined || answer?.message.name !== 'access-granted') return;
    const { bin } = answer.message.body;
    if (places) {
      box.write('key-placed', { bin, grant, tag: fob(number) });
      this.hanging.set(bin, number);
    }
    box.write('bin-closed', { bin, grant });
  }

  #jam(number: number): void {
    const { box } = this;
    const [answer] = box.ask({ code: this.digits.get(number) ?? '' });
    if (answer?.message.name !== 'access-granted') return;
    const { bin, grant } = answer.message.body;
    box.outstanding = undefined;
    box.write('open-intended', { bin, grant });
    box.write('bin-jammed', { bin, grant });
  }

  #force(bin: number): void {
    const { box } = this;
    box.write('bin-forced', { bin });
    const number = this.hanging.get(bin);
    if (number !== undefined) {
      box.write('key-taken', { bin, tag: fob(number) });
      this.hanging.delete(bin);
    }
    box.write('bin-closed', { bin });
  }
}

/** The second reckoning: from entries alone. */
function replay(entries: readonly LogEntry[], granted: readonly Grant[]) {
  const bins = new Map<number, Bin>([1, 2, 3, 4].map((bin) => [bin, newBin(bin)]));
  const grants = new Map(
    granted.map(({ reference, bin }) => [reference, { bin, state: 'granted' as Grant['state'] }]),
  );
  const out = new Map<string, number>();
  for (const entry of entries) {
    const bin = bins.get(entry.bin);
    if (bin !== undefined) bins.set(entry.bin, applyToBin(bin, entry, entry.timeMs));
    const grant = grants.get(entry.grant);
    if (grant !== undefined) grant.state = advanceGrant(grant, entry).state;
    const tag = Buffer.from(entry.tag).toString('hex');
    if (entry.kind === 'key-taken') out.set(tag, entry.sequence);
    if (entry.kind === 'key-placed') out.delete(tag);
  }
  return { bins: [...bins.values()], grants, out };
}

describe('the ledger (I3)', () => {
  it('equals a replay of the box’s log: no fact lost, none twice', () => {
    fc.assert(
      fc.property(fc.array(visit, { maxLength: 25 }), (visits) => {
        const life = new Life(createDepot(createFeaturesWorld()));
        for (const one of visits) life.live(one);
        life.box.report();
        life.box.confirm();
        const { world, owner } = life.depot;
        const { boxes, access } = world.features;
        const entries = boxes.logBodies(owner.tenantId, life.box.boxId).map(decodeLogEntry);
        expect(entries.map(({ sequence }) => sequence)).toEqual(life.box.log.map((_, index) => index + 1));

        const granted = access.grants(owner.tenantId, life.box.boxId);
        const reckoned = replay(entries, granted);
        expect(boxes.bins(owner.tenantId, life.box.boxId)).toEqual(reckoned.bins);
        for (const { reference, state } of granted) {
          const expected = reckoned.grants.get(reference)?.state;
          expect(state).toBe(expected === 'granted' ? 'void' : expected);
        }
        compareCustody(life, reckoned.out);
        compareCounts(life, entries);
        compareEvents(life, entries);
        world.database.close();
      }),
      { numRuns: 80 },
    );
  });
});

function compareCustody(life: Life, out: ReadonlyMap<string, number>): void {
  const keys = life.depot.world.call('listKeys', life.depot.owner).body as {
    data: readonly { fob_tag: string; where: { status: string; bin: number | null } }[];
  };
  for (const { fob_tag, where } of keys.data) {
    const hangsAt = [...life.hanging].find(([, number]) => fobHex(number).startsWith(fob_tag))?.[0];
    const isOut = [...out.keys()].some((tag) => tag.startsWith(fob_tag));
    expect(where.status).toBe(hangsAt !== undefined ? 'in_bin' : isOut ? 'out' : 'unknown');
    if (hangsAt !== undefined) expect(where.bin).toBe(hangsAt);
  }
}

function waitingBins({ depot, box }: Life): readonly number[] {
  const { bins } = depot.read('getBoxCount', { box_id: box.resourceId });
  return (bins as readonly { bin: number }[]).map(({ bin }) => bin);
}

// What waits is what was opened by hand after the last count; each count is told once.
function compareCounts(life: Life, entries: readonly LogEntry[]): void {
  const since = life.countedAt.at(-1) ?? 0;
  const byHand = entries.filter(
    ({ sequence, grant, bin, kind }) =>
      sequence > since && isOfflineGrant(grant) && bin > 0 && kind !== 'bin-closed',
  );
  expect(waitingBins(life)).toEqual([...new Set(byHand.map(({ bin }) => bin))].toSorted((a, b) => a - b));
  expect(life.depot.told().filter((type) => type === 'count.done')).toHaveLength(life.countedAt.length);
}

function fobHex(number: number): string {
  return Buffer.from(fob(number)).toString('hex');
}

// Each of these entries is told once, in the order of the log.
const toldAs: Readonly<Partial<Record<LogEntry['kind'], string>>> = {
  booted: 'box.booted',
  'bin-opened': 'bin.opened',
  'bin-closed': 'bin.closed',
  'bin-jammed': 'bin.jammed',
  'bin-forced': 'bin.forced',
  'mains-lost': 'mains.lost',
  'main-lock-opened': 'main_lock.opened',
  'main-lock-closed': 'main_lock.closed',
};

function compareEvents(life: Life, entries: readonly LogEntry[]): void {
  const types = new Set(Object.values(toldAs));
  const expected = entries.flatMap(({ kind }) => toldAs[kind] ?? []);
  expect(life.depot.told().filter((type) => types.has(type))).toEqual(expected);
}
