// Records open at the other end of their own session, once, in order, unchanged; and nowhere else.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { batch } from '../../test/effort.ts';
import { anyMessage } from '../../test/message-arbitraries.ts';
import { boxNamed, flips, named, sessions, shakeHands } from '../../test/pair.ts';
import { bytesToHex, concatBytes } from '../basics/bytes.ts';
import type { RefusalReason } from '../basics/errors.ts';
import { limits } from '../basics/limits.ts';
import { messageNamed } from '../messages/catalogue.ts';
import { encodeMessage } from '../messages/codec.ts';
import type { CryptoProvider } from './crypto-provider.ts';
import { nobleCrypto } from './noble-crypto.ts';
import { openRecord, type Session, sealRecord } from './record.ts';

const BODY = new Uint8Array(limits.accessRequestBytes).fill(0x5a);

function sealed(
  session: Session,
  body: Uint8Array = BODY,
): { readonly frame: Uint8Array; readonly session: Session } {
  const record = sealRecord(nobleCrypto, session, body);
  if (record.kind === 'refused') throw new Error(record.reason);
  return record;
}

function verdict(session: Session, frame: Uint8Array): RefusalReason | 'opened' {
  const opened = openRecord(nobleCrypto, session, frame);
  return opened.kind === 'opened' ? 'opened' : opened.reason;
}

describe('a record', () => {
  const { box, cloud } = sessions();
  const { frame } = sealed(box);

  it('opens at the other end, 25 bytes longer than its body, at every length', () => {
    for (const length of [0, 1, 15, 16, 17, 63, 64, 65, 1023, limits.bodyBytes]) {
      const body = new Uint8Array(length).fill(length & 255);
      const record = sealed(box, body);
      expect(record.frame.length).toBe(length + limits.recordOverheadBytes);
      const opened = openRecord(nobleCrypto, cloud, record.frame);
      expect(opened.kind === 'opened' && bytesToHex(opened.plaintext)).toBe(bytesToHex(body));
    }
  });

  it('does not open with any bit flipped (SEC-07)', () => {
    const reasons = new Set(flips(frame).map((changed) => verdict(cloud, changed)));
    expect([...reasons].sort()).toEqual(
      ['bad-tag', 'unexpected-type', 'unknown-session', 'unknown-version', 'malformed', 'replayed'].sort(),
    );
  });

  it('does not open cut at any byte, or with bytes behind it (SEC-07)', () => {
    for (let length = 0; length < frame.length; length++) {
      expect(['malformed', 'bad-tag']).toContain(verdict(cloud, frame.slice(0, length)));
    }
    expect(verdict(cloud, concatBytes(frame, Uint8Array.of(0)))).toBe('bad-tag');
    expect(verdict(cloud, concatBytes(frame, new Uint8Array(limits.frameBytes)))).toBe('malformed');
  });

  it('is malformed above the largest body, before anything is decrypted', () => {
    const counting = { ...nobleCrypto, open: () => expect.fail('it was decrypted') };
    const long = new Uint8Array(limits.bodyBytes + limits.recordOverheadBytes + 1);
    long.set(frame.subarray(0, 9));
    expect(openRecord(counting, cloud, long)).toEqual({ kind: 'refused', reason: 'malformed' });
  });

  it('does not open a second time, nor after a later one', () => {
    const second = sealed({ ...box, sent: 1 });
    const third = sealed(second.session);
    const first = openRecord(nobleCrypto, cloud, frame);
    if (first.kind === 'refused') throw new Error(first.reason);
    expect(verdict(first.session, frame)).toBe('replayed');
    const skipped = openRecord(nobleCrypto, first.session, third.frame);
    if (skipped.kind === 'refused') throw new Error(skipped.reason);
    expect(verdict(skipped.session, second.frame)).toBe('replayed');
    expect(verdict(skipped.session, third.frame)).toBe('replayed');
    expect(verdict(skipped.session, sealed(third.session).frame)).toBe('opened');
  });

  it('leaves the session as it was when it does not open', () => {
    const before = JSON.stringify(cloud, (_, value: unknown) =>
      value instanceof Uint8Array ? bytesToHex(value) : value,
    );
    for (const changed of flips(frame).slice(0, 200)) openRecord(nobleCrypto, cloud, changed);
    const after = JSON.stringify(cloud, (_, value: unknown) =>
      value instanceof Uint8Array ? bytesToHex(value) : value,
    );
    expect(after).toBe(before);
    expect(verdict(cloud, frame)).toBe('opened');
  });

  it('of one box does not open for another, whose keys differ (SEC-08)', () => {
    const other = sessions({ boxId: boxNamed('B'), rootKey: named('root of B'), run: 'B' });
    expect(verdict(other.cloud, frame)).toBe('unknown-session');
    // Even if the broker rewrites the session, or the cloud had given both boxes the same one:
    expect(verdict({ ...other.cloud, sessionId: cloud.sessionId }, frame)).toBe('bad-tag');
    const moved = concatBytes(frame.slice(0, 1), other.cloud.sessionId, frame.slice(5));
    expect(verdict(other.cloud, moved)).toBe('bad-tag');
  });

  it('is bound to its box and its direction beside the key (SEC-08)', () => {
    expect(verdict({ ...cloud, boxId: boxNamed('B') }, frame)).toBe('bad-tag');
    expect(verdict({ ...cloud, sends: 'up' }, frame)).toBe('bad-tag');
    // Sent back to where it came from:
    expect(verdict(box, frame)).toBe('bad-tag');
    expect(verdict({ ...box, receiveKey: box.sendKey }, frame)).toBe('bad-tag');
  });

  it('of an earlier session does not open in the next one of the same box', () => {
    const next = sessions({ counter: 2, run: 'second' });
    expect(verdict(next.cloud, frame)).toBe('unknown-session');
    expect(verdict({ ...next.cloud, sessionId: cloud.sessionId }, frame)).toBe('bad-tag');
  });

  it('is refused to be sealed above the largest body', () => {
    expect(() => sealed(box, new Uint8Array(limits.bodyBytes + 1))).toThrow('too-long');
  });
});

