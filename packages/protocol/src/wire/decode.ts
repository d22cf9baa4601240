// Deterministic CBOR to values, strictly: what the encoder would not have written is refused.
// General decoders accept long integers, duplicate keys, indefinite lengths and deep nesting;
// on a microcontroller each of those is an attack.
import { ProtocolError } from '../basics/errors.ts';
import { limits } from '../basics/limits.ts';
import { MAJOR, SIMPLE_FALSE, SIMPLE_TRUE } from './encode.ts';
import type { Kind } from './field.ts';
import { utf8ToText } from './utf8.ts';

/** A place in the bytes that are being read. */
export interface Cursor {
  readonly bytes: Uint8Array;
  offset: number;
}

/** Reads one value of `kind`. @throws ProtocolError with the field's `path` */
export function decodeValue(cursor: Cursor, kind: Kind, path: string, depth = 0): unknown {
  if (depth >= limits.nestingDepth) throw new ProtocolError('too-deep', path);
  switch (kind.kind) {
    case 'uint': {
      const value = readHead(cursor, MAJOR.uint, path);
      if (value > kind.max) throw new ProtocolError('out-of-range', path);
      return value;
    }
    case 'boolean': {
      const value = readHead(cursor, MAJOR.simple, path);
      if (value !== SIMPLE_FALSE && value !== SIMPLE_TRUE) throw new ProtocolError('wrong-kind', path);
      return value === SIMPLE_TRUE;
    }
    case 'bytes': {
      const length = readHead(cursor, MAJOR.bytes, path);
      if (length < kind.min || length > kind.max) throw new ProtocolError('too-long', path);
      return take(cursor, length, path);
    }
    case 'text': {
      const length = readHead(cursor, MAJOR.text, path);
      if (length > kind.max) throw new ProtocolError('too-long', path);
      return utf8ToText(take(cursor, length, path), path);
    }
    case 'choice': {
      const chosen = kind.choices[readHead(cursor, MAJOR.uint, path)];
      if (chosen === undefined) throw new ProtocolError('out-of-range', path);
      return chosen;
    }
    case 'list':
      return readList(cursor, kind, path, depth);
  }
}

function readList(
  cursor: Cursor,
  kind: Extract<Kind, { kind: 'list' }>,
  path: string,
  depth: number,
): unknown[] {
  const length = readHead(cursor, MAJOR.array, path);
  if (length < kind.min || length > kind.max) throw new ProtocolError('too-long', path);
  const items: unknown[] = [];
  for (let index = 0; index < length; index++) items.push(decodeValue(cursor, kind.of, path, depth + 1));
  return items;
}

/** Reads a CBOR head of the expected major type. @returns its argument, which had its shortest form */
export function readHead(cursor: Cursor, major: number, path: string): number {
  const first = cursor.bytes[cursor.offset];
  if (first === undefined) throw new ProtocolError('truncated', path);
  if (first >> 5 !== major) throw new ProtocolError('wrong-kind', path);
  cursor.offset++;
  const info = first & 31;
  if (info < 24) return info;
  // Simple values above 23 do not occur on this wire; 28 to 31 are reserved or indefinite.
  if (major === MAJOR.simple || info > 27) throw new ProtocolError('wrong-kind', path);
  const size = 1 << (info - 24);
  let value = 0;
  for (const byte of take(cursor, size, path)) value = value * 256 + byte;
  const smallest = size === 1 ? 24 : 256 ** (size / 2);
  if (value < smallest) throw new ProtocolError('not-shortest', path);
  if (value > Number.MAX_SAFE_INTEGER) throw new ProtocolError('out-of-range', path);
  return value;
}

function take(cursor: Cursor, length: number, path: string): Uint8Array {
  if (cursor.offset + length > cursor.bytes.length) throw new ProtocolError('truncated', path);
  const part = cursor.bytes.slice(cursor.offset, cursor.offset + length);
  cursor.offset += length;
  return part;
}
