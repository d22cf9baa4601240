import { type BoxId, boxIdFromBytes, downTopic, upTopic } from '@smartbox/protocol';
import { describe, expect, it } from 'vitest';
import { boardBench } from '../../test/board-bench.ts';
import type { MqttClientOptions, MqttWriteOptions } from '../ports/index.ts';
import { CloudLink } from './cloud-link.ts';

const BOX_ID = boxIdFromBytes(new Uint8Array([9, 8, 7, 6, 5, 4, 3, 2]));

function fitted(acknowledges = true) {
  const { clock, network, link: line, provider } = boardBench();
  const happened: string[] = [];
  const arrived: Uint8Array[] = [];
  const waiting: (() => void)[] = [];
  network.serve({
    authenticate: (_, password) => Buffer.from(password).toString() === 'secret',
    connected: (boxId: BoxId) => happened.push(`connected ${boxId}`),
    disconnected: () => happened.push('disconnected'),
    frame: (_, frame, done) => {
      arrived.push(frame);
      if (acknowledges) done();
      else waiting.push(done);
    },
  });
  const link = new CloudLink({
    mqtt: provider.mqtt,
    timer: clock,
    onFrame: (frame) => happened.push(`frame ${frame.length}`),
    onChange: (up) => happened.push(up ? 'up' : 'down'),
    onOverflow: () => happened.push('overflow'),
  });
  return { clock, network, line, link, happened, arrived, waiting };
}

function connected(acknowledges = true) {
  const all = fitted(acknowledges);
  all.link.connect(BOX_ID, 'secret');
  all.clock.advance(200);
  all.happened.length = 0;
  return all;
}

describe('the cloud link', () => {
  it('is up when connected and subscribed, as itself', () => {
    const { link, clock, happened } = fitted();
    link.connect(BOX_ID, 'secret');
    expect(link.up).toBe(false);
    clock.advance(200);
    expect([link.up, happened]).toEqual([true, [`connected ${BOX_ID}`, 'up']]);
  });

  it('carries frames both ways', () => {
    const { link, clock, network, happened, arrived } = connected();
    link.send(new Uint8Array([1, 2]));
    expect(network.send(BOX_ID, new Uint8Array(1_100))).toBe(true);
    clock.advance(100);
    expect([arrived, happened]).toEqual([[new Uint8Array([1, 2])], ['frame 1100']]);
  });

  it('says once that a connection could not be made: refused, network down, or nobody answers', () => {
    for (const [password, state, withinMs] of [
      ['wrong', 'up', 100],
      ['secret', 'down', 100],
      ['secret', 'silent', 15_000],
    ] as const) {
      const { link, clock, line, happened } = fitted();
      line.state = state;
      link.connect(BOX_ID, password);
      clock.advance(withinMs);
      expect([link.up, happened]).toEqual([false, ['down']]);
      clock.advance(600_000);
      expect(happened).toEqual(['down']);
    }
  });

  it('says once that the connection is lost: broken off, kicked, or silent', () => {
    for (const lose of ['down', 'kick', 'silent'] as const) {
      const { link, clock, line, network, happened } = connected();
      if (lose === 'kick') network.kick(BOX_ID);
      else line.state = lose;
      clock.advance(lose === 'silent' ? 61_000 : 1_000);
      expect([link.up, happened.filter((word) => word === 'down')]).toEqual([false, ['down']]);
    }
  });

  it('ends a connection on which a frame is not acknowledged within 20 s: nobody works at the far end', () => {
    const { link, clock, happened } = connected(false);
    link.send(new Uint8Array([1]));
    clock.advance(19_000);
    expect(link.up).toBe(true);
    clock.advance(1_500);
    expect([link.up, happened]).toEqual([false, ['down', 'disconnected']]);
  });

  it('has at most 8 frames unacknowledged, keeps 16 waiting in order, and says when it drops one', () => {
    const { link, clock, arrived, waiting, happened } = connected(false);
    for (let count = 0; count < 25; count++) link.send(new Uint8Array([count]));
    clock.advance(100);
    expect([arrived.length, happened]).toEqual([8, ['overflow']]);
    while (waiting.length > 0) {
      waiting.shift()?.();
      clock.advance(20);
    }
    expect(arrived.map(([first]) => first)).toEqual(Array.from({ length: 24 }, (_, count) => count));
  });

  it('drops what is sent while it is down, and begins a new connection with nothing of the old', () => {
    const { link, clock, line, arrived } = connected(false);
    link.send(new Uint8Array([1]));
    line.state = 'down';
    clock.advance(100);
    link.send(new Uint8Array([2]));
    line.state = 'up';
    link.connect(BOX_ID, 'secret');
    clock.advance(60_000);
    link.send(new Uint8Array([3]));
    clock.advance(100);
    expect([link.up, arrived.map(([first]) => first)]).toEqual([true, [3]]);
  });

  it('drops the earlier connection without a word when told to make another, or to disconnect', () => {
    const { link, clock, happened } = connected();
    link.connect(BOX_ID, 'secret');
    clock.advance(1_000);
    expect(happened.filter((word) => word === 'down')).toEqual([]);
    link.disconnect();
    link.disconnect();
    clock.advance(100_000);
    expect([link.up, happened.filter((word) => word === 'down')]).toEqual([false, []]);
  });

  it('makes no connection for a name that is no box', () => {
    const { link, happened } = fitted();
    link.connect('../#', 'secret');
    expect(happened).toEqual(['down']);
  });
});

