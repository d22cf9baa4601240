// Every message, at its bounds and between them, against bytes that Python computed.
import { describe, expect, it } from 'vitest';
import {
  bytesToHex,
  catalogue,
  type Direction,
  decodeMessage,
  encodeMessage,
  type Message,
} from '../src/index.ts';
import { readGolden } from './read-vectors.ts';

type GoldenMessage = Message & { readonly direction: Direction; readonly bytes: Uint8Array };

const { messages } = readGolden<{ readonly messages: readonly GoldenMessage[] }>('messages');

/** The overloads of decodeMessage take one direction each. */
function decode(bytes: Uint8Array, direction: Direction): Message {
  return direction === 'up' ? decodeMessage(bytes, 'up') : decodeMessage(bytes, 'down');
}

describe('the golden messages', () => {
  it('cover every message of the catalogue', () => {
    const covered = new Set(messages.map(({ name, direction }) => `${name} ${direction}`));
    expect([...covered].sort()).toEqual(catalogue.map((row) => `${row.name} ${row.direction}`).sort());
  });

  it.each(messages.map((message, index) => ({ ...message, index })))(
    '$index: $name is encoded',
    (message) => {
      expect(bytesToHex(encodeMessage(message))).toBe(bytesToHex(message.bytes));
    },
  );

  it.each(messages.map((message, index) => ({ ...message, index })))(
    '$index: $name is decoded',
    (message) => {
      const { name, body } = message;
      expect(decode(message.bytes, message.direction)).toEqual({ name, body });
    },
  );
});
