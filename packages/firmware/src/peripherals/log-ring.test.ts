import { describe, expect, it } from 'vitest';
import { type FlashBench, flashBench, remount, survives } from '../../test/flash-bench.ts';
import { SeededRandom } from '../electronics/seeded-random.ts';
import { ENTRY_BYTES, LogRing } from './log-ring.ts';

const SLOTS = 4;
const SECTOR_BYTES = 16 + SLOTS * 72;

const mount = (bench: FlashBench): LogRing => new LogRing(bench.flash);
/** Each writing of a sequence is another entry, so that a mix-up of two writings shows. */
const entryOf = (sequence: number, writing = 0): Uint8Array =>
  new SeededRandom(sequence * 100 + writing).bytes(ENTRY_BYTES);

function filled(ring: LogRing, through: number): LogRing {
  for (let sequence = ring.end + 1; sequence <= through; sequence++) {
    expect(ring.append(sequence, entryOf(sequence))).toBe('stored');
  }
  return ring;
}

function expectEntries(ring: LogRing, first: number, end: number): void {
  const read = ring.read(0, 10_000);
  expect(read.first).toBe(first);
  expect(read.entries).toEqual(Array.from({ length: end - first + 1 }, (_, index) => entryOf(first + index)));
}

describe('the log ring', () => {
  it('starts empty and finds its entries again after a start', () => {
    const bench = flashBench(4, SECTOR_BYTES);
    const empty = mount(bench);
    expect([empty.first, empty.end, empty.lastEntry]).toEqual([1, 0, undefined]);
    filled(empty, 10);
    const again = mount(bench);
    expect([again.first, again.end]).toEqual([1, 10]);
    expect(again.lastEntry).toEqual(entryOf(10));
    expectEntries(again, 1, 10);
  });

  it('reads from a sequence, at most as many as asked, over sector boundaries', () => {
    const ring = filled(mount(flashBench(5, SECTOR_BYTES)), 13);
    expect(ring.read(3, 6)).toEqual({ first: 3, entries: [3, 4, 5, 6, 7, 8].map((n) => entryOf(n)) });
    expect(ring.read(13, 6).entries).toHaveLength(1);
    expect(ring.read(14, 6)).toEqual({ first: 14, entries: [] });
  });

  it('never overwrites what was not released: it says that it is full', () => {
    const ring = filled(mount(flashBench(3, SECTOR_BYTES)), 12);
    expect(ring.append(13, entryOf(13))).toBe('full');
    expectEntries(ring, 1, 12);
    ring.release(3);
    expect(ring.append(13, entryOf(13))).toBe('full');
    ring.release(4);
    expect(ring.append(13, entryOf(13))).toBe('stored');
    expectEntries(ring, 5, 13);
  });

  it('surely holds as many unreleased entries as it promises, whatever the sector boundary', () => {
    for (let released = 0; released < 3 * SLOTS; released++) {
      const ring = mount(flashBench(3, SECTOR_BYTES));
      for (let sequence = 1; sequence <= released + ring.capacity; sequence++) {
        expect(ring.append(sequence, entryOf(sequence))).toBe('stored');
        ring.release(Math.min(sequence, released));
      }
    }
  });

  it('keeps the newest entry when everything is released, because the next is chained to it', () => {
    const bench = flashBench(3, SECTOR_BYTES);
    filled(mount(bench), 8).release(8);
    const ring = mount(bench);
    expect(ring.end).toBe(8);
    expect(ring.lastEntry).toEqual(entryOf(8));
  });

  it('refuses a gap, a repetition and an entry of another size', () => {
    const ring = filled(mount(flashBench(3, SECTOR_BYTES)), 2);
    expect(() => ring.append(4, entryOf(4))).toThrow('sequence-gap');
    expect(() => ring.append(2, entryOf(2))).toThrow('sequence-gap');
    expect(() => ring.append(3, new Uint8Array(63))).toThrow('entry-size');
    expect(() => mount(flashBench(2, SECTOR_BYTES))).toThrow('partition-too-small');
  });

  it('mounts 256 KiB by reading its headers, one entry a sector, and the newest sector', () => {
    const bench = flashBench(64, 4096);
    filled(mount(bench), 3_500);
    let bytes = 0;
    const read = bench.flash.read.bind(bench.flash);
    bench.flash.read = (byteLength: number, byteOffset: number) => {
      bytes += byteLength;
      return read(byteLength, byteOffset);
    };
    expect(mount(bench).end).toBe(3_500);
    expect(bytes).toBeLessThan(64 * (16 + 72) + 2 * 4096);
  });
});

