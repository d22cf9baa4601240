// The smallest program that obeys the loop contract: keys 1 to 8 write an intent and release that bin, the
// language key saves a counter, enter reads the log back and releases most of it. With it the loop is tested
// without the real core's reasons.
import type { BoxInput, BoxOutput, Step } from '../src/core/index.ts';
import { SeededRandom } from '../src/electronics/index.ts';

export interface TinyState {
  /** Newest sequence of the log. */
  readonly end: number;
  readonly counter: number;
  /** Makes entries of different runs different. */
  readonly salt: number;
  /** First input kinds seen, for the tests. */
  readonly seen: readonly string[];
  /** What the last log-read brought. */
  readonly read: readonly Uint8Array[];
}

export const tinyState: TinyState = { end: 0, counter: 0, salt: 0, seen: [], read: [] };

export const tinyCore = { initialState: tinyState, step };

/** Entry of `sequence`: byte 0 is the bin of an intent, 0 for a start. */
function entryOf(state: TinyState, bin: number): Uint8Array {
  const entry = new SeededRandom(state.salt + state.end).bytes(64);
  entry[0] = bin;
  return entry;
}

function append(state: TinyState, bin: number): { readonly state: TinyState; readonly output: BoxOutput } {
  const next = { ...state, end: state.end + 1 };
  return { state: next, output: { kind: 'append-log', sequence: next.end, entry: entryOf(next, bin) } };
}

function step(before: TinyState, input: BoxInput): Step<TinyState> {
  const state = { ...before, seen: [...before.seen, input.kind] };
  if (input.kind === 'booted') {
    const salt = input.entropy.reduce((sum, byte) => sum * 3 + byte, 0) % 1_000_000;
    const counter = input.records.settings?.[0] ?? 0;
    const { state: next, output } = append({ ...state, salt, counter, end: input.log.end }, 0);
    return {
      state: next,
      outputs: [output, { kind: 'show', lines: ['ready'], lit: true }],
      wakeAtMs: undefined,
    };
  }
  if (input.kind === 'log-read') return done({ ...state, read: input.entries });
  if (input.kind !== 'key-pressed') return done(state);
  if (input.key === 'language') {
    const counter = (state.counter + 1) % 250;
    return done(
      { ...state, counter },
      { kind: 'save-record', record: 'settings', bytes: new Uint8Array([counter]) },
    );
  }
  if (input.key === 'enter') {
    const through = Math.max(0, state.end - 3);
    return done(state, { kind: 'read-log', first: 1, limit: 200 }, { kind: 'release-log', through });
  }
  const bin = Number(input.key);
  if (!(bin >= 1 && bin <= 8)) return done(state);
  const { state: next, output } = append(state, bin);
  return done(next, output, { kind: 'release-bin', bin, pulseMs: 200 });
}

function done(state: TinyState, ...outputs: readonly BoxOutput[]): Step<TinyState> {
  return { state, outputs, wakeAtMs: undefined };
}
