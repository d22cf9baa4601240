// One box of the real cloud, as lean as it can be and still true: it shakes hands, seals every request with a fresh
// nonce, and opens and checks every grant. Its keys evolve from session to session as a box's do.
import {
  decodeMessage,
  downTopic,
  encodeMessage,
  finishWelcome,
  mqttPassword,
  nobleCrypto,
  noRequest,
  openRecord,
  type PendingHello,
  type Session,
  sealRecord,
  startHello,
  upTopic,
} from '@smartbox/protocol';
import { BenchError } from '../harness/bench-error.ts';
import { binsPerBox, boxIdOf, codeOf, derive, type Population, rootKeyOf } from '../seed/population.ts';
import { nothingTaken, rightAnswer, type Taken, type Talk, wrongAnswer } from './talk.ts';

/** What every request of this load says besides its nonce and its code. */
const keyed = { kind: 'code', tag: new Uint8Array(0), bin: 0, logEnd: 0, follows: noRequest() } as const;
const genesisHash = new Uint8Array(16);
const firmwareNumber = 0x000100;
const firmwareText = '0.1.0';

/** What a box keeps between its sessions. */
interface Keys {
  epoch: number;
  rootKey: Uint8Array;
  counter: number;
}

/** What is outstanding. */
interface Outstanding {
  readonly request: Uint8Array;
  readonly bin: number;
}

/** @param box which of the population's boxes; a new talk stands for a box that was just claimed */
export function createSealedTalk(population: Population, box: number): Talk {
  const boxId = boxIdOf(box);
  const keys: Keys = { epoch: 0, rootKey: rootKeyOf(box), counter: 0 };
  let pending: PendingHello | undefined;
  let session: Session | undefined;
  let outstanding: Outstanding | undefined;
  let asked = 0;

  const seal = (body: Uint8Array): Uint8Array => {
    if (session === undefined) throw new BenchError('unexpected-answer', `${boxId} has no session`);
    const sealed = sealRecord(nobleCrypto, session, body);
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
    begin() {
      session = undefined;
      outstanding = undefined;
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
    request() {
      const code = codeOf(population, box, asked++ % population.codesPerBox);
      const request = requestNonce(box, asked);
      outstanding = { request, bin: code.bin };
      return seal(
        encodeMessage({
          name: 'access-requested',
          body: { ...keyed, request, code: code.digits },
        }),
      );
    },
    take(payload): Taken {
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
      return takeRecord(frame);
    },
  };

  function takeRecord(frame: Uint8Array): Taken {
    if (session === undefined) return nothingTaken;
    const opened = openRecord(nobleCrypto, session, frame);
    if (opened.kind === 'refused') return wrongAnswer;
    session = opened.session;
    const { name, body } = decodeMessage(opened.plaintext, 'down');
    if (name !== 'access-granted' && name !== 'access-refused') return nothingTaken;
    const right =
      outstanding !== undefined &&
      name === 'access-granted' &&
      body.purpose === 'withdraw' &&
      body.bin === outstanding.bin &&
      body.grant > 0 &&
      body.request.every((byte, index) => byte === outstanding?.request[index]);
    outstanding = undefined;
    return right ? rightAnswer : wrongAnswer;
  }
}

function confirmation(): Uint8Array {
  return encodeMessage({
    name: 'session-confirmed',
    body: {
      logEnd: 0,
      logHash: genesisHash,
      firmware: firmwareText,
      binCount: binsPerBox,
      settingsVersion: 1,
    },
  });
}

// Unique is enough here: a counter beside the box's number. A real box draws its nonces.
function requestNonce(box: number, count: number): Uint8Array {
  const nonce = Buffer.alloc(8);
  nonce.writeUInt32BE(box, 0);
  nonce.writeUInt32BE(count, 4);
  return new Uint8Array(nonce);
}
