// The hand-written packets against a library, so that the lean client speaks the MQTT that everybody speaks.
import fc from 'fast-check';
import mqttPacket from 'mqtt-packet';
import { describe, expect, it } from 'vitest';
import {
  createPacketReader,
  decodePublish,
  encodeConnect,
  encodePuback,
  encodePublish,
  encodeSubscribe,
} from '../load/mqtt-wire.ts';

/** What the library reads in these bytes. */
function readByLibrary(bytes: Buffer): mqttPacket.Packet[] {
  const packets: mqttPacket.Packet[] = [];
  const parser = mqttPacket.parser();
  parser.on('packet', (packet) => packets.push(packet));
  parser.parse(bytes);
  return packets;
}

const payload = fc.uint8Array({ maxLength: 3_000, size: 'max' });
const packetId = fc.integer({ min: 1, max: 0xffff });
const topic = fc.stringMatching(/^[a-z/]{1,40}$/);

describe('the lean MQTT client', () => {
  it('writes a CONNECT that the library reads', () => {
    const [packet] = readByLibrary(
      encodeConnect({ clientId: 'box', username: 'box', password: 'secret', keepAliveSeconds: 300 }),
    );
    expect(packet).toMatchObject({
      cmd: 'connect',
      clientId: 'box',
      username: 'box',
      keepalive: 300,
      clean: true,
    });
  });

  it('writes SUBSCRIBE and PUBACK that the library reads', () => {
    const bytes = Buffer.concat([encodeSubscribe(513, 'a/b'), encodePuback(514)]);
    expect(readByLibrary(bytes)).toMatchObject([
      { cmd: 'subscribe', messageId: 513, subscriptions: [{ topic: 'a/b', qos: 1 }] },
      { cmd: 'puback', messageId: 514 },
    ]);
  });

  it('writes every PUBLISH as the library would', () => {
    fc.assert(
      fc.property(packetId, topic, payload, (id, name, bytes) => {
        const expected = mqttPacket.generate({
          cmd: 'publish',
          topic: name,
          payload: Buffer.from(bytes),
          qos: 1,
          messageId: id,
          dup: false,
          retain: false,
        });
        expect(encodePublish(id, name, bytes)).toEqual(expected);
      }),
    );
  });

  it('reads back what was written, in pieces of any size', () => {
    const pieces = fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1 });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(packetId, topic, payload), { maxLength: 5 }),
        pieces,
        (messages, sizes) => {
          const bytes = Buffer.concat(messages.map(([id, name, body]) => encodePublish(id, name, body)));
          const heard: unknown[] = [];
          const read = createPacketReader((type, flags, body) => {
            const message = decodePublish(flags, Buffer.from(body));
            heard.push([type, message.packetId, message.topic, Uint8Array.from(message.payload)]);
          });
          for (let offset = 0, turn = 0; offset < bytes.length; turn++) {
            const size = sizes[turn % sizes.length] as number;
            read(bytes.subarray(offset, offset + size));
            offset += size;
          }
          expect(heard).toEqual(messages.map(([id, name, body]) => [3, id, name, body]));
        },
      ),
    );
  });
});
