// The session handshake as a sans-IO exchange of two frames, symmetric only. Both sides hold a root
// key that evolves: after WELCOME the box stores the next one BEFORE its first record, so flash
// dumped later decrypts nothing that was recorded earlier. The hello counter rises with every
// attempt; without it a replayed HELLO could make the cloud forget a pending Diffie-Hellman step.
import { asciiToBytes, concatBytes, equalBytes, wipe } from '../basics/bytes.ts';
import { type Refused, refused } from '../basics/errors.ts';
import type { BoxId } from '../basics/ids.ts';
import { limits } from '../basics/limits.ts';
import { PROTOCOL_VERSION, refusedUnless } from '../frame/frame.ts';
import type { Direction } from '../messages/definition.ts';
import type { CryptoProvider } from './crypto-provider.ts';
import {
  decodeHello,
  decodeWelcome,
  decodeWelcomeBody,
  encodeHello,
  encodeWelcomeBody,
  encodeWelcomeHeader,
  type Hello,
  SUITE,
  type WelcomeBody,
} from './hello.ts';
import { hkdfExpand, mixRootKey, stepRootKey } from './key-derivation.ts';
import type { Session } from './record.ts';

const HELLO_LABEL = asciiToBytes('SBX1 hello');
const SESSION_LABEL = asciiToBytes('SBX1 sess');
const MAC_BYTES = 16;
const WELCOME_NONCE = new Uint8Array(12); // records count from 1, so 0 is free under the session's key

/** What the box brings to a handshake. */
export interface HelloOptions {
  readonly boxId: BoxId;
  readonly epoch: number;
  readonly rootKey: Uint8Array;
  /** Strictly greater than in every earlier HELLO of this box. */
  readonly counter: number;
  /** 16 random bytes. */
  readonly nonce: Uint8Array;
  readonly firmware: number;
  readonly lowestVersion: number;
  /** 32 random bytes where the root key shall take a Diffie-Hellman step. */
  readonly stepSecret?: Uint8Array;
}

/** What the box keeps in RAM between HELLO and WELCOME. */
export interface PendingHello extends HelloOptions {
  readonly helloHash: Uint8Array;
}

/** Box: the HELLO to send, and what to keep until its WELCOME comes. */
export function startHello(
  crypto: CryptoProvider,
  options: HelloOptions,
): { readonly frame: Uint8Array; readonly pending: PendingHello } {
  const { stepSecret } = options;
  const signed = encodeHello({
    suites: SUITE,
    epoch: options.epoch,
    counter: options.counter,
    nonce: options.nonce,
    firmware: options.firmware,
    lowestVersion: options.lowestVersion,
    ...(stepSecret === undefined ? {} : { share: crypto.x25519Public(stepSecret) }),
  });
  const frame = concatBytes(signed, helloMac(crypto, options.rootKey, options.boxId, signed));
  return { frame, pending: { ...options, helloHash: crypto.sha256(frame) } };
}

/** What the box has after a WELCOME. `rootKey` and `epoch` must be stored before anything is sent. */
export interface Welcomed {
  readonly kind: 'welcomed';
  readonly session: Session;
  readonly epoch: number;
  readonly rootKey: Uint8Array;
  readonly body: WelcomeBody;
}

/** Box: takes the WELCOME for a HELLO that is still pending. */
export function finishWelcome(
  crypto: CryptoProvider,
  pending: PendingHello,
  frame: Uint8Array,
): Welcomed | Refused {
  const otherFrame = refusedUnless('welcome', frame);
  if (otherFrame !== undefined) return otherFrame;
  const parts = decodeWelcome(frame);
  if (parts === undefined) return refused('malformed');
  const { stepSecret } = pending;
  if ((parts.header.share === undefined) !== (stepSecret === undefined)) return refused('malformed');
  const keys = sessionKeys(crypto, pending.rootKey, pending.helloHash, parts.headerBytes);
  const opened = crypto.open(keys.down, WELCOME_NONCE, {
    data: parts.sealed,
    associated: welcomeContext(parts.headerBytes, pending.boxId),
  });
  if (opened === undefined) return refused('bad-tag');
  const body = decodeWelcomeBody(opened);
  if (body === undefined) return refused('downgrade');
  const rootKey = nextRootKey(crypto, pending.rootKey, stepSecret, parts.header.share);
  if (rootKey === undefined) return refused('malformed');
  const session = newSession(pending.boxId, parts.header.sessionId, keys, 'up');
  return { kind: 'welcomed', session, epoch: pending.epoch + 1, rootKey, body };
}

/** What the cloud stores of a box's root key. */
export interface RootKeys {
  readonly epoch: number;
  readonly rootKey: Uint8Array;
  /** Highest hello counter seen; 0 before the first. */
  readonly counter: number;
  /** The next root key where it cannot be derived: a Diffie-Hellman step that the box has not confirmed. */
  readonly pending?: Uint8Array;
}

/** What the cloud brings to a handshake. */
export interface AnswerOptions {
  readonly boxId: BoxId;
  readonly keys: RootKeys;
  /** 4 random bytes. */
  readonly sessionId: Uint8Array;
  /** 16 random bytes. */
  readonly nonce: Uint8Array;
  /** 32 random bytes, used where the box asks for a Diffie-Hellman step. */
  readonly stepSecret: Uint8Array;
  readonly body: WelcomeBody;
  /** How far ahead the box may be: see `limits.epochsAhead`. */
  readonly epochsAhead?: number;
}

/** The cloud's answer. `keys` must be stored before `frame` is sent. */
export interface Answered {
  readonly kind: 'answered';
  readonly frame: Uint8Array;
  readonly session: Session;
  readonly keys: RootKeys;
  /** Hand these to `confirmKeys` once the box's first record opens. */
  readonly confirmed: RootKeys;
  readonly hello: Hello;
}

