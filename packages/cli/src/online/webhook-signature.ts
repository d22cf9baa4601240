// Signs and checks webhooks as Standard Webhooks say: `v1` by a shared secret (`whsec_…`, HMAC-SHA256), `v1a` by a key
// of which the receiver has the public half (`whpk_…`, Ed25519). Over `id.timestamp.body`.
import { createHmac, createPublicKey, timingSafeEqual, verify } from 'node:crypto';

/** What is signed, and what says so. */
export interface SignedDelivery {
  /** The same for every attempt. */
  readonly id: string;
  /** Of this attempt, in seconds since 1970, as it was sent. */
  readonly timestamp: string;
  readonly body: string;
  /** Signatures with blanks between them: `v1,… v1a,…`. */
  readonly signature: string;
}

/** What a check says. stale: the time is more than 5 minutes off. */
export type Verdict = 'verified' | 'forged' | 'stale' | 'unsigned' | 'unchecked';

const TOLERANCE_SECONDS = 300;
/** RFC 8410: what stands before an Ed25519 public key. */
const SPKI_HEAD = Buffer.from('302a300506032b6570032100', 'hex');

/** @returns the bytes of a secret; undefined for what is none */
export function readSecretBytes(secret: string): Uint8Array | undefined {
  const [, kind, text = ''] = /^(whsec|whpk)_([A-Za-z0-9+/]+={0,2})$/.exec(secret) ?? [];
  const bytes = Buffer.from(text, 'base64');
  if (kind === 'whpk') return bytes.length === 32 ? bytes : undefined;
  return kind === 'whsec' && bytes.length >= 16 ? bytes : undefined;
}

/** @param secret `whsec_…`; @returns the header `webhook-signature` */
export function signDelivery(delivery: Omit<SignedDelivery, 'signature'>, secret: string): string {
  const key = readSecretBytes(secret) ?? new Uint8Array();
  return `v1,${createHmac('sha256', key).update(signedText(delivery)).digest('base64')}`;
}

/** @param secret `whsec_…` or `whpk_…`; undefined checks nothing */
export function checkDelivery(delivery: SignedDelivery, secret: string | undefined, nowMs: number): Verdict {
  if (secret === undefined) return 'unchecked';
  const { id, timestamp, signature } = delivery;
  if (id === '' || signature === '' || !/^\d{1,12}$/.test(timestamp)) return 'unsigned';
  const fits = secret.startsWith('whpk_') ? fitsPublicKey : fitsSharedSecret;
  const key = readSecretBytes(secret) ?? new Uint8Array();
  if (!signature.split(' ').some((one) => fits(delivery, one, key))) return 'forged';
  return Math.abs(nowMs / 1000 - Number(timestamp)) > TOLERANCE_SECONDS ? 'stale' : 'verified';
}

type Fits = (delivery: SignedDelivery, one: string, key: Uint8Array) => boolean;

const fitsSharedSecret: Fits = (delivery, one, key) => {
  if (!one.startsWith('v1,')) return false;
  const right = createHmac('sha256', key).update(signedText(delivery)).digest();
  const given = Buffer.from(one.slice('v1,'.length), 'base64');
  return given.length === right.length && timingSafeEqual(given, right);
};

const fitsPublicKey: Fits = (delivery, one, key) => {
  if (!one.startsWith('v1a,')) return false;
  const publicKey = createPublicKey({ key: Buffer.concat([SPKI_HEAD, key]), format: 'der', type: 'spki' });
  const given = Buffer.from(one.slice('v1a,'.length), 'base64');
  return verify(null, Buffer.from(signedText(delivery), 'utf8'), publicKey, given);
};

function signedText({ id, timestamp, body }: Omit<SignedDelivery, 'signature'>): string {
  return `${id}.${timestamp}.${body}`;
}
