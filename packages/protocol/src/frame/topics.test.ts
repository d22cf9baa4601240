// A topic names one box and one way; no other string does, whatever a broker would match with it.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boxIdFromBytes } from '../basics/ids.ts';
import { boxOfUpTopic, downTopic, upTopic } from './topics.ts';

const anyBox = fc.uint8Array({ minLength: 8, maxLength: 8 }).map(boxIdFromBytes);

describe('topics', () => {
  it('lead back to their box, and the way down to none', () => {
    fc.assert(
      fc.property(anyBox, anyBox, (boxId, other) => {
        expect(boxOfUpTopic(upTopic(boxId))).toBe(boxId);
        expect(boxOfUpTopic(downTopic(boxId))).toBeUndefined();
        expect(upTopic(boxId) === upTopic(other)).toBe(boxId === other);
      }),
    );
  });

  it.each([
    '#',
    '+/1/00000000000A0/up',
    'sb/1/+/up',
    'sb/1/#',
    'sb/1/0000000000000/#',
    'sb/1/0000000000000/up/',
    'sb/1/0000000000000/up/x',
    '/sb/1/0000000000000/up',
    'sb/2/0000000000000/up',
    'sb/1/00000000000a0/up',
    'sb/1/000000000000O/up',
    'sb/1/ 0000000000000/up',
    'sb/1/0000000000000/UP',
    'sb/1/0000000000000\u0000/up',
    'sb/1/../0000000000000/up',
    '$share/g/sb/1/0000000000000/up',
    '$SYS/0000000000000/up',
    '',
  ])('are not %j', (topic) => {
    expect(boxOfUpTopic(topic)).toBeUndefined();
  });

  it('are not any other text', () => {
    fc.assert(
      fc.property(anyBox, fc.nat(), fc.string({ maxLength: 3 }), (boxId, at, junk) => {
        const topic = upTopic(boxId);
        const place = at % (topic.length + 1);
        const changed = topic.slice(0, place) + junk + topic.slice(place + (at % 2));
        const found = boxOfUpTopic(changed);
        if (found !== undefined) expect(changed).toBe(upTopic(found));
      }),
      { numRuns: 2000 },
    );
  });
});
