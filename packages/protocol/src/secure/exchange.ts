// Key agreement with a pre-shared key, used twice: at the claim (with the factory key) and at a
// recovery (with the recovery key of the claim). Shaped like Noise KKpsk: both sides' fresh X25519
// keys and nonces enter every key, so that whoever holds the factory's copy of the pre-shared key
// can neither decrypt a recording nor impersonate passively.
// HELLO   type 1, nonce 16, public key 32, firmware 4, authenticator 16: 69 bytes.
// WELCOME type 1, nonce 16, public key 32, sealed (recovery key 32, tenant 8, time 6) 46 + 16.
import {
  asciiToBytes,
  concatBytes,
  equalBytes,
  readUint,
  requireLength,
  wipe,
  writeUint,
} from '../basics/bytes.ts';
import { decimalCode } from '../basics/decimal-code.ts';
import { type Refused, refused } from '../basics/errors.ts';
import type { BoxId } from '../basics/ids.ts';
import { limits } from '../basics/limits.ts';
import { frameByte, refusedUnless } from '../frame/frame.ts';
import type { CryptoProvider } from './crypto-provider.ts';
import { hkdfExpand, hkdfExtract } from './key-derivation.ts';

/** Which pre-shared key, and so which frames: the factory's (claim) or the recovery key (recover). */
export type ExchangeKind = 'claim' | 'recover';

const MAC_BYTES = 16;
const HEADER_BYTES = 1 + 16 + 32;
const HELLO_BYTES = HEADER_BYTES + 4 + MAC_BYTES;
const TENANT_BYTES = 8;
const BODY_BYTES = 46;
const WELCOME_BYTES = HEADER_BYTES + BODY_BYTES + limits.tagLengthBytes;
const NONCE = new Uint8Array(12); // the key is used for this one message

/** What both sides know beforehand. */
export interface ExchangeIdentity {
  readonly kind: ExchangeKind;
  readonly boxId: BoxId;
  readonly preSharedKey: Uint8Array;
}

/** What each side draws afresh. */
export interface ExchangeFreshness {
  /** 16 random bytes. */
  readonly nonce: Uint8Array;
  /** 32 random bytes: this side's X25519 secret. */
  readonly secret: Uint8Array;
}

/** What the box keeps in RAM until the answer comes. */
export interface PendingExchange extends ExchangeIdentity, ExchangeFreshness {
  readonly helloFrame: Uint8Array;
}

/** What the cloud tells the box inside the answer. */
export interface ExchangeBody {
  /** Authenticates one later exchange if the root keys ever part. */
  readonly recoveryKey: Uint8Array;
  /** 8 opaque bytes that stand for the owner. */
  readonly tenantTag: Uint8Array;
  /** Milliseconds since 1970 UTC. */
  readonly timeMs: number;
}

/** Box: the frame to send, again and again if need be, and what to keep. */
export function startExchange(
  crypto: CryptoProvider,
  options: ExchangeIdentity & ExchangeFreshness & { readonly firmware: number },
): { readonly frame: Uint8Array; readonly pending: PendingExchange } {
  const signed = new Uint8Array(HEADER_BYTES + 4);
  signed.set(header(`${options.kind}-hello`, options.nonce, crypto.x25519Public(options.secret)));
  writeUint(signed, HEADER_BYTES, { value: options.firmware, size: 4 });
  const frame = concatBytes(signed, helloMac(crypto, options, signed));
  return { frame, pending: { ...options, helloFrame: frame } };
}

/** What a HELLO says once it is authenticated. */
export interface ExchangeHello {
  readonly kind: 'read';
  readonly nonce: Uint8Array;
  readonly publicKey: Uint8Array;
  readonly firmware: number;
}

/** Cloud: authenticates a HELLO without answering it (an operator must first prove presence). */
export function readExchangeHello(
  crypto: CryptoProvider,
  identity: ExchangeIdentity,
  frame: Uint8Array,
): ExchangeHello | Refused {
  const otherFrame = refusedUnless(`${identity.kind}-hello`, frame);
  if (otherFrame !== undefined) return otherFrame;
  if (frame.length !== HELLO_BYTES) return refused('malformed');
  const signed = frame.slice(0, HEADER_BYTES + 4);
  if (!equalBytes(frame.slice(HEADER_BYTES + 4), helloMac(crypto, identity, signed)))
    return refused('bad-hello');
  return {
    kind: 'read',
    nonce: frame.slice(1, 17),
    publicKey: frame.slice(17, HEADER_BYTES),
    firmware: readUint(frame, HEADER_BYTES, 4),
  };
}

/**
 * Cloud: the answer, and the root key of epoch 0 that the box will prove by its first hello. Answer each
 * HELLO once and store the frame: a HELLO that comes again (a retry, a replay) gets the stored frame,
 * because a second answer has another root key and the two sides would part for good. In a recovery give
 * the same recovery key again: were it replaced and the answer lost, nothing could begin another one.
 */
