// How many frames one box may send, so that a box gone mad, or a thief with its login, cannot take the server
// from all others: a refused frame costs no cryptography and no transaction. A bucket that fills evenly and
// holds one minute's worth lets a box empty its whole log after a day without network. Bounded: only boxes
// that have logged in are counted.

import type { BoxId } from '@smartbox/protocol';
import type { Clock } from '../platform/clock.ts';

/** Counts frames. @returns whether the box may send this one */
export type FrameBudget = (boxId: BoxId) => boolean;

interface Bucket {
  frames: number;
  filledAtMs: number;
}

const minuteMs = 60_000;

/** @param perMinute frames of one box; 0 switches the limit off */
export function createFrameBudget(perMinute: number, clock: Pick<Clock, 'monotonicMs'>): FrameBudget {
  if (perMinute === 0) return () => true;
  const buckets = new Map<BoxId, Bucket>();
  return (boxId) => {
    const nowMs = clock.monotonicMs();
    const bucket = buckets.get(boxId) ?? { frames: perMinute, filledAtMs: nowMs };
    const filled = bucket.frames + ((nowMs - bucket.filledAtMs) * perMinute) / minuteMs;
    const frames = Math.min(filled, perMinute);
    const allowed = frames >= 1;
    buckets.set(boxId, { frames: allowed ? frames - 1 : frames, filledAtMs: nowMs });
    return allowed;
  };
}
