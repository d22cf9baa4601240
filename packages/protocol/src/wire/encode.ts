// Values to deterministic CBOR (RFC 8949, 4.2.1): shortest integers, definite lengths, arrays
// instead of maps. Refuses a value outside its field's bounds, so that nothing leaves that the
// other side would not take.
import { ProtocolError } from '../basics/errors.ts';
import { limits } from '../basics/limits.ts';
import type { Kind } from './field.ts';
import { textToUtf8 } from './utf8.ts';

/** CBOR major types (RFC 8949, 3.1) that this wire uses. */
export const MAJOR = { uint: 0, bytes: 2, text: 3, array: 4, simple: 7 } as const;
/** CBOR simple values false and true (RFC 8949, 3.3). */
export const SIMPLE_FALSE = 20;
export const SIMPLE_TRUE = 21;

/** A message while it is written. A list of numbers would cost an embedded engine 16 bytes for each byte. */
export interface Draft {
  readonly bytes: Uint8Array;
  length: number;
}

/** @returns room for the longest message */
export function newDraft(): Draft {
  return { bytes: new Uint8Array(limits.bodyBytes), length: 0 };
}

/** Appends the CBOR of `value`. @throws ProtocolError where the value is outside `kind` */
export function encodeValue(out: Draft, kind: Kind, value: unknown, path: string): void {
  switch (kind.kind) {
    case 'uint':
      encodeUint(out, kind.max, value, path);
      return;
    case 'boolean':
      if (typeof value !== 'boolean') throw new ProtocolError('wrong-kind', path);
      put(out, (MAJOR.simple << 5) | (value ? SIMPLE_TRUE : SIMPLE_FALSE));
      return;
    case 'bytes':
      if (!(value instanceof Uint8Array)) throw new ProtocolError('wrong-kind', path);
      if (value.length < kind.min || value.length > kind.max) throw new ProtocolError('too-long', path);
      pushString(out, MAJOR.bytes, value);
      return;
    case 'text': {
      if (typeof value !== 'string') throw new ProtocolError('wrong-kind', path);
      const utf8 = textToUtf8(value, path);
      if (utf8.length > kind.max) throw new ProtocolError('too-long', path);
      pushString(out, MAJOR.text, utf8);
      return;
    }
    case 'choice': {
      const index = typeof value === 'string' ? kind.choices.indexOf(value) : -1;
      if (index < 0) throw new ProtocolError('out-of-range', path);
      pushHead(out, MAJOR.uint, index);
      return;
    }
    case 'list': {
      if (!Array.isArray(value)) throw new ProtocolError('wrong-kind', path);
      if (value.length < kind.min || value.length > kind.max) throw new ProtocolError('too-long', path);
      pushHead(out, MAJOR.array, value.length);
      for (const item of value) encodeValue(out, kind.of, item, path);
    }
  }
}

function encodeUint(out: Draft, max: number, value: unknown, path: string): void {
  if (typeof value !== 'number' || !Number.isInteger(value)) throw new ProtocolError('wrong-kind', path);
  if (value < 0 || value > max) throw new ProtocolError('out-of-range', path);
  pushHead(out, MAJOR.uint, value);
}

function pushString(out: Draft, major: number, bytes: Uint8Array): void {
  pushHead(out, major, bytes.length);
  if (out.length + bytes.length > out.bytes.length) throw new ProtocolError('too-long');
  out.bytes.set(bytes, out.length);
  out.length += bytes.length;
}

/** Appends a CBOR head: major type and argument in its shortest form. */
export function pushHead(out: Draft, major: number, argument: number): void {
  const type = major << 5;
  if (argument < 24) {
    put(out, type | argument);
    return;
  }
  const info = argument < 0x100 ? 24 : argument < 0x1_0000 ? 25 : argument < 0x1_0000_0000 ? 26 : 27;
  put(out, type | info);
  for (let place = (1 << (info - 24)) - 1; place >= 0; place--) {
    put(out, Math.floor(argument / 256 ** place) % 256);
  }
}

function put(out: Draft, byte: number): void {
  if (out.length >= out.bytes.length) throw new ProtocolError('too-long');
  out.bytes[out.length] = byte;
  out.length += 1;
}
