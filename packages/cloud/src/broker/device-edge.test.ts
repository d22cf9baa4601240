// Frames in, messages to handlers, sealed answers out, and a counted refusal for everything else.

import { type BoxId, type DownMessage, nobleCrypto } from '@smartbox/protocol';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { FixedPorts, seededEntropy } from '../../test/fixed-ports.ts';
import { confirmed, heartbeat, memoryKeyring, TestBox, testTenant } from '../../test/test-box.ts';
import { createCommitGroup } from '../platform/commit-group.ts';
import { openDatabase } from '../platform/database.ts';
import type { DeviceTransport, DeviceTransportHandlers } from '../platform/device-transport.ts';
import { createEventBus } from '../platform/events.ts';
import { silentLog } from '../platform/log.ts';
import { createMetrics } from '../platform/metrics.ts';
import { createDeviceEdge } from './device-edge.ts';

const answered: DownMessage = { name: 'heartbeat-answered', body: { timeMs: 5 } };

class Wire implements DeviceTransport {
  handlers!: DeviceTransportHandlers;
  readonly sent: { readonly boxId: BoxId; readonly frame: Uint8Array }[] = [];
  async start(handlers: DeviceTransportHandlers): Promise<void> {
    this.handlers = handlers;
  }
  send(boxId: BoxId, frame: Uint8Array): boolean {
    this.sent.push({ boxId, frame });
    return true;
  }
  async stop(): Promise<void> {}
  last(): Uint8Array | undefined {
    return this.sent.at(-1)?.frame;
  }
}

async function createWorld(framesPerMinute = 0) {
  const ports = new FixedPorts();
  const wire = new Wire();
  const box = new TestBox(1);
  const other = new TestBox(2);
  const keyring = memoryKeyring([box, other]);
  const steps: string[] = [];
  let failing = false;
  const commitGroup = createCommitGroup({
    database: openDatabase({ path: ':memory:', migrations: [] }),
    defer: ports.defer,
    hooks: {
      beforeCommit: () => {
        if (failing) throw new RangeError('disk full');
      },
    },
  });
  const metrics = createMetrics(ports.clock);
  const edge = createDeviceEdge({
    crypto: nobleCrypto,
    transport: wire,
    commitGroup,
    events: createEventBus(commitGroup),
    clock: ports.clock,
    timers: ports.timers,
    entropy: seededEntropy('cloud'),
    metrics,
    log: silentLog(),
    trace: (stage, boxId) => steps.push(`${stage} ${boxId === box.boxId ? 'box' : 'other'}`),
    epochsAhead: 8,
    framesPerMinute,
  });
  await edge.start(keyring);
  for (const { boxId } of [box, other]) wire.handlers.connected(boxId);
  let done = 0;
  const deliver = (frame: Uint8Array, from: BoxId = box.boxId): void => {
    wire.handlers.frame(from, frame, () => {
      done += 1;
    });
    ports.drain();
  };
  const refusals = async (): Promise<Record<string, number>> =>
    Object.fromEntries(
      [...(await metrics.render()).matchAll(/frames_refused_total\{reason="([^"]+)"\} (\d+)/g)].map(
        ([, reason, count]) => [reason, Number(count)],
      ),
    );
  return {
    ports,
    wire,
    box,
    other,
    keyring,
    steps,
    edge,
    deliver,
    refusals,
    acknowledged: () => done,
    failCommits: (fail: boolean) => {
      failing = fail;
    },
    handshake() {
      deliver(box.hello());
      expect(box.welcome(wire.last())).toBeUndefined();
      deliver(box.seal(confirmed));
    },
  };
}

