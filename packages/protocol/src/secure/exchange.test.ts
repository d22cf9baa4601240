// Claim and recovery: both ends agree, nothing that was changed or made by another gets through, and
// the claim code proves presence at this box and this attempt.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { batch } from '../../test/effort.ts';
import { lowOrderPoints } from '../../test/low-order-points.ts';
import { boxNamed, flips, named } from '../../test/pair.ts';
import { bytesToHex, concatBytes } from '../basics/bytes.ts';
import type { RefusalReason } from '../basics/errors.ts';
import { limits } from '../basics/limits.ts';
import type { CryptoProvider } from './crypto-provider.ts';
import {
  answerExchange,
  claimCode,
  type ExchangeIdentity,
  type ExchangeKind,
  finishExchange,
  readExchangeHello,
  startExchange,
} from './exchange.ts';
import { nobleCrypto } from './noble-crypto.ts';

const BODY = { recoveryKey: named('recovery'), tenantTag: named('tenant', 8), timeMs: 1_781_136_000_000 };

function identity(kind: ExchangeKind, changes: Partial<ExchangeIdentity> = {}): ExchangeIdentity {
  return { kind, boxId: boxNamed('A'), preSharedKey: named('factory'), ...changes };
}

function start(who: ExchangeIdentity, run = 'first', crypto: CryptoProvider = nobleCrypto) {
  const fresh = { nonce: named(`${run} box nonce`, 16), secret: named(`${run} box secret`), firmware: 7 };
  return startExchange(crypto, { ...who, ...fresh });
}

function answer(who: ExchangeIdentity, frame: Uint8Array, run = 'first', crypto = nobleCrypto) {
  const fresh = { nonce: named(`${run} cloud nonce`, 16), secret: named(`${run} cloud secret`) };
  const answered = answerExchange(crypto, { ...who, ...fresh, body: BODY }, frame);
  if (answered.kind === 'refused') throw new Error(answered.reason);
  return answered;
}

function verdict(outcome: { readonly kind: string; readonly reason?: RefusalReason }): string {
  return outcome.reason ?? outcome.kind;
}

