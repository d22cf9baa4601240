// A message to bytes and back: one CBOR array, the message's number first, then its fields in the
// catalogue's order. Where the catalogue names a padded size, zero bytes follow the array up to it. A field that
// came later than the message is not written while it says nothing, so that older firmware needs no second spelling.
import { ProtocolError } from '../basics/errors.ts';
import { limits } from '../basics/limits.ts';
import { type Cursor, decodeValue, readHead } from '../wire/decode.ts';
import { encodeValue, MAJOR, newDraft, pushHead } from '../wire/encode.ts';
import type { Field } from '../wire/field.ts';
import {
  type DownMessage,
  type Message,
  messageNamed,
  messageNumbered,
  type UpMessage,
} from './catalogue.ts';
import type { Direction, MessageDefinition } from './definition.ts';

/** @throws ProtocolError where a field is outside its bounds */
export function encodeMessage(message: Message): Uint8Array {
  const row = messageNamed(message.name);
  const body = message.body as Readonly<Record<string, unknown>>;
  const names = Object.keys(row.fields).filter((name) => !isLeftOut(row.fields[name], body[name]));
  const out = newDraft();
  pushHead(out, MAJOR.array, names.length + 1);
  pushHead(out, MAJOR.uint, row.number);
  for (const name of names) {
    const definition = row.fields[name];
    if (definition !== undefined) encodeValue(out, definition.kind, body[name], `${row.name}.${name}`);
  }
  const size = row.paddedBytes ?? out.length;
  if (out.length > size || size > limits.bodyBytes) throw new ProtocolError('too-long', row.name);
  // Behind what was written the draft is zero, which is the padding.
  return out.bytes.slice(0, size);
}

/** @throws ProtocolError on anything that `encodeMessage` would not have written */
export function decodeMessage(bytes: Uint8Array, direction: 'up'): UpMessage;
export function decodeMessage(bytes: Uint8Array, direction: 'down'): DownMessage;
export function decodeMessage(bytes: Uint8Array, direction: Direction): Message {
  if (bytes.length > limits.bodyBytes) throw new ProtocolError('too-long');
  const cursor: Cursor = { bytes, offset: 0 };
  const length = readHead(cursor, MAJOR.array, 'message');
  const row = messageNumbered(readHead(cursor, MAJOR.uint, 'message'));
  if (row === undefined) throw new ProtocolError('unknown-message');
  if (row.direction !== direction) throw new ProtocolError('wrong-direction', row.name);
  const fields = Object.entries(row.fields);
  const written = fields.slice(0, length - 1);
  if (length < 1 || length > fields.length + 1) throw new ProtocolError('wrong-kind', row.name);
  const body: Record<string, unknown> = {};
  for (const [name, definition] of written) {
    const path = `${row.name}.${name}`;
    body[name] = decodeValue(cursor, definition.kind, path);
    if (isLeftOut(definition, body[name])) throw new ProtocolError('not-shortest', path);
  }
  for (const [name, { kind, later }] of fields.slice(written.length)) {
    if (later !== true || kind.kind !== 'bytes') throw new ProtocolError('wrong-kind', row.name);
    body[name] = new Uint8Array(kind.min);
  }
  checkEnd(cursor, row);
  return { name: row.name, body } as Message;
}

// Only the last field of a message can be later than it, so what is left out is always the end.
function isLeftOut(definition: Field | undefined, value: unknown): boolean {
  if (definition?.later !== true || definition.kind.kind !== 'bytes') return false;
  if (!(value instanceof Uint8Array) || value.length !== definition.kind.min) return false;
  return value.every((byte) => byte === 0);
}

function checkEnd(cursor: Cursor, row: MessageDefinition): void {
  const { bytes, offset } = cursor;
  if (row.paddedBytes === undefined) {
    if (offset !== bytes.length) throw new ProtocolError('trailing-bytes', row.name);
    return;
  }
  if (bytes.length !== row.paddedBytes) throw new ProtocolError('bad-padding', row.name);
  for (let index = offset; index < bytes.length; index++) {
    if (bytes[index] !== 0) throw new ProtocolError('bad-padding', row.name);
  }
}
