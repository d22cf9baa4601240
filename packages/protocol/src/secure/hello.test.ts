// HELLO and WELCOME byte by byte: what is written is read back, and a layout that this version does not
// have is none, even where its sender could authenticate it.
import { describe, expect, it } from 'vitest';
import { named } from '../../test/pair.ts';
import { concatBytes } from '../basics/bytes.ts';
import {
  decodeHello,
  decodeWelcome,
  decodeWelcomeBody,
  encodeHello,
  encodeWelcomeBody,
  encodeWelcomeHeader,
} from './hello.ts';

const MAC = named('mac', 16);
const SEALED = named('sealed', 32);
const HELLO = {
  ...{ suites: 1, epoch: 0x01020304, counter: 0x05060708, nonce: named('nonce', 16) },
  ...{ firmware: 0x090a0b0c, lowestVersion: 1 },
};
const WELCOME = { sessionId: named('session', 4), nonce: named('nonce', 16) };

/** The frame with its flags, which stand at `place`, set to `value`. */
function flagged(frame: Uint8Array, place: number, value: number): Uint8Array {
  const copy = frame.slice();
  copy[place] = value;
  return copy;
}

describe.each([
  { kind: 'plain', length: 0, share: {} },
  { kind: 'stepping', length: 32, share: { share: named('share') } },
])('a $kind handshake', ({ length, share }) => {
  it('has a HELLO of 48 bytes, or 80 with a share, that says what went in', () => {
    const signed = encodeHello({ ...HELLO, ...share });
    const frame = concatBytes(signed, MAC);
    expect(frame).toHaveLength(48 + length);
    expect(decodeHello(frame)).toEqual({ hello: { ...HELLO, ...share }, signed, mac: MAC });
    for (const flags of [2, 3, 0x80, 0xff]) expect(decodeHello(flagged(frame, 31, flags))).toBeUndefined();
    expect(decodeHello(flagged(frame, 31, length === 0 ? 1 : 0))).toBeUndefined();
    expect(decodeHello(flagged(frame, 0, 0x22))).toBeUndefined();
    for (let short = 0; short < frame.length; short++)
      expect(decodeHello(frame.slice(0, short))).toBeUndefined();
  });

  it('has a WELCOME of 54 bytes, or 86 with a share, that says what went in', () => {
    const headerBytes = encodeWelcomeHeader({ ...WELCOME, ...share });
    const frame = concatBytes(headerBytes, SEALED);
    expect(frame).toHaveLength(54 + length);
    expect(decodeWelcome(frame)).toEqual({ header: { ...WELCOME, ...share }, headerBytes, sealed: SEALED });
    for (const flags of [2, 3, 0x80, 0xff]) expect(decodeWelcome(flagged(frame, 21, flags))).toBeUndefined();
    expect(decodeWelcome(flagged(frame, 21, length === 0 ? 1 : 0))).toBeUndefined();
    expect(decodeWelcome(flagged(frame, 0, 0x21))).toBeUndefined();
    for (let short = 0; short < frame.length; short++) {
      expect(decodeWelcome(frame.slice(0, short))).toBeUndefined();
    }
  });
});

describe('the sealed part of a WELCOME', () => {
  const body = { timeMs: 0xa0b0c0d0e0f0, settingsVersion: 0x01020304, logEnd: 0xfffffffe };

  it('is 16 bytes and says what went in', () => {
    expect(encodeWelcomeBody(body)).toHaveLength(16);
    expect(decodeWelcomeBody(encodeWelcomeBody(body))).toEqual(body);
  });

  it('is none with another suite or with its last byte in use', () => {
    for (const place of [6, 15]) {
      expect(decodeWelcomeBody(flagged(encodeWelcomeBody(body), place, 2))).toBeUndefined();
    }
  });
});

describe('lengths that would overlap their neighbours', () => {
  it('are not written', () => {
    for (const length of [15, 17]) {
      expect(() => encodeHello({ ...HELLO, nonce: named('nonce', length) })).toThrow('out-of-range');
      expect(() => encodeWelcomeHeader({ ...WELCOME, nonce: named('nonce', length) })).toThrow(
        'out-of-range',
      );
    }
    for (const length of [3, 5]) {
      const sessionId = named('session', length);
      expect(() => encodeWelcomeHeader({ ...WELCOME, sessionId })).toThrow('out-of-range');
    }
  });
});