export function answerExchange(
  crypto: CryptoProvider,
  options: ExchangeIdentity & ExchangeFreshness & { readonly body: ExchangeBody },
  helloFrame: Uint8Array,
): { readonly kind: 'answered'; readonly frame: Uint8Array; readonly rootKey: Uint8Array } | Refused {
  const hello = readExchangeHello(crypto, options, helloFrame);
  if (hello.kind === 'refused') return hello;
  const shared = crypto.x25519Shared(options.secret, hello.publicKey);
  if (shared === undefined) return refused('malformed');
  const clear = header(`${options.kind}-welcome`, options.nonce, crypto.x25519Public(options.secret));
  const secrets = exchangeSecrets(crypto, { identity: options, shared, helloFrame, clear });
  const sealed = crypto.seal(secrets.sealingKey, NONCE, {
    data: encodeBody(options.body),
    associated: clear,
  });
  const rootKey = rootKeyFor(crypto, secrets.agreed, options, options.body);
  wipe(secrets.agreed);
  wipe(secrets.sealingKey);
  return { kind: 'answered', frame: concatBytes(clear, sealed), rootKey };
}

/** What the box has after a claim or a recovery; all of it goes to flash before the next hello. */
export interface ExchangeFinished extends ExchangeBody {
  readonly kind: 'finished';
  readonly rootKey: Uint8Array;
}

/** Box: takes the answer to a HELLO that is still pending. */
export function finishExchange(
  crypto: CryptoProvider,
  pending: PendingExchange,
  frame: Uint8Array,
): ExchangeFinished | Refused {
  const otherFrame = refusedUnless(`${pending.kind}-welcome`, frame);
  if (otherFrame !== undefined) return otherFrame;
  if (frame.length !== WELCOME_BYTES) return refused('malformed');
  const clear = frame.slice(0, HEADER_BYTES);
  const shared = crypto.x25519Shared(pending.secret, frame.slice(17, HEADER_BYTES));
  if (shared === undefined) return refused('malformed');
  const secrets = exchangeSecrets(crypto, {
    identity: pending,
    shared,
    helloFrame: pending.helloFrame,
    clear,
  });
  const opened = crypto.open(secrets.sealingKey, NONCE, {
    data: frame.slice(HEADER_BYTES),
    associated: clear,
  });
  if (opened === undefined) return refused('bad-tag');
  const body = decodeBody(opened);
  const rootKey = rootKeyFor(crypto, secrets.agreed, pending, body);
  wipe(opened);
  wipe(secrets.agreed);
  wipe(secrets.sealingKey);
  return { kind: 'finished', ...body, rootKey };
}

/**
 * The 8 digits that the box shows while it waits to be claimed, and that the operator repeats: proof
 * that somebody stands in front of it. `nonce` is that of the claim-hello.
 */
export function claimCode(
  crypto: CryptoProvider,
  options: Omit<ExchangeIdentity, 'kind'>,
  nonce: Uint8Array,
): string {
  const context = concatBytes(asciiToBytes('claim'), nonce, asciiToBytes(options.boxId));
  const mac = crypto.hmacSha256(options.preSharedKey, context);
  return decimalCode(mac, limits.claimDigits);
}

function header(
  type: `${ExchangeKind}-${'hello' | 'welcome'}`,
  nonce: Uint8Array,
  publicKey: Uint8Array,
): Uint8Array {
  requireLength(nonce, limits.nonceBytes, `${type}.nonce`);
  return concatBytes(new Uint8Array([frameByte(type)]), nonce, publicKey);
}

function helloMac(crypto: CryptoProvider, identity: ExchangeIdentity, signed: Uint8Array): Uint8Array {
  const context = concatBytes(
    asciiToBytes(`SBX1 ${identity.kind} hello`),
    signed,
    asciiToBytes(identity.boxId),
  );
  return crypto.hmacSha256(identity.preSharedKey, context).slice(0, MAC_BYTES);
}

function exchangeSecrets(
  crypto: CryptoProvider,
  parts: {
    readonly identity: ExchangeIdentity;
    readonly shared: Uint8Array;
    readonly helloFrame: Uint8Array;
    readonly clear: Uint8Array;
  },
): { readonly agreed: Uint8Array; readonly sealingKey: Uint8Array } {
  const { identity, shared } = parts;
  const transcript = crypto.sha256(concatBytes(parts.helloFrame, parts.clear, asciiToBytes(identity.boxId)));
  const extracted = hkdfExtract(crypto, identity.preSharedKey, shared);
  const agreed = crypto.hmacSha256(extracted, transcript);
  wipe(shared);
  wipe(extracted);
  return { agreed, sealingKey: hkdfExpand(crypto, agreed, `SBX1 ${identity.kind} seal`) };
}

function rootKeyFor(
  crypto: CryptoProvider,
  agreed: Uint8Array,
  identity: ExchangeIdentity,
  body: ExchangeBody,
): Uint8Array {
  return hkdfExpand(crypto, agreed, concatBytes(asciiToBytes(`SBX1 ${identity.kind} root`), body.tenantTag));
}

function encodeBody(body: ExchangeBody): Uint8Array {
  requireLength(body.recoveryKey, limits.keyBytes, 'recovery key');
  requireLength(body.tenantTag, TENANT_BYTES, 'tenant tag');
  const bytes = new Uint8Array(BODY_BYTES);
  bytes.set(body.recoveryKey, 0);
  bytes.set(body.tenantTag, 32);
  writeUint(bytes, 40, { value: body.timeMs, size: 6 });
  return bytes;
}

function decodeBody(bytes: Uint8Array): ExchangeBody {
  return { recoveryKey: bytes.slice(0, 32), tenantTag: bytes.slice(32, 40), timeMs: readUint(bytes, 40, 6) };
}
