import { describe, expect, it } from 'vitest';
import { boardBench } from '../../test/board-bench.ts';
import type { Key } from '../core/index.ts';
import { KEYPAD_LEGEND, Keypad } from './keypad.ts';

function fitted(seed = 1) {
  const bench = boardBench({ seed });
  const pressed: Key[] = [];
  const { keypad } = bench.board;
  const attach = () =>
    new Keypad({
      io: bench.provider.io.DigitalBank,
      bank: keypad.bank,
      rows: keypad.rows.map(({ pin }) => pin),
      columns: keypad.columns.map(({ pin }) => pin),
      language: { io: bench.provider.io.Digital, pin: keypad.language.pin },
      timer: bench.clock,
      onKey: (key) => pressed.push(key),
    });
  return { ...bench, pressed, attach };
}

describe('the keypad', () => {
  it('tells every key of the matrix once, when it goes down', () => {
    const { electronics, clock, pressed, attach } = fitted();
    attach();
    KEYPAD_LEGEND.forEach((keys, row) => {
      keys.forEach((_, column) => {
        electronics.keys.set(row, column, true);
        clock.advance(60);
        electronics.keys.set(row, column, false);
        clock.advance(60);
      });
    });
    expect(pressed).toEqual(KEYPAD_LEGEND.flat());
  });

  it('takes a bouncing contact for one press, and a spike for none', () => {
    const { electronics, clock, pressed, attach } = fitted();
    attach();
    for (const ms of [1, 2, 1, 3, 2]) {
      electronics.keys.set(1, 1, true);
      clock.advance(ms);
      electronics.keys.set(1, 1, false);
      clock.advance(1);
    }
    electronics.keys.set(1, 1, true);
    clock.advance(100);
    electronics.keys.set(1, 1, false);
    clock.advance(3);
    electronics.keys.set(1, 1, true);
    clock.advance(100);
    electronics.keys.set(1, 1, false);
    clock.advance(100);
    electronics.keys.set(2, 2, true);
    clock.advance(4);
    electronics.keys.set(2, 2, false);
    clock.advance(100);
    expect(pressed).toEqual(['5']);
  });

  it('lets one key roll over into the next, and says nothing when three are down', () => {
    const { electronics, clock, pressed, attach } = fitted();
    attach();
    electronics.keys.set(0, 0, true);
    clock.advance(40);
    electronics.keys.set(0, 1, true);
    clock.advance(40);
    expect(pressed).toEqual(['1', '2']);
    // The corner 4 makes the matrix show 5 as well, which nobody presses.
    electronics.keys.set(1, 0, true);
    clock.advance(40);
    electronics.keys.set(1, 0, false);
    clock.advance(40);
    electronics.keys.set(0, 2, true);
    clock.advance(40);
    expect(pressed).toEqual(['1', '2']);
  });

  it('tells a key that is already down at the start, and rests when all are up', () => {
    const { electronics, clock, pressed, attach } = fitted();
    electronics.keys.set(3, 2, true);
    attach();
    clock.advance(50);
    expect(pressed).toEqual(['enter']);
    electronics.keys.set(3, 2, false);
    clock.advance(50);
    expect(clock.nextDueMs()).toBeUndefined();
  });

  it.each([1, 2, 3, 4, 5])('tells the language key once however it bounces (seed %i)', (seed) => {
    const { electronics, clock, pressed, attach } = fitted(seed);
    attach();
    electronics.languageKey.set(true);
    clock.advance(60);
    electronics.languageKey.set(false);
    clock.advance(60);
    expect(pressed).toEqual(['language']);
  });

  it('says nothing after it was closed', () => {
    const { electronics, clock, pressed, attach } = fitted();
    const keypad = attach();
    electronics.keys.set(0, 0, true);
    clock.advance(6);
    keypad.close();
    clock.advance(100);
    expect([pressed, clock.nextDueMs()]).toEqual([[], undefined]);
  });
});
