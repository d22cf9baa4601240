// The talk of the floors: a payload as long as a sealed request goes up, and as many of its bytes as a sealed grant
// has come down again. Nothing is computed; what is left is the price of the way.
import { limits } from '@smartbox/protocol';
import { nothingTaken, rightAnswer, type Talk, wrongAnswer } from './talk.ts';

/** Bytes of a sealed access request. */
export const requestFrameBytes = limits.recordOverheadBytes + limits.accessRequestBytes;
/** Bytes of a sealed grant (a CBOR array of five with a small reference). */
export const grantFrameBytes = limits.recordOverheadBytes + 18;

/**
 * @param route `hook`: the broker answers with the first bytes; `hop`: it brings what was written to the box's own
 * topic; `bare`: all bytes come back
 */
export function createEchoTalk(box: number, route: 'hook' | 'hop' | 'bare'): Talk {
  const upTopic = `bench/${box}/up`;
  const payload = Buffer.alloc(route === 'hop' ? grantFrameBytes : requestFrameBytes, 0x5a);
  payload.writeUInt32BE(box, 4);
  let count = 0;
  return {
    names: {
      clientId: `bench-${box}`,
      upTopic,
      downTopic: route === 'hop' ? upTopic : `bench/${box}/dn`,
    },
    begin: () => undefined,
    request() {
      payload.writeUInt32BE(++count, 0);
      return payload;
    },
    take(answer) {
      if (answer.length < grantFrameBytes) return nothingTaken;
      const right = answer.readUInt32BE(0) === count && answer.readUInt32BE(4) === box;
      return right ? rightAnswer : wrongAnswer;
    },
  };
}
