// A PUBLISH packet as one buffer (MQTT 3.1.1, 3.3), QoS 1. The broker library would build several
// objects and small writes for it; this is the hot path of every answer.

const publishQos1 = 0x32;

/**
 * @param topic of fewer than 128 bytes of ASCII
 * @param packetId 1 to 65,535
 */
export function publishPacket(topic: string, packetId: number, payload: Uint8Array): Buffer {
  const remaining = 2 + topic.length + 2 + payload.length;
  const lengthBytes = remaining < 128 ? 1 : 2;
  const packet = Buffer.allocUnsafe(1 + lengthBytes + remaining);
  packet[0] = publishQos1;
  if (lengthBytes === 1) {
    packet[1] = remaining;
  } else {
    packet[1] = (remaining & 0x7f) | 0x80;
    packet[2] = remaining >> 7;
  }
  let offset = 1 + lengthBytes;
  offset = packet.writeUInt16BE(topic.length, offset);
  offset += packet.write(topic, offset, 'latin1');
  offset = packet.writeUInt16BE(packetId, offset);
  packet.set(payload, offset);
  return packet;
}
