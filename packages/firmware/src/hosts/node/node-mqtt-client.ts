// The MQTT client port over mqtt.js: one MQTT 3.1.1 connection by TCP or TLS, no reconnecting, no queueing of
// its own. A switch stands for the home network of the simulated board, and its radio for the ways around it.
import mqtt, { type IClientOptions, type MqttClient as MqttJsClient } from 'mqtt';
import type { HomeNetwork, Reach } from '../../electronics/index.ts';
import {
  type MqttClient,
  type MqttClientConstructor,
  type MqttClientOptions,
  type MqttEndpoint,
  type MqttWriteOptions,
  mqttOperation,
  PortError,
} from '../../ports/index.ts';
import { HostError } from './host-error.ts';

/** What mqtt.js and the socket below it take without waiting, as far as a box is concerned. */
const SEND_BUFFER_BYTES = 65_536;
const REFUSED_SUBSCRIPTION = 0x80;
/** Above the link's own time-out, which is the one that counts. */
const CONNECT_TIMEOUT_MS = 30_000;

/** The `socket` part of the endpoint on this host. */
interface NodeSocket {
  readonly protocol: 'mqtt' | 'mqtts';
  /** Trusted certificates, PEM; the system's when absent. */
  readonly ca?: string;
}

/** The network that the box was installed with: gone it breaks every connection over it, and refuses new ones. */
export class NodeNetwork implements HomeNetwork {
  /** How far the box's radio gets; without one it is always at home. */
  reach: () => Reach = () => 'home';
  #up = true;
  readonly #clients = new Set<() => void>();
  readonly #watchers = new Set<() => void>();

  get up(): boolean {
    return this.#up;
  }

