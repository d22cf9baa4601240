// How frames reach boxes and come from them, as a port: production passes the embedded MQTT
// broker, the simulated world its faulty network. Frames are sealed end to end; a transport is
// never trusted with more than getting them there.

import type { BoxId } from '@smartbox/protocol';

/** What a transport tells the cloud. None of these throws. */
export interface DeviceTransportHandlers {
  /** Whether this login may connect as this box. Guards availability, not safety. */
  authenticate(boxId: BoxId, password: Uint8Array): boolean;
  /**
   * A frame came up from the box. `done` is called once, after the transaction that the frame
   * caused has committed (or at once if it caused none): only then may the transport acknowledge it.
   */
  frame(boxId: BoxId, frame: Uint8Array, done: () => void): void;
  /** The box can be sent frames from now on. */
  connected(boxId: BoxId): void;
  /** The box cannot be reached any more. */
  disconnected(boxId: BoxId): void;
}

/** Moves frames. */
export interface DeviceTransport {
  start(handlers: DeviceTransportHandlers): Promise<void>;
  /** Sends one frame down. @returns false when the box is not connected */
  send(boxId: BoxId, frame: Uint8Array): boolean;
  stop(): Promise<void>;
}
