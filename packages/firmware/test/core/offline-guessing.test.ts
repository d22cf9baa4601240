// Somebody without a code at a box that is alone, with all the time in the world and a hand on the plug.
import { step } from '@smartbox/firmware/core';
import { bytesToHex } from '@smartbox/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { columnsOf } from '../../src/core/display-texts.ts';
import { PowerCut } from './memory-board.ts';
import {
  APP_KEY,
  booking,
  boxAlone,
  HOUR_MS,
  logFrom,
  press,
  released,
  revocation,
  sheet,
  takeKey,
} from './offline-box.ts';

type Pair = ReturnType<typeof boxAlone>;
const wait = (pair: Pair) => /Wait (\d+) (s|min|h)/.exec(pair.board.lines[1] ?? '')?.[0];

/** Guesses until the display says how long to wait. @returns how many guesses that took */
function guessUntilLocked(pair: Pair): number {
  for (let guesses = 1; guesses <= 10; guesses++) {
    press(pair, '000000000000#');
    if (pair.board.lines[0]?.startsWith('Too many tries') === true) return guesses;
  }
  return 0;
}

describe('guessing at a box that is alone', () => {
  it('costs a minute after five tries, twice as long each time, and at most twenty tries in a day (SEC-15)', () => {
    const pair = boxAlone();
    expect(guessUntilLocked(pair)).toBe(5);
    expect(wait(pair)).toBe('Wait 60 s');
    expect(logFrom(pair).at(-1)).toMatchObject({ kind: 'keypad-locked', detail: 60 });
    const waits = [60, 120, 240, 480, 960, 1_920, 3_600, 3_600];
    for (const seconds of waits) {
      pair.wait(seconds * 1_000 - 2_000);
      press(pair, '000000000000#');
      const before = pair.board.state.offlineTries.total;
      pair.wait(2_000);
      press(pair, '000000000000#');
      expect({ seconds, tries: pair.board.state.offlineTries.total - before }).toEqual({ seconds, tries: 1 });
    }
    let tries = 13;
    for (let hours = 0; hours < 20; hours++) {
      pair.wait(HOUR_MS);
      const before = pair.board.state.offlineTries.total;
      press(pair, '000000000000#');
      tries += pair.board.state.offlineTries.total - before;
    }
    expect(tries).toBe(20);
    expect(pair.board.lines[0]).toBe('Too many tries today.');
  });

  it('only slows down whoever cuts the power after each try: every wait is served in full (SEC-15)', () => {
    const pair = boxAlone();
    let uptimeMs = 0;
    const made: number[] = [];
    let total = 0;
    for (let round = 0; round < 60; round++) {
      pair.board.sensors.rtcMs = pair.cloud.timeMs;
      pair.reboot();
      pair.wait(1_000);
      press(pair, '000000000000#');
      const now = pair.board.state.offlineTries.total;
      expect(now).toBeGreaterThanOrEqual(total);
      if (now > total) made.push(uptimeMs);
      total = now;
      pair.wait(20 * 60_000);
      uptimeMs += 20 * 60_000 + 1_000;
    }
    expect(total).toBe(made.length);
    // Waits of more than twenty minutes never end for somebody who reboots every twenty minutes.
    expect(made.length).toBeLessThanOrEqual(11);
  });

  it('is counted before it is judged: a cut at any moment of a guess costs the try', () => {
    const outcomes = new Set<string>();
    for (let cut = 0; cut < 8; cut++) {
      const pair = boxAlone();
      pair.wait(1_000);
      press(pair, '000000000000');
      pair.board.cutAt = pair.board.carriedOut + cut;
      let shown = true;
      try {
        press(pair, '#');
      } catch (error) {
        if (!(error instanceof PowerCut)) throw error;
        shown = pair.board.outputs.at(-1)?.kind === 'sound';
      }
      pair.board.cutAt = undefined;
      pair.reboot();
      const { total } = pair.board.state.offlineTries;
      // Nothing that depends on the code leaves the box before the count is in flash.
      if (shown) expect(total).toBe(1);
      outcomes.add(`${total}`);
    }
    expect(outcomes).toEqual(new Set(['0', '1']));
  });

  it('does not get its tries back by somebody else’s right code', () => {
    const pair = boxAlone();
    for (let count = 0; count < 4; count++) press(pair, '000000000000#');
    expect(released(press(pair, `1#3#${sheet(3, 1)}#`))).toEqual([3]);
    takeKey(pair, 3);
    pair.wait(31_000);
    expect(pair.board.state.offlineTries.counted).toBe(4);
    press(pair, '000000000000#');
    expect(wait(pair)).toBe('Wait 60 s');
  });

  it('leaves the phone as it is, and the keypad’s budget for the cloud too', () => {
    const pair = boxAlone();
    guessUntilLocked(pair);
    press(pair, '2#3#');
    expect(pair.board.lines[1]).toMatch(/^Say/);
    expect(pair.board.state.lockout.total).toBe(0);
  });

  it('is as slow with sheet, booking, app and revocation codes by turns: they share their tries', () => {
    const pair = boxAlone({ authenticatorKey: APP_KEY });
    press(pair, '000000000000#0000000000#00000000#1#3#00000000#00000000#');
    expect(pair.board.state.offlineTries.total).toBe(5);
    expect(pair.board.lines[0]).toBe('Too many tries.');
    // Closed and locked alike: the code that closes the sheet has to wait as well.
    press(pair, `${revocation()}#`);
    expect(pair.board.state.emergency.cells.revoked).toBe(false);
  });

  it('finds a damaged count at its worst: damage is no way in', () => {
    const pair = boxAlone();
    pair.board.flash.records['offline-lockout'] = new Uint8Array(3);
    pair.board.flash.records['phone-lockout'] = new Uint8Array(3);
    pair.board.flash.records.cells = new Uint8Array(3);
    pair.reboot();
    pair.wait(30_000);
    expect(pair.board.lines[0]).toBe('Too many tries.');
    press(pair, '2#3#');
    expect(pair.board.lines[0]).toBe('No more numbers today.');
    expect(pair.board.state.emergency.cells.revoked).toBe(true);
  });
});

