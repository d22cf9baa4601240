// One box's connection: a raw socket that connects, subscribes, publishes and acknowledges. TCP_NODELAY is set as
// on the box, else a small write waits 40 ms for the acknowledgement of the one before.
import { connect, type Socket } from 'node:net';
import { BenchError } from '../harness/bench-error.ts';
import {
  createPacketReader,
  decodePublish,
  encodeConnect,
  encodePuback,
  encodePublish,
  encodeSubscribe,
  packetTypes,
} from './mqtt-wire.ts';
import type { Talk } from './talk.ts';

/** An open connection. */
export interface BoxSocket {
  /** Sends the next request of the talk. */
  ask(): void;
  /** Cuts the connection without a farewell, as a power cut does. */
  cut(): void;
}

/** Where to connect and whom to tell. */
export interface BoxSocketOptions {
  readonly port: number;
  /** One of the loopback addresses, so that no limit per address is met. */
  readonly localAddress: string;
  readonly talk: Talk;
  /** @param atMs when the bytes arrived, before they were looked at */
  readonly onAnswer: (right: boolean, atMs: number) => void;
  /** The connection ended although nobody cut it. */
  readonly onLost: () => void;
  /** Whether the talk's greeting is to be spoken. */
  readonly greets: boolean;
}

const keepAliveSeconds = 300;

/** How far an opening connection has come. */
export interface OpeningSteps {
  readonly subscribed: () => void;
  /** The greeting is over: its last frame has been acknowledged. At once where there is none. */
  readonly greeted: () => void;
  readonly failed: (error: BenchError) => void;
}

/** Opens a connection; the steps are told as they come. */
export function openBoxSocket(options: BoxSocketOptions, steps: OpeningSteps): BoxSocket {
  const { talk } = options;
  const { names } = talk;
  let packetId = 0;
  let cutByUs = false;
  let greetingId = 0;
  let opened = false;
  const openedNow = (): void => {
    opened = true;
    steps.greeted();
  };
  const socket = connect({ port: options.port, host: '127.0.0.1', localAddress: options.localAddress });
  socket.setNoDelay(true);
  const publish = (payload: Uint8Array): number => {
    packetId = (packetId % 0xffff) + 1;
    socket.write(encodePublish(packetId, names.upTopic, payload));
    return packetId;
  };
  const take = (type: number, flags: number, body: Buffer): void => {
    if (type === packetTypes.publish) takePublish(flags, body);
    else if (type === packetTypes.connack) {
      if (body[1] !== 0) steps.failed(new BenchError('unexpected-answer', `CONNACK ${body[1]}`));
      else socket.write(encodeSubscribe(++packetId, names.downTopic));
    } else if (type === packetTypes.suback) {
      steps.subscribed();
      const greeting = options.greets ? talk.begin() : undefined;
      if (greeting === undefined) openedNow();
      else publish(greeting);
    } else if (type === packetTypes.puback && greetingId !== 0 && body.readUInt16BE(0) === greetingId) {
      greetingId = 0;
      openedNow();
    }
  };
  const takePublish = (flags: number, body: Buffer): void => {
    const atMs = performance.now();
    const message = decodePublish(flags, body);
    if (message.packetId !== undefined) socket.write(encodePuback(message.packetId));
    const taken = talk.take(message.payload);
    if (taken.kind === 'broken') steps.failed(new BenchError('unexpected-answer', taken.because));
    else if (taken.kind === 'answer') options.onAnswer(taken.right, atMs);
    else if (taken.kind === 'reply') greetingId = publish(taken.frame);
  };
  watch(socket, () => {
    if (cutByUs) return;
    if (opened) options.onLost();
    else steps.failed(new BenchError('connection-lost', `${names.clientId} while it was connecting`));
  });
  socket.on('data', createPacketReader(take));
  socket.on('connect', () => socket.write(encodeConnect({ ...names, keepAliveSeconds })));
  return {
    ask: () => void publish(talk.request()),
    cut() {
      cutByUs = true;
      socket.resetAndDestroy();
    },
  };
}

function watch(socket: Socket, onEnd: () => void): void {
  // The error itself says nothing that the end does not: 'close' always follows.
  socket.on('error', () => undefined);
  socket.on('close', onEnd);
}
