// The lowest floor's connection: the same bytes as a request and a grant over bare TCP, without MQTT around them.
import { connect } from 'node:net';
import { BenchError } from '../harness/bench-error.ts';
import type { BoxSocket, BoxSocketOptions, OpeningSteps } from './box-socket.ts';

/** Opens a connection to the TCP echo, which answers each payload with itself. */
export function openTcpSocket(options: Omit<BoxSocketOptions, 'greets'>, steps: OpeningSteps): BoxSocket {
  let cutByUs = false;
  let heard = 0;
  let expected = 0;
  const socket = connect({ port: options.port, host: '127.0.0.1', localAddress: options.localAddress });
  socket.setNoDelay(true);
  socket.on('error', () => undefined);
  socket.on('close', () => {
    if (cutByUs) return;
    if (expected === 0) steps.failed(new BenchError('connection-lost', 'before the first byte'));
    else options.onLost();
  });
  socket.on('connect', () => {
    steps.subscribed();
    steps.greeted();
  });
  socket.on('data', (chunk) => {
    heard += chunk.length;
    if (heard >= expected) options.onAnswer(heard === expected, performance.now());
  });
  return {
    ask() {
      const payload = options.talk.request();
      expected += payload.length;
      socket.write(Uint8Array.from(payload));
    },
    cut() {
      cutByUs = true;
      socket.destroy();
    },
  };
}
