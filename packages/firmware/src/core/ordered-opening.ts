// An opening that the cloud wants and that waits for somebody at the box to press the small button. Pure and in RAM
// only. It opens nothing by itself: the press makes the box ask, and only the answer to that opens.
import type { BodyNamed } from '@smartbox/protocol';
import { boxLimits } from './limits.ts';

export interface OrderedOpening {
  /** The cloud's name for it. */
  readonly order: Uint8Array;
  /** 0 for the main lock. */
  readonly bin: number;
  /** Monotonic ms. */
  readonly untilMs: number;
}

/** The cloud wants it. @returns what waits for the button */
export function awaitPress(body: BodyNamed<'opening-asked'>, nowMs: number): OrderedOpening {
  const { order, bin, waitMs } = body;
  return { order, bin, untilMs: nowMs + Math.min(waitMs, boxLimits.orderWaitMaxMs) };
}
