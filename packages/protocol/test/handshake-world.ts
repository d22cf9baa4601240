// One box, the cloud and a hostile network between them, as values that a search can enumerate. Every
// move calls the real handshake functions; equal situations get equal numbers, so each is computed once.
import {
  type Answered,
  answerHello,
  bytesToHex,
  confirmKeys,
  finishWelcome,
  nobleCrypto,
  openRecord,
  type PendingHello,
  type RootKeys,
  sealRecord,
  startHello,
} from '../src/index.ts';
import { boxNamed, named, welcomeBody } from './pair.ts';
import { remembering } from './remembering-crypto.ts';

/** What the box keeps: root key, epoch and counter in flash, the pending HELLO in RAM. */
export interface Box {
  readonly epoch: number;
  readonly rootKey: Uint8Array;
  readonly counter: number;
  readonly pending?: PendingHello;
  /** Its root key has taken a Diffie-Hellman step. */
  readonly stepped: boolean;
}

/** A frame that is on its way, with what the search must know of it. */
export interface Flying {
  readonly kind: 'hello' | 'welcome' | 'confirmation';
  readonly frame: Uint8Array;
  /** The answer that this welcome or confirmation belongs to. */
  readonly answered?: Answered;
  /** Which life of the cloud made the answer: a restored database comes with a restart. */
  readonly life: number;
}

/** What is weakened on purpose, to see that the search finds it. */
export interface Weakness {
  /** What the cloud reads when it looks up its keys. */
  readonly stored?: (keys: RootKeys) => RootKeys;
  readonly epochsAhead?: number;
}

/** Which random numbers the cloud draws: those of its n-th answer in one of its lives. */
export interface Draw {
  readonly life: number;
  readonly draw: number;
}

/** A life of its own, so that an undisturbed handshake never draws what the network has seen. */
const HONEST: Draw = { life: -1, draw: 0 };
const BOX_ID = boxNamed('A');
const CONFIRMATION = new Uint8Array(9);
const crypto = remembering(nobleCrypto);

/** Numbers for values: equal spelling, equal number. */
class Interned<Value> {
  readonly values: Value[] = [];
  readonly #numbers = new Map<string, number>();
  readonly #spell: (value: Value) => string;

  constructor(spell: (value: Value) => string) {
    this.#spell = spell;
  }

  number(value: Value): number {
    const spelling = this.#spell(value);
    const known = this.#numbers.get(spelling);
    if (known !== undefined) return known;
    this.#numbers.set(spelling, this.values.length);
    return this.values.push(value) - 1;
  }

  get(number: number): Value {
    return this.values[number] as Value;
  }
}

/** The moves of both ends over numbered situations. -1 means that the move changed nothing. */
export class HandshakeWorld {
  readonly boxes = new Interned<Box>(({ epoch, rootKey, counter, pending, stepped }) =>
    [epoch, bytesToHex(rootKey), counter, stepped, pending ? bytesToHex(pending.helloHash) : ''].join(),
  );
  readonly clouds = new Interned<RootKeys>(({ epoch, rootKey, counter, pending }) =>
    [epoch, bytesToHex(rootKey), counter, pending ? bytesToHex(pending) : ''].join(),
  );
  readonly flying = new Interned<Flying>(({ frame, life }) => `${bytesToHex(frame)},${life}`);
  readonly #weakness: Weakness;
  readonly #known = new Map<string, readonly [number, number]>();

  constructor(weakness: Weakness = {}) {
    this.#weakness = weakness;
  }

  /** The box after a claim, and the cloud. */
  start(): { readonly box: number; readonly cloud: number } {
    const rootKey = named('root');
    return {
      box: this.boxes.number({ epoch: 0, rootKey, counter: 0, stepped: false }),
      cloud: this.clouds.number({ epoch: 0, rootKey, counter: 0 }),
    };
  }

