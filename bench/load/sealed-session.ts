// The session of a lean box with the real cloud: shakes hands, seals what goes up and opens what comes down. Its keys
// evolve from session to session as a box's do. What is said is the talks' business.
import {
  type DownMessage,
  decodeMessage,
  downTopic,
  encodeMessage,
  finishWelcome,
  mqttPassword,
  nobleCrypto,
  openRecord,
  type PendingHello,
  type Session,
  sealRecord,
  startHello,
  type UpMessage,
  upTopic,
} from '@smartbox/protocol';
import { BenchError } from '../harness/bench-error.ts';
import { binsPerBox, boxIdOf, derive, rootKeyOf } from '../seed/population.ts';
import { type LinkNames, nothingTaken, type Taken, wrongAnswer } from './talk.ts';

const genesisHash = new Uint8Array(16);
const firmwareNumber = 0x000100;
const firmwareText = '0.1.0';

/** What a box keeps between its sessions. */
interface Keys {
  epoch: number;
  rootKey: Uint8Array;
  counter: number;
}

/** One box's end. */
export interface SealedSession {
  readonly names: LinkNames;
  /** @returns the hello of a new session */
  begin(): Uint8Array;
  seal(message: UpMessage): Uint8Array;
  /** Shakes hands by itself; every other frame is opened and shown. */
  take(payload: Buffer, hear: (message: DownMessage) => Taken): Taken;
}

/** @param box which of the population's boxes; a new one stands for a box that was just claimed */
export function createSealedSession(box: number): SealedSession {
  const boxId = boxIdOf(box);
  const keys: Keys = { epoch: 0, rootKey: rootKeyOf(box), counter: 0 };
  let pending: PendingHello | undefined;
  let session: Session | undefined;

  const seal = (message: UpMessage): Uint8Array => {
    if (session === undefined) throw new BenchError('unexpected-answer', `${boxId} has no session`);
    const sealed = sealRecord(nobleCrypto, session, encodeMessage(message));
    if (sealed.kind === 'refused') throw new BenchError('unexpected-answer', sealed.reason);
    session = sealed.session;
    return sealed.frame;
  };

  return {
    names: {
      clientId: boxId,
      username: boxId,
      password: mqttPassword(nobleCrypto, rootKeyOf(box)),
      upTopic: upTopic(boxId),
      downTopic: downTopic(boxId),
    },
    seal,
    begin() {
      session = undefined;
      keys.counter++;
      const hello = startHello(nobleCrypto, {
        boxId,
        ...keys,
        nonce: derive(`hello ${boxId}`, keys.counter).subarray(0, 16),
        firmware: firmwareNumber,
        lowestVersion: 1,
      });
      pending = hello.pending;
      return hello.frame;
    },
    take(payload, hear) {
      const frame = new Uint8Array(payload);
      if (pending !== undefined) {
        const welcomed = finishWelcome(nobleCrypto, pending, frame);
        if (welcomed.kind === 'refused') return { kind: 'broken', because: welcomed.reason };
        pending = undefined;
        keys.epoch = welcomed.epoch;
        keys.rootKey = welcomed.rootKey;
        session = welcomed.session;
        return { kind: 'reply', frame: seal(confirmation()) };
      }
      if (session === undefined) return nothingTaken;
      const opened = openRecord(nobleCrypto, session, frame);
      if (opened.kind === 'refused') return wrongAnswer;
      session = opened.session;
      return hear(decodeMessage(opened.plaintext, 'down'));
    },
  };
}

function confirmation(): UpMessage {
  return {
    name: 'session-confirmed',
    body: {
      logEnd: 0,
      logHash: genesisHash,
      firmware: firmwareText,
      binCount: binsPerBox,
      settingsVersion: 1,
    },
  };
}
