// THE DIALOGUE of a person at a keypad: an ID code or a badge, a second code, a bin. Pure: what was typed, what is known,
// now; what to do. Whether somebody may take a key is asked at every step, and the last one counts.

import { equalBytes } from '@smartbox/protocol';

/** By what somebody is known. A badge can be copied by whoever holds a phone to it: it is the weaker one. */
export type KnownBy = 'id-code' | 'badge';

/** What a box asks somebody right now. */
export interface Dialogue {
  readonly personId: string;
  /** The box's request that was answered with the question. */
  readonly request: Uint8Array;
  readonly knownBy: KnownBy;
  /** Keyed hash of the second code that was sent; null once it was typed, or where none is asked. */
  readonly codeMac: Uint8Array | null;
  /** Whether the second code was typed. */
  readonly isProven: boolean;
  readonly sentAtMs: number;
  /** 0: the dialogue is over. */
  readonly triesLeft: number;
  readonly endsAtMs: number;
}

/** What somebody did at the box. */
export type Step =
  | { readonly kind: 'first'; readonly knownBy: KnownBy; readonly request: Uint8Array }
  | {
      readonly kind: 'further';
      readonly request: Uint8Array;
      readonly follows: Uint8Array;
      /** Keyed hash of the digits; undefined where none were typed. */
      readonly codeMac: Uint8Array | undefined;
      /** The chosen bin; 0 for none. */
      readonly bin: number;
    };

/** A key that the person may take now, and the closed bin in which it hangs. */
export interface TakeableKey {
  readonly bin: number;
  readonly keyId: string;
}

/** Why no second code can be sent. */
type Obstacle = 'no-provider' | 'no-phone' | 'texts-of-person' | 'texts-of-tenant';

/** What is known. */
export interface StepFacts {
  /** Whom the code, the badge or the dialogue names, if they may still enter here. */
  readonly personId: string | undefined;
  readonly takeable: readonly TakeableKey[];
  readonly policy: { readonly secondFactor: 'text-message' | 'off'; readonly badge: 'off' | 'on' };
  readonly obstacle: Obstacle | undefined;
  readonly dialogue: Dialogue | undefined;
}

/** Why not, for the ledger only. */
export type StepRefusal =
  | 'unknown-code'
  | 'unknown-fob'
  | 'nothing-to-take'
  | Obstacle
  | 'no-dialogue'
  | 'wrong-second-code'
  | 'not-that-bin';

/** What becomes of a step. */
export type StepDecision =
  | { readonly kind: 'granted'; readonly personId: string; readonly key: TakeableKey }
  /** A new second code is made and sent. */
  | { readonly kind: 'send'; readonly personId: string; readonly knownBy: KnownBy }
  /** The box asks, with this dialogue from now on. */
  | { readonly kind: 'ask'; readonly dialogue: Dialogue }
  | {
      readonly kind: 'refused';
      readonly cause: StepRefusal;
      readonly isWrongTry: boolean;
      /** What is left of the dialogue's tries. */
      readonly triesLeft: number;
    };

/** The bounds, each with its reason. */
export const dialogueLimits = {
  /** Together with an ID code, 3 tries of a million, and the throttle of the box. */
  secondCodeDigits: 6,
  triesPerCode: 3,
  /** A text message takes seconds; five minutes are for a bad day of the network. */
  codeLivesMs: 300_000,
  /** Who begins again sooner goes on with the code that is on its way. */
  sendAgainAfterMs: 60_000,
  /** How long the box waits for somebody to read and type. */
  codeWaitMs: 120_000,
  binWaitMs: 60_000,
} as const;

/** Decides one step. @param nowMs milliseconds since 1970 */
export function decideStep(step: Step, facts: StepFacts, nowMs: number): StepDecision {
  const live = liveDialogue(facts.dialogue, nowMs);
  // The answer was lost and the box asks once more.
  if (live !== undefined && equalBytes(live.request, step.request)) return { kind: 'ask', dialogue: live };
  return step.kind === 'first' ? decideFirst(step, facts, nowMs) : decideFurther(step, facts, nowMs);
}

/** @returns what a dialogue asks for */
export function asks({ codeMac }: Dialogue): 'second-code' | 'bin' {
  return codeMac === null ? 'bin' : 'second-code';
}

