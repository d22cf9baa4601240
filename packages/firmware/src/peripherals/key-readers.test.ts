import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boardBench } from '../../test/board-bench.ts';
import { serialOf } from '../electronics/bus-io.ts';
import { SerialWires } from '../electronics/serial-wires.ts';
import { KeyReaders } from './key-readers.ts';

function fitted() {
  const { clock, electronics } = boardBench();
  const line = new SerialWires(clock, 115_200);
  const seen: [number, string | null][] = [];
  const readers = new KeyReaders({
    io: serialOf({ rail: electronics.rail, timer: clock }, new Map([[1, line]])),
    port: 1,
    receive: 0,
    transmit: 0,
    baud: 115_200,
    onTag: (reader, tag) => seen.push([reader, tag === null ? null : Buffer.from(tag).toString('hex')]),
  });
  const say = (bytes: readonly number[]) => {
    line.fromDevice(new Uint8Array(bytes));
    clock.advance(100);
  };
  return { readers, say, seen, line, clock };
}

function frame(reader: number, uid: readonly number[]): number[] {
  return [2, reader, uid.length, ...uid, uid.reduce((sum, byte) => sum ^ byte, reader ^ uid.length), 3];
}

describe('the key readers', () => {
  it('report fobs of 4, 7 and 8 bytes left-aligned in 8, and their absence', () => {
    const { say, seen } = fitted();
    say(frame(3, [4, 0xa1, 0xb2, 0xc3]));
    say(frame(0, [4, 2, 3, 4, 5, 6, 7]));
    say(frame(20, [0xe0, 1, 2, 3, 4, 5, 6, 7]));
    say(frame(3, []));
    expect(seen).toEqual([
      [3, '04a1b2c300000000'],
      [0, '0402030405060700'],
      [20, 'e001020304050607'],
      [3, null],
    ]);
  });

  it('find every good frame in any noise around it, however the bytes are cut', () => {
    const noise = fc.array(
      fc.integer({ min: 0, max: 255 }).filter((byte) => byte !== 2),
      { maxLength: 12 },
    );
    const uid = fc.constantFrom(
      [],
      [4, 1, 2, 3],
      [2, 2, 2, 2],
      [2, 0, 4, 3, 3, 3, 3],
      [1, 2, 3, 4, 5, 6, 7, 2],
    );
    const report = fc.record({ noise, reader: fc.integer({ min: 0, max: 20 }), uid });
    fc.assert(
      fc.property(fc.array(report, { maxLength: 6 }), fc.integer({ min: 1, max: 9 }), (reports, size) => {
        const { say, seen } = fitted();
        const bytes = reports.flatMap((one) => [...one.noise, ...frame(one.reader, one.uid)]);
        for (let at = 0; at < bytes.length; at += size) say(bytes.slice(at, at + size));
        expect(seen.map(([reader]) => reader)).toEqual(reports.map(({ reader }) => reader));
      }),
    );
  });

  it('never report a damaged frame, and go on behind it', () => {
    const good = frame(5, [4, 0xa1, 0xb2, 0xc3]);
    for (let at = 1; at < good.length; at++) {
      const { say, seen } = fitted();
      say(good.map((byte, index) => (index === at ? byte ^ 0x10 : byte)));
      expect(seen).toEqual([]);
      // Bytes that a damaged length still waits for come out of the next frames.
      for (let again = 0; again < 3; again++) say(good);
      expect(seen.length).toBeGreaterThanOrEqual(1);
      expect(new Set(seen.map(String))).toEqual(new Set(['5,04a1b2c300000000']));
    }
  });

  it('refuse a UID of a length that no fob has', () => {
    const { say, seen } = fitted();
    say(frame(1, [1, 2, 3]));
    say(frame(1, [1, 2, 3, 4, 5]));
    expect(seen).toEqual([]);
  });

  it('ask all readers of the line with one byte', () => {
    const { readers, line, clock } = fitted();
    const asked: Uint8Array[] = [];
    line.listenAtDevice((bytes) => asked.push(bytes));
    readers.ask();
    clock.advance(10);
    expect(asked).toEqual([new Uint8Array([5])]);
  });
});
