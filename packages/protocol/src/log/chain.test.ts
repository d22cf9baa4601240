// The chain shows every change to the past: in the hash, to everybody; in the authenticators, even
// to a cloud that a stolen box tries to deceive.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { batch } from '../../test/effort.ts';
import { logEntries } from '../../test/log-entries.ts';
import { named } from '../../test/pair.ts';
import { bytesToHex } from '../basics/bytes.ts';
import { nobleCrypto } from '../secure/noble-crypto.ts';
import { chainHash, entryMac, firstLogKey, genesisHash, nextLogKey } from './chain.ts';
import { encodeLogEntry } from './entry.ts';

interface Link {
  readonly body: Uint8Array;
  readonly mac: Uint8Array;
}

/** What a box writes: each entry authenticated with a key that is then replaced. */
function written(bodies: readonly Uint8Array[]): {
  readonly links: readonly Link[];
  readonly keyAfter: Uint8Array;
} {
  let key = firstLogKey(nobleCrypto, named('root'));
  const links = bodies.map((body) => {
    const mac = entryMac(nobleCrypto, key, body);
    key = nextLogKey(nobleCrypto, key);
    return { body, mac };
  });
  return { links, keyAfter: key };
}

function endHash(links: readonly Link[]): string {
  const hash = links.reduce((previous, { body }) => chainHash(nobleCrypto, previous, body), genesisHash());
  return bytesToHex(hash);
}

/** How many entries from the start have the authenticator that the cloud computes. */
function authentic(links: readonly Link[]): number {
  let key = firstLogKey(nobleCrypto, named('root'));
  let count = 0;
  for (const { body, mac } of links) {
    if (bytesToHex(entryMac(nobleCrypto, key, body)) !== bytesToHex(mac)) break;
    key = nextLogKey(nobleCrypto, key);
    count++;
  }
  return count;
}

const bodies = fc.array(logEntries.map(encodeLogEntry), { minLength: 2, maxLength: 12 });

describe('the chain of a log', () => {
  it('ends in another hash after any change, removal, exchange or insertion', () => {
    fc.assert(
      fc.property(bodies, fc.nat(), fc.nat({ max: 255 }), (all, place, bit) => {
        const { links } = written(all);
        const at = place % links.length;
        const body = all[at]!.slice();
        body[bit >> 3] = body[bit >> 3]! ^ (1 << (bit & 7));
        const { mac } = links[at]!;
        const changed = [...links.slice(0, at), { body, mac }, ...links.slice(at + 1)];
        const removed = [...links.slice(0, at), ...links.slice(at + 1)];
        const inserted = [...links.slice(0, at), { body, mac }, ...links.slice(at)];
        for (const other of [changed, removed, inserted]) {
          expect(endHash(other)).not.toBe(endHash(links));
          expect(authentic(other)).toBeLessThanOrEqual(other === removed ? links.length - 1 : at);
        }
        expect(authentic(links)).toBe(links.length);
      }),
      { numRuns: batch(100) },
    );
  });

  it('cannot be rewritten with the key that a stolen box still has', () => {
    const all = [1, 2, 3].map((sequence) => new Uint8Array(32).fill(sequence));
    const { links, keyAfter } = written(all);
    const forged = all.map((_, index) => new Uint8Array(32).fill(100 + index));
    for (let guess = 0, key = keyAfter; guess < 3; guess++, key = nextLogKey(nobleCrypto, key)) {
      const rewritten = forged.map((body) => ({ body, mac: entryMac(nobleCrypto, key, body) }));
      expect(authentic(rewritten)).toBe(0);
    }
    expect(authentic(links)).toBe(3);
  });

  it('has hashes and authenticators of 16 bytes, keys of 32, and starts from zeros', () => {
    const body = new Uint8Array(32);
    const key = firstLogKey(nobleCrypto, named('root'));
    expect(genesisHash()).toEqual(new Uint8Array(16));
    expect(chainHash(nobleCrypto, genesisHash(), body)).toHaveLength(16);
    expect(entryMac(nobleCrypto, key, body)).toHaveLength(16);
    expect(key).toHaveLength(32);
    expect(nextLogKey(nobleCrypto, key)).toHaveLength(32);
  });
});