describe('a session', () => {
  it('ends before its counter repeats', () => {
    const { box, cloud } = sessions();
    const last = sealed({ ...box, sent: limits.recordsPerSession - 1 });
    expect(verdict(cloud, last.frame)).toBe('opened');
    expect(sealRecord(nobleCrypto, last.session, BODY)).toEqual({ kind: 'refused', reason: 'exhausted' });
  });

  it('never uses a key with the same nonce twice, over handshakes, directions and records (SEC-08)', () => {
    const steps = fc.array(fc.constantFrom('up', 'down', 'shake hands', 'lose the welcome'), {
      minLength: 1,
      maxLength: 40,
    });
    fc.assert(
      fc.property(steps, fc.boolean(), (script, withStep) => {
        expect(repeats(script, { withStep, forgetSession: false })).toEqual([]);
      }),
      { numRuns: batch(100) },
    );
    // The search can fail: whoever seals twice from one session value repeats a nonce.
    expect(repeats(['up', 'up'], { withStep: false, forgetSession: true })).toHaveLength(1);
  });

  it('shows no code, tag or other content of a message on the wire (SEC-08)', () => {
    const { box, cloud } = sessions();
    fc.assert(
      fc.property(anyMessage, (message) => {
        const body = encodeMessage(message);
        fc.pre(body.length >= 12);
        const session = messageNamed(message.name).direction === 'up' ? box : cloud;
        const wire = bytesToHex(sealed(session, body).frame);
        for (let at = 0; at + 6 <= body.length; at += 6) {
          const part = bytesToHex(body.slice(at, at + 6));
          expect(wire.includes(part)).toBe(false);
        }
      }),
      { numRuns: batch(200) },
    );
  });
});

/** Plays a script and lists every pair of key and nonce that was used for more than one text. */
function repeats(
  script: readonly string[],
  options: { readonly withStep: boolean; readonly forgetSession: boolean },
): readonly string[] {
  const used = new Map<string, string>();
  const repeated: string[] = [];
  const spy: CryptoProvider = {
    ...nobleCrypto,
    seal(key, nonce, parts) {
      const pair = `${bytesToHex(key)} ${bytesToHex(nonce)}`;
      if (used.has(pair)) repeated.push(pair);
      used.set(pair, bytesToHex(parts.data));
      return nobleCrypto.seal(key, nonce, parts);
    },
  };
  let counter = 0;
  let epoch = 0;
  let rootKey: Uint8Array = named('root');
  const shake = () => {
    counter++;
    return shakeHands({
      ...{ crypto: spy, counter, epoch, rootKey, run: `handshake ${counter}` },
      withStep: options.withStep && counter === 2,
    });
  };
  const open = () => {
    const pair = shake();
    epoch = pair.box.epoch;
    rootKey = pair.box.rootKey;
    return { up: pair.box.session, down: pair.cloud.session };
  };
  let ends = open();
  for (const step of script) {
    if (step === 'shake hands') ends = open();
    else if (step === 'lose the welcome') shake();
    else {
      const way = step === 'up' ? 'up' : 'down';
      const record = sealRecord(spy, ends[way], BODY);
      if (record.kind === 'sealed' && !options.forgetSession) ends = { ...ends, [way]: record.session };
    }
  }
  return repeated;
}
