// Bundled by the size section: the box's program with the bench's lean MQTT codec, since a board brings its own client.
export { initialState, step } from '@smartbox/firmware/core';
export {
  createPacketReader,
  decodePublish,
  encodeConnect,
  encodePuback,
  encodePublish,
  encodeSubscribe,
} from '../load/mqtt-wire.ts';
