// What a hostile or broken sender does to the bytes of a message: flips, cuts, insertions, longer
// forms of the same number, a second message behind the first, the wrong direction.
import fc from 'fast-check';
import { concatBytes, type Direction, encodeMessage, type Message, messageNamed } from '../src/index.ts';

/** Bytes with the way in which they are said to go. */
export interface Mutant {
  readonly bytes: Uint8Array;
  readonly direction: Direction;
}

/** @returns mutants of one message, one to three changes away */
export function mutated(message: Message): fc.Arbitrary<Mutant> {
  const bytes = encodeMessage(message);
  const { direction } = messageNamed(message.name);
  const opposite: Direction = direction === 'up' ? 'down' : 'up';
  return fc
    .record({
      changes: fc.array(change, { minLength: 1, maxLength: 3 }),
      way: fc.oneof({ weight: 19, arbitrary: fc.constant(direction) }, fc.constant(opposite)),
    })
    .map(({ changes, way }) => ({
      bytes: changes.reduce((current, apply) => apply(current), bytes),
      direction: way,
    }));
}

type Change = (bytes: Uint8Array) => Uint8Array;

const place = fc.nat({ max: 0xffff });
const byte = fc.nat({ max: 0xff });
/** Heads that general decoders forgive: longer forms, indefinite lengths, tags, floats, undefined. */
const trouble = fc.constantFrom(
  0x18,
  0x19,
  0x1a,
  0x1b,
  0x1f,
  0x5f,
  0x7f,
  0x9f,
  0xbf,
  0xff,
  0xc0,
  0xf6,
  0xf7,
  0xf9,
  0xfb,
  0xa0,
  0x20,
);

const change: fc.Arbitrary<Change> = fc.oneof(
  // Mostly small changes: large ones are refused at the first byte and find nothing.
  { weight: 5, arbitrary: fc.tuple(place, byte).map(([at, value]) => replaced(at, () => value)) },
  { weight: 5, arbitrary: fc.tuple(place, fc.nat({ max: 7 })).map(([at, bit]) => flipped(at, bit)) },
  { weight: 2, arbitrary: fc.tuple(place, trouble).map(([at, value]) => replaced(at, () => value)) },
  {
    weight: 1,
    arbitrary: fc.tuple(place, fc.oneof(trouble, byte)).map(([at, value]) => inserted(at, value)),
  },
  { weight: 1, arbitrary: place.map(removed) },
  { weight: 1, arbitrary: place.map((at) => (bytes: Uint8Array) => bytes.slice(0, at % (bytes.length + 1))) },
  {
    weight: 1,
    arbitrary: fc.uint8Array({ maxLength: 8 }).map((tail) => (bytes: Uint8Array) => concatBytes(bytes, tail)),
  },
  { weight: 1, arbitrary: place.map(lengthened) },
);

function replaced(at: number, by: (old: number) => number): Change {
  return (bytes) => {
    const copy = bytes.slice();
    const index = at % Math.max(1, copy.length);
    if (copy.length > 0) copy[index] = by(copy[index] ?? 0);
    return copy;
  };
}

function flipped(at: number, bit: number): Change {
  return replaced(at, (old) => old ^ (1 << bit));
}

function inserted(at: number, value: number): Change {
  return (bytes) => {
    const index = at % (bytes.length + 1);
    return concatBytes(bytes.slice(0, index), Uint8Array.of(value), bytes.slice(index));
  };
}

function removed(at: number): Change {
  return (bytes) => {
    const index = at % Math.max(1, bytes.length);
    return concatBytes(bytes.slice(0, index), bytes.slice(index + 1));
  };
}

/** Writes a short head in a longer form: 0x05 becomes 0x18 0x05. General decoders read both alike. */
function lengthened(at: number): Change {
  return (bytes) => {
    const index = at % Math.max(1, bytes.length);
    const head = bytes[index] ?? 0;
    if ((head & 31) > 23) return bytes;
    const longer = Uint8Array.of((head & 0xe0) | 24, head & 31);
    return concatBytes(bytes.slice(0, index), longer, bytes.slice(index + 1));
  };
}
