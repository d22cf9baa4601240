// The protocol's cryptography as commands, so that the same vectors run on every engine. Arguments and
// answers are hex, because lines are text.
import { bytesToHex, nobleCrypto as crypto, hexToBytes, hkdfExpand, hkdfExtract } from '@smartbox/protocol';
import type { Commands } from './command.ts';

const bytes = (value: unknown): Uint8Array => hexToBytes(String(value));
const hex = (value: Uint8Array | undefined): string | null =>
  value === undefined ? null : bytesToHex(value);

export const cryptoCommands: Commands = {
  sha256: (ask) => hex(crypto.sha256(bytes(ask.data))),
  hmac: (ask) => hex(crypto.hmacSha256(bytes(ask.key), bytes(ask.data))),
  hkdf: (ask) => {
    const key = hkdfExtract(crypto, bytes(ask.salt), bytes(ask.material));
    return hex(hkdfExpand(crypto, key, bytes(ask.info), Number(ask.length)));
  },
  seal: (ask) => {
    const parts = { data: bytes(ask.data), associated: bytes(ask.associated) };
    return hex(crypto.seal(bytes(ask.key), bytes(ask.nonce), parts));
  },
  open: (ask) => {
    const parts = { data: bytes(ask.data), associated: bytes(ask.associated) };
    return hex(crypto.open(bytes(ask.key), bytes(ask.nonce), parts));
  },
  'x25519-public': (ask) => hex(crypto.x25519Public(bytes(ask.secret))),
  'x25519-shared': (ask) => hex(crypto.x25519Shared(bytes(ask.secret), bytes(ask.publicKey))),
};
