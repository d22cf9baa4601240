// Server-sent events, in pieces that end anywhere.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createEventParser } from './event-parser.ts';

const STREAM =
  '\ufeffretry: 2000\n\n: still here\n\nid: evt_1\nevent: key.withdrawn\ndata: {"bin":3}\n\n' +
  'data: one\r\ndata:two\r\n\r\ndata\r\rid: bad\0id\ndata:  鍵 \n\nevent: nothing\n\nid: evt_2\ndata: {"a":"b: c"}\n\ndata: cut';
const EVENTS = [
  { id: 'evt_1', event: 'key.withdrawn', data: '{"bin":3}' },
  { id: 'evt_1', event: 'message', data: 'one\ntwo' },
  { id: 'evt_1', event: 'message', data: '' },
  { id: 'evt_1', event: 'message', data: ' 鍵 ' },
  { id: 'evt_2', event: 'message', data: '{"a":"b: c"}' },
];

describe('a stream of server-sent events', () => {
  it('is read as the standard says: comments, line ends of three kinds, ids that stay, no unfinished event', () => {
    expect(createEventParser()(STREAM)).toEqual(EVENTS);
  });

  it('is the same wherever the network cuts it', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: STREAM.length }), { maxLength: 20 }), (cuts) => {
        const places = [0, ...cuts.sort((left, right) => left - right), STREAM.length];
        const parse = createEventParser();
        const read = places.flatMap((place, index) => parse(STREAM.slice(place, places[index + 1] ?? place)));
        expect(read).toEqual(EVENTS);
      }),
    );
  });
});