type Doing =
  | { readonly kind: 'press'; readonly keys: string }
  | { readonly kind: 'wait'; readonly ms: number }
  | { readonly kind: 'other-person'; readonly keys: string }
  | { readonly kind: 'network'; readonly works: boolean }
  | { readonly kind: 'reboot' };

describe('any keys whatever', () => {
  const start = boxAlone({ authenticatorKey: APP_KEY });
  const right = sheet(3, 1);
  const booked = booking(start, { bin: 2 }).code;
  const doing: fc.Arbitrary<Doing> = fc.oneof(
    {
      weight: 8,
      arbitrary: fc.record({
        kind: fc.constant('press' as const),
        keys: fc.oneof(
          fc.constantFrom('1#', '2#', '3#', '0#', '#', '*', 'L', '1#3#', '2#3#', '1#0##'),
          fc.constantFrom(right.slice(0, 4), booked.slice(0, 6), `${sheet(3, 2)}#`, `${sheet(2, 1, 2)}#`),
          fc.stringMatching(/^[0-9]{1,13}$/),
        ),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constant('wait' as const),
        ms: fc.constantFrom(500, 9_000, 40_000, 130_000),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constant('other-person' as const),
        keys: fc.constantFrom(`${right.slice(4)}#`, `${booked.slice(6)}#`),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({ kind: fc.constant('network' as const), works: fc.boolean() }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('reboot' as const) }) },
  );

  it('open nothing without a right code, and two people’s digits never run together (EM-08)', () => {
    fc.assert(
      fc.property(fc.array(doing, { minLength: 1, maxLength: 40 }), (events) => {
        const pair = boxAlone({ authenticatorKey: APP_KEY });
        const broken: string[] = [];
        for (const event of events) {
          const outputs = live(pair, event);
          if (released(outputs).length > 0) broken.push(`opened at ${JSON.stringify(event)}`);
          broken.push(...brokenScreen(pair), ...brokenStep(pair));
        }
        expect(broken).toEqual([]);
      }),
      { numRuns: Number(process.env.SMARTBOX_FUZZ_RUNS ?? 100) },
    );
  }, 300_000);

  function live(pair: Pair, event: Doing) {
    const from = pair.board.outputs.length;
    switch (event.kind) {
      case 'press':
        return press(pair, event.keys);
      case 'wait':
        return pair.wait(event.ms);
      case 'other-person':
        pair.wait(30_000);
        return press(pair, event.keys);
      case 'network':
        pair.setNetwork(event.works);
        return pair.board.outputs.slice(from);
      case 'reboot':
        pair.board.sensors.rtcMs = pair.cloud.timeMs;
        pair.reboot();
        return pair.board.outputs;
    }
  }

  function brokenScreen(pair: Pair): string[] {
    const { lines } = pair.board;
    if (lines.length > 4 || lines.some((line) => columnsOf(line) > 24))
      return [`too wide: ${lines.join('|')}`];
    return lines.some((line) => /[{}]|undefined/.test(line)) ? [`not filled: ${lines.join('|')}`] : [];
  }

  // The same state and input give the same step, and it never asks to be woken in the past.
  function brokenStep(pair: Pair): string[] {
    const { state, nowMs } = pair.board;
    const input = { kind: 'key-pressed', key: '1' } as const;
    const once = step(state, input, nowMs);
    const twice = step(structuredClone(state), input, nowMs);
    const text = (value: unknown) =>
      JSON.stringify(value, (_, one: unknown) => (one instanceof Uint8Array ? bytesToHex(one) : one));
    const broken: string[] = [];
    if (text(once) !== text(twice)) broken.push('not deterministic');
    if (once.wakeAtMs !== undefined && once.wakeAtMs <= nowMs) broken.push('a wake-up in the past');
    if (text(state).length > 9_000) broken.push('the state grows');
    return broken;
  }
});
