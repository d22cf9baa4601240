// One box of the real cloud that asks for keys, as lean as it can be and still true: it seals every request with a
// fresh nonce, and opens and checks every grant.
import { type DownMessage, noRequest } from '@smartbox/protocol';
import { codeOf, type Population } from '../seed/population.ts';
import { createSealedSession } from './sealed-session.ts';
import { nothingTaken, rightAnswer, type Taken, type Talk, wrongAnswer } from './talk.ts';

/** What every request of this load says besides its nonce and its code. */
const keyed = { kind: 'code', tag: new Uint8Array(0), bin: 0, logEnd: 0, follows: noRequest() } as const;

/** What is outstanding. */
interface Outstanding {
  readonly request: Uint8Array;
  readonly bin: number;
}

/** @param box which of the population's boxes; a new talk stands for a box that was just claimed */
export function createSealedTalk(population: Population, box: number): Talk {
  const session = createSealedSession(box);
  let outstanding: Outstanding | undefined;
  let asked = 0;

  const hear = ({ name, body }: DownMessage): Taken => {
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
  };

  return {
    names: session.names,
    begin() {
      outstanding = undefined;
      return session.begin();
    },
    request() {
      const code = codeOf(population, box, asked++ % population.codesPerBox);
      const request = requestNonce(box, asked);
      outstanding = { request, bin: code.bin };
      return session.seal({
        name: 'access-requested',
        body: { ...keyed, request, code: code.digits },
      });
    },
    take: (payload) => session.take(payload, hear),
  };
}

// Unique is enough here: a counter beside the box's number. A real box draws its nonces.
function requestNonce(box: number, count: number): Uint8Array {
  const nonce = Buffer.alloc(8);
  nonce.writeUInt32BE(box, 0);
  nonce.writeUInt32BE(count, 4);
  return new Uint8Array(nonce);
}