describe.each(['claim', 'recover'] as const)('the exchange of a %s', (kind) => {
  const who = identity(kind);
  const { frame, pending } = start(who);
  const answered = answer(who, frame);

  it('leaves both ends with one root key and the box with what the cloud told it', () => {
    const finished = finishExchange(nobleCrypto, pending, answered.frame);
    expect(finished).toEqual({ kind: 'finished', ...BODY, rootKey: answered.rootKey });
    expect(readExchangeHello(nobleCrypto, who, frame)).toMatchObject({ kind: 'read', firmware: 7 });
  });

  it('takes no HELLO with any bit flipped, cut anywhere or longer (SEC-07)', () => {
    const read = (changed: Uint8Array) => verdict(readExchangeHello(nobleCrypto, who, changed));
    for (const changed of flips(frame)) expect(read(changed)).not.toBe('read');
    for (let length = 0; length < frame.length; length++)
      expect(read(frame.slice(0, length))).toBe('malformed');
    expect(read(concatBytes(frame, Uint8Array.of(0)))).toBe('malformed');
  });

  it('takes no WELCOME with any bit flipped, cut anywhere or longer (SEC-07)', () => {
    const finish = (changed: Uint8Array) => verdict(finishExchange(nobleCrypto, pending, changed));
    const changes = flips(answered.frame).filter((_, bit) => bit % 3 === 0 || bit < 8);
    for (const changed of changes) expect(finish(changed)).not.toBe('finished');
    for (let length = 0; length < answered.frame.length; length++) {
      expect(finish(answered.frame.slice(0, length))).toBe('malformed');
    }
    expect(finish(concatBytes(answered.frame, Uint8Array.of(0)))).toBe('malformed');
  });

  it('ends nowhere for another box, another key or another kind (SEC-08)', () => {
    const strangers = [
      identity(kind, { boxId: boxNamed('B') }),
      identity(kind, { preSharedKey: named('factory of B') }),
    ];
    for (const stranger of strangers) {
      expect(verdict(readExchangeHello(nobleCrypto, stranger, frame))).toBe('bad-hello');
      const theirs = answer(stranger, start(stranger).frame);
      expect(verdict(finishExchange(nobleCrypto, pending, theirs.frame))).toBe('bad-tag');
    }
    const other = identity(kind === 'claim' ? 'recover' : 'claim');
    expect(verdict(readExchangeHello(nobleCrypto, other, frame))).toBe('unexpected-type');
    // Relabelled by the broker, under the same key:
    const relabelled = concatBytes(start(other).frame.slice(0, 1), frame.slice(1));
    expect(verdict(readExchangeHello(nobleCrypto, other, relabelled))).toBe('bad-hello');
  });

  it('is not answered for a HELLO that does not authenticate, and not taken from another sort of frame', () => {
    const fresh = { nonce: named('n', 16), secret: named('x'), body: BODY };
    const answerTo = (hello: Uint8Array) => verdict(answerExchange(nobleCrypto, { ...who, ...fresh }, hello));
    expect(answerTo(flips(frame)[400]!)).toBe('bad-hello');
    expect(answerTo(frame.slice(1))).not.toBe('answered');
    expect(answerTo(answered.frame)).toBe('unexpected-type');
    const finish = (changed: Uint8Array) => verdict(finishExchange(nobleCrypto, pending, changed));
    expect(finish(frame)).toBe('unexpected-type');
    expect(finish(concatBytes(Uint8Array.of(0x44), answered.frame.slice(1)))).toBe('unknown-version');
  });

  it('ends nowhere with the answer to an earlier attempt', () => {
    const later = start(who, 'second');
    expect(verdict(finishExchange(nobleCrypto, later.pending, answered.frame))).toBe('bad-tag');
  });

  it('has another root key for every answer, so a HELLO must be answered once', () => {
    const again = answer(who, frame, 'second');
    expect(bytesToHex(again.rootKey)).not.toBe(bytesToHex(answered.rootKey));
    // Made again from what was stored, the answer is the same to the byte:
    expect(answer(who, frame)).toEqual(answered);
  });

  it('gives nothing to whoever holds the pre-shared key and a recording (SEC-08)', () => {
    const [box, cloud] = [frame.slice(17, 49), answered.frame.slice(17, 49)];
    const thief = { ...pending, nonce: named('thief', 16), secret: named('thief secret') };
    expect(verdict(finishExchange(nobleCrypto, thief, answered.frame))).toBe('bad-tag');
    for (const guess of [box, cloud, new Uint8Array(32)]) {
      const crypto = { ...nobleCrypto, x25519Shared: () => guess.slice() };
      expect(verdict(finishExchange(crypto, pending, answered.frame))).toBe('bad-tag');
    }
  });

  it('agrees on no secret that a point of low order chose', () => {
    for (const point of lowOrderPoints) {
      const forging = { ...nobleCrypto, x25519Public: () => point };
      const hostile = start(who, 'first', forging);
      expect(() => answer(who, hostile.frame)).toThrow('malformed');
      const zeros = { ...forging, x25519Shared: () => new Uint8Array(32) };
      const forged = answer(who, frame, 'first', zeros);
      expect(verdict(finishExchange(nobleCrypto, pending, forged.frame))).toBe('malformed');
    }
  });

  it('is not begun or answered with lengths that would overlap', () => {
    const fresh = { nonce: named('n', 16), secret: named('x'), firmware: 0 };
    expect(() => startExchange(nobleCrypto, { ...who, ...fresh, nonce: named('n', 12) })).toThrow(
      'out-of-range',
    );
    expect(() => startExchange(nobleCrypto, { ...who, ...fresh, secret: named('x', 16) })).toThrow(
      'out-of-range',
    );
    for (const wrong of [
      { recoveryKey: named('r', 33) },
      { tenantTag: named('t', 7) },
      { timeMs: 2 ** 48 },
    ]) {
      const body = { ...BODY, ...wrong };
      expect(() => answerExchange(nobleCrypto, { ...who, ...fresh, body }, frame)).toThrow('out-of-range');
    }
  });
});

describe('a claim code', () => {
  const who = { boxId: boxNamed('A'), preSharedKey: named('factory') };
  const code = claimCode(nobleCrypto, who, named('nonce', 16));

  it('is 8 digits, another one for another attempt, box or key', () => {
    const others = [
      claimCode(nobleCrypto, who, named('later nonce', 16)),
      claimCode(nobleCrypto, { ...who, boxId: boxNamed('B') }, named('nonce', 16)),
      claimCode(nobleCrypto, { ...who, preSharedKey: named('factory of B') }, named('nonce', 16)),
    ];
    for (const text of [code, ...others]) expect(text).toMatch(/^\d{8}$/);
    expect(new Set([code, ...others]).size).toBe(4);
  });

  it('is the first 64 bits of the authenticator, modulo 10^8', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (mac) => {
        const crypto = { ...nobleCrypto, hmacSha256: () => mac };
        const value = BigInt(`0x${bytesToHex(mac.slice(0, 8))}`) % 10n ** BigInt(limits.claimDigits);
        expect(claimCode(crypto, who, named('nonce', 16))).toBe(
          String(value).padStart(limits.claimDigits, '0'),
        );
      }),
      { numRuns: batch(300) },
    );
  });
});
