import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boardBench } from '../../test/board-bench.ts';
import type { PinAt } from '../boards/board.ts';
import type { DigitalConstructor } from '../ports/index.ts';
import { BinLatches, LONGEST_PULSE_MS } from './bin-latches.ts';

function fitted() {
  const bench = boardBench({ binCount: 20 });
  const { board, provider, clock, electronics } = bench;
  const at = ({ chip, pin }: PinAt): { io: DigitalConstructor; pin: number } => {
    const module = provider.modules[Number(chip.slice(-1)) - 1];
    return { io: chip === 'mcu' ? provider.io.Digital : (module?.Digital as DigitalConstructor), pin };
  };
  const latches = new BinLatches({
    supply: at(board.latchSupply),
    latches: board.latches.map(at),
    mainLock: at(board.mainLock.latch),
    timer: clock,
  });
  /** Numbers of the bins whose coil is fed now, 0 for the main lock. */
  const fed = () =>
    [electronics.mainLock, ...electronics.bins].flatMap((bin, index) => (bin.energised ? [index] : []));
  return { ...bench, latches, fed };
}

describe('the bin latches', () => {
  it('pull one latch for as long as ordered, and its door springs open (SEC-18)', () => {
    const { latches, clock, electronics, fed } = fitted();
    latches.release(3, 400);
    expect(fed()).toEqual([3]);
    clock.advance(399);
    expect(fed()).toEqual([3]);
    clock.advance(1);
    expect(fed()).toEqual([]);
    expect(electronics.bins.flatMap((bin, index) => (bin.open ? [index + 1] : []))).toEqual([3]);
  });

  it('pull the main lock by an order of its own, and by no number of a bin (SEC-18)', () => {
    const { latches, clock, electronics, fed } = fitted();
    for (const bin of [0, -1, 21, 255]) latches.release(bin, 400);
    expect(fed()).toEqual([]);
    latches.releaseMainLock(400);
    latches.release(2, 400);
    expect(fed()).toEqual([0]);
    clock.advance(400);
    expect(fed()).toEqual([]);
    expect(electronics.mainLock.open).toBe(true);
    clock.advance(100);
    expect(fed()).toEqual([2]);
  });

  it('never pull longer than asked nor than the coil bears, never two at a time, whatever is ordered when', () => {
    const orders = fc.array(
      fc.record({
        bin: fc.integer({ min: -1, max: 22 }),
        pulseMs: fc.integer({ min: -5, max: 3_000 }),
        waitMs: fc.integer({ min: 0, max: 900 }),
      }),
      { maxLength: 30 },
    );
    fc.assert(
      fc.property(orders, (list) => {
        const { latches, clock, fed, electronics } = fitted();
        const asked = new Map<number, number>();
        const pulled = new Map<number, number>();
        let current: { readonly bin: number; readonly sinceMs: number } | undefined;
        electronics.onChange(() => {
          const [bin, ...others] = fed();
          expect(others).toEqual([]);
          if (bin === current?.bin) return;
          if (current !== undefined) {
            pulled.set(current.bin, (pulled.get(current.bin) ?? 0) + clock.nowMs() - current.sinceMs);
          }
          current = bin === undefined ? undefined : { bin, sinceMs: clock.nowMs() };
        });
        for (const { bin, pulseMs, waitMs } of list) {
          if (bin === 0) latches.releaseMainLock(pulseMs);
          else latches.release(bin, pulseMs);
          asked.set(bin, (asked.get(bin) ?? 0) + Math.min(Math.max(pulseMs, 0), LONGEST_PULSE_MS));
          clock.advance(waitMs);
        }
        clock.advance(list.length * (LONGEST_PULSE_MS + 200));
        for (const [bin, ms] of pulled) expect(ms).toBeLessThanOrEqual((asked.get(bin) ?? 0) + 1e-6);
        expect(fed()).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });

  it('let go at once when closed, and forget what was waiting', () => {
    const { latches, clock, electronics, fed } = fitted();
    latches.release(1, 400);
    latches.release(2, 400);
    latches.close();
    expect(fed()).toEqual([]);
    clock.advance(5_000);
    expect(electronics.bins.some((bin) => bin.open)).toBe(false);
  });

  it('let the other outputs go when one of them no longer answers', () => {
    const writes: string[] = [];
    class Broken {
      static readonly Output = 8;
      readonly pin: number;
      constructor({ pin }: { readonly pin: number }) {
        this.pin = pin;
      }
      read(): number {
        return 0;
      }
      write(value: 0 | 1): void {
        writes.push(`${this.pin}=${value}`);
        if (this.pin === 1 && writes.length > 3) throw new TypeError('does not answer');
      }
      close(): void {}
    }
    const io = Broken as unknown as DigitalConstructor;
    const { clock } = boardBench();
    const latches = new BinLatches({
      supply: { io, pin: 0 },
      latches: [
        { io, pin: 1 },
        { io, pin: 2 },
      ],
      timer: clock,
    });
    expect(() => latches.close()).toThrow('does not answer');
    expect(writes.slice(3)).toEqual(['0=0', '1=0', '2=0']);
  });

  it('give no current to a latch without the common supply, nor to the supply alone', () => {
    const { board, provider, electronics, clock } = boardBench();
    const module = provider.modules[0]?.Digital as DigitalConstructor;
    new module({ pin: board.latches[0]?.pin ?? -1, mode: module.Output }).write(1);
    clock.advance(1_000);
    expect(electronics.bins.some((bin) => bin.open)).toBe(false);
  });
});
