// The codes for openings without the cloud as commands, as far as a box computes them: it reads booking codes and
// issues none. Apart from the cryptography under them, which has vectors of its own.
import {
  authenticatorCode,
  type BoxId,
  bookingOf,
  bytesToHex,
  nobleCrypto as crypto,
  encodeOfflineUse,
  hexToBytes,
  type OfflineMethod,
  phoneAnswer,
  readBookingCode,
  revocationCode,
  sheetCode,
} from '@smartbox/protocol';
import type { Commands } from './command.ts';

const key = (value: unknown): Uint8Array => hexToBytes(String(value));

export const offlineCommands: Commands = {
  'hmac-sha1': (ask) => bytesToHex(crypto.hmacSha1(key(ask.key), hexToBytes(String(ask.data)))),
  'sheet-code': (ask) =>
    sheetCode(crypto, key(ask.key), { target: Number(ask.target), cell: Number(ask.cell) }),
  'revocation-code': (ask) => revocationCode(crypto, key(ask.key), Number(ask.generation)),
  /** The payload, or null where the code says nothing. */
  'read-booking-code': (ask) => {
    const under = { boxId: String(ask.boxId) as BoxId, key: key(ask.key) };
    return readBookingCode(crypto, under, String(ask.code)) ?? null;
  },
  /** What the payload says at `nowMs`. */
  'booking-of': (ask) => bookingOf(Number(ask.payload), Number(ask.nowMs)),
  'phone-answer': (ask) =>
    phoneAnswer(crypto, key(ask.key), { challenge: String(ask.challenge), target: Number(ask.target) }),
  'authenticator-code': (ask) => authenticatorCode(crypto, key(ask.key), Number(ask.step)),
  'offline-use': (ask) =>
    bytesToHex(
      encodeOfflineUse({
        method: ask.method as OfflineMethod,
        generation: Number(ask.generation),
        number: Number(ask.number),
      }),
    ),
};
