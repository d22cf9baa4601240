// Frames over MQTT 3.1.1: one connection at a time, clean session, QoS 1, the box's own two topics and no
// other. It makes one connection when told and says how that went; when to try again is the core's business.
// A publish that is not acknowledged in time means that nobody works at the far end: the connection is ended.
import { downTopic, limits, parseBoxId, upTopic } from '@smartbox/protocol';
import {
  type MqttClient,
  type MqttInstance,
  type MqttReadable,
  mqttOperation,
  type Timer,
  type TimerHandle,
} from '../ports/index.ts';

/** From CONNECT to SUBACK. */
const CONNECT_TIMEOUT_MS = 15_000;
/** From PUBLISH to PUBACK; the cloud acknowledges what is durable. */
const ACKNOWLEDGE_TIMEOUT_MS = 20_000;
/** A silent connection is found dead within one and a half of these. */
const KEEP_ALIVE_MS = 30_000;
/** Publishes under way, below what the broker takes (16), and waiting behind them. */
const IN_FLIGHT = 8;
const WAITING = 16;
/** What a PUBLISH adds to its payload: fixed header, topic and packet id, generously. */
const PUBLISH_OVERHEAD_BYTES = 64;
const REFUSED_SUBSCRIPTION = 0x80;
const LAST_PACKET_ID = 0xffff;

export interface CloudLinkOptions {
  readonly mqtt: MqttInstance;
  readonly timer: Timer;
  readonly onFrame: (frame: Uint8Array) => void;
  /** True when connected and subscribed; false when that failed, or is over. */
  readonly onChange: (up: boolean) => void;
  /** A frame was dropped because too many were waiting. */
  readonly onOverflow: () => void;
}

interface Connection {
  readonly client: MqttClient;
  readonly topics: { readonly up: string; readonly down: string };
  /** Packet id of each unacknowledged publish, and its deadline. */
  readonly inFlight: Map<number, TimerHandle>;
  readonly waiting: Uint8Array[];
  connecting: TimerHandle | undefined;
  state: 'connecting' | 'subscribing' | 'up';
  writable: number;
  nextId: number;
  incoming: { readonly wanted: boolean; readonly bytes: Uint8Array; received: number } | undefined;
}

export class CloudLink {
  readonly #options: CloudLinkOptions;
  #connection: Connection | undefined;

  constructor(options: CloudLinkOptions) {
    this.#options = options;
  }

  /** Whether frames can be sent now. */
  get up(): boolean {
    return this.#connection?.state === 'up';
  }