/** A client class that only notes what is done with it. */
function scripted() {
  const written: { readonly bytes: Uint8Array; readonly options: MqttWriteOptions }[] = [];
  const opened: MqttClientOptions[] = [];
  let incoming = new Uint8Array();
  let room = 10_000;
  class Scripted {
    constructor(options: MqttClientOptions) {
      opened.push(options);
    }
    read(count: number): ArrayBuffer {
      const part = incoming.slice(0, count);
      incoming = incoming.slice(count);
      return part.buffer;
    }
    write(bytes: Uint8Array, options: MqttWriteOptions): number {
      written.push({ bytes, options });
      room -= bytes.length;
      return room;
    }
    close(): void {}
  }
  const say = (topic: string, bytes: Uint8Array) => {
    incoming = new Uint8Array(bytes);
    opened.at(-1)?.onReadable?.(bytes.length, { topic, QoS: 1, byteLength: bytes.length, more: false });
  };
  const frames: number[] = [];
  const changes: boolean[] = [];
  const { clock } = boardBench();
  const link = new CloudLink({
    mqtt: { io: Scripted, host: 'h', socket: {}, dns: {} },
    timer: clock,
    onFrame: (frame) => frames.push(frame.length),
    onChange: (up) => changes.push(up),
    onOverflow: () => {},
  });
  link.connect(BOX_ID, 'secret');
  const grant = (code: number) =>
    opened.at(-1)?.onControl?.(9, { operation: 9, id: 1, payload: new Uint8Array([code]).buffer });
  const setRoom = (bytes: number) => {
    room = bytes;
    opened.at(-1)?.onWritable?.(bytes);
  };
  return { link, written, opened, say, frames, changes, grant, setRoom };
}

describe('the cloud link towards a broker that cannot be trusted', () => {
  it('asks for a clean session, as the box, and for its own topic at QoS 1 only', () => {
    const { opened, written, setRoom } = scripted();
    setRoom(10_000);
    expect(opened[0]).toMatchObject({ clean: true, id: BOX_ID, user: BOX_ID, password: 'secret' });
    expect(written.map(({ options }) => options)).toEqual([
      { operation: 8, id: 1, items: [{ topic: downTopic(BOX_ID), QoS: 1 }] },
    ]);
  });

  it('takes no message of another topic, and none longer than a frame may be', () => {
    const { say, frames, setRoom, grant } = scripted();
    setRoom(10_000);
    grant(1);
    say('sb/1/0123456789ABC/dn', new Uint8Array(10));
    say(upTopic(BOX_ID), new Uint8Array(10));
    say(downTopic(BOX_ID), new Uint8Array(1_101));
    say(downTopic(BOX_ID), new Uint8Array(50));
    expect(frames).toEqual([50]);
  });

  it('is not up when the broker refuses the subscription', () => {
    const { changes, setRoom, grant, link } = scripted();
    setRoom(10_000);
    grant(0x80);
    expect([link.up, changes]).toEqual([false, [false]]);
  });

  it('takes no notice of a connection that it gave up for another', () => {
    const { link, opened, changes, setRoom, grant, written } = scripted();
    link.connect(BOX_ID, 'secret');
    const [old] = opened;
    old?.onWritable?.(10_000);
    old?.onError?.('late');
    old?.onClose?.();
    expect([changes, written]).toEqual([[], []]);
    setRoom(10_000);
    grant(1);
    expect(link.up).toBe(true);
  });

  it('heeds how much can be written, and goes on when there is room', () => {
    const { link, written, setRoom, grant } = scripted();
    setRoom(300);
    grant(1);
    for (let count = 0; count < 3; count++) link.send(new Uint8Array(200));
    expect(written).toHaveLength(2);
    setRoom(300);
    expect(written).toHaveLength(3);
  });
});