/** @returns a dialogue that waits for a second code that was just sent */
export function awaitingCode(
  sent: Pick<Dialogue, 'personId' | 'request' | 'knownBy'> & { readonly codeMac: Uint8Array },
  nowMs: number,
): Dialogue {
  return {
    ...sent,
    isProven: false,
    sentAtMs: nowMs,
    triesLeft: dialogueLimits.triesPerCode,
    endsAtMs: nowMs + dialogueLimits.codeLivesMs,
  };
}

function decideFirst(
  { knownBy, request }: Extract<Step, { kind: 'first' }>,
  facts: StepFacts,
  nowMs: number,
): StepDecision {
  const { personId, policy } = facts;
  const byBadge = knownBy === 'badge';
  const isBadgeTaken = policy.badge === 'on';
  if (personId === undefined || (byBadge && !isBadgeTaken))
    return refuse(byBadge ? 'unknown-fob' : 'unknown-code', { isWrongTry: !byBadge || isBadgeTaken });
  if (facts.takeable.length === 0) return refuse('nothing-to-take');
  if (policy.secondFactor === 'off')
    return enter(facts, { personId, knownBy, request, isProven: false }, nowMs);
  const live = liveDialogue(facts.dialogue, nowMs);
  const isOnItsWay =
    live !== undefined &&
    live.personId === personId &&
    live.codeMac !== null &&
    nowMs < live.sentAtMs + dialogueLimits.sendAgainAfterMs;
  if (isOnItsWay) return { kind: 'ask', dialogue: { ...live, request, knownBy } };
  return facts.obstacle === undefined ? { kind: 'send', personId, knownBy } : refuse(facts.obstacle);
}

function decideFurther(
  step: Extract<Step, { kind: 'further' }>,
  facts: StepFacts,
  nowMs: number,
): StepDecision {
  const live = liveDialogue(facts.dialogue, nowMs);
  if (live === undefined || !equalBytes(live.request, step.follows))
    return refuse('no-dialogue', { isWrongTry: step.codeMac !== undefined });
  const { knownBy, codeMac, triesLeft } = live;
  if (codeMac !== null && (step.codeMac === undefined || !equalBytes(codeMac, step.codeMac)))
    return refuse('wrong-second-code', { triesLeft: triesLeft - 1 });
  // From here on the code is used up, whatever comes of it.
  const { personId, policy } = facts;
  const isProven = live.isProven || codeMac !== null;
  const lacksFactor =
    (knownBy === 'badge' && policy.badge === 'off') || (policy.secondFactor === 'text-message' && !isProven);
  if (personId === undefined || facts.takeable.length === 0 || lacksFactor)
    return refuse('nothing-to-take', { isWrongTry: codeMac !== null });
  if (codeMac !== null) return enter(facts, { personId, knownBy, request: step.request, isProven }, nowMs);
  const key = facts.takeable.find(({ bin }) => bin === step.bin);
  return key === undefined
    ? refuse('not-that-bin', { isWrongTry: false, triesLeft })
    : { kind: 'granted', personId, key };
}

/** All is proven: the one key, or which one? */
function enter(
  { takeable }: StepFacts,
  who: Pick<Dialogue, 'personId' | 'knownBy' | 'request' | 'isProven'>,
  nowMs: number,
): StepDecision {
  const [key, another] = takeable;
  if (key !== undefined && another === undefined) return { kind: 'granted', personId: who.personId, key };
  const dialogue = {
    ...who,
    codeMac: null,
    sentAtMs: nowMs,
    triesLeft: dialogueLimits.triesPerCode,
    endsAtMs: nowMs + dialogueLimits.binWaitMs,
  };
  return { kind: 'ask', dialogue };
}

function liveDialogue(dialogue: Dialogue | undefined, nowMs: number): Dialogue | undefined {
  return dialogue !== undefined && dialogue.triesLeft > 0 && nowMs < dialogue.endsAtMs ? dialogue : undefined;
}

function refuse(
  cause: StepRefusal,
  { isWrongTry = true, triesLeft = 0 }: { readonly isWrongTry?: boolean; readonly triesLeft?: number } = {},
): StepDecision {
  return { kind: 'refused', cause, isWrongTry, triesLeft };
}
