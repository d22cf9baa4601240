// The first byte of a frame decides which layer reads the rest; all 256 of them have one meaning.
import { describe, expect, it } from 'vitest';
import { limits } from '../basics/limits.ts';
import { FRAME_TYPES, frameByte, frameType, PROTOCOL_VERSION, refusedUnless } from './frame.ts';

describe('the first byte', () => {
  it('is version 1 and a type that exists, or it is refused', () => {
    const counts = { known: 0, malformed: 0, 'unknown-version': 0 };
    for (let first = 0; first < 256; first++) {
      const type = frameType(Uint8Array.of(first));
      if (type === 'malformed' || type === 'unknown-version') counts[type]++;
      else counts.known++;
      expect(type === 'unknown-version').toBe(first >> 5 !== PROTOCOL_VERSION);
    }
    expect(counts).toEqual({ known: 7, malformed: 25, 'unknown-version': 224 });
  });

  it('says what each type writes', () => {
    for (const type of FRAME_TYPES) expect(frameType(Uint8Array.of(frameByte(type)))).toBe(type);
    expect(FRAME_TYPES.map(frameByte)).toEqual([0x20, 0x21, 0x22, 0x23, 0x24, 0x25, 0x26]);
  });

  it('is not read from an empty frame or one that is too long', () => {
    expect(frameType(new Uint8Array(0))).toBe('malformed');
    const longest = new Uint8Array(limits.frameBytes).fill(0x20);
    expect(frameType(longest)).toBe('record');
    expect(frameType(new Uint8Array(limits.frameBytes + 1).fill(0x20))).toBe('malformed');
  });

  it('refuses with the reason that the metric counts', () => {
    expect(refusedUnless('hello', Uint8Array.of(0x21))).toBeUndefined();
    expect(refusedUnless('hello', Uint8Array.of(0x20))).toEqual({
      kind: 'refused',
      reason: 'unexpected-type',
    });
    expect(refusedUnless('hello', Uint8Array.of(0x3f))).toEqual({ kind: 'refused', reason: 'malformed' });
    expect(refusedUnless('hello', Uint8Array.of(0x41))).toEqual({
      kind: 'refused',
      reason: 'unknown-version',
    });
  });
});
