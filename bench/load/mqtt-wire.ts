// Just enough of MQTT 3.1.1 (OASIS, 2014) for a lean client: the packets a box sends, and a reader that cuts a
// stream into packets. Written by hand because a library client would cost more than the server that is measured.

/** Control packet types (2.2.1). */
export const packetTypes = { connack: 2, publish: 3, puback: 4, suback: 9 } as const;

/** Who connects. */
export interface ConnectFields {
  readonly clientId: string;
  readonly username?: string;
  readonly password?: string;
  readonly keepAliveSeconds: number;
}

/** CONNECT (3.1) with a clean session and no will. */
export function encodeConnect(fields: ConnectFields): Buffer {
  const cleanSession = 0x02;
  const flags =
    cleanSession | (fields.username === undefined ? 0 : 0x80) | (fields.password === undefined ? 0 : 0x40);
  const protocolLevel = 4;
  return packet(0x10, [
    text('MQTT'),
    Buffer.from([protocolLevel, flags]),
    uint16(fields.keepAliveSeconds),
    text(fields.clientId),
    ...(fields.username === undefined ? [] : [text(fields.username)]),
    ...(fields.password === undefined ? [] : [text(fields.password)]),
  ]);
}

/** SUBSCRIBE (3.8) to one topic at QoS 1. */
export function encodeSubscribe(packetId: number, topic: string): Buffer {
  return packet(0x82, [uint16(packetId), text(topic), Buffer.from([1])]);
}

/** PUBLISH (3.3) at QoS 1. */
export function encodePublish(packetId: number, topic: string, payload: Uint8Array): Buffer {
  return packet(0x32, [text(topic), uint16(packetId), payload]);
}

/** PUBACK (3.4). */
export function encodePuback(packetId: number): Buffer {
  return Buffer.from([0x40, 2, packetId >> 8, packetId & 0xff]);
}

/** What a PUBLISH that came says. */
export interface Published {
  readonly topic: string;
  /** Undefined at QoS 0. */
  readonly packetId: number | undefined;
  readonly payload: Buffer;
}

/** @param flags low four bits of the first byte; @param body what follows the fixed header */
export function decodePublish(flags: number, body: Buffer): Published {
  const topicEnd = 2 + body.readUInt16BE(0);
  const topic = body.toString('utf8', 2, topicEnd);
  const hasPacketId = (flags & 0x06) !== 0;
  return {
    topic,
    packetId: hasPacketId ? body.readUInt16BE(topicEnd) : undefined,
    payload: body.subarray(hasPacketId ? topicEnd + 2 : topicEnd),
  };
}

/** Takes one packet: its type, the flags beside it, and what follows the fixed header. */
export type PacketTaker = (type: number, flags: number, body: Buffer) => void;

/** @returns a function to be fed with what the socket delivers, in pieces of any size */
export function createPacketReader(take: PacketTaker): (chunk: Buffer) => void {
  let rest: Buffer | undefined;
  return (chunk) => {
    const bytes = rest === undefined ? chunk : Buffer.concat([rest, chunk]);
    let offset = 0;
    while (true) {
      const header = readFixedHeader(bytes, offset);
      if (header === undefined) break;
      const first = bytes[offset] as number;
      take(first >> 4, first & 0x0f, bytes.subarray(header.bodyStart, header.bodyEnd));
      offset = header.bodyEnd;
    }
    rest = offset === bytes.length ? undefined : bytes.subarray(offset);
  };
}

// 2.2.3: the remaining length takes one to four bytes, seven bits each, the lowest first.
function readFixedHeader(
  bytes: Buffer,
  offset: number,
): { readonly bodyStart: number; readonly bodyEnd: number } | undefined {
  let length = 0;
  for (let index = 0; index < 4; index++) {
    const byte = bytes[offset + 1 + index];
    if (byte === undefined) return undefined;
    length += (byte & 0x7f) * 128 ** index;
    if (byte < 0x80) {
      const bodyStart = offset + 2 + index;
      return bodyStart + length <= bytes.length ? { bodyStart, bodyEnd: bodyStart + length } : undefined;
    }
  }
  return undefined;
}

function packet(firstByte: number, parts: readonly Uint8Array[]): Buffer {
  let length = 0;
  for (const part of parts) length += part.length;
  const header = [firstByte];
  let left = length;
  do {
    const digit = left % 128;
    left = Math.floor(left / 128);
    header.push(left > 0 ? digit | 0x80 : digit);
  } while (left > 0);
  return Buffer.concat([Buffer.from(header), ...parts], header.length + length);
}

function text(value: string): Buffer {
  const bytes = Buffer.from(value, 'utf8');
  return Buffer.concat([uint16(bytes.length), bytes]);
}

function uint16(value: number): Buffer {
  return Buffer.from([value >> 8, value & 0xff]);
}
