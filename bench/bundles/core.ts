// Bundled by the size section: the box's program without a way to talk MQTT.
export { initialState, step } from '@smartbox/firmware/core';
