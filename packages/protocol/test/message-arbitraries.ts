// Arbitrary messages, derived from the catalogue's own schemas: a message that is added tomorrow is
// tested without a line here. Bounds come up often, because that is where codecs break.
import fc from 'fast-check';
import { catalogue, type Kind, type Message, type MessageDefinition } from '../src/index.ts';

// Where the length of a CBOR head changes.
const HEAD_BOUNDS = [
  0, 1, 23, 24, 0xff, 0x100, 0xffff, 0x1_0000, 0xffff_ffff, 0x1_0000_0000, 0xffff_ffff_ffff,
] as const;

// Of every UTF-8 length, with the edges of each.
const character = fc.oneof(
  fc.integer({ min: 0x20, max: 0x7e }),
  fc.constantFrom(0xa0, 0x7ff, 0x800, 0x3042, 0x65e5, 0xd7ff, 0xe000, 0xfffd, 0x1_0000, 0x1f511, 0x10_ffff),
);

/** @returns values of one field kind, its least and its greatest among them */
export function arbitraryOf(kind: Kind): fc.Arbitrary<unknown> {
  switch (kind.kind) {
    case 'uint':
      return fc.oneof(
        fc.integer({ min: 0, max: kind.max }),
        fc.constantFrom(...HEAD_BOUNDS.filter((bound) => bound <= kind.max), kind.max),
      );
    case 'boolean':
      return fc.boolean();
    case 'bytes':
      return fc.uint8Array({ minLength: kind.min, maxLength: kind.max, size: 'max' });
    case 'text':
      return fc.array(character, { maxLength: kind.max, size: 'max' }).map((text) => fitting(text, kind.max));
    case 'choice':
      return fc.constantFrom(...kind.choices);
    case 'list':
      return fc.array(arbitraryOf(kind.of), { minLength: kind.min, maxLength: kind.max, size: 'max' });
  }
}

/** @returns messages with this row's name */
export function messageOf(row: MessageDefinition): fc.Arbitrary<Message> {
  const fields = Object.entries(row.fields).map(([name, { kind }]) => [name, arbitraryOf(kind)] as const);
  // The catalogue says what the type system says, but only to those who read its literal types.
  return fc.record(Object.fromEntries(fields)).map((body) => ({ name: row.name, body }) as Message);
}

/** @returns as many of the characters as fit into `max` bytes of UTF-8 */
function fitting(points: readonly number[], max: number): string {
  let text = '';
  for (const point of points) {
    const longer = text + String.fromCodePoint(point);
    if (Buffer.byteLength(longer) > max) break;
    text = longer;
  }
  return text;
}

/** Any message of the catalogue. */
export const anyMessage: fc.Arbitrary<Message> = fc.oneof(...catalogue.map(messageOf));
