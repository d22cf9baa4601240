// An authenticator and a browser in software: real keys, real signatures, real CBOR, as WebAuthn Level 3 has them. What a
// thief or a faulty browser would do differently is changed by `wrong`.

import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

/** The JSON form that a browser makes of what an authenticator gave. */
export interface PasskeyJson {
  readonly id: string;
  readonly rawId: string;
  readonly type: string;
  readonly response: Readonly<Record<string, unknown>> & { readonly clientDataJSON: string };
}

/** What may differ from how it should be. */
export interface Wrong {
  readonly origin?: string;
  readonly rpId?: string;
  readonly challenge?: string;
  readonly withoutVerification?: boolean;
  readonly withoutPresence?: boolean;
  readonly crossOrigin?: boolean;
  readonly userHandle?: string | null;
  /** Shows another type of client data: an assertion in place of an attestation. */
  readonly type?: string;
  readonly counter?: number;
}

interface Credential {
  readonly id: Buffer;
  readonly rpId: string;
  readonly userHandle: string;
  readonly privateKey: KeyObject;
  readonly cose: Buffer;
  counter: number;
}

interface CreationOptions {
  readonly challenge: string;
  readonly rp: { readonly id: string };
  readonly user: { readonly id: string };
  readonly excludeCredentials: readonly { readonly id: string }[];
}

interface RequestOptions {
  readonly challenge: string;
  readonly rpId: string;
  readonly allowCredentials: readonly { readonly id: string }[];
}

const present = 0x01;
const verified = 0x04;
const attested = 0x40;

/** One device, in the browser's hands at an origin. */
export class SoftAuthenticator {
  readonly #credentials: Credential[] = [];
  readonly #origin: string;
  readonly #algorithm: 'P-256' | 'Ed25519';
  /** Devices that keep passkeys in step with others count nothing. */
  readonly #counts: boolean;

  constructor(origin: string, algorithm: 'P-256' | 'Ed25519' = 'P-256', counts = true) {
    this.#origin = origin;
    this.#algorithm = algorithm;
    this.#counts = counts;
  }

  /** navigator.credentials.create */
  make(options: unknown, wrong: Wrong = {}): PasskeyJson {
    const { challenge, rp, user, excludeCredentials } = options as CreationOptions;
    const excluded = excludeCredentials.some(({ id }) => this.#find(id) !== undefined);
    if (excluded) throw new RangeError('InvalidStateError: there is a passkey here already');
    const { privateKey, cose } = newKey(this.#algorithm);
    const credential = {
      id: randomBytes(32),
      rpId: rp.id,
      userHandle: user.id,
      privateKey,
      cose,
      counter: 0,
    };
    this.#credentials.push(credential);
    const length = Buffer.alloc(2);
    length.writeUInt16BE(credential.id.length);
    const data = Buffer.concat([
      this.#head(credential, attested, wrong),
      ...[Buffer.alloc(16), length, credential.id, cose],
    ]);
    const attestation = cborMap([
      [cborText('fmt'), cborText('none')],
      [cborText('attStmt'), cborMap([])],
      [cborText('authData'), cborBytes(data)],
    ]);
    return json(credential, {
      clientDataJSON: this.#clientData('webauthn.create', challenge, wrong).toString('base64url'),
      attestationObject: attestation.toString('base64url'),
      transports: ['internal'],
    });
  }

  /** navigator.credentials.get: with no credential named, the one for the site. */
  show(options: unknown, wrong: Wrong = {}): PasskeyJson {
    const { challenge, rpId, allowCredentials } = options as RequestOptions;
    const isAllowed = ({ id }: Credential) =>
      allowCredentials.length === 0 || allowCredentials.some((one) => one.id === id.toString('base64url'));
    const credential = this.#credentials.findLast((one) => one.rpId === rpId && isAllowed(one));
    if (credential === undefined) throw new RangeError('NotAllowedError: no passkey for this site');
    const data = this.#head(credential, 0, wrong);
    const client = this.#clientData('webauthn.get', challenge, wrong);
    const signed = Buffer.concat([data, createHash('sha256').update(client).digest()]);
    const { userHandle = credential.userHandle } = wrong;
    return json(credential, {
      clientDataJSON: client.toString('base64url'),
      authenticatorData: data.toString('base64url'),
      signature: sign(this.#algorithm === 'P-256' ? 'sha256' : null, signed, credential.privateKey).toString(
        'base64url',
      ),
      userHandle,
    });
  }

  /** The same keys in a second device, as a thief would copy them. */
  clone(): SoftAuthenticator {
    const copy = new SoftAuthenticator(this.#origin, this.#algorithm, this.#counts);
    copy.#credentials.push(...this.#credentials.map((one) => ({ ...one })));
    return copy;
  }

  #find(id: string): Credential | undefined {
    return this.#credentials.find((one) => one.id.toString('base64url') === id);
  }

  #head(credential: Credential, flags: number, wrong: Wrong): Buffer {
    credential.counter += this.#counts ? 1 : 0;
    const shown = [
      wrong.withoutPresence === true ? 0 : present,
      wrong.withoutVerification === true ? 0 : verified,
    ].reduce((all, one) => all | one, flags);
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(wrong.counter ?? credential.counter);
    const rpIdHash = createHash('sha256')
      .update(wrong.rpId ?? credential.rpId)
      .digest();
    return Buffer.concat([rpIdHash, Buffer.of(shown), counter]);
  }

  #clientData(type: string, challenge: string, wrong: Wrong): Buffer {
    const data = {
      type: wrong.type ?? type,
      challenge: wrong.challenge ?? challenge,
      origin: wrong.origin ?? this.#origin,
      crossOrigin: wrong.crossOrigin ?? false,
    };
    return Buffer.from(JSON.stringify(data), 'utf8');
  }
}

