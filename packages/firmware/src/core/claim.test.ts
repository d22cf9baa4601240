import {
  answerExchange,
  boxIdFromBytes,
  claimCode,
  nobleCrypto,
  readExchangeHello,
} from '@smartbox/protocol';
import { describe, expect, it } from 'vitest';
import {
  claimDueMs,
  claimHello,
  finishClaim,
  isClaimAsked,
  moveClaimButton,
  noClaim,
  offerClaim,
  tickClaim,
} from './claim.ts';

const boxId = boxIdFromBytes(new Uint8Array([1, 2, 3, 4, 5, 6, 7, 8]));
const factoryKey = new Uint8Array(32).fill(7);
const identity = { boxId, factoryKey, firmware: 1 };
const fresh = { nonce: new Uint8Array(16).fill(1), secret: new Uint8Array(32).fill(2), nowMs: 1_000 };

describe('claim', () => {
  it('is asked for by holding the button five seconds, not less', () => {
    const held = moveClaimButton(noClaim(), true, 100);
    expect(isClaimAsked(held, 5_099)).toBe(false);
    expect(isClaimAsked(held, 5_100)).toBe(true);
    expect(isClaimAsked(moveClaimButton(held, false, 3_000), 9_000)).toBe(false);
    expect(claimDueMs(held, false)).toBe(5_100);
  });

  it('shows the code that the cloud computes from the same nonce (SEC-08)', () => {
    const { offer } = offerClaim(nobleCrypto, identity, fresh);
    const options = { kind: 'claim', boxId, preSharedKey: factoryKey } as const;
    const hello = readExchangeHello(nobleCrypto, options, offer?.pending.helloFrame ?? new Uint8Array(0));
    if (hello.kind === 'refused') throw new RangeError(hello.reason);
    expect(offer?.code).toBe(claimCode(nobleCrypto, options, hello.nonce));
    expect(offer?.code).toMatch(/^\d{8}$/);
  });

  it('repeats its hello every ten seconds for ten minutes', () => {
    let claim = offerClaim(nobleCrypto, identity, fresh);
    const first = claimHello(claim, 1_000);
    expect(first.frame).toBeDefined();
    claim = first.claim;
    expect(claimHello(claim, 10_999).frame).toBeUndefined();
    expect(claimHello(claim, 11_000).frame).toEqual(first.frame);
    expect(tickClaim(claim, 600_999).offer).toBeDefined();
    expect(tickClaim(claim, 601_000).offer).toBeUndefined();
    expect(claimDueMs(claim, true)).toBe(11_000);
    expect(claimDueMs(claim, false)).toBe(601_000);
  });

  it('takes the answer of a cloud that knows the factory key, and of no other', () => {
    const claim = offerClaim(nobleCrypto, identity, fresh);
    const frame = claim.offer?.pending.helloFrame ?? new Uint8Array(0);
    const body = { recoveryKey: new Uint8Array(32).fill(4), tenantTag: new Uint8Array(8), timeMs: 5 };
    const options = {
      kind: 'claim',
      boxId,
      nonce: new Uint8Array(16),
      secret: new Uint8Array(32).fill(3),
      body,
    } as const;
    const answered = answerExchange(nobleCrypto, { ...options, preSharedKey: factoryKey }, frame);
    if (answered.kind === 'refused') throw new RangeError(answered.reason);
    expect(finishClaim(nobleCrypto, claim, answered.frame)).toMatchObject({
      kind: 'finished',
      rootKey: answered.rootKey,
    });
    const bent = answered.frame.slice();
    bent[60] = (bent[60] ?? 0) ^ 1;
    expect(finishClaim(nobleCrypto, claim, bent)?.kind).toBe('refused');
    expect(finishClaim(nobleCrypto, noClaim(), answered.frame)).toBeUndefined();
  });
});