  set up(up: boolean) {
    this.#up = up;
    if (!up && this.reach() === 'home') for (const breakOff of [...this.#clients]) breakOff();
    for (const watcher of [...this.#watchers]) watcher();
  }

  get inReach(): boolean {
    return this.#up;
  }

  /** Whether a connection can be made now, over whichever network the box has joined. */
  get passes(): boolean {
    const reach = this.reach();
    return reach === 'home' ? this.#up : reach === 'internet';
  }

  watch(watcher: () => void): void {
    this.#watchers.add(watcher);
  }

  hold(breakOff: () => void): () => void {
    this.#clients.add(breakOff);
    return () => this.#clients.delete(breakOff);
  }
}

/** @param url `mqtt://host:port` or `mqtts://host:port`; @param ca PEM of the only trusted issuer */
export function nodeMqttEndpoint(url: string, ca?: string): MqttEndpoint {
  const parsed = URL.parse(url);
  const protocol = parsed?.protocol;
  if (parsed === null || (protocol !== 'mqtt:' && protocol !== 'mqtts:') || parsed.hostname === '') {
    throw new HostError(
      'bad-mqtt-url',
      `"${url}" is no broker address: write mqtt://host:1883 or mqtts://host:8883`,
    );
  }
  const tls = protocol === 'mqtts:';
  const socket: NodeSocket = { protocol: tls ? 'mqtts' : 'mqtt', ...(ca === undefined ? {} : { ca }) };
  const port = parsed.port === '' ? (tls ? 8883 : 1883) : Number(parsed.port);
  return { host: parsed.hostname.replace(/^\[|\]$/g, ''), port, socket: { ...socket }, dns: {} };
}

/** @returns the client class of the box that is plugged into `network` */
export function nodeMqttClientOn(network: NodeNetwork): MqttClientConstructor {
  return class extends NodeMqttClient {
    constructor(options: MqttClientOptions) {
      super(network, options);
    }
  };
}

class NodeMqttClient implements MqttClient {
  readonly #options: MqttClientOptions;
  readonly #client: MqttJsClient | undefined;
  readonly #unplug: () => void;
  #open = true;
  #message = new Uint8Array();

  constructor(network: NodeNetwork, options: MqttClientOptions) {
    this.#options = options;
    this.#unplug = network.hold(() => setImmediate(() => this.#fail('the network went down')));
    if (!network.passes) {
      setImmediate(() => this.#fail('the network is down'));
      return;
    }
    this.#client = mqtt.connect(connectOptions(options));
    this.#client.on('connect', () => this.#open && options.onWritable?.(SEND_BUFFER_BYTES));
    this.#client.on('message', (topic, payload, { qos }) => this.#received(topic, payload, qos));
    this.#client.on('error', (cause) => this.#fail('the connection failed', cause));
    this.#client.on('close', () => this.#closed());
  }

  read(count: number): ArrayBuffer {
    const bytes = this.#message.slice(0, count);
    this.#message = this.#message.slice(count);
    return bytes.buffer;
  }

  write(bytes: Uint8Array, options: MqttWriteOptions): number {
    const client = this.#client;
    if (!this.#open || client?.connected !== true) throw new PortError('not-connected');
    const { operation = mqttOperation.PUBLISH, id = 0, topic = '', items = [] } = options;
    if (operation === mqttOperation.SUBSCRIBE) this.#subscribe(client, id, items);
    else {
      client.publish(topic, Buffer.from(bytes), { qos: 1 }, (error) => {
        if (error !== undefined && error !== null) this.#fail('a frame was not sent', error);
        else this.#control({ operation: mqttOperation.PUBACK, id });
      });
    }
    return SEND_BUFFER_BYTES;
  }

  close(): void {
    if (!this.#open) return;
    this.#release();
  }

  #subscribe(client: MqttJsClient, id: number, items: NonNullable<MqttWriteOptions['items']>): void {
    const topics = Object.fromEntries(items.map(({ topic }) => [topic, { qos: 1 as const }]));
    client.subscribe(topics, (error, granted) => {
      // mqtt.js reports a refused filter as an error as well.
      const refused = error !== null && error !== undefined;
      const codes = refused ? [REFUSED_SUBSCRIPTION] : (granted ?? []).map(({ qos }) => qos);
      this.#control({ operation: mqttOperation.SUBACK, id, payload: new Uint8Array(codes).buffer });
    });
  }

  #control(message: {
    readonly operation: number;
    readonly id: number;
    readonly payload?: ArrayBuffer;
  }): void {
    if (this.#open) this.#options.onControl?.(message.operation, message);
  }

  #received(topic: string, payload: Uint8Array, qos: number): void {
    if (!this.#open) return;
    this.#message = new Uint8Array(payload);
    this.#options.onReadable?.(payload.length, { topic, QoS: qos, byteLength: payload.length, more: false });
  }

  #closed(): void {
    if (!this.#open) return;
    this.#release();
    this.#options.onClose?.();
  }

  #fail(detail: string, cause?: unknown): void {
    if (!this.#open) return;
    this.#release();
    this.#options.onError?.(new PortError('not-connected', detail, { cause }));
  }

  #release(): void {
    this.#open = false;
    this.#unplug();
    this.#client?.end(true);
  }
}

function connectOptions({
  host,
  port,
  id,
  user,
  password,
  clean,
  keepAlive,
  socket,
}: MqttClientOptions): IClientOptions {
  const { protocol, ca } = socket as unknown as NodeSocket;
  return {
    protocol,
    host,
    ...(port === undefined ? {} : { port }),
    ...(id === undefined ? {} : { clientId: id }),
    ...(user === undefined ? {} : { username: user }),
    ...(password === undefined ? {} : { password }),
    ...(ca === undefined ? {} : { ca }),
    clean: clean ?? true,
    keepalive: Math.ceil((keepAlive ?? 60_000) / 1_000),
    protocolVersion: 4,
    reconnectPeriod: 0,
    connectTimeout: CONNECT_TIMEOUT_MS,
    resubscribe: false,
    queueQoSZero: false,
  };
}
