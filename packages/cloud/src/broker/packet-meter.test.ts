// The meter sees the same packets however the bytes are cut, and cuts off at the header.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boxPacketBytes, greetingPacketBytes, PacketMeter } from './packet-meter.ts';

function packet(type: number, length: number): Uint8Array {
  const header = [type << 4];
  let rest = length;
  do {
    const byte = rest % 128;
    rest = Math.floor(rest / 128);
    header.push(rest > 0 ? byte | 0x80 : byte);
  } while (rest > 0);
  return Uint8Array.of(...header, ...new Uint8Array(length).fill(0xff));
}

const joined = (parts: readonly Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts));

describe('the packet meter', () => {
  it('finds the same fault wherever the stream is cut', () => {
    const lengths = fc.array(
      fc.oneof(
        fc.nat({ max: 200 }),
        fc.constantFrom(127, 128, 16_383, 16_384, boxPacketBytes, boxPacketBytes + 1),
      ),
      {
        maxLength: 5,
      },
    );
    fc.assert(
      fc.property(
        lengths,
        fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 30 }),
        (sizes, cuts) => {
          const stream = joined([packet(1, 20), ...sizes.map((size) => packet(3, size))]);
          const meter = new PacketMeter();
          meter.accepted();
          let fault: string | undefined;
          for (let offset = 0, turn = 0; offset < stream.length && fault === undefined; turn++) {
            const size = cuts[turn % cuts.length] as number;
            fault = meter.take(stream.slice(offset, offset + size));
            offset += size;
          }
          expect(fault).toBe(sizes.some((size) => size > boxPacketBytes) ? 'packet-too-large' : undefined);
        },
      ),
    );
  });

  it('allows a CONNECT of 512 bytes before the login and no more', () => {
    expect(new PacketMeter().take(packet(1, greetingPacketBytes))).toBeUndefined();
    expect(new PacketMeter().take(packet(1, greetingPacketBytes + 1))).toBe('packet-too-large');
  });

  it('speaks up at the header, before a byte of the body', () => {
    expect(new PacketMeter().take(Uint8Array.of(0x10, 0x80, 0x84, 0xaf, 0x5f))).toBe('packet-too-large');
  });

  it('refuses a length of five bytes (MQTT 3.1.1, 2.2.3)', () => {
    const meter = new PacketMeter();
    expect(meter.take(Uint8Array.of(0x10, 0x80, 0x80, 0x80, 0x80))).toBe('packet-too-large');
  });

  it('refuses a stream that does not begin with CONNECT', () => {
    expect(new PacketMeter().take(packet(3, 2))).toBe('not-a-connect');
    expect(new PacketMeter().take(Buffer.from('GET / HTTP/1.1'))).toBe('not-a-connect');
  });
});
