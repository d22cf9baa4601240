// A connection without MQTT: bare bytes to the TCP echo, or HTTP to the API. What differs is only how the end of an
// answer is found: an echo is as long as what was said, an HTTP answer says its length (RFC 9112, 6.2).
import { connect } from 'node:net';
import { BenchError } from '../harness/bench-error.ts';
import type { BoxSocket, BoxSocketOptions, OpeningSteps } from './box-socket.ts';

/** Opens a connection; it has no greeting. */
export function openPlainSocket(
  options: Omit<BoxSocketOptions, 'greets'> & { readonly framing: 'tcp' | 'http' },
  steps: OpeningSteps,
): BoxSocket {
  const { talk, framing } = options;
  let cutByUs = false;
  let opened = false;
  let heard = Buffer.alloc(0);
  let asked = 0;
  const socket = connect({ port: options.port, host: '127.0.0.1', localAddress: options.localAddress });
  socket.setNoDelay(true);
  socket.on('error', () => undefined);
  socket.on('close', () => {
    if (cutByUs) return;
    if (opened) options.onLost();
    else steps.failed(new BenchError('connection-lost', 'before it was open'));
  });
  socket.on('connect', () => {
    opened = true;
    steps.subscribed();
    steps.greeted();
  });
  socket.on('data', (chunk) => {
    const atMs = performance.now();
    heard = heard.length === 0 ? chunk : Buffer.concat([heard, chunk]);
    const length = framing === 'tcp' ? asked : httpAnswerLength(heard);
    if (length === undefined || heard.length < length) return;
    const taken = talk.take(heard.subarray(0, length));
    heard = heard.subarray(length);
    if (taken.kind === 'answer') options.onAnswer(taken.right, atMs);
  });
  return {
    ask() {
      const payload = talk.request();
      asked = payload.length;
      socket.write(Uint8Array.from(payload));
    },
    cut() {
      cutByUs = true;
      socket.resetAndDestroy();
    },
  };
}

/** @returns how many bytes the answer has, head and body; undefined while its head is not complete */
export function httpAnswerLength(bytes: Buffer): number | undefined {
  const headEnd = bytes.indexOf('\r\n\r\n');
  if (headEnd < 0) return undefined;
  const head = bytes.toString('latin1', 0, headEnd);
  const bodyBytes = /^content-length: *(\d+)/im.exec(head)?.[1];
  return headEnd + 4 + Number(bodyBytes ?? 0);
}
