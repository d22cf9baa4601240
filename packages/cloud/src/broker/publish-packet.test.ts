// Our PUBLISH is what a library reads and writes.

import fc from 'fast-check';
import mqttPacket from 'mqtt-packet';
import { describe, expect, it } from 'vitest';
import { publishPacket } from './publish-packet.ts';

describe('a PUBLISH packet', () => {
  it('is the one that the MQTT library writes', () => {
    const payloads = fc.oneof(
      fc.uint8Array({ maxLength: 1_100 }),
      fc.uint8Array({ minLength: 90, maxLength: 130 }),
    );
    fc.assert(
      fc.property(payloads, fc.integer({ min: 1, max: 0xffff }), (payload, messageId) => {
        const topic = 'sb/1/0123456789ABC/dn';
        const expected = mqttPacket.generate({
          cmd: 'publish',
          topic,
          payload: Buffer.from(payload),
          qos: 1,
          dup: false,
          retain: false,
          messageId,
        });
        expect(publishPacket(topic, messageId, payload).equals(expected)).toBe(true);
      }),
    );
  });
});
