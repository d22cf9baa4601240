// A text message that is owed to somebody's phone: its life, when to try again, and how many are too many. Pure.

import type { BoxId } from '@smartbox/protocol';
import type { TextDelivery, TextOutcome } from '../../platform/text-messages.ts';

/**
 * `owed`: to be handed to the provider. `accepted`: handed over; what became of it is asked a few times. `delivered`,
 * `failed`: settled.
 */
export const textStates = ['owed', 'accepted', 'delivered', 'failed'] as const;
/** See `textStates`. */
export type TextState = (typeof textStates)[number];

/** One message. What it says is kept sealed, and only until the provider has it. */
export interface OwedText {
  /** `txt_…` */
  readonly messageId: string;
  readonly personId: string;
  readonly locationId: string;
  /** The box at whose keypad somebody waits for it. */
  readonly boxId: BoxId;
  readonly state: TextState;
  readonly providerId: string | null;
  /** Why it failed, or why it was not taken yet. */
  readonly reason: string | null;
  /** Tries to hand it over while it is owed; looks at what became of it afterwards. */
  readonly attempts: number;
  /** When there is something to do; null for never. Unix ms. */
  readonly dueAtMs: number | null;
  readonly createdAtMs: number;
  /** Nobody waits for it any more from then on. */
  readonly expiresAtMs: number;
  readonly settledAtMs: number | null;
}

/** What changes of a message. */
export type TextProgress = Pick<
  OwedText,
  'state' | 'providerId' | 'reason' | 'attempts' | 'dueAtMs' | 'settledAtMs'
>;

/** The bounds, with their units and reasons. */
export const textLimits = {
  /** Text messages cost money and annoy: who types somebody's ID code again and again causes no more than these. */
  perPersonPerHour: 6,
  /** More than anybody takes keys in a day, and no more than that through the nights for whoever is to be annoyed. */
  perPersonPerDay: 30,
  /** A tenant's whole staff at a change of shift, and far less than a provider takes for an attack. */
  perTenantPerHour: 300,
  hourMs: 3_600_000,
  dayMs: 86_400_000,
  /** How long is waited after each try that may work later. */
  ladderMs: [1_000, 3_000, 10_000, 30_000, 60_000],
  /** When it is asked, after the provider took a message, what became of it. */
  looksMs: [20_000, 60_000, 240_000],
  /** How long what became of messages is kept. */
  keptMs: 30 * 86_400_000,
} as const;

/** @returns the message after one try to hand it over */
export function afterTry(
  message: Pick<OwedText, 'attempts' | 'expiresAtMs'>,
  outcome: TextOutcome,
  nowMs: number,
): TextProgress {
  switch (outcome.kind) {
    case 'accepted':
      return {
        state: 'accepted',
        providerId: outcome.providerId,
        reason: null,
        attempts: 0,
        dueAtMs: nowMs + textLimits.looksMs[0],
        settledAtMs: null,
      };
    case 'failed':
      return failed(message.attempts + 1, outcome.reason, nowMs);
    case 'again': {
      const attempts = message.attempts + 1;
      const { ladderMs } = textLimits;
      const stepMs = ladderMs[Math.min(attempts, ladderMs.length) - 1] ?? 0;
      const dueAtMs = nowMs + Math.max(stepMs, outcome.afterMs ?? 0);
      // A code that has ended by then is of no use to anybody.
      if (dueAtMs >= message.expiresAtMs) return failed(attempts, outcome.reason, nowMs);
      const { reason } = outcome;
      return { state: 'owed', providerId: null, reason, attempts, dueAtMs, settledAtMs: null };
    }
  }
}

/** @returns the message after one look at what became of it */
export function afterLook(
  message: Pick<OwedText, 'attempts' | 'providerId'>,
  delivery: TextDelivery,
  nowMs: number,
): TextProgress {
  const attempts = message.attempts + 1;
  const { providerId } = message;
  switch (delivery.kind) {
    case 'delivered':
      return { state: 'delivered', providerId, reason: null, attempts, dueAtMs: null, settledAtMs: nowMs };
    case 'failed':
      return { ...failed(attempts, delivery.reason, nowMs), providerId };
    case 'pending': {
      const nextMs = textLimits.looksMs[attempts];
      const dueAtMs = nextMs === undefined ? null : nowMs + nextMs;
      return { state: 'accepted', providerId, reason: null, attempts, dueAtMs, settledAtMs: null };
    }
  }
}

function failed(attempts: number, reason: string, nowMs: number): TextProgress {
  return { state: 'failed', providerId: null, reason, attempts, dueAtMs: null, settledAtMs: nowMs };
}
