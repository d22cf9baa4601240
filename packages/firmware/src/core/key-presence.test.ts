import { describe, expect, it } from 'vitest';
import {
  DETAIL_DOOR_CLOSED,
  doorMovedAtReader,
  type KeyPresence,
  presenceDueMs,
  presenceFrom,
  senseTag,
  tickPresence,
} from './key-presence.ts';

const A = new Uint8Array([4, 1, 2, 3, 4, 5, 6, 0]);
const B = new Uint8Array([4, 9, 9, 9, 9, 9, 9, 0]);

/** One bin whose log and reader agree on `tag`, readers settled. */
function bin(tag: Uint8Array | null): KeyPresence {
  const start = presenceFrom([{ tag, grant: 0 }], [tag], 0);
  return tickPresence(start, 1_500, () => false).presence;
}

const tick = (presence: KeyPresence, nowMs: number, open = false) =>
  tickPresence(presence, nowMs, () => open);
const sense = (presence: KeyPresence, tag: Uint8Array | null, nowMs: number, doorOpen = false) =>
  senseTag(presence, { bin: 1, tag, doorOpen, nowMs });
const door = (presence: KeyPresence, open: boolean, nowMs: number, grant = 7) =>
  doorMovedAtReader(presence, { bin: 1, open, grant, nowMs });

describe('key presence', () => {
  it('tells a key as taken once its tag is gone from the open bin, with the grant', () => {
    const gone = sense(door(bin(A), true, 2_000), null, 3_000, true).presence;
    expect(tick(gone, 3_699, true).facts).toEqual([]);
    expect(tick(gone, 3_700, true).facts).toEqual([
      { kind: 'key-taken', bin: 1, grant: 7, detail: 0, tag: A },
    ]);
  });

  it('does not take a blink of the reader for a key that was taken', () => {
    const blink = sense(door(bin(A), true, 2_000), null, 3_000, true).presence;
    const back = sense(blink, A, 3_400, true);
    expect(back.facts).toEqual([]);
    expect(tick(back.presence, 9_000, true).facts).toEqual([]);
  });

  it('tells a key as placed when its tag appears in the open bin', () => {
    expect(sense(door(bin(null), true, 2_000), A, 2_500, true).facts).toEqual([
      { kind: 'key-placed', bin: 1, grant: 7, tag: A, detail: 0 },
    ]);
  });

  it('lets the reader settle after the door closed, then tells what lies inside', () => {
    const shut = door(door(bin(A), true, 2_000), false, 2_400);
    const swapped = sense(sense(shut, null, 2_500).presence, B, 2_600);
    expect(swapped.tapped).toBeUndefined();
    expect(tick(swapped.presence, 3_900).facts).toEqual([
      { kind: 'key-taken', bin: 1, grant: 7, detail: 0, tag: A },
      { kind: 'key-placed', bin: 1, grant: 7, tag: B, detail: 0 },
    ]);
  });

  it('takes a tag at a closed bin for a fob held to it from outside, and tells nothing', () => {
    const tapped = sense(bin(null), B, 10_000);
    expect(tapped.tapped).toEqual(B);
    expect(tapped.facts).toEqual([]);
    const ended = sense(tapped.presence, null, 11_000);
    expect(ended.tapped).toBeUndefined();
    expect(tick(ended.presence, 60_000).facts).toEqual([]);
  });

  it('tells a tag that vanishes behind a closed door after a while, and takes its return for no tap', () => {
    const gone = tick(sense(bin(A), null, 10_000).presence, 15_000);
    expect(gone.facts).toEqual([{ kind: 'key-taken', bin: 1, grant: 0, detail: DETAIL_DOOR_CLOSED, tag: A }]);
    const back = sense(gone.presence, A, 20_000);
    expect(back.tapped).toBeUndefined();
    expect(back.facts).toEqual([
      { kind: 'key-placed', bin: 1, grant: 0, tag: A, detail: DETAIL_DOOR_CLOSED },
    ]);
  });

  it('takes no slow reader after boot for a fob held up: a bin must not open because of it', () => {
    const late = presenceFrom([{ tag: A, grant: 0 }], [null], 0);
    const told = tick(late, 1_500);
    expect(told.facts).toEqual([{ kind: 'key-taken', bin: 1, grant: 0, tag: A, detail: 0 }]);
    const seen = sense(told.presence, A, 5_000);
    expect(seen.tapped).toBeUndefined();
    expect(seen.facts[0]?.kind).toBe('key-placed');
  });

  it('tells after a boot exactly what differs from what the log last said', () => {
    const told = [
      { tag: A, grant: 0 },
      { tag: null, grant: 0 },
      { tag: B, grant: 6 },
    ];
    const start = presenceFrom(told, [A, B, null], 0);
    expect(tickPresence(start, 1_500, () => false).facts).toEqual([
      { kind: 'key-placed', bin: 2, grant: 0, tag: B, detail: 0 },
      { kind: 'key-taken', bin: 3, grant: 6, tag: B, detail: 0 },
    ]);
  });

  it('takes the taken key for a tap again once its door was open', () => {
    const open = sense(door(bin(A), true, 2_000), null, 3_000, true).presence;
    const shut = door(tick(open, 4_000, true).presence, false, 5_000);
    const quiet = tick(shut, 7_000).presence;
    expect(sense(quiet, A, 60_000).tapped).toEqual(A);
  });

  it('asks to be woken only while something is uncertain', () => {
    expect(presenceDueMs(bin(A))).toBeUndefined();
    expect(presenceDueMs(sense(bin(A), null, 10_000).presence)).toBe(15_000);
  });
});
