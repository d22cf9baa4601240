import { describe, expect, it } from 'vitest';
import { flashBench, survives } from '../../test/flash-bench.ts';

describe('NOR memory under power cuts', () => {
  it('finishes the bytes before the cut, tears one, and leaves the rest', () => {
    for (let at = 0; at < 8; at++) {
      const { cut, flash, cells } = flashBench(1, 64, at);
      cut.arm(at);
      expect(survives(() => flash.write(new Uint8Array(8), 0))).toBe(false);
      expect([...cells.subarray(0, at)]).toEqual(new Array(at).fill(0));
      expect([...cells.subarray(at + 1)]).toEqual(new Array(63 - at).fill(0xff));
    }
  });

  it('does nothing at all without power', () => {
    const { cut, flash, cells } = flashBench(1, 64);
    cut.powered = false;
    for (const act of [
      () => flash.read(1, 0),
      () => flash.write(new Uint8Array(1), 0),
      () => flash.eraseBlock(0),
    ]) {
      expect(act).toThrow('power-lost');
    }
    expect(cells.every((byte) => byte === 0xff)).toBe(true);
  });

  it('leaves half-programmed bits that read now so, now otherwise, until they are programmed again', () => {
    let wavering = 0;
    for (let seed = 1; seed <= 40; seed++) {
      const { cut, flash } = flashBench(1, 64, seed);
      cut.arm(0);
      survives(() => flash.write(new Uint8Array(1), 0));
      cut.powered = true;
      const look = () => new Set(Array.from({ length: 20 }, () => new Uint8Array(flash.read(1, 0))[0]));
      if (look().size > 1) wavering += 1;
      flash.write(new Uint8Array(1), 0);
      expect(look()).toEqual(new Set([0]));
    }
    expect(wavering).toBeGreaterThan(20);
  });

  it('leaves any bits behind after a cut erase, the more of them raised the later the cut, and a whole erase cures it', () => {
    const raised = [0, 1, 2, 3, 4, 5, 6, 7].map((step) => {
      const { cut, flash, cells } = flashBench(1, 4_096, 5);
      flash.write(new Uint8Array(4_096), 0);
      cut.arm(step);
      expect(survives(() => flash.eraseBlock(0))).toBe(false);
      const count = cells.filter((byte) => byte !== 0).length;
      cut.powered = true;
      flash.eraseBlock(0);
      expect(new Uint8Array(flash.read(4_096, 0)).every((byte) => byte === 0xff)).toBe(true);
      return count;
    });
    expect(raised[0]).toBe(0);
    expect([...raised].sort((left, right) => left - right)).toEqual(raised);
    expect(raised[7]).toBeGreaterThan(3_000);
  });
});
