// What becomes of a delivery after an attempt: done, tried again up the ladder of waits, given up, or moved on to the
// next channel (MO-08). Pure; time and the jitter are inputs.

import type { ChannelKind } from './channel.ts';

/** moved: the next channel has taken over. held: the channel is paused or off. */
export type DeliveryState = 'pending' | 'held' | 'delivered' | 'moved' | 'failed';

/** One notice on one channel. */
export interface Delivery {
  readonly deliveryId: string;
  readonly noticeId: string;
  readonly channelId: string;
  /** From 1, per channel, without gaps: a receiver sees what it missed. */
  readonly sequence: number;
  readonly state: DeliveryState;
  /** All attempts so far. */
  readonly attempts: number;
  /** Waits so far since it was made or replayed. */
  readonly step: number;
  readonly movedOn: boolean;
  readonly dueAtMs: number;
  readonly deliveredAtMs: number | null;
  /** By what the provider knows a text message that it took; null before and for other kinds. */
  readonly receipt: string | null;
  /** How often it was asked what became of it. */
  readonly looks: number;
}

/** How an attempt ended, whatever the channel. */
export type Outcome =
  | { readonly kind: 'delivered'; readonly status: number | null }
  /** A provider has taken it; whether it arrives is asked later. `receipt` null: that was asked, nothing is known yet. */
  | { readonly kind: 'taken'; readonly receipt: string | null; readonly status: null }
  /** The receiver is no more: the channel is closed. */
  | { readonly kind: 'gone'; readonly reason: string; readonly status: number | null }
  /** This notice will never be taken there. */
  | { readonly kind: 'final'; readonly reason: string; readonly status: number | null }
  | {
      readonly kind: 'again';
      readonly reason: string;
      readonly status: number | null;
      /** The receiver asked for this much time. */
      readonly notBeforeMs?: number;
      /** Nothing that passes by itself: the next channel need not wait for more attempts. */
      readonly hopeless?: true;
    };

/** What is to be done. */
export interface Verdict {
  readonly state: DeliveryState;
  readonly step: number;
  readonly dueAtMs: number;
  /** The next channel takes over, or helps out while this one is tried further. */
  readonly moveOn: boolean;
  /** What the channel becomes; undefined: what it is. */
  readonly channel: 'gone' | 'failing' | undefined;
}

/** When a provider of text messages is asked what became of one, after it took it and after each look. */
export const looksMs: readonly number[] = [20_000, 60_000, 240_000];

const secondMs = 1_000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;

/** Waits between attempts: three days in all. */
export const ladderMs: readonly number[] = [
  5 * secondMs,
  30 * secondMs,
  5 * minuteMs,
  30 * minuteMs,
  2 * hourMs,
  5 * hourMs,
  10 * hourMs,
  14 * hourMs,
  20 * hourMs,
  24 * hourMs,
];

/** After this many failed attempts the next channel is asked: half a minute. */
const attemptsBeforeMovingOn = 3;

/** A receiver that asks for more time than this is not believed. */
const longestWaitMs = 24 * hourMs;

/** What is known beside the delivery. */
export interface Circumstances {
  readonly kind: ChannelKind;
  /** Whether a channel is left to move on to. */
  readonly hasNext: boolean;
  /** Whether the channel has taken anything since this notice was made. */
  readonly channelWorks: boolean;
  readonly nowMs: number;
  /** 0 to 1: where in the jitter the next wait lies. */
  readonly chance: number;
}

/** @returns what to do after an attempt of this delivery */
export function judge(
  delivery: Pick<Delivery, 'step' | 'movedOn' | 'looks'>,
  outcome: Outcome,
  about: Circumstances,
): Verdict {
  const { nowMs } = about;
  const same = { step: delivery.step, dueAtMs: nowMs, channel: undefined };
  const moveOn = !delivery.movedOn;
  if (outcome.kind === 'delivered') return { ...same, state: 'delivered', moveOn: false };
  if (outcome.kind === 'taken') {
    const waitMs = looksMs[outcome.receipt === null ? delivery.looks + 1 : 0];
    // A provider that knows no more by then never will: it had the message, and nobody says that it was lost.
    if (waitMs === undefined) return { ...same, state: 'delivered', moveOn: false };
    return { ...same, state: 'pending', dueAtMs: nowMs + waitMs, moveOn: false };
  }
  if (outcome.kind === 'gone') return { ...same, state: 'held', moveOn, channel: 'gone' };
  if (outcome.kind === 'final') return { ...same, state: 'failed', moveOn };
  const step = delivery.step + 1;
  const waitMs = ladderMs[delivery.step];
  if (waitMs === undefined) {
    const channel = about.channelWorks ? undefined : 'failing';
    return { state: channel === undefined ? 'failed' : 'held', step, dueAtMs: nowMs, moveOn, channel };
  }
  const moves = moveOn && about.hasNext && (outcome.hopeless === true || step >= attemptsBeforeMovingOn);
  const dueAtMs = nowMs + Math.max(jittered(waitMs, about.chance), asked(outcome.notBeforeMs, nowMs));
  // A program is owed every event in its sequence. A person is not told twice.
  const state = moves && about.kind !== 'webhook' ? 'moved' : 'pending';
  return { state, step, dueAtMs, moveOn: moves, channel: undefined };
}

// A fifth up or down, so that what failed together does not come back together.
function jittered(waitMs: number, chance: number): number {
  return Math.round(waitMs * (0.8 + 0.4 * chance));
}

function asked(notBeforeMs: number | undefined, nowMs: number): number {
  return notBeforeMs === undefined ? 0 : Math.min(longestWaitMs, Math.max(0, notBeforeMs - nowMs));
}