  /** The box sends a HELLO. @returns the box and the frame */
  sayHello(boxNumber: number, withStep: boolean): readonly [number, number] {
    return this.#once(`say ${boxNumber} ${withStep}`, () => {
      const { epoch, rootKey, counter, stepped } = this.boxes.get(boxNumber);
      const next = counter + 1;
      const { frame, pending } = startHello(crypto, {
        ...{ boxId: BOX_ID, epoch, rootKey, counter: next, firmware: 0, lowestVersion: 1 },
        nonce: named(`box nonce ${next}`, 16),
        ...(withStep ? { stepSecret: named(`box secret ${next}`) } : {}),
      });
      const box = this.boxes.number({ epoch, rootKey, counter: next, stepped, pending });
      return [box, this.flying.number({ kind: 'hello', frame, life: 0 })];
    });
  }

  /** The box loses its RAM. */
  cutPower(boxNumber: number): number {
    const { epoch, rootKey, counter, stepped } = this.boxes.get(boxNumber);
    return this.boxes.number({ epoch, rootKey, counter, stepped });
  }

  /** The cloud gets a HELLO. @returns the cloud and the WELCOME */
  answer(cloudNumber: number, frameNumber: number, { life, draw }: Draw): readonly [number, number] {
    return this.#once(`answer ${cloudNumber} ${frameNumber} ${life} ${draw}`, () => {
      const stored = this.clouds.get(cloudNumber);
      const { stored: read = (keys: RootKeys) => keys, epochsAhead } = this.#weakness;
      const answered = answerHello(
        crypto,
        {
          ...{ boxId: BOX_ID, keys: read(stored), body: welcomeBody },
          sessionId: named(`session ${life} ${draw}`, 4),
          nonce: named(`cloud nonce ${life} ${draw}`, 16),
          stepSecret: named(`cloud secret ${life} ${draw}`),
          ...(epochsAhead === undefined ? {} : { epochsAhead }),
        },
        this.flying.get(frameNumber).frame,
      );
      if (answered.kind === 'refused') return [-1, -1];
      const welcome = { kind: 'welcome', frame: answered.frame, answered, life } as const;
      return [this.clouds.number(answered.keys), this.flying.number(welcome)];
    });
  }

  /** The box gets a WELCOME: it stores the next root key, then confirms. @returns the box and the record */
  welcome(boxNumber: number, frameNumber: number): readonly [number, number] {
    return this.#once(`welcome ${boxNumber} ${frameNumber}`, () => {
      const box = this.boxes.get(boxNumber);
      const { frame, answered, life } = this.flying.get(frameNumber);
      if (box.pending === undefined) return [-1, -1];
      const welcomed = finishWelcome(crypto, box.pending, frame);
      if (welcomed.kind === 'refused') return [-1, -1];
      const record = sealRecord(crypto, welcomed.session, CONFIRMATION);
      if (record.kind === 'refused' || answered === undefined) return [-1, -1];
      const { epoch, rootKey } = welcomed;
      const stepped = box.stepped || box.pending.stepSecret !== undefined;
      return [
        this.boxes.number({ epoch, rootKey, counter: box.counter, stepped }),
        this.flying.number({ kind: 'confirmation', frame: record.frame, answered, life }),
      ];
    });
  }

  /** The cloud gets a first record. Every session of this life is still in its memory. @returns the cloud */
  confirm(cloudNumber: number, frameNumber: number, life: number): number {
    const [cloud] = this.#once(`confirm ${cloudNumber} ${frameNumber} ${life}`, () => {
      const flying = this.flying.get(frameNumber);
      const { answered } = flying;
      if (answered === undefined || flying.life !== life) return [-1, -1];
      if (openRecord(crypto, answered.session, flying.frame).kind === 'refused') return [-1, -1];
      return [this.clouds.number(confirmKeys(this.clouds.get(cloudNumber), answered.confirmed)), -1];
    });
    return cloud;
  }

  /** Whether a handshake that nobody disturbs succeeds from here, and leaves both with one root key. */
  canTalk(boxNumber: number, cloudNumber: number, withStep: boolean): boolean {
    const [cloudAfter] = this.#once(`talk ${boxNumber} ${cloudNumber} ${withStep}`, () => {
      const [asking, hello] = this.sayHello(this.cutPower(boxNumber), withStep);
      const [answering, welcome] = this.answer(cloudNumber, hello, HONEST);
      if (welcome < 0) return [-1, -1];
      const [box, confirmation] = this.welcome(asking, welcome);
      if (confirmation < 0) return [-1, -1];
      const cloud = this.confirm(answering, confirmation, HONEST.life);
      if (cloud < 0) return [-1, -1];
      const [ours, theirs] = [this.boxes.get(box), this.clouds.get(cloud)];
      const same = bytesToHex(ours.rootKey) === bytesToHex(theirs.rootKey) && ours.epoch === theirs.epoch;
      return same ? [cloud, -1] : [-1, -1];
    });
    return cloudAfter >= 0;
  }

  #once(move: string, compute: () => readonly [number, number]): readonly [number, number] {
    const known = this.#known.get(move);
    if (known !== undefined) return known;
    const result = compute();
    this.#known.set(move, result);
    return result;
  }
}