/** Cloud: authenticates a HELLO and answers it. */
export function answerHello(
  crypto: CryptoProvider,
  options: AnswerOptions,
  frame: Uint8Array,
): Answered | Refused {
  const otherFrame = refusedUnless('hello', frame);
  if (otherFrame !== undefined) return otherFrame;
  const parts = decodeHello(frame);
  if (parts === undefined) return refused('malformed');
  const { hello } = parts;
  const rootKey = rootKeyOf(crypto, options, parts);
  if (!(rootKey instanceof Uint8Array)) return rootKey;
  if (hello.counter <= options.keys.counter) return refused('replayed-hello');
  if ((hello.suites & SUITE) === 0 || hello.lowestVersion > PROTOCOL_VERSION) return refused('downgrade');
  const share = hello.share === undefined ? {} : { share: crypto.x25519Public(options.stepSecret) };
  const header = encodeWelcomeHeader({ sessionId: options.sessionId, nonce: options.nonce, ...share });
  const next = nextRootKey(crypto, rootKey, options.stepSecret, hello.share);
  if (next === undefined) return refused('malformed');
  const session = sessionKeys(crypto, rootKey, crypto.sha256(frame), header);
  const sealed = crypto.seal(session.down, WELCOME_NONCE, {
    data: encodeWelcomeBody(options.body),
    associated: welcomeContext(header, options.boxId),
  });
  const moved = hello.epoch > options.keys.epoch;
  const pending = hello.share === undefined ? (moved ? undefined : options.keys.pending) : next;
  return {
    kind: 'answered',
    frame: concatBytes(header, sealed),
    session: newSession(options.boxId, options.sessionId, session, 'down'),
    keys: {
      epoch: hello.epoch,
      rootKey,
      counter: hello.counter,
      ...(pending === undefined ? {} : { pending }),
    },
    confirmed: { epoch: hello.epoch + 1, rootKey: next, counter: hello.counter },
    hello,
  };
}

/**
 * Cloud: the keys to store once the box has confirmed. A confirmation that comes late, after another
 * handshake has moved on, changes nothing.
 */
export function confirmKeys(stored: RootKeys, confirmed: RootKeys): RootKeys {
  if (confirmed.epoch !== stored.epoch + 1) return stored;
  return { ...confirmed, counter: Math.max(stored.counter, confirmed.counter) };
}

// The root key under which this HELLO was made: the stored one, one that follows from it, or the
// pending one of a Diffie-Hellman step whose confirmation was lost.
function rootKeyOf(
  crypto: CryptoProvider,
  options: AnswerOptions,
  parts: { readonly hello: Hello; readonly signed: Uint8Array; readonly mac: Uint8Array },
): Uint8Array | Refused {
  const { keys, boxId } = options;
  const ahead = parts.hello.epoch - keys.epoch;
  if (ahead < 0) return refused('stale-epoch');
  if (ahead > (options.epochsAhead ?? limits.epochsAhead)) return refused('epoch-too-far');
  let candidate = keys.rootKey;
  for (let step = 0; step < ahead; step++) candidate = stepRootKey(crypto, candidate);
  if (equalBytes(parts.mac, helloMac(crypto, candidate, boxId, parts.signed))) return candidate;
  const { pending } = keys;
  if (
    ahead === 1 &&
    pending !== undefined &&
    equalBytes(parts.mac, helloMac(crypto, pending, boxId, parts.signed))
  ) {
    return pending;
  }
  return refused('bad-hello');
}

function helloMac(crypto: CryptoProvider, rootKey: Uint8Array, boxId: BoxId, signed: Uint8Array): Uint8Array {
  return crypto
    .hmacSha256(rootKey, concatBytes(HELLO_LABEL, signed, asciiToBytes(boxId)))
    .slice(0, MAC_BYTES);
}

// Both nonces and everything that was negotiated enter the keys through the two hashes.
function sessionKeys(
  crypto: CryptoProvider,
  rootKey: Uint8Array,
  helloHash: Uint8Array,
  header: Uint8Array,
): { readonly up: Uint8Array; readonly down: Uint8Array } {
  const key = crypto.hmacSha256(rootKey, concatBytes(SESSION_LABEL, helloHash, crypto.sha256(header)));
  const keys = { up: hkdfExpand(crypto, key, 'SBX1 up'), down: hkdfExpand(crypto, key, 'SBX1 down') };
  wipe(key);
  return keys;
}

function nextRootKey(
  crypto: CryptoProvider,
  rootKey: Uint8Array,
  secret: Uint8Array | undefined,
  peerShare: Uint8Array | undefined,
): Uint8Array | undefined {
  if (peerShare === undefined || secret === undefined) return stepRootKey(crypto, rootKey);
  const shared = crypto.x25519Shared(secret, peerShare);
  if (shared === undefined) return undefined;
  const mixed = mixRootKey(crypto, rootKey, shared);
  wipe(shared);
  return mixed;
}

function welcomeContext(header: Uint8Array, boxId: BoxId): Uint8Array {
  return concatBytes(header, asciiToBytes(boxId));
}

function newSession(
  boxId: BoxId,
  sessionId: Uint8Array,
  keys: { readonly up: Uint8Array; readonly down: Uint8Array },
  sends: Direction,
): Session {
  const [sendKey, receiveKey] = sends === 'up' ? [keys.up, keys.down] : [keys.down, keys.up];
  return { boxId, sessionId, sends, sendKey, receiveKey, sent: 0, received: 0 };
}
