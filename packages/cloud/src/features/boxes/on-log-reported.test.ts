// The replay of a box's log: every entry has its effect exactly once, through lost answers, repeated
// batches and a cloud that is killed; gaps and forks are told and never accepted.
import { describe, expect, it } from 'vitest';
import { createDepot } from '../../../test/depot.ts';
import { createFeaturesWorld } from '../../../test/features-world.ts';
import { fob } from '../../../test/model-box.ts';

const open = () => createDepot(createFeaturesWorld());
const count = (types: readonly string[], type: string) => types.filter((told) => told === type).length;

describe('a log that arrives', () => {
  it('has each effect once, however often its batches come', () => {
    const depot = open();
    depot.box.write('mains-lost');
    const batch = depot.box.batch();
    depot.box.reportBatch(batch);
    depot.box.reportBatch(batch);
    depot.box.report();
    expect(count(depot.told(), 'mains.lost')).toBe(1);
  });

  it('is acknowledged with its end and hash, and only then', () => {
    const depot = open();
    depot.box.write('mains-lost');
    const [answer] = depot.box.reportBatch(depot.box.batch());
    expect(answer?.message).toEqual({
      name: 'log-acknowledged',
      body: { end: depot.box.log.length, hash: depot.box.hash },
    });
  });

  it('has each effect once when the cloud is killed after the commit and before the acknowledgement', () => {
    const depot = open();
    depot.box.write('mains-lost');
    depot.box.reportBatch(depot.box.batch());
    const image = depot.world.database.serialize();
    depot.box.world = createFeaturesWorld({ seed: 'again', image, ports: depot.world.ports });
    depot.box.report();
    const ledger = depot.box.world.features.events.ledger(depot.owner.tenantId);
    const told = ledger.read({ types: ['mains.lost'] }, { from: 0, order: 'rising', limit: 10 });
    expect(told).toHaveLength(1);
    expect(depot.box.acknowledged).toBe(depot.box.log.length);
  });

  it('has no effect at all when one of its effects fails: entry, bin and event stand or fall together', () => {
    const depot = open();
    const before = depot.told();
    const bins = depot.world.features.boxes.bins(depot.owner.tenantId, depot.box.boxId);
    const stop = depot.world.events.join('fob-moved', () => {
      throw new RangeError('a feature fails');
    });
    depot.box.write('mains-lost');
    depot.box.write('key-taken', { bin: 3, tag: fob(7) });
    expect(() => depot.box.report()).toThrow('a feature fails');
    expect(depot.told()).toEqual(before);
    expect(depot.world.features.boxes.bins(depot.owner.tenantId, depot.box.boxId)).toEqual(bins);
    stop();
    depot.box.report();
    expect(depot.told().slice(before.length)).toEqual(['mains.lost', 'key.withdrawn']);
  });

  it('takes the box’s own time where it has one', () => {
    const depot = open();
    const atMs = depot.world.ports.nowMs - 3_600_000;
    depot.box.write('mains-lost', { timeMs: atMs, timeSource: 'held' });
    depot.box.write('mains-restored', { timeMs: 0, timeSource: 'unknown' });
    depot.box.report();
    const ledger = depot.world.features.events.ledger(depot.owner.tenantId);
    const [restored, lost] = ledger.read({}, { from: 1e9, order: 'falling', limit: 2 });
    expect(lost?.fact.occurredAtMs).toBe(atMs);
    expect(restored?.fact.occurredAtMs).toBe(depot.world.ports.nowMs);
  });
});

describe('a log that does not fit', () => {
  it('raises one alarm for a gap and goes on where it stopped once the entries are there', () => {
    const depot = open();
    for (const kind of ['mains-lost', 'mains-restored', 'mains-lost'] as const) depot.box.write(kind);
    const first = depot.box.log.length - 2;
    const late = depot.box.batch(first + 1);
    depot.box.reportBatch(late);
    const [answer] = depot.box.reportBatch(late);
    expect(answer?.message.body).toMatchObject({ end: first - 1 });
    expect(count(depot.told(), 'box.log_gap')).toBe(1);
    expect(count(depot.told(), 'mains.restored')).toBe(0);
    depot.box.report();
    expect(count(depot.told(), 'mains.lost')).toBe(2);
  });

  it('raises an alarm for a forged entry and keeps what came before it', () => {
    const depot = open();
    depot.box.write('mains-lost');
    depot.box.write('mains-restored');
    const batch = depot.box.batch();
    const forged = batch.entries.map((bytes) => bytes.slice());
    (forged[1] as Uint8Array)[11] = 14;
    depot.box.reportBatch({ ...batch, entries: forged });
    expect(depot.told().slice(-2)).toEqual(['mains.lost', 'box.log_fault']);
  });

  it('raises an alarm for a fork: another history under the same numbers', () => {
    const depot = open();
    depot.box.write('mains-lost');
    depot.box.report();
    depot.box.log.splice(-1);
    depot.box.write('battery-low', { detail: 3 });
    depot.box.reportBatch(depot.box.batch(depot.box.log.length));
    expect(depot.told().at(-1)).toBe('box.log_fault');
  });

  it('raises an alarm when a box opens a session with a shorter log, or with another one', () => {
    const depot = open();
    depot.box.confirm({ logEnd: depot.box.log.length - 1 });
    depot.box.confirm({ logEnd: depot.box.log.length - 1 });
    expect(count(depot.told(), 'box.log_fault')).toBe(1);
    depot.box.confirm({ logHash: new Uint8Array(16) });
    expect(count(depot.told(), 'box.log_fault')).toBe(2);
  });

  it('goes on after a gap that a restored database left, once an operator has approved it', () => {
    const depot = open();
    const image = depot.world.database.serialize();
    depot.box.write('mains-lost');
    depot.box.write('mains-restored');
    depot.box.report();
    // The database is restored: it has forgotten what the box has been told was stored.
    const restored = createFeaturesWorld({ seed: 'restored', image, ports: depot.world.ports });
    depot.box.world = restored;
    depot.box.write('battery-low', { detail: 9 });
    depot.box.confirm();
    depot.box.reportBatch(depot.box.batch());
    restored.call('approveRecovery', depot.owner, { params: { box_id: depot.box.resourceId } });
    depot.box.confirm();
    depot.box.write('mains-lost');
    depot.box.report();
    const told = restored.features.events
      .ledger(depot.owner.tenantId)
      .read({}, { from: 1e9, order: 'falling', limit: 2 })
      .map(({ fact }) => [fact.type, fact.data]);
    expect(told).toEqual([
      ['mains.lost', {}],
      ['box.log_gap_accepted', { first_lost: 2, last_lost: 4 }],
    ]);
  });
});