/** Appends, releasing as it goes; after a cut the entry in doubt is written again in another form. */
function run(cuts: number[]): { readonly faults: string[]; readonly operations: number } {
  const bench = flashBench(3, SECTOR_BYTES, 3 + (cuts[0] ?? 0));
  const faults: string[] = [];
  const stored = new Map<number, Uint8Array>();
  const first = cuts.shift();
  if (first !== undefined) bench.cut.arm(first);
  let ring: LogRing | undefined;
  if (!survives(() => (ring = mount(bench)))) ring = remount(bench, cuts, () => mount(bench));
  let released = 0;
  for (let turn = 0; turn < 26; turn++) {
    const current = ring as LogRing;
    const sequence = current.end + 1;
    const entry = entryOf(sequence, turn);
    let result = '';
    const done = survives(() => {
      result = current.append(sequence, entry);
      if (result === 'stored') stored.set(sequence, entry);
      if (turn % 3 !== 2) return;
      released = sequence - 2;
      current.release(released);
    });
    if (result === 'full') faults.push(`full at ${sequence} with ${released} released`);
    if (!done) {
      ring = remount(bench, cuts, () => mount(bench));
      if (ring.end === sequence && !stored.has(sequence)) stored.set(sequence, entry);
    }
    faults.push(...check(ring as LogRing, stored, released));
  }
  return { faults, operations: bench.cut.operations };
}

function check(ring: LogRing, stored: Map<number, Uint8Array>, released: number): string[] {
  const faults: string[] = [];
  if (ring.end !== stored.size) faults.push(`end ${ring.end}, stored ${stored.size}`);
  if (ring.first > released + 1) faults.push(`first ${ring.first}, released only ${released}`);
  const read = ring.read(ring.first, 1_000);
  if (read.entries.length !== ring.end - ring.first + 1) faults.push(`hole: ${read.entries.length} entries`);
  read.entries.forEach((entry, index) => {
    const sequence = read.first + index;
    if (!Buffer.from(entry).equals(Buffer.from(stored.get(sequence) ?? [])))
      faults.push(`entry ${sequence} differs`);
  });
  if (ring.end > 0 && !Buffer.from(ring.lastEntry ?? []).equals(Buffer.from(stored.get(ring.end) ?? []))) {
    faults.push('last entry differs');
  }
  return faults;
}

describe('the log ring under power cuts', () => {
  it('loses and doubles no entry, cut at every operation of appending, moving on and erasing', () => {
    const { operations, faults } = run([]);
    expect(faults).toEqual([]);
    expect(operations).toBeGreaterThan(1_800);
    for (let at = 0; at < operations; at++) expect(run([at]).faults).toEqual([]);
  });

  it('loses and doubles no entry when the power fails again and again during recovery', () => {
    const { operations } = run([]);
    for (let at = 0; at < operations; at += 13) {
      for (let again = 0; again < 130; again += 9) expect(run([at, again, again >> 1]).faults).toEqual([]);
    }
  });

  it('believes the same entries at every later start, however the last byte was torn', () => {
    for (let seed = 1; seed <= 1_500; seed++) {
      const bench = flashBench(3, SECTOR_BYTES, seed);
      const ring = filled(mount(bench), SLOTS + (seed % 2) * 3);
      bench.cut.arm(lastBytesOf(ring, seed));
      survives(() => ring.append(ring.end + 1, entryOf(ring.end + 1)));
      const again = remount(bench, [], () => mount(bench));
      const { end } = again;
      if (seed % 3 > 0) again.append(end + 1, entryOf(end + 1));
      for (let start = 0; start < 8; start++) expect(mount(bench).end).toBe(again.end);
    }
  });

  it('takes no sector for one in use whose erasing was cut', () => {
    for (let seed = 1; seed <= 200; seed++) {
      const bench = flashBench(3, SECTOR_BYTES, seed);
      const ring = filled(mount(bench), 2 * SLOTS);
      bench.cut.arm(16 + (seed % 8));
      expect(survives(() => ring.release(SLOTS))).toBe(false);
      const again = remount(bench, [], () => mount(bench));
      expectEntries(again, SLOTS + 1, 2 * SLOTS);
    }
  });

  it('goes on behind a sector whose every slot was torn, and promises less room while torn slots remain', () => {
    const bench = flashBench(4, SECTOR_BYTES);
    let ring = filled(mount(bench), SLOTS);
    const { capacity } = ring;
    for (let torn = 0; torn < SLOTS; torn++) {
      // The first of them also erases (28 operations) and opens (8) the sector.
      bench.cut.arm(torn === 0 ? 56 : 20);
      expect(survives(() => ring.append(SLOTS + 1, entryOf(SLOTS + 1)))).toBe(false);
      ring = remount(bench, [], () => mount(bench));
    }
    expect(ring.capacity).toBe(capacity - SLOTS);
    filled(ring, 2 * SLOTS + 1);
    const again = mount(bench);
    expectEntries(again, 1, 2 * SLOTS + 1);
    filled(again, again.capacity);
    again.release(again.end);
    expect(again.capacity).toBe(capacity);
  });
});

/** Operations until the last byte of the next entry, or, where a sector is opened first, of its header. */
function lastBytesOf(ring: LogRing, seed: number): number {
  const opensSector = ring.end % SLOTS === 0;
  if (!opensSector) return 71;
  // A new sector is erased first: its header 16, the erase 8, its mark 4; then it is opened by 8.
  return seed % 4 < 2 ? 28 + 7 : 28 + 8 + 71;
}
