// One open stream of server-sent events (WHATWG HTML, "Server-sent events"). A reader that does
// not keep up is dropped rather than buffered: it comes back with Last-Event-ID and misses nothing.

import type { Writable } from 'node:stream';
import type { Cancel, Timers } from '../platform/clock.ts';
import type { EventStream } from '../platform/event-stream.ts';

const heartbeatMs = 15_000;
/** How much may wait for one reader before it is dropped. */
const slowReaderBytes = 256 * 1_024;

/** An event stream over a connection whose headers were sent. `ended` is called once. */
export function createEventStream(
  connection: Writable,
  ports: {
    readonly timers: Timers;
    readonly lastEventId: string | undefined;
    /** Whether the reader may still listen; asked at every event and heartbeat. */
    readonly allowed: () => boolean;
    readonly ended: () => void;
  },
): EventStream {
  let open = true;
  let cancelHeartbeat: Cancel = () => {};

  const close = (): void => {
    if (!open) return;
    open = false;
    cancelHeartbeat();
    ports.ended();
    connection.end();
  };
  const write = (text: string): boolean => {
    if (!open) return false;
    if (connection.writableLength > slowReaderBytes) {
      close();
      connection.destroy();
      return false;
    }
    connection.write(text);
    return true;
  };
  const beat = (): void => {
    if (!ports.allowed()) close();
    else if (write(': still here\n\n')) cancelHeartbeat = ports.timers.after(heartbeatMs, beat);
  };

  connection.on('close', close);
  connection.on('error', close);
  write('retry: 2000\n\n');
  cancelHeartbeat = ports.timers.after(heartbeatMs, beat);
  return {
    lastEventId: ports.lastEventId,
    send: ({ id, event, data }) => {
      if (open && !ports.allowed()) close();
      return write(`id: ${id}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
    },
    close,
  };
}
