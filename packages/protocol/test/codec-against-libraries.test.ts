// The strict decoder beside two general ones, on mutated and on random bytes: what ours takes, they
// read the same; what ours takes, it would have written; and nothing makes it fail in any other way
// than with a ProtocolError.
import { decode as cborXDecode } from 'cbor-x';
import { encode as cborgEncode, decodeFirst } from 'cborg';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bytesToHex,
  type Direction,
  decodeMessage,
  encodeMessage,
  type Message,
  messageNamed,
  ProtocolError,
} from '../src/index.ts';
import { batch } from './effort.ts';
import { anyMessage } from './message-arbitraries.ts';
import { mutated } from './mutations.ts';

const STRICT = { strict: true, allowIndefinite: false, allowNaN: false, rejectDuplicateMapKeys: true };

/** The message, or undefined where it was refused; any other failure fails the test. */
function accepted(bytes: Uint8Array, direction: Direction): Message | undefined {
  try {
    return direction === 'up' ? decodeMessage(bytes, 'up') : decodeMessage(bytes, 'down');
  } catch (error) {
    if (error instanceof ProtocolError) return undefined;
    throw error;
  }
}

/** The message as a general CBOR library should see it: an array with the choices as places. */
function asArray({ name, body }: Message): readonly unknown[] {
  const row = messageNamed(name);
  const values: Readonly<Record<string, unknown>> = body;
  const fields = Object.entries(row.fields).map(([field, { kind }]) =>
    kind.kind === 'choice' ? kind.choices.indexOf(String(values[field])) : values[field],
  );
  return [row.number, ...fields];
}

/** Checks all that must hold of bytes that were taken. @returns whether they were */
function judge(bytes: Uint8Array, direction: Direction): boolean {
  const message = accepted(bytes, direction);
  if (message === undefined) return false;
  expect(bytesToHex(encodeMessage(message)), 'a silent accept').toBe(bytesToHex(bytes));
  const expected = asArray(message);
  const [seen, rest] = decodeFirst(bytes, STRICT);
  expect(seen).toEqual(expected);
  expect(rest.every((byte: number) => byte === 0)).toBe(true);
  const array = bytes.subarray(0, bytes.length - rest.length);
  expect(toPlainBytes(cborXDecode(array))).toEqual(expected);
  expect(bytesToHex(cborgEncode(expected))).toBe(bytesToHex(array));
  return true;
}

/** cbor-x gives Buffers, which are equal to no Uint8Array. */
function toPlainBytes(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toPlainBytes);
  if (value instanceof Uint8Array) return Uint8Array.from(value);
  return typeof value === 'bigint' ? Number(value) : value;
}

describe('the decoder beside cborg and cbor-x', () => {
  it('agrees with both on everything that we write', () => {
    fc.assert(
      fc.property(anyMessage, (message) => {
        expect(judge(encodeMessage(message), messageNamed(message.name).direction)).toBe(true);
      }),
      { numRuns: batch(1500) },
    );
  });

  it('takes no mutated message that the others read otherwise or that it would not have written (SEC-07)', () => {
    let taken = 0;
    let refused = 0;
    fc.assert(
      fc.property(anyMessage.chain(mutated), ({ bytes, direction }) => {
        if (judge(bytes, direction)) taken++;
        else refused++;
      }),
      { numRuns: batch(15_000) },
    );
    // Both happened often, else this compared nothing.
    expect(Math.min(taken, refused)).toBeGreaterThan((taken + refused) / 20);
  });

  it('takes no random bytes that it would not have written', () => {
    const start = fc.constantFrom([], [0x82, 0x18, 0x23], [0x83, 0x18, 0x22], [0x85, 0x18, 0x20]);
    const direction = fc.constantFrom<Direction>('up', 'down');
    fc.assert(
      fc.property(start, fc.uint8Array({ maxLength: 1100 }), direction, (head, tail, way) => {
        judge(Uint8Array.of(...head, ...tail), way);
      }),
      { numRuns: batch(5000) },
    );
  });
});
