// How a box gets its owner: somebody holds the button, the box shows an 8-digit code for ten minutes, the
// operator repeats it in the console, and both sides agree on the first root key. The code proves presence; that
// it can be tried five times only is the cloud's rule. Order that matters when the answer comes: login, recovery
// and log-key are saved first and `root` last, because `root` is what makes a box claimed; a cut before it
// leaves an unclaimed box that can be claimed again.
import {
  type BoxId,
  type CryptoProvider,
  claimCode,
  type ExchangeFinished,
  finishExchange,
  type PendingExchange,
  type Refused,
  startExchange,
} from '@smartbox/protocol';
import { boxLimits } from './limits.ts';

export interface ClaimState {
  /** Since when the button is held, monotonic ms. */
  readonly heldSinceMs: number | undefined;
  readonly offer: ClaimOffer | undefined;
}

export interface ClaimOffer {
  readonly pending: PendingExchange;
  /** 8 digits. */
  readonly code: string;
  readonly endsAtMs: number;
  readonly helloDueMs: number;
}

/** @returns no claim under way */
export function noClaim(): ClaimState {
  return { heldSinceMs: undefined, offer: undefined };
}

/** The button went down or up. */
export function moveClaimButton(claim: ClaimState, down: boolean, nowMs: number): ClaimState {
  return { ...claim, heldSinceMs: down ? (claim.heldSinceMs ?? nowMs) : undefined };
}

/** @returns whether the button has now been held long enough to ask for a claim */
export function isClaimAsked(claim: ClaimState, nowMs: number): boolean {
  return claim.heldSinceMs !== undefined && nowMs >= claim.heldSinceMs + boxLimits.claimHoldMs;
}

/** Makes a new offer: new nonce, new key, new code. The button has to be released before the next one. */
export function offerClaim(
  crypto: CryptoProvider,
  identity: { readonly boxId: BoxId; readonly factoryKey: Uint8Array; readonly firmware: number },
  fresh: { readonly nonce: Uint8Array; readonly secret: Uint8Array; readonly nowMs: number },
): ClaimState {
  const { boxId, firmware } = identity;
  const { nonce, secret, nowMs } = fresh;
  const preSharedKey = identity.factoryKey;
  const { pending } = startExchange(crypto, { kind: 'claim', boxId, preSharedKey, nonce, secret, firmware });
  const code = claimCode(crypto, { boxId, preSharedKey }, nonce);
  const endsAtMs = nowMs + boxLimits.claimLifetimeMs;
  return { heldSinceMs: undefined, offer: { pending, code, endsAtMs, helloDueMs: nowMs } };
}

/** Ends an offer that has run out. */
export function tickClaim(claim: ClaimState, nowMs: number): ClaimState {
  return claim.offer !== undefined && nowMs >= claim.offer.endsAtMs ? { ...claim, offer: undefined } : claim;
}

/** @returns the claim-hello to send now, if one is due, and the claim after it */
export function claimHello(
  claim: ClaimState,
  nowMs: number,
): { readonly claim: ClaimState; readonly frame: Uint8Array | undefined } {
  const { offer } = claim;
  if (offer === undefined || nowMs < offer.helloDueMs) return { claim, frame: undefined };
  const helloDueMs = nowMs + boxLimits.claimHelloEveryMs;
  return { claim: { ...claim, offer: { ...offer, helloDueMs } }, frame: offer.pending.helloFrame };
}

/** Takes a claim-welcome. @returns undefined while nothing is offered */
export function finishClaim(
  crypto: CryptoProvider,
  claim: ClaimState,
  frame: Uint8Array,
): ExchangeFinished | Refused | undefined {
  return claim.offer === undefined ? undefined : finishExchange(crypto, claim.offer.pending, frame);
}

/** @returns when the claim changes by itself next; hellos only count while `linkUp` */
export function claimDueMs(claim: ClaimState, linkUp: boolean): number | undefined {
  if (claim.heldSinceMs !== undefined) return claim.heldSinceMs + boxLimits.claimHoldMs;
  if (claim.offer === undefined) return undefined;
  return linkUp ? Math.min(claim.offer.helloDueMs, claim.offer.endsAtMs) : claim.offer.endsAtMs;
}
