// Keys that come from one key are all different, whatever they are for: two purposes that shared an
// input would share a key.
import { describe, expect, it } from 'vitest';
import { boxNamed, named, shakeHands } from '../../test/pair.ts';
import { bytesToHex } from '../basics/bytes.ts';
import { firstLogKey } from '../log/chain.ts';
import type { CryptoProvider } from './crypto-provider.ts';
import { answerExchange, claimCode, finishExchange, startExchange } from './exchange.ts';
import { hkdfExpand, mixRootKey, mqttPassword, stepRootKey } from './key-derivation.ts';
import { nobleCrypto } from './noble-crypto.ts';

describe('keys from one key', () => {
  it('have inputs of their own for every purpose, although the same key is under all of them (SEC-08)', () => {
    const key = named('the same key everywhere');
    const inputs = new Map<string, Set<string>>();
    const during = (purpose: string, run: (crypto: CryptoProvider) => unknown) => {
      const spy: CryptoProvider = {
        ...nobleCrypto,
        hmacSha256(mac, data) {
          if (bytesToHex(mac) === bytesToHex(key)) {
            const purposes = inputs.get(bytesToHex(data)) ?? new Set();
            inputs.set(bytesToHex(data), purposes.add(purpose));
          }
          return nobleCrypto.hmacSha256(mac, data);
        },
      };
      run(spy);
    };
    during('session', (crypto) => shakeHands({ crypto, rootKey: key }));
    during('session with a step', (crypto) => shakeHands({ crypto, rootKey: key, withStep: true }));
    during('mixing', (crypto) => mixRootKey(crypto, key, named('shared')));
    during('log', (crypto) => firstLogKey(crypto, key));
    during('broker', (crypto) => mqttPassword(crypto, key));
    during('claim code', (crypto) =>
      claimCode(crypto, { boxId: boxNamed('A'), preSharedKey: key }, named('n', 16)),
    );
    for (const kind of ['claim', 'recover'] as const) during(kind, (crypto) => exchange(crypto, kind, key));
    const shared = [...inputs.values()].filter((purposes) => purposes.size > 1).map((all) => [...all].sort());
    expect(shared).toEqual([]);
    expect(inputs.size).toBeGreaterThan(11);
  });

  it('differ from the key they come from and from one another', () => {
    const key = named('root');
    const derived = [
      key,
      stepRootKey(nobleCrypto, key),
      mixRootKey(nobleCrypto, key, named('shared')),
      mixRootKey(nobleCrypto, key, new Uint8Array(32)),
      firstLogKey(nobleCrypto, key),
      hkdfExpand(nobleCrypto, key, 'SBX1 mqtt'),
    ].map(bytesToHex);
    expect(new Set(derived).size).toBe(derived.length);
  });

  it('are no longer than RFC 5869 allows, and as long as asked below that', () => {
    expect(hkdfExpand(nobleCrypto, named('k'), 'x', 0)).toHaveLength(0);
    expect(hkdfExpand(nobleCrypto, named('k'), 'x', 33)).toHaveLength(33);
    expect(hkdfExpand(nobleCrypto, named('k'), 'x', 8160)).toHaveLength(8160);
    expect(() => hkdfExpand(nobleCrypto, named('k'), 'x', 8161)).toThrow('out-of-range');
  });

  it('leave no copy behind: what was in between is overwritten', () => {
    const made: Uint8Array[] = [];
    const keeping: CryptoProvider = {
      ...nobleCrypto,
      hmacSha256(key, data) {
        const mac = nobleCrypto.hmacSha256(key, data);
        made.push(mac);
        return mac;
      },
      x25519Shared(secret, point) {
        const shared = nobleCrypto.x25519Shared(secret, point);
        if (shared !== undefined) made.push(shared);
        return shared;
      },
    };
    const kept = exchange(keeping, 'claim', named('factory'));
    const { box, cloud } = shakeHands({ crypto: keeping, withStep: true });
    const secrets = [kept, box.rootKey, box.session.sendKey, box.session.receiveKey, cloud.confirmed.rootKey];
    // What is returned is a copy, and the authenticators that were compared are on the wire anyway.
    const left = made.filter((bytes) => bytes.some((byte) => byte !== 0)).map(bytesToHex);
    for (const secret of secrets) expect(left).not.toContain(bytesToHex(secret));
    expect(left).toHaveLength(4); // the authenticators of two HELLOs, made and checked
  });
});

it('an exchange leaves neither its sealing key nor the opened answer behind', () => {
  const left: Uint8Array[] = [];
  const keeping: CryptoProvider = {
    ...nobleCrypto,
    seal(key, nonce, parts) {
      left.push(key);
      return nobleCrypto.seal(key, nonce, parts);
    },
    open(key, nonce, parts) {
      const opened = nobleCrypto.open(key, nonce, parts);
      left.push(key, ...(opened === undefined ? [] : [opened]));
      return opened;
    },
  };
  exchange(keeping, 'claim', named('factory'));
  expect(left).toHaveLength(3);
  for (const bytes of left) expect(bytes.every((byte) => byte === 0)).toBe(true);
});

/** Runs an exchange to its end. @returns the root key */
function exchange(crypto: CryptoProvider, kind: 'claim' | 'recover', preSharedKey: Uint8Array): Uint8Array {
  const who = { kind, boxId: boxNamed('A'), preSharedKey };
  const started = startExchange(crypto, {
    ...who,
    nonce: named('n', 16),
    secret: named(`${kind} b`),
    firmware: 0,
  });
  const body = { recoveryKey: named('r'), tenantTag: named('t', 8), timeMs: 0 };
  const fresh = { nonce: named('m', 16), secret: named(`${kind} c`) };
  const answered = answerExchange(crypto, { ...who, ...fresh, body }, started.frame);
  if (answered.kind === 'refused') throw new Error(answered.reason);
  const finished = finishExchange(crypto, started.pending, answered.frame);
  if (finished.kind === 'refused') throw new Error(finished.reason);
  return finished.rootKey;
}