  /** Makes one connection as box `username`, dropping an earlier one. */
  connect(username: string, password: string): void {
    this.disconnect();
    const boxId = parseBoxId(username);
    if (boxId === undefined) {
      this.#options.onChange(false);
      return;
    }
    const { mqtt, timer } = this.#options;
    // Notices of a connection that was given up for another must not touch its successor.
    let mine: Connection | undefined;
    const current = (): Connection | undefined => (mine === this.#connection ? mine : undefined);
    const client = new mqtt.io({
      ...mqtt,
      id: boxId,
      user: boxId,
      password,
      clean: true,
      keepAlive: KEEP_ALIVE_MS,
      onWritable: (count) => this.#writable(current(), count),
      onControl: (operation, message) => this.#control(current(), operation, message),
      onReadable: (count, message) => this.#readable(current(), count, message),
      onClose: () => this.#lost(current()),
      onError: () => this.#lost(current()),
    });
    mine = {
      client,
      topics: { up: upTopic(boxId), down: downTopic(boxId) },
      inFlight: new Map(),
      waiting: [],
      connecting: timer.set(() => this.#lost(current()), CONNECT_TIMEOUT_MS),
      state: 'connecting',
      writable: 0,
      nextId: 1,
      incoming: undefined,
    };
    this.#connection = mine;
  }

  /** Ends the connection without a word. */
  disconnect(): void {
    const connection = this.#connection;
    if (connection === undefined) return;
    this.#connection = undefined;
    this.#options.timer.clear(connection.connecting);
    for (const deadline of connection.inFlight.values()) this.#options.timer.clear(deadline);
    connection.client.close();
  }

  /** Sends a frame if the link is up; one that is lost with the link is the sender's to send again. */
  send(frame: Uint8Array): void {
    const connection = this.#connection;
    if (connection?.state !== 'up') return;
    if (connection.waiting.length >= WAITING) {
      this.#options.onOverflow();
      return;
    }
    connection.waiting.push(frame);
    this.#flush(connection);
  }

  #writable(connection: Connection | undefined, count: number): void {
    if (connection === undefined) return;
    connection.writable = count;
    if (connection.state === 'connecting') {
      connection.state = 'subscribing';
      const items = [{ topic: connection.topics.down, QoS: 1 }];
      const options = { operation: mqttOperation.SUBSCRIBE, id: connection.nextId++, items };
      connection.writable = connection.client.write(new Uint8Array(), options);
    } else this.#flush(connection);
  }

  #control(
    connection: Connection | undefined,
    operation: number,
    message: { readonly id: number; readonly payload?: ArrayBuffer },
  ): void {
    if (connection === undefined) return;
    if (operation === mqttOperation.SUBACK && connection.state === 'subscribing') {
      const granted = new Uint8Array(message.payload ?? new ArrayBuffer(0))[0] ?? 0;
      if (granted >= REFUSED_SUBSCRIPTION) {
        this.#lost(connection);
        return;
      }
      this.#options.timer.clear(connection.connecting);
      connection.state = 'up';
      this.#options.onChange(true);
    }
    if (operation === mqttOperation.PUBACK) {
      this.#options.timer.clear(connection.inFlight.get(message.id));
      connection.inFlight.delete(message.id);
      this.#flush(connection);
    }
  }

  /** Takes what is announced even where it is not wanted: what is left unread would block the next message. */
  #readable(connection: Connection | undefined, count: number, message: MqttReadable): void {
    if (connection === undefined) return;
    if (message.topic !== undefined) {
      const length = message.byteLength ?? count;
      const wanted = message.topic === connection.topics.down && length <= limits.frameBytes;
      connection.incoming = { wanted, bytes: new Uint8Array(wanted ? length : 0), received: 0 };
    }
    const part = new Uint8Array(connection.client.read(count));
    const { incoming } = connection;
    if (incoming === undefined) return;
    if (incoming.wanted && incoming.received + part.length <= incoming.bytes.length) {
      incoming.bytes.set(part, incoming.received);
    }
    incoming.received += part.length;
    if (message.more) return;
    connection.incoming = undefined;
    if (incoming.wanted && incoming.received === incoming.bytes.length) this.#options.onFrame(incoming.bytes);
  }

  #flush(connection: Connection): void {
    while (connection.state === 'up' && connection.inFlight.size < IN_FLIGHT) {
      const [frame] = connection.waiting;
      if (frame === undefined || connection.writable < frame.length + PUBLISH_OVERHEAD_BYTES) return;
      connection.waiting.shift();
      const id = this.#takeId(connection);
      const lost = () => this.#lost(this.#connection === connection ? connection : undefined);
      connection.inFlight.set(id, this.#options.timer.set(lost, ACKNOWLEDGE_TIMEOUT_MS));
      connection.writable = connection.client.write(frame, { topic: connection.topics.up, QoS: 1, id });
    }
  }

  #takeId(connection: Connection): number {
    let id = connection.nextId;
    while (connection.inFlight.has(id)) id = (id % LAST_PACKET_ID) + 1;
    connection.nextId = (id % LAST_PACKET_ID) + 1;
    return id;
  }

  #lost(connection: Connection | undefined): void {
    if (connection === undefined) return;
    this.disconnect();
    this.#options.onChange(false);
  }
}
