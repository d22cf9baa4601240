// Stands between a socket and the broker: every byte that the broker reads is measured first, and
// the connection is cut at the header of a packet that is too long, before any of it is kept. The
// socket's own read() is wrapped instead of piping through another stream, which would cost
// several kilobytes for each of ten thousand idle boxes.

import type { Socket } from 'node:net';
import { type MeterFault, PacketMeter } from './packet-meter.ts';

/** A measured socket. */
export interface LimitedSocket {
  /** The broker has accepted the CONNECT: the box's own limit holds from now on. */
  accepted(): void;
}

/** Measures all that is read from `socket`; cuts it and tells `refused` when it goes too far. */
export function limitBytes(socket: Socket, refused: (fault: MeterFault) => void): LimitedSocket {
  const meter = new PacketMeter();
  const read = socket.read.bind(socket);
  socket.read = (size?: number): unknown => {
    const chunk: unknown = read(size);
    if (!(chunk instanceof Uint8Array)) return chunk;
    const fault = meter.take(chunk);
    if (fault === undefined) return chunk;
    refused(fault);
    socket.destroy();
    return null;
  };
  return { accepted: () => meter.accepted() };
}
