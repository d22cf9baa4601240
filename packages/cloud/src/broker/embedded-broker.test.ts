// The broker as it is met from outside: real sockets, a real MQTT client, and people who mean harm.

import { mkdtempSync, readFileSync, statSync } from 'node:fs';
import { connect as connectTcp, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BoxId, boxIdFromBytes, downTopic, upTopic } from '@smartbox/protocol';
import mqtt, { type IClientOptions, type MqttClient } from 'mqtt';
import mqttPacket from 'mqtt-packet';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { silentLog } from '../platform/log.ts';
import { developmentCertificates } from './development-certificates.ts';
import { createEmbeddedBroker, type EmbeddedBroker } from './embedded-broker.ts';

const box = boxIdFromBytes(new Uint8Array(8).fill(1));
const other = boxIdFromBytes(new Uint8Array(8).fill(2));

/** What the broker told, and a way to wait for it without sleeping. */
class Told {
  readonly lines: string[] = [];
  #waiting: { readonly match: (line: string) => boolean; readonly found: () => void }[] = [];

  say(line: string): void {
    this.lines.push(line);
    for (const { match, found } of this.#waiting) if (match(line)) found();
    this.#waiting = this.#waiting.filter(({ match }) => !match(line));
  }

  until(wanted: string): Promise<void> {
    if (this.lines.includes(wanted)) return Promise.resolve();
    return new Promise((found) => this.#waiting.push({ match: (line) => line === wanted, found }));
  }
}

describe('the embedded broker', () => {
  let broker: EmbeddedBroker;
  let told: Told;
  let acknowledge: (() => void)[];
  let clients: MqttClient[];

  const handlers = () => ({
    authenticate: (boxId: BoxId, password: Uint8Array) =>
      Buffer.from(password).toString() === `password of ${boxId}`,
    frame: (boxId: BoxId, frame: Uint8Array, done: () => void) => {
      told.say(`frame ${boxId} ${Buffer.from(frame).toString('hex')}`);
      acknowledge.push(done);
    },
    connected: (boxId: BoxId) => told.say(`connected ${boxId}`),
    disconnected: (boxId: BoxId) => told.say(`disconnected ${boxId}`),
  });

  async function startBroker(
    options: Partial<Parameters<typeof createEmbeddedBroker>[0]> = {},
  ): Promise<number> {
    broker = createEmbeddedBroker(
      {
        plain: { host: '127.0.0.1', port: 0, setting: 'SMARTBOX_MQTT_PORT' },
        connectionsPerAddress: 64,
        ...options,
      },
      { log: silentLog(), metrics: { connectionRefused: (reason) => told.say(`refused ${reason}`) } },
    );
    await broker.start(handlers());
    return broker.ports().plain ?? broker.ports().tls ?? 0;
  }

  function connect(port: number, options: IClientOptions = {}): MqttClient {
    const client = mqtt.connect({
      host: '127.0.0.1',
      port,
      clientId: box,
      username: box,
      password: `password of ${box}`,
      reconnectPeriod: 0,
      connectTimeout: 2_000,
      ...options,
    });
    client.on('error', () => {});
    clients.push(client);
    return client;
  }

  const connectedClient = async (port: number, options: IClientOptions = {}): Promise<MqttClient> => {
    const client = connect(port, options);
    await new Promise<void>((resolve, reject) => {
      client.once('connect', () => resolve());
      client.once('close', () => reject(new Error('closed')));
    });
    return client;
  };
  const closed = (client: MqttClient): Promise<void> =>
    new Promise((resolve) => client.once('close', () => resolve()));
  /** The QoS that the broker granted, 128 for a refusal. */
  const subscribe = (client: MqttClient, topic: string, qos: 0 | 1 | 2 = 1): Promise<number | string> =>
    new Promise((resolve) => {
      client.subscribe(topic, { qos }, (error, granted) =>
        resolve(error ? 128 : (granted?.[0]?.qos ?? 'none')),
      );
      client.once('close', () => resolve('closed'));
    });

  beforeEach(() => {
    told = new Told();
    acknowledge = [];
    clients = [];
  });
  afterEach(async () => {
    for (const client of clients) client.end(true);
    await broker.stop();
  });

  it('carries frames both ways and acknowledges one only when it is done', async () => {
    const client = await connectedClient(await startBroker());
    expect(await subscribe(client, downTopic(box))).toBe(1);
    await told.until(`connected ${box}`);
    let acknowledged = false;
    const published = client.publishAsync(upTopic(box), Buffer.from('2001', 'hex'), { qos: 1 }).then(() => {
      acknowledged = true;
    });
    await told.until(`frame ${box} 2001`);
    const arrived = new Promise<string>((resolve) =>
      client.once('message', (_topic, payload) => resolve(payload.toString('hex'))),
    );
    expect(broker.send(box, Uint8Array.of(0x22, 2))).toBe(true);
    expect(await arrived).toBe('2202');
    expect(acknowledged).toBe(false);
    acknowledge[0]?.();
    await published;
    expect(acknowledged).toBe(true);
  });

  it('lets a box send its longest frame once it has logged in, and not before', async () => {
    const client = await connectedClient(await startBroker());
    const frame = Buffer.alloc(1_100, 0x20);
    client.publish(upTopic(box), frame, { qos: 1 });
    await told.until(`frame ${box} ${frame.toString('hex')}`);
  });

  it('does not send to a box that is away or has not subscribed', async () => {
    const port = await startBroker();
    expect(broker.send(box, Uint8Array.of(1))).toBe(false);
    const client = await connectedClient(port);
    expect(broker.send(box, Uint8Array.of(1))).toBe(false);
    await subscribe(client, downTopic(box));
    expect(broker.send(box, Uint8Array.of(1))).toBe(true);
    client.end(true);
    await told.until(`disconnected ${box}`);
    expect(broker.send(box, Uint8Array.of(1))).toBe(false);
  });

  it.each([
    ['#'],
    ['+'],
    ['sb/1/+/dn'],
    ['sb/1/#'],
    [upTopic(box)],
    [downTopic(other)],
    [`${downTopic(box)}/`],
    [`$share/g/${downTopic(box)}`],
    ['$SYS/#'],
    [`sb/1/../1/${box}/dn`],
  ])('refuses a subscription to %s (SEC-08)', async (topic) => {
    const client = await connectedClient(await startBroker());
    expect([128, 'closed']).toContain(await subscribe(client, topic));
    expect(told.lines.filter((line) => line.startsWith('connected'))).toEqual([]);
    expect(broker.send(box, Uint8Array.of(1))).toBe(false);
  });

  it.each([
    ['the topic of another box', upTopic(other), {}],
    ['its own down topic', downTopic(box), {}],
    ['a system topic', '$SYS/x/new/clients', {}],
    ['QoS 2', upTopic(box), { qos: 2 as const }],
    ['a retained message', upTopic(box), { retain: true }],
  ])('cuts a box that publishes to %s (SEC-08)', async (_what, topic, options) => {
    const client = await connectedClient(await startBroker());
    const ended = closed(client);
    client.publish(topic, Buffer.from('00', 'hex'), { qos: 1, ...options });
    await ended;
    expect(told.lines.filter((line) => line.startsWith('frame'))).toEqual([]);
  });

  it.each([
    ['a wrong password', { password: 'wrong' }],
    ['no password', { password: undefined as never }],
    ['the name of another box', { username: other }],
    ['another client id', { clientId: other }],
    [
      'a client id in small letters',
      { clientId: box.toLowerCase(), username: box.toLowerCase(), password: `password of ${box}` },
    ],
    ['a session that outlives the connection', { clean: false }],
    ['a will', { will: { topic: upTopic(box), payload: Buffer.from('x'), qos: 1 as const, retain: false } }],
    ['a keep-alive beyond five minutes', { keepalive: 301 }],
    ['no keep-alive', { keepalive: 0 }],
    ['MQTT 5', { protocolVersion: 5 as const }],
  ])('lets nobody in with %s (SEC-08)', async (_what, options) => {
    const port = await startBroker();
    await expect(connectedClient(port, options)).rejects.toThrow('closed');
  });

  it('lets the second connection of a box replace the first', async () => {
    const port = await startBroker();
    const first = await connectedClient(port);
    await subscribe(first, downTopic(box));
    const ended = closed(first);
    const second = await connectedClient(port);
    await ended;
    await subscribe(second, downTopic(box));
    const arrived = new Promise<string>((resolve) =>
      second.once('message', (_topic, payload) => resolve(payload.toString('hex'))),
    );
    expect(broker.send(box, Uint8Array.of(7))).toBe(true);
    expect(await arrived).toBe('07');
  });

  it('passes nothing from one box to another', async () => {
    const port = await startBroker();
    const listener = await connectedClient(port, {
      clientId: other,
      username: other,
      password: `password of ${other}`,
    });
    let heard = 0;
    listener.on('message', () => {
      heard += 1;
    });
    await subscribe(listener, downTopic(other));
    const talker = await connectedClient(port);
    const published = talker.publishAsync(upTopic(box), Buffer.from('20', 'hex'), { qos: 1 });
    await told.until(`frame ${box} 20`);
    acknowledge[0]?.();
    await published;
    await listener.publishAsync(upTopic(other), Buffer.from('21', 'hex'), { qos: 0 });
    await told.until(`frame ${other} 21`);
    expect(heard).toBe(0);
  });

  /** Pushes bytes until the other side hangs up. @returns how many left this side */
  function flood(port: number, head: Uint8Array, totalBytes: number): Promise<number> {
    const chunk = Buffer.alloc(1 << 20);
    return new Promise((resolve) => {
      const socket: Socket = connectTcp(port, '127.0.0.1');
      const push = (): void => {
        while (!socket.destroyed && socket.bytesWritten < totalBytes && socket.write(chunk));
      };
      socket.on('error', () => {});
      socket.on('drain', push);
      socket.on('close', () => resolve(socket.bytesWritten));
      socket.on('connect', () => {
        socket.write(head);
        push();
      });
    });
  }

  it('drops an unauthenticated CONNECT that announces 200 MB without keeping it (SEC-15)', async () => {
    const port = await startBroker();
    const before = process.memoryUsage().rss;
    const written = await flood(port, Uint8Array.of(0x10, 0x80, 0x88, 0xaf, 0x5f), 200 << 20);
    await told.until('refused packet-too-large');
    // What the kernel's own buffers hold on loopback may leave; the 200 MB do not.
    expect(written).toBeLessThan(32 << 20);
    expect(process.memoryUsage().rss - before).toBeLessThan(64 << 20);
  });

  it('drops a box that announces more than 8,192 bytes', async () => {
    const port = await startBroker();
    const greeting = mqttPacket.generate({
      cmd: 'connect',
      protocolId: 'MQTT',
      protocolVersion: 4,
      clean: true,
      clientId: box,
      keepalive: 60,
      username: box,
      password: Buffer.from(`password of ${box}`),
    });
    const socket = connectTcp(port, '127.0.0.1');
    const ended = new Promise<void>((resolve) => socket.once('close', () => resolve()));
    socket.on('error', () => {});
    socket.write(greeting);
    await new Promise((resolve) => socket.once('data', resolve));
    socket.write(Uint8Array.of(0x32, 0x81, 0x40));
    await ended;
    expect(told.lines).toContain('refused packet-too-large');
  });

  it('drops what is no MQTT at once', async () => {
    const port = await startBroker();
    await flood(port, Buffer.from('GET / HTTP/1.1\r\n\r\n'), 0);
    expect(told.lines).toContain('refused not-a-connect');
  });

  it('holds no more connections of one address than allowed (SEC-15)', async () => {
    const port = await startBroker({ connectionsPerAddress: 2 });
    const open = [connectTcp(port, '127.0.0.1'), connectTcp(port, '127.0.0.1')];
    await Promise.all(open.map((socket) => new Promise((resolve) => socket.once('connect', resolve))));
    await flood(port, new Uint8Array(0), 0);
    expect(told.lines).toEqual(['refused too-many-from-address']);
    const left = new Promise((resolve) => open[0]?.once('close', resolve));
    open[0]?.destroy();
    await left;
    open[1]?.destroy();
  });

  it('says in plain words that its port is taken, and the way out', async () => {
    const port = await startBroker();
    const second = createEmbeddedBroker(
      { plain: { host: '127.0.0.1', port, setting: 'SMARTBOX_MQTT_PORT' }, connectionsPerAddress: 1 },
      { log: silentLog(), metrics: { connectionRefused: () => {} } },
    );
    await expect(second.start(handlers())).rejects.toThrow(
      new RegExp(`Port ${port} on 127.0.0.1 is taken[\\s\\S]*SMARTBOX_MQTT_PORT=${port + 1}`),
    );
    await second.stop();
  });

  it('speaks TLS 1.3 with a certificate of its own authority, kept in private files (SEC-07)', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'smartbox-tls-'));
    const options = {
      directory,
      names: ['localhost', '127.0.0.1'],
      clock: { nowMs: () => Date.now(), monotonicMs: () => 0 },
    };
    const keys = await developmentCertificates(options);
    for (const name of ['ca.pem', 'ca-key.pem', 'server.pem', 'server-key.pem']) {
      expect(statSync(join(directory, name)).mode & 0o777).toBe(0o600);
    }
    expect((await developmentCertificates(options)).certificate).toBe(keys.certificate);
    const renamed = await developmentCertificates({ ...options, names: ['cloud.example'] });
    expect(renamed.certificate).not.toBe(keys.certificate);

    const tls = { host: '127.0.0.1', port: 0, setting: 'SMARTBOX_MQTT_TLS_PORT', keys: async () => keys };
    broker = createEmbeddedBroker(
      { tls, connectionsPerAddress: 64 },
      { log: silentLog(), metrics: { connectionRefused: (reason) => told.say(`refused ${reason}`) } },
    );
    await broker.start(handlers());
    const port = broker.ports().tls ?? 0;
    const ca = readFileSync(keys.authorityFile);
    const client = await connectedClient(port, { protocol: 'mqtts', ca });
    await subscribe(client, downTopic(box));
    expect(broker.send(box, Uint8Array.of(1))).toBe(true);
    await expect(connectedClient(port, { protocol: 'mqtts' })).rejects.toThrow('closed');
    await expect(connectedClient(port, { protocol: 'mqtt' })).rejects.toThrow('closed');
    await flood(port, Uint8Array.of(0x10, 0x80, 0x88, 0xaf, 0x5f), 1 << 20);
  });
});
