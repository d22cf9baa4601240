// The layout of HELLO and WELCOME, byte by byte; the rules around them are in handshake.ts.
// HELLO   version/type 1, suites 1, epoch 4, counter 4, nonce 16, firmware 4, lowest version 1,
//         flags 1, [X25519 share 32], authenticator 16: 48 or 80 bytes.
// WELCOME version/type 1, session 4, nonce 16, flags 1, [X25519 share 32], sealed 16 + 16.
import { concatBytes, readUint, requireLength, writeUint } from '../basics/bytes.ts';
import { limits } from '../basics/limits.ts';
import { frameByte, frameType } from '../frame/frame.ts';

/** The one suite there is: X25519, HKDF-SHA256, ChaCha20-Poly1305. */
export const SUITE = 1;
const FLAG_SHARE = 1;
const SESSION_ID_BYTES = 4;
const SHARE_BYTES = 32;
const MAC_BYTES = 16;
const HELLO_FIXED_BYTES = 32;
const WELCOME_FIXED_BYTES = 22;
const WELCOME_BODY_BYTES = 16;

/** What a HELLO says. */
export interface Hello {
  readonly suites: number;
  readonly epoch: number;
  readonly counter: number;
  readonly nonce: Uint8Array;
  /** Firmware version as one number. */
  readonly firmware: number;
  /** Lowest protocol version that the box will ever speak again. */
  readonly lowestVersion: number;
  /** Set where the root key takes a Diffie-Hellman step. */
  readonly share?: Uint8Array;
}

/** What a WELCOME says in clear. */
export interface WelcomeHeader {
  readonly sessionId: Uint8Array;
  readonly nonce: Uint8Array;
  readonly share?: Uint8Array;
}

/** What a WELCOME tells the box, sealed. */
export interface WelcomeBody {
  /** Milliseconds since 1970 UTC. */
  readonly timeMs: number;
  /** Version of the settings that should be in force. */
  readonly settingsVersion: number;
  /** Sequence of the last log entry that the cloud has stored. */
  readonly logEnd: number;
}

/** @returns a HELLO without its authenticator */
export function encodeHello(hello: Hello): Uint8Array {
  requireLength(hello.nonce, limits.nonceBytes, 'hello.nonce');
  const bytes = new Uint8Array(HELLO_FIXED_BYTES);
  bytes[0] = frameByte('hello');
  bytes[1] = hello.suites;
  writeUint(bytes, 2, { value: hello.epoch, size: 4 });
  writeUint(bytes, 6, { value: hello.counter, size: 4 });
  bytes.set(hello.nonce, 10);
  writeUint(bytes, 26, { value: hello.firmware, size: 4 });
  writeUint(bytes, 30, { value: hello.lowestVersion, size: 1 });
  bytes[31] = hello.share === undefined ? 0 : FLAG_SHARE;
  return hello.share === undefined ? bytes : concatBytes(bytes, hello.share);
}

/** @returns the parts of a HELLO, not yet authenticated, or undefined if it is malformed */
export function decodeHello(
  frame: Uint8Array,
): { readonly hello: Hello; readonly signed: Uint8Array; readonly mac: Uint8Array } | undefined {
  const flags = frame[31];
  if (frameType(frame) !== 'hello' || flags === undefined || flags > FLAG_SHARE) return undefined;
  const signedBytes = HELLO_FIXED_BYTES + (flags === FLAG_SHARE ? SHARE_BYTES : 0);
  if (frame.length !== signedBytes + MAC_BYTES) return undefined;
  const hello: Hello = {
    suites: frame[1] as number,
    epoch: readUint(frame, 2, 4),
    counter: readUint(frame, 6, 4),
    nonce: frame.slice(10, 10 + limits.nonceBytes),
    firmware: readUint(frame, 26, 4),
    lowestVersion: frame[30] as number,
    ...(flags === FLAG_SHARE ? { share: frame.slice(HELLO_FIXED_BYTES, signedBytes) } : {}),
  };
  return { hello, signed: frame.slice(0, signedBytes), mac: frame.slice(signedBytes) };
}

/** @returns the clear part of a WELCOME */
export function encodeWelcomeHeader(header: WelcomeHeader): Uint8Array {
  requireLength(header.sessionId, SESSION_ID_BYTES, 'welcome.session');
  requireLength(header.nonce, limits.nonceBytes, 'welcome.nonce');
  const bytes = new Uint8Array(WELCOME_FIXED_BYTES);
  bytes[0] = frameByte('welcome');
  bytes.set(header.sessionId, 1);
  bytes.set(header.nonce, 5);
  bytes[21] = header.share === undefined ? 0 : FLAG_SHARE;
  return header.share === undefined ? bytes : concatBytes(bytes, header.share);
}

/** @returns the parts of a WELCOME, the body still sealed, or undefined if it is malformed */
export function decodeWelcome(
  frame: Uint8Array,
):
  | { readonly header: WelcomeHeader; readonly headerBytes: Uint8Array; readonly sealed: Uint8Array }
  | undefined {
  const flags = frame[21];
  if (frameType(frame) !== 'welcome' || flags === undefined || flags > FLAG_SHARE) return undefined;
  const headerEnd = WELCOME_FIXED_BYTES + (flags === FLAG_SHARE ? SHARE_BYTES : 0);
  if (frame.length !== headerEnd + WELCOME_BODY_BYTES + limits.tagLengthBytes) return undefined;
  const header: WelcomeHeader = {
    sessionId: frame.slice(1, 5),
    nonce: frame.slice(5, 5 + limits.nonceBytes),
    ...(flags === FLAG_SHARE ? { share: frame.slice(WELCOME_FIXED_BYTES, headerEnd) } : {}),
  };
  return { header, headerBytes: frame.slice(0, headerEnd), sealed: frame.slice(headerEnd) };
}

/** @returns the 16 bytes that are sealed into a WELCOME */
export function encodeWelcomeBody(body: WelcomeBody): Uint8Array {
  const bytes = new Uint8Array(WELCOME_BODY_BYTES);
  writeUint(bytes, 0, { value: body.timeMs, size: 6 });
  bytes[6] = SUITE;
  writeUint(bytes, 7, { value: body.settingsVersion, size: 4 });
  writeUint(bytes, 11, { value: body.logEnd, size: 4 });
  return bytes;
}

/** @returns the body, or undefined where it names a suite that this code does not have */
export function decodeWelcomeBody(bytes: Uint8Array): WelcomeBody | undefined {
  if (bytes[6] !== SUITE || bytes[15] !== 0) return undefined;
  return {
    timeMs: readUint(bytes, 0, 6),
    settingsVersion: readUint(bytes, 7, 4),
    logEnd: readUint(bytes, 11, 4),
  };
}
