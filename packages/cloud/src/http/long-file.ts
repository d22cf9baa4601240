// A long file on its way: one piece, then whatever else waits (boxes first of all), then the next piece.

import { Readable } from 'node:stream';
import { setImmediate as letOthers } from 'node:timers/promises';

/** @returns the pieces as a stream that is never far ahead of its reader */
export function flowing(pieces: Iterable<string>): Readable {
  return Readable.from(spread(pieces), { objectMode: false });
}

async function* spread(pieces: Iterable<string>): AsyncGenerator<Buffer, void, undefined> {
  for (const piece of pieces) {
    yield Buffer.from(piece, 'utf8');
    await letOthers();
  }
}