describe('the broker edge', () => {
  let world: Awaited<ReturnType<typeof createWorld>>;
  beforeEach(async () => {
    world = await createWorld();
  });

  it('shakes hands, and moves the keys on when the box has confirmed (SEC-08)', () => {
    const { box, wire, deliver, keyring, edge } = world;
    deliver(box.hello());
    expect(box.welcome(wire.last())).toBeUndefined();
    expect(keyring.stored.get(box.boxId)?.keys).toMatchObject({ epoch: 0, counter: 1 });
    expect(edge.port.connectedBoxes()).toEqual([]);
    deliver(box.seal(confirmed));
    expect(keyring.stored.get(box.boxId)?.keys).toMatchObject({ epoch: 1, rootKey: box.rootKey });
    expect(edge.port.connectedBoxes()).toEqual([box.boxId]);
  });

  it('hands a message to its handler in the transaction and answers after the commit', () => {
    const { box, wire, deliver, edge, steps, ports } = world;
    const heard: unknown[] = [];
    edge.port.onMessage('heartbeat', (from, body) => {
      heard.push([from.tenantId, from.boxId, body.batteryPercent]);
      return [{ message: answered }];
    });
    world.handshake();
    steps.length = 0;
    const before = wire.sent.length;
    wire.handlers.frame(box.boxId, box.seal(heartbeat), () => steps.push('acknowledged'));
    expect([wire.sent.length, heard.length]).toEqual([before, 0]);
    ports.drain();
    expect(heard).toEqual([[testTenant, box.boxId, 100]]);
    expect(box.open(wire.last())).toEqual(answered);
    expect(steps).toEqual(['frame-received box', 'decided box', 'answered box', 'acknowledged']);
    void deliver;
  });

  it('takes a record that came in the same turn as the confirmation before it', () => {
    const { box, wire, deliver, edge, ports } = world;
    edge.port.onMessage('heartbeat', () => [{ message: answered }]);
    deliver(box.hello());
    box.welcome(wire.last());
    const frames = [box.seal(confirmed), box.seal(heartbeat)];
    for (const frame of frames) wire.handlers.frame(box.boxId, frame, () => {});
    ports.drain();
    expect(box.open(wire.last())).toEqual(answered);
  });

  it('counts what follows a confirmation that had no effect as nothing', async () => {
    const { box, wire, deliver, edge, ports, refusals } = world;
    let heard = 0;
    edge.port.onMessage('session-confirmed', () => {
      throw new RangeError('the register is broken');
    });
    edge.port.onMessage('heartbeat', () => {
      heard += 1;
      return [];
    });
    deliver(box.hello());
    box.welcome(wire.last());
    for (const frame of [box.seal(confirmed), box.seal(heartbeat)])
      wire.handlers.frame(box.boxId, frame, () => {});
    ports.drain();
    expect(heard).toBe(0);
    deliver(box.seal(heartbeat));
    expect(await refusals()).toMatchObject({ 'handler-failed': 2, 'unknown-session': 1 });
    expect(edge.port.connectedBoxes()).toEqual([]);
  });

  it('answers nothing and promises nothing when the commit fails', () => {
    const { box, wire, deliver, edge, failCommits } = world;
    edge.port.onMessage('heartbeat', () => [{ message: answered }]);
    world.handshake();
    const before = wire.sent.length;
    failCommits(true);
    deliver(box.seal(heartbeat));
    deliver(box.hello());
    expect(wire.sent.length).toBe(before);
    failCommits(false);
    world.handshake();
    deliver(box.seal(heartbeat));
    expect(box.open(wire.last())).toEqual(answered);
  });

  it('refuses a replayed record and a replayed hello, and goes on (SEC-08)', async () => {
    const { box, deliver, edge, refusals, wire } = world;
    let heard = 0;
    edge.port.onMessage('heartbeat', () => {
      heard += 1;
      return [{ message: answered }];
    });
    const hello = box.hello();
    deliver(hello);
    box.welcome(wire.last());
    deliver(box.seal(confirmed));
    const record = box.seal(heartbeat);
    for (const frame of [record, record, hello, record]) deliver(frame);
    expect(heard).toBe(1);
    expect(await refusals()).toEqual({ replayed: 2, 'stale-epoch': 1 });
    deliver(box.seal(heartbeat));
    expect(heard).toBe(2);
  });

  it('refuses records before the confirmation and a second confirmation', async () => {
    const { box, wire, deliver, refusals } = world;
    deliver(box.hello());
    box.welcome(wire.last());
    deliver(box.seal(heartbeat));
    deliver(box.seal(confirmed));
    deliver(box.seal(confirmed));
    expect(await refusals()).toEqual({ 'unconfirmed-session': 2 });
  });

  it('refuses a frame of another box, however good it is (SEC-08)', async () => {
    const { box, other, deliver, refusals } = world;
    world.handshake();
    deliver(box.seal(heartbeat), other.boxId);
    deliver(box.hello(), other.boxId);
    expect(await refusals()).toEqual({ 'unknown-session': 1, 'bad-hello': 1 });
  });

  it('takes no more frames of one box than it may send, and goes on with the others (SEC-15)', async () => {
    const { box, other, deliver, refusals, acknowledged, ports } = await createWorld(3);
    const junk = new Uint8Array([0xff]);
    for (let sent = 0; sent < 10; sent++) deliver(junk);
    deliver(junk, other.boxId);
    expect(await refusals()).toEqual({ 'unknown-version': 4, 'too-many-frames': 7 });
    expect(acknowledged()).toBe(11);
    ports.advance(20_000);
    deliver(junk, box.boxId);
    expect(await refusals()).toMatchObject({ 'unknown-version': 5 });
  });

  it('never throws, never answers and always acknowledges, whatever the bytes are', async () => {
    const { box, wire, deliver, edge, acknowledged } = world;
    edge.port.onMessage('heartbeat', () => [{ message: answered }]);
    world.handshake();
    const before = wire.sent.length;
    let delivered = acknowledged();
    const good = box.seal(heartbeat);
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array({ maxLength: 1_300 }),
          fc
            .tuple(fc.nat({ max: good.length - 1 }), fc.integer({ min: 1, max: 255 }))
            .map(([at, flip]) => Uint8Array.from(good, (byte, index) => (index === at ? byte ^ flip : byte))),
          fc.nat({ max: good.length - 1 }).map((length) => good.slice(0, length)),
          fc
            .tuple(fc.constantFrom(0, 1, 2, 3, 4, 5, 6), fc.uint8Array({ maxLength: 120 }))
            .map(([type, rest]) => Uint8Array.of(32 | type, ...rest)),
        ),
        (frame) => {
          deliver(frame);
          delivered += 1;
          expect(acknowledged()).toBe(delivered);
          expect(wire.sent.length).toBe(before);
        },
      ),
      { numRuns: 500 },
    );
    deliver(good);
    expect(box.open(wire.last())).toEqual(answered);
  });

  it('never seals two messages under one number', () => {
    const { box, wire, deliver, edge } = world;
    edge.port.onMessage('heartbeat', () => [{ message: answered }, { message: answered }]);
    world.handshake();
    for (let turn = 0; turn < 3; turn++) deliver(box.seal(heartbeat));
    const sent = wire.sent.slice(-6).map(({ frame }) => frame);
    expect(sent.map((frame) => Buffer.from(frame).readUInt32BE(5))).toEqual([1, 2, 3, 4, 5, 6]);
    for (const frame of sent) expect(box.open(frame)).toEqual(answered);
  });

  it('holds an answer back until its time, so that refusals take equally long', () => {
    const { box, wire, deliver, edge, ports } = world;
    edge.port.onMessage('heartbeat', () => [{ message: answered, holdMs: 400 }]);
    world.handshake();
    const before = wire.sent.length;
    deliver(box.seal(heartbeat));
    ports.advance(399);
    expect(wire.sent.length).toBe(before);
    ports.advance(1);
    expect(box.open(wire.last())).toEqual(answered);
  });

  it('drops a held answer when the box has shaken hands again meanwhile', () => {
    const { box, wire, deliver, edge, ports } = world;
    edge.port.onMessage('heartbeat', () => [{ message: answered, holdMs: 400 }]);
    world.handshake();
    deliver(box.seal(heartbeat));
    world.handshake();
    const before = wire.sent.length;
    ports.advance(1_000);
    expect(wire.sent.length).toBe(before);
  });

  it('sends a feature’s message after the commit, and not to a box without a session', () => {
    const { box, other, wire, deliver, edge } = world;
    world.handshake();
    edge.port.onMessage('heartbeat', () => {
      expect(edge.port.send(box.boxId, answered)).toBe(true);
      expect(edge.port.send(other.boxId, answered)).toBe(false);
      return [];
    });
    const before = wire.sent.length;
    deliver(box.seal(heartbeat));
    expect(wire.sent.length).toBe(before + 1);
    expect(box.open(wire.last())).toEqual(answered);
    wire.handlers.disconnected(box.boxId);
    expect(edge.port.send(box.boxId, answered)).toBe(false);
  });

  it('leaves key exchanges to the register of boxes and sends its answer as it is', async () => {
    const { box, wire, deliver, edge, refusals } = world;
    const welcome = Uint8Array.of(1, 2, 3);
    edge.port.onExchangeHello((boxId, kind) => {
      if (boxId !== box.boxId) return { kind: 'refused', reason: 'bad-hello' };
      return kind === 'claim' ? welcome : undefined;
    });
    deliver(Uint8Array.of(32 | 3, 9));
    expect(wire.last()).toEqual(welcome);
    deliver(Uint8Array.of(32 | 5, 9));
    deliver(Uint8Array.of(32 | 3, 9), world.other.boxId);
    expect(wire.sent).toHaveLength(1);
    expect(await refusals()).toEqual({ 'bad-hello': 1 });
  });

  it('takes a Diffie-Hellman step, also when its confirmation is lost', () => {
    const { box, wire, deliver, keyring } = world;
    world.handshake();
    deliver(box.hello(true));
    expect(box.welcome(wire.last())).toBeUndefined();
    // The confirmation is lost here: the box is one epoch ahead, with a key that only it and the pending one hold.
    deliver(box.hello());
    expect(box.welcome(wire.last())).toBeUndefined();
    deliver(box.seal(confirmed));
    expect(keyring.stored.get(box.boxId)?.keys).toMatchObject({ epoch: 3, rootKey: box.rootKey });
  });
});

describe('a login', () => {
  it('is one of the box’s own passwords, compared by hash (SEC-08)', async () => {
    const { wire, box, other, keyring } = await createWorld();
    const { createHash } = await import('node:crypto');
    const hashOf = (text: string): Uint8Array => createHash('sha256').update(text).digest();
    keyring.loginHashes = (boxId) => (boxId === box.boxId ? [hashOf('old'), hashOf('new')] : []);
    const login = (boxId: BoxId, password: string): boolean =>
      wire.handlers.authenticate(boxId, Buffer.from(password));
    expect([login(box.boxId, 'old'), login(box.boxId, 'new')]).toEqual([true, true]);
    expect([login(box.boxId, 'other'), login(box.boxId, ''), login(other.boxId, 'old')]).toEqual([
      false,
      false,
      false,
    ]);
    keyring.loginHashes = () => {
      throw new RangeError('database is gone');
    };
    expect(login(box.boxId, 'old')).toBe(false);
  });
});
