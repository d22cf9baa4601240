// THE AUTHORISER. Pure: what was asked, what is known, now; a grant or a refusal. Facts are loaded
// before and the decision is recorded after; nothing in between. Every refusal of a code looks the
// same outside; the cause is for the ledger.

import type { Grant, Purpose } from './grant.ts';
import { type CodeWorth, codeWorth, type KeyCode } from './key-code.ts';
import type { LiveOrder, OrderFault, OrderVerdict } from './remote-order.ts';

/** What a box asks. */
export type AccessQuestion =
  | {
      readonly kind: 'code';
      /** The code with these digits at the box's location; undefined for none. */
      readonly code: KeyCode | undefined;
      /** The code's key; undefined when there is none, or it is retired. */
      readonly key: KeyFacts | undefined;
      /** The bin of this box that senses the key's fob. */
      readonly holding: BinFacts | undefined;
    }
  | {
      readonly kind: 'fob';
      /** The key with this fob; undefined for a fob that is no key of the tenant. */
      readonly key: KeyFacts | undefined;
      readonly bins: readonly BinFacts[];
      /** The bin whose reader saw the fob; 0 for the front reader. */
      readonly tappedBin: number;
    }
  | {
      readonly kind: 'remote';
      /** Whether the order that the box follows opens now. */
      readonly verdict: OrderVerdict;
      /** 0 for the main lock. */
      readonly bin: number;
      readonly key: undefined;
    }
  /** The answer to a question: no key says anything of it, whoever knows people does. */
  | { readonly kind: 'further'; readonly key: undefined };

/** What is known of a key. */
export interface KeyFacts {
  readonly keyId: string;
  readonly locationId: string;
}

/** What the sensors say of a bin. */
export interface BinFacts {
  readonly bin: number;
  readonly door: 'open' | 'closed';
  readonly tag: Uint8Array | null;
}

/** What is known of the box. */
export interface BoxFacts {
  readonly locationId: string;
  /** Whether every entry of the box's log, up to this request, has been replayed. */
  readonly logComplete: boolean;
  /** Codes are looked at again from this moment. */
  readonly throttledUntilMs: number;
  /** The grant that this very request was given before, if its answer may have been lost. */
  readonly repeated: Grant | undefined;
}

/** Why not, for the ledger only. */
export type RefusalCause =
  | 'log-behind'
  | 'throttled'
  | 'unknown-code'
  | Exclude<CodeWorth, 'valid'>
  | 'key-elsewhere'
  | 'key-not-here'
  | 'bin-open'
  | 'unknown-fob'
  | 'nothing-free'
  | 'no-dialogue'
  | OrderFault;

/** What becomes of a request. */
export type AccessDecision =
  | {
      readonly kind: 'granted';
      readonly bin: number;
      readonly purpose: Purpose;
      /** Null for service. */
      readonly keyId: string | null;
      readonly codeId: string | null;
      readonly personId: string | null;
      /** The order that it answers; undefined for every other grant. */
      readonly order?: LiveOrder;
      /** A one-time code belongs to this grant until the log tells what became of it. */
      readonly reserves: boolean;
    }
  | { readonly kind: 'granted-before'; readonly grant: Grant }
  | {
      readonly kind: 'refused';
      readonly reason: 'refused' | 'nothing-free' | 'try-again';
      readonly cause: RefusalCause;
      /** Counts as a wrong code. */
      readonly isWrongTry: boolean;
    };

/** Decides one request. @param nowMs milliseconds since 1970 */
export function decide(question: AccessQuestion, box: BoxFacts, nowMs: number): AccessDecision {
  if (box.repeated !== undefined) return { kind: 'granted-before', grant: box.repeated };
  if (!box.logComplete)
    return { kind: 'refused', reason: 'try-again', cause: 'log-behind', isWrongTry: false };
  switch (question.kind) {
    case 'code':
      return decideCode(question, box, nowMs);
    case 'fob':
      return decideFob(question, box, nowMs);
    case 'further':
      return box.throttledUntilMs > nowMs ? throttled : wrong('no-dialogue');
    case 'remote':
      return decideRemote(question);
  }
}

/** @returns whether what was refused may be a person's: no key code and no key's fob is known by it */
export function mayBePerson({ cause }: { readonly cause: string }): boolean {
  return cause === 'unknown-code' || cause === 'unknown-fob' || cause === 'no-dialogue';
}

// A guess during a pause is not looked at, so it tells nothing and counts for nothing.
const throttled: AccessDecision = {
  kind: 'refused',
  reason: 'refused',
  cause: 'throttled',
  isWrongTry: false,
};

function decideCode(
  { code, key, holding }: Extract<AccessQuestion, { kind: 'code' }>,
  box: BoxFacts,
  nowMs: number,
): AccessDecision {
  if (box.throttledUntilMs > nowMs) return throttled;
  if (code === undefined) return wrong('unknown-code');
  const worth = codeWorth(code, nowMs);
  if (worth !== 'valid') return wrong(worth);
  if (key === undefined) return wrong('ended');
  if (key.locationId !== box.locationId) return wrong('key-elsewhere');
  if (holding === undefined) return wrong('key-not-here');
  if (holding.door === 'open') return wrong('bin-open');
  return {
    kind: 'granted',
    bin: holding.bin,
    purpose: 'withdraw',
    keyId: key.keyId,
    codeId: code.codeId,
    personId: null,
    reserves: code.uses === 'once',
  };
}

// A return is always welcome, however late and during a pause: only the fob must be one of ours.
function decideFob(
  { key, bins, tappedBin }: Extract<AccessQuestion, { kind: 'fob' }>,
  box: BoxFacts,
  nowMs: number,
): AccessDecision {
  if (key === undefined && box.throttledUntilMs > nowMs) return throttled;
  if (key === undefined || key.locationId !== box.locationId)
    return { kind: 'refused', reason: 'refused', cause: 'unknown-fob', isWrongTry: false };
  const free = bins.filter(({ door, tag }) => door === 'closed' && tag === null);
  const chosen = free.find(({ bin }) => bin === tappedBin) ?? free[0];
  if (chosen === undefined)
    return { kind: 'refused', reason: 'nothing-free', cause: 'nothing-free', isWrongTry: false };
  return {
    kind: 'granted',
    bin: chosen.bin,
    purpose: 'return',
    keyId: key.keyId,
    codeId: null,
    personId: null,
    reserves: false,
  };
}

// Whatever the bin holds and however its door stands: a sensor may be what is broken.
function decideRemote({ verdict, bin }: Extract<AccessQuestion, { kind: 'remote' }>): AccessDecision {
  if (verdict.kind === 'dead')
    return { kind: 'refused', reason: 'refused', cause: verdict.because, isWrongTry: false };
  const { order } = verdict;
  const { personId } = order.by;
  const forService = { purpose: 'service', keyId: null, codeId: null, personId, reserves: false } as const;
  return { kind: 'granted', bin, order, ...forService };
}

function wrong(cause: RefusalCause): AccessDecision {
  return { kind: 'refused', reason: 'refused', cause, isWrongTry: true };
}
