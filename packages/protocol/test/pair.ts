// A box and the cloud on the two ends of one root key, for tests: shakes hands with the real functions
// and gives back both ends. Randomness comes from a name, so that every run is the same.
import {
  type Answered,
  answerHello,
  type BoxId,
  boxIdFromBytes,
  type CryptoProvider,
  finishWelcome,
  hkdfExpand,
  nobleCrypto,
  type PendingHello,
  type RootKeys,
  type Session,
  startHello,
  type WelcomeBody,
  type Welcomed,
} from '../src/index.ts';

/** @returns `length` bytes that depend on the name alone */
export function named(name: string, length = 32): Uint8Array {
  const label = Uint8Array.from(name, (character) => character.charCodeAt(0) & 0x7f);
  return hkdfExpand(nobleCrypto, new Uint8Array(32).fill(0x5b), label, length);
}

/** @returns a box's id that depends on the name alone */
export function boxNamed(name: string): BoxId {
  return boxIdFromBytes(named(`box ${name}`, 8));
}

/** What a handshake is made from; everything has a default. */
export interface PairOptions {
  readonly crypto?: CryptoProvider;
  readonly boxId?: BoxId;
  readonly rootKey?: Uint8Array;
  readonly epoch?: number;
  readonly counter?: number;
  /** With a Diffie-Hellman step. */
  readonly withStep?: boolean;
  /** Changes every random number of the handshake. */
  readonly run?: string;
  readonly keys?: RootKeys;
}

/** The two frames and both ends of a session. */
export interface Pair {
  readonly hello: Uint8Array;
  readonly pending: PendingHello;
  readonly cloud: Answered;
  readonly box: Welcomed;
}

/** What the cloud says in every WELCOME of these tests. */
export const welcomeBody: WelcomeBody = { timeMs: 1_781_136_000_000, settingsVersion: 3, logEnd: 1000 };

/** @returns what the box sends and keeps */
export function hello(options: PairOptions = {}): { frame: Uint8Array; pending: PendingHello } {
  const { run = 'first', withStep = false } = options;
  return startHello(options.crypto ?? nobleCrypto, {
    boxId: options.boxId ?? boxNamed('A'),
    epoch: options.epoch ?? 0,
    rootKey: options.rootKey ?? named('root'),
    counter: options.counter ?? 1,
    nonce: named(`${run} box nonce`, 16),
    firmware: 0x01000000,
    lowestVersion: 1,
    ...(withStep ? { stepSecret: named(`${run} box secret`) } : {}),
  });
}

/** @returns the cloud's answer or refusal to a HELLO */
export function answer(frame: Uint8Array, options: PairOptions = {}): ReturnType<typeof answerHello> {
  const { run = 'first', epoch = 0, counter = 1 } = options;
  const stored = { epoch, rootKey: options.rootKey ?? named('root'), counter: counter - 1 };
  return answerHello(
    options.crypto ?? nobleCrypto,
    {
      boxId: options.boxId ?? boxNamed('A'),
      keys: options.keys ?? stored,
      sessionId: named(`${run} session`, 4),
      nonce: named(`${run} cloud nonce`, 16),
      stepSecret: named(`${run} cloud secret`),
      body: welcomeBody,
    },
    frame,
  );
}

/** Shakes hands to the end. Throws if either side refuses: the test that calls this is not about that. */
export function shakeHands(options: PairOptions = {}): Pair {
  const { frame, pending } = hello(options);
  const cloud = answer(frame, options);
  if (cloud.kind === 'refused') throw new Error(`the cloud refused: ${cloud.reason}`);
  const box = finishWelcome(options.crypto ?? nobleCrypto, pending, cloud.frame);
  if (box.kind === 'refused') throw new Error(`the box refused: ${box.reason}`);
  return { hello: frame, pending, cloud, box };
}

/** @returns both ends of a session */
export function sessions(options: PairOptions = {}): { readonly box: Session; readonly cloud: Session } {
  const { box, cloud } = shakeHands(options);
  return { box: box.session, cloud: cloud.session };
}

/** Every copy of `bytes` with one bit changed. */
export function flips(bytes: Uint8Array): readonly Uint8Array[] {
  return Array.from({ length: bytes.length * 8 }, (_, bit) => {
    const copy = bytes.slice();
    copy[bit >> 3] = (copy[bit >> 3] as number) ^ (1 << (bit & 7));
    return copy;
  });
}
