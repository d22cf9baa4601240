import { describe, expect, it } from 'vitest';
import { type FlashBench, flashBench, remount, survives } from '../../test/flash-bench.ts';
import { SeededRandom } from '../electronics/seeded-random.ts';
import { RECORD_BYTES, RecordStore } from './record-store.ts';

const IDS = { root: 2, lockout: 6, settings: 10 } as const;
type Name = keyof typeof IDS;
const NAMES = Object.keys(IDS) as Name[];
/** Eight slots of a 4-KiB sector's 37 are enough for a rotation every few saves. */
const SECTOR_BYTES = 16 + 8 * 108;

const mount = (bench: FlashBench): RecordStore<Name> => new RecordStore<Name>(bench.flash, IDS);

/** A value that tells its version and is found again in a dump. */
function versionOf(name: Name, version: number): Uint8Array {
  const random = new SeededRandom(IDS[name] * 1000 + version);
  return new Uint8Array([version, ...random.bytes(12 + random.below(40))]);
}

function contains(haystack: Uint8Array, needle: Uint8Array): boolean {
  return Buffer.from(haystack).includes(Buffer.from(needle));
}

/** Mounts and saves versions in turn, the power failing at the first of `cuts`; the rest hit the recovery. */
function run(blocks: number, cuts: number[]): { readonly faults: string[]; readonly operations: number } {
  const bench = flashBench(blocks, SECTOR_BYTES, 7 + (cuts[0] ?? 0));
  const faults: string[] = [];
  const acknowledged = new Map<Name, number>(NAMES.map((name) => [name, 0]));
  const first = cuts.shift();
  if (first !== undefined) bench.cut.arm(first);
  let store: RecordStore<Name> | undefined;
  if (!survives(() => (store = mount(bench)))) store = remount(bench, cuts, () => mount(bench));
  for (let turn = 0; turn < 24; turn++) {
    const name = NAMES[turn % NAMES.length] as Name;
    const before = acknowledged.get(name) as number;
    const done = survives(() => store?.save(name, versionOf(name, before + 1)));
    if (done) acknowledged.set(name, before + 1);
    else store = remount(bench, cuts, () => mount(bench));
    faults.push(...check(bench, store as RecordStore<Name>, { acknowledged, tried: name, known: done }));
  }
  return { faults, operations: bench.cut.operations };
}

interface Expected {
  readonly acknowledged: Map<Name, number>;
  readonly tried: Name;
  readonly known: boolean;
}

function check(bench: FlashBench, store: RecordStore<Name>, expected: Expected): string[] {
  const faults: string[] = [];
  const records = store.records();
  for (const name of NAMES) {
    const before = expected.acknowledged.get(name) as number;
    const found = records[name]?.[0] ?? 0;
    const most = name === expected.tried && !expected.known ? before + 1 : before;
    if (found < before || found > most) faults.push(`${name}: version ${found}, acknowledged ${before}`);
    if (found > 0 && !Buffer.from(records[name] ?? []).equals(Buffer.from(versionOf(name, found)))) {
      faults.push(`${name}: bytes of version ${found} differ`);
    }
    if (found > 1 && contains(bench.cells, versionOf(name, found - 1).subarray(1))) {
      faults.push(`${name}: version ${found - 1} can still be read out`);
    }
    expected.acknowledged.set(name, found);
  }
  return faults;
}

