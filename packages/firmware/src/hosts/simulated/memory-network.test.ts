import { type BoxId, boxIdFromBytes } from '@smartbox/protocol';
import { describe, expect, it } from 'vitest';
import { VirtualClock } from '../../electronics/index.ts';
import { CloudLink } from '../../peripherals/cloud-link.ts';
import { MemoryNetwork } from './memory-network.ts';

function world(boxes = 1) {
  const clock = new VirtualClock();
  const network = new MemoryNetwork(clock);
  const arrived: [BoxId, number][] = [];
  const happened: string[] = [];
  network.serve({
    authenticate: () => true,
    connected: (boxId) => happened.push(`connected ${boxId.slice(-2)}`),
    disconnected: (boxId) => happened.push(`disconnected ${boxId.slice(-2)}`),
    frame: (boxId, frame, done) => {
      arrived.push([boxId, frame[0] ?? -1]);
      done();
    },
  });
  const ids = Array.from({ length: boxes }, (_, index) => boxIdFromBytes(new Uint8Array(8).fill(index + 1)));
  const ends = ids.map((boxId) => {
    const { link, mqtt } = network.access();
    const received: number[] = [];
    const cloud = new CloudLink({
      mqtt,
      timer: clock,
      onFrame: (frame) => received.push(frame[0] ?? -1),
      onChange: () => {},
      onOverflow: () => {},
    });
    cloud.connect(boxId, 'any');
    return { boxId, link, cloud, received };
  });
  clock.advance(200);
  return { clock, network, arrived, happened, ends };
}

describe('the in-memory network', () => {
  it('keeps boxes apart: each hears its own frames only', () => {
    const { clock, network, ends, arrived } = world(3);
    ends.forEach(({ boxId, cloud }, index) => {
      network.send(boxId, new Uint8Array([index]));
      cloud.send(new Uint8Array([10 + index]));
    });
    clock.advance(100);
    expect(ends.map(({ received }) => received)).toEqual([[0], [1], [2]]);
    expect(arrived).toEqual(ends.map(({ boxId }, index) => [boxId, 10 + index]));
  });

  it('drops, repeats and reorders single frames as its world says, both ways', () => {
    const { clock, network, ends, arrived } = world();
    const [{ boxId, cloud, received }] = ends as [(typeof ends)[0]];
    network.route = ({ frame }) => (frame[0] === 1 ? [] : frame[0] === 2 ? [500] : [0, 100]);
    for (const first of [1, 2, 3]) {
      cloud.send(new Uint8Array([first]));
      network.send(boxId, new Uint8Array([first]));
    }
    clock.advance(1_000);
    expect(arrived.map(([, first]) => first)).toEqual([3, 3, 2]);
    expect(received).toEqual([3, 3, 2]);
  });

  it('brings a frame that was held back to whoever is connected by then', () => {
    const { clock, network, ends } = world();
    const [{ boxId, cloud, received }] = ends as [(typeof ends)[0]];
    network.route = () => [60_000];
    network.send(boxId, new Uint8Array([7]));
    cloud.connect(boxId, 'any');
    clock.advance(61_000);
    expect(received).toEqual([7]);
  });

  it('tells the server of a silent box after one and a half keep-alives, of a leaving one at once', () => {
    const { clock, network, ends, happened } = world(2);
    const [first, second] = ends as [(typeof ends)[0], (typeof ends)[0]];
    first.cloud.disconnect();
    clock.advance(100);
    expect(happened.at(-1)).toBe('disconnected 81');
    second.link.state = 'silent';
    clock.advance(40_000);
    expect(happened).toHaveLength(3);
    clock.advance(40_000);
    expect(happened).toHaveLength(4);
    expect(network.send(second.boxId, new Uint8Array(1))).toBe(false);
  });

  it('hears no goodbye from a box without power', () => {
    const { clock, ends, happened } = world();
    const [{ link, cloud }] = ends as [(typeof ends)[0]];
    link.powered = () => false;
    cloud.disconnect();
    clock.advance(30_000);
    expect(happened).toHaveLength(1);
    clock.advance(30_000);
    expect(happened).toHaveLength(2);
  });

  it('keeps a quiet connection alive for days', () => {
    const { clock, ends, happened } = world();
    clock.advance(3 * 86_400_000);
    expect([ends[0]?.cloud.up, happened]).toEqual([true, ['connected 81']]);
  });

  it('connects nobody while no server stands behind it', () => {
    const { clock, network, ends } = world();
    network.serve(undefined);
    clock.advance(100);
    expect(ends[0]?.cloud.up).toBe(false);
    ends[0]?.cloud.connect(ends[0].boxId, 'any');
    clock.advance(100);
    expect(ends[0]?.cloud.up).toBe(false);
  });
});
