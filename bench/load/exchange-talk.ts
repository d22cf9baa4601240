// One box whose key is taken and brought back for ever: each request is the log entry that says so, chained and sealed.
// The answer does not come here but to a webhook; see webhook-receiver.ts.
import { encodeLogEntry, entryMac, firstLogKey, nextLogKey, nobleCrypto } from '@smartbox/protocol';
import { rootKeyOf, tagOf } from '../seed/population.ts';
import { createSealedSession } from './sealed-session.ts';
import { nothingTaken, type Talk } from './talk.ts';

const bin = 1;

/** @param box which of the population's boxes; a new talk stands for a box that was just claimed */
export function createExchangeTalk(box: number): Talk {
  const session = createSealedSession(box);
  const tag = tagOf(box, bin);
  let logKey = firstLogKey(nobleCrypto, rootKeyOf(box));
  let written = 0;
  return {
    names: session.names,
    begin: () => session.begin(),
    request() {
      const sequence = ++written;
      const kind = exchangeOf(sequence) === 'key.withdrawn' ? 'key-taken' : 'key-placed';
      const about = { bin, tag, grant: 0, detail: 0, timeMs: 0, timeSource: 'unknown' } as const;
      const body = encodeLogEntry({ ...about, sequence, kind });
      const entry = new Uint8Array(Buffer.concat([body, entryMac(nobleCrypto, logKey, body)]));
      logKey = nextLogKey(nobleCrypto, logKey);
      return session.seal({ name: 'log-reported', body: { first: sequence, entries: [entry] } });
    },
    take: (payload) => session.take(payload, () => nothingTaken),
  };
}

/** @returns what the ledger calls a box's exchange. @param count from 1: the first takes the key */
export function exchangeOf(count: number): 'key.withdrawn' | 'key.returned' {
  return count % 2 === 1 ? 'key.withdrawn' : 'key.returned';
}