describe('the record store', () => {
  it('gives back what was saved, also after a start', () => {
    const bench = flashBench(2, 4096);
    const store = mount(bench);
    expect(store.records()).toEqual({});
    store.save('root', new Uint8Array([1, 2, 3]));
    store.save('settings', new Uint8Array(RECORD_BYTES).fill(9));
    store.save('lockout', new Uint8Array());
    const expected = {
      root: new Uint8Array([1, 2, 3]),
      settings: new Uint8Array(RECORD_BYTES).fill(9),
      lockout: new Uint8Array(),
    };
    expect(store.records()).toEqual(expected);
    expect(mount(bench).records()).toEqual(expected);
  });

  it('leaves nothing of a replaced or rotated value in the flash (SEC-13)', () => {
    const bench = flashBench(2, SECTOR_BYTES);
    const store = mount(bench);
    for (let version = 1; version <= 60; version++) {
      store.save('root', versionOf('root', version));
      if (version > 1) expect(contains(bench.cells, versionOf('root', version - 1).subarray(1))).toBe(false);
    }
    expect(store.wear.rotations).toBeGreaterThan(5);
  });

  it('writes nothing when the value is the same', () => {
    const bench = flashBench(2, 4096);
    const store = mount(bench);
    store.save('root', new Uint8Array([1]));
    const { operations } = bench.cut;
    store.save('root', new Uint8Array([1]));
    expect(bench.cut.operations).toBe(operations);
  });

  it('keeps a record whose name a later firmware does not know', () => {
    const bench = flashBench(2, SECTOR_BYTES);
    const old = new RecordStore<'retired'>(bench.flash, { retired: 99 });
    old.save('retired', new Uint8Array([42]));
    const store = mount(bench);
    for (let version = 1; version <= 20; version++) store.save('root', versionOf('root', version));
    expect(new RecordStore<'retired'>(bench.flash, { retired: 99 }).records()).toEqual({
      retired: new Uint8Array([42]),
    });
  });

  it('refuses a record above 96 bytes and a partition with no room', () => {
    const bench = flashBench(2, 4096);
    expect(() => mount(bench).save('root', new Uint8Array(97))).toThrow('record-too-long');
    expect(() => mount(flashBench(1, 4096))).toThrow('partition-too-small');
    expect(() => mount(flashBench(2, 16 + 3 * 108))).toThrow('partition-too-small');
  });

  it('reports flash that does not hold what was written', () => {
    const bench = flashBench(2, 4096);
    const store = mount(bench);
    bench.cells.fill(0, 2000);
    expect(() => {
      for (let version = 1; version <= 30; version++) store.save('root', versionOf('root', version));
    }).toThrow('flash-failed');
  });

  it('spreads wear: 200 sessions a day for ten years stay far below what NOR flash bears', () => {
    const bench = flashBench(4, 4096);
    const store = mount(bench);
    const sample = 20_000;
    for (let count = 0; count < sample; count++) store.save('root', new Uint8Array([count, count >> 8, 1]));
    const tenYears = (store.wear.erasesPerSector / sample) * 200 * 365 * 10;
    expect(tenYears).toBeGreaterThan(0);
    expect(tenYears).toBeLessThan(20_000);
  });
});

describe('the record store under power cuts', () => {
  it.each([2, 3])(
    'never falls behind what it acknowledged, cut at every operation (%i sectors)',
    (blocks) => {
      const { operations, faults } = run(blocks, []);
      expect(faults).toEqual([]);
      expect(operations).toBeGreaterThan(2_000);
      for (let at = 0; at < operations; at++) expect(run(blocks, [at]).faults).toEqual([]);
    },
  );

  it('never falls behind when the power fails again during recovery', () => {
    const { operations } = run(2, []);
    for (let at = 0; at < operations; at += 11) {
      for (let again = 0; again < 400; again += 23) expect(run(2, [at, again]).faults).toEqual([]);
    }
  });

  it('believes the same record at every later start, however the last byte was torn', () => {
    for (let seed = 1; seed <= 300; seed++) {
      const bench = flashBench(2, SECTOR_BYTES, seed);
      const store = mount(bench);
      // Even seeds tear the record's last byte, odd ones that of the header that ends a rotation.
      for (let version = 1; version <= (seed % 2 === 0 ? 2 : 8); version++)
        store.save('root', versionOf('root', version));
      const next = versionOf('root', 9);
      bench.cut.arm(8 + next.length + 4 + (seed % 2 === 0 ? 0 : 8) - 1);
      survives(() => store.save('root', next));
      const found = remount(bench, [], () => mount(bench)).records();
      expect(found.root?.[0]).toBeGreaterThanOrEqual(seed % 2 === 0 ? 2 : 8);
      for (let start = 0; start < 8; start++) expect(mount(bench).records()).toEqual(found);
    }
  });
});
