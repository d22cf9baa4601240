// Values to deterministic CBOR (RFC 8949, 4.2.1): shortest integers, definite lengths, arrays
// instead of maps. Refuses a value outside its field's bounds, so that nothing leaves that the
// other side would not take.
import { ProtocolError } from '../basics/errors.ts';
import type { Kind } from './field.ts';
import { textToUtf8 } from './utf8.ts';

/** CBOR major types (RFC 8949, 3.1) that this wire uses. */
export const MAJOR = { uint: 0, bytes: 2, text: 3, array: 4, simple: 7 } as const;
/** CBOR simple values false and true (RFC 8949, 3.3). */
export const SIMPLE_FALSE = 20;
export const SIMPLE_TRUE = 21;

/** Appends the CBOR of `value`. @throws ProtocolError where the value is outside `kind` */
export function encodeValue(out: number[], kind: Kind, value: unknown, path: string): void {
  switch (kind.kind) {
    case 'uint':
      encodeUint(out, kind.max, value, path);
      return;
    case 'boolean':
      if (typeof value !== 'boolean') throw new ProtocolError('wrong-kind', path);
      out.push((MAJOR.simple << 5) | (value ? SIMPLE_TRUE : SIMPLE_FALSE));
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

function encodeUint(out: number[], max: number, value: unknown, path: string): void {
  if (typeof value !== 'number' || !Number.isInteger(value)) throw new ProtocolError('wrong-kind', path);
  if (value < 0 || value > max) throw new ProtocolError('out-of-range', path);
  pushHead(out, MAJOR.uint, value);
}

function pushString(out: number[], major: number, bytes: Uint8Array): void {
  pushHead(out, major, bytes.length);
  for (const byte of bytes) out.push(byte);
}

/** Appends a CBOR head: major type and argument in its shortest form. */
export function pushHead(out: number[], major: number, argument: number): void {
  const type = major << 5;
  if (argument < 24) {
    out.push(type | argument);
  } else if (argument < 0x100) {
    out.push(type | 24, argument);
  } else if (argument < 0x1_0000) {
    out.push(type | 25, argument >> 8, argument & 0xff);
  } else if (argument < 0x1_0000_0000) {
    out.push(
      type | 26,
      (argument >>> 24) & 0xff,
      (argument >>> 16) & 0xff,
      (argument >>> 8) & 0xff,
      argument & 0xff,
    );
  } else {
    out.push(type | 27);
    for (let place = 7; place >= 0; place--) out.push(Math.floor(argument / 256 ** place) % 256);
  }
}