function json({ id }: Credential, response: PasskeyJson['response']): PasskeyJson {
  const text = id.toString('base64url');
  return { id: text, rawId: text, type: 'public-key', response };
}

// COSE_Key (RFC 9053, 7.1 and 7.2): kty, alg, crv, and the point.
function newKey(algorithm: 'P-256' | 'Ed25519'): { readonly privateKey: KeyObject; readonly cose: Buffer } {
  const { privateKey, publicKey } =
    algorithm === 'P-256'
      ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
      : generateKeyPairSync('ed25519');
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
  const point = (text: string) => cborBytes(Buffer.from(text, 'base64url'));
  const cose =
    algorithm === 'P-256'
      ? cborMap([
          [cborInteger(1), cborInteger(2)],
          [cborInteger(3), cborInteger(-7)],
          [cborInteger(-1), cborInteger(1)],
          [cborInteger(-2), point(x)],
          [cborInteger(-3), point(y)],
        ])
      : cborMap([
          [cborInteger(1), cborInteger(1)],
          [cborInteger(3), cborInteger(-8)],
          [cborInteger(-1), cborInteger(6)],
          [cborInteger(-2), point(x)],
        ]);
  return { privateKey, cose };
}

// As much of CBOR (RFC 8949) as an attestation needs.
function cborHead(major: number, value: number): Buffer {
  if (value < 24) return Buffer.of((major << 5) | value);
  if (value < 0x100) return Buffer.of((major << 5) | 24, value);
  return Buffer.of((major << 5) | 25, value >> 8, value & 0xff);
}

function cborInteger(value: number): Buffer {
  return value < 0 ? cborHead(1, -1 - value) : cborHead(0, value);
}

function cborBytes(bytes: Buffer): Buffer {
  return Buffer.concat([cborHead(2, bytes.length), bytes]);
}

function cborText(text: string): Buffer {
  return Buffer.concat([cborHead(3, text.length), Buffer.from(text, 'ascii')]);
}

function cborMap(entries: readonly (readonly [Buffer, Buffer])[]): Buffer {
  return Buffer.concat([cborHead(5, entries.length), ...entries.flat()]);
}
