// The MQTT client port over a line of the in-memory network: the same notices in the same order as over TCP,
// messages in pieces like those of a small receive buffer, and its own keep-alive.
import {
  type MqttClient,
  type MqttClientConstructor,
  type MqttClientOptions,
  type MqttWriteOptions,
  mqttOperation,
  PortError,
  type TimerHandle,
} from '../../ports/index.ts';
import type { LinkEnd, MemoryLink, Packet } from './memory-link.ts';

/** Bytes that the far end takes without waiting. */
const SEND_BUFFER_BYTES = 16_384;
/** Bytes of a message announced at a time. */
const RECEIVE_BUFFER_BYTES = 512;
const DEFAULT_KEEP_ALIVE_MS = 60_000;

/** Makes the far end of a new connection, which answers to `client`. */
export type Dial = (client: LinkEnd) => LinkEnd;

interface Access {
  readonly link: MemoryLink;
  readonly dial: Dial;
}

/** @returns the client class of the box at `link` */
export function memoryMqttClientOn(link: MemoryLink, dial: Dial): MqttClientConstructor {
  return class extends MemoryMqttClient {
    constructor(options: MqttClientOptions) {
      super({ link, dial }, options);
    }
  };
}

class MemoryMqttClient implements MqttClient, LinkEnd {
  readonly #link: MemoryLink;
  readonly #options: MqttClientOptions;
  readonly #broker: LinkEnd;
  readonly #hangUp: () => void;
  #open = true;
  #accepted = false;
  #readable = new Uint8Array();
  #beating: TimerHandle | undefined;
  #awaitingPong = false;

  constructor({ link, dial }: Access, options: MqttClientOptions) {
    this.#link = link;
    this.#options = options;
    this.#hangUp = link.hold(this);
    this.#broker = dial(this);
    if (link.path === 'down') {
      link.timer.set(() => this.#end(new PortError('not-connected', 'the network is down')), link.latencyMs);
      return;
    }
    const { id = '', user = '', password = '' } = options;
    this.#say({ kind: 'connect', id, user, password, keepAliveMs: this.#keepAliveMs });
  }

  read(count: number): ArrayBuffer {
    const bytes = this.#readable.slice(0, count);
    this.#readable = this.#readable.slice(count);
    return bytes.buffer as ArrayBuffer;
  }

  write(
    bytes: Uint8Array,
    { operation = mqttOperation.PUBLISH, id = 0, topic = '', items = [] }: MqttWriteOptions,
  ): number {
    if (!this.#open || !this.#accepted) throw new PortError('not-connected');
    if (operation === mqttOperation.SUBSCRIBE) {
      this.#say({ kind: 'subscribe', id, topics: items.map((item) => item.topic) });
    } else this.#say({ kind: 'publish', id, topic, payload: bytes.slice() });
    return SEND_BUFFER_BYTES;
  }

  close(): void {
    if (!this.#open) return;
    if (this.#link.powered() && this.#accepted) this.#say({ kind: 'disconnect' });
    this.#release();
  }

  receive(packet: Packet): void {
    if (!this.#open) return;
    const { onControl, onClose } = this.#options;
    this.#awaitingPong = false;
    switch (packet.kind) {
      case 'connack':
        this.#connected(packet.accepted);
        return;
      case 'suback': {
        const payload = new Uint8Array(packet.codes).buffer;
        onControl?.(mqttOperation.SUBACK, { operation: mqttOperation.SUBACK, id: packet.id, payload });
        return;
      }
      case 'puback':
        onControl?.(mqttOperation.PUBACK, { operation: mqttOperation.PUBACK, id: packet.id });
        return;
      case 'publish':
        this.#deliver(packet.topic, packet.payload);
        return;
      case 'disconnect':
        this.#release();
        onClose?.();
        return;
      default:
        return;
    }
  }

  broken(): void {
    this.#link.timer.set(() => this.#end(new PortError('not-connected', 'the network went down')), 0);
  }

  #connected(accepted: boolean): void {
    if (!accepted) {
      this.#end(new PortError('not-connected', 'the broker refused the login'));
      return;
    }
    this.#accepted = true;
    this.#beat();
    this.#options.onWritable?.(SEND_BUFFER_BYTES);
  }

  get #keepAliveMs(): number {
    return this.#options.keepAlive ?? DEFAULT_KEEP_ALIVE_MS;
  }

  #say(packet: Packet): void {
    this.#link.carry(packet, this.#broker);
  }

  #deliver(topic: string, payload: Uint8Array): void {
    for (let offset = 0; this.#open && (offset < payload.length || offset === 0); ) {
      const piece = payload.subarray(offset, offset + RECEIVE_BUFFER_BYTES);
      const first = offset === 0 ? { topic, QoS: 1, byteLength: payload.length } : {};
      offset += RECEIVE_BUFFER_BYTES;
      this.#readable = piece.slice();
      this.#options.onReadable?.(piece.length, { ...first, more: offset < payload.length });
    }
  }

  /** MQTT 3.1.1 section 3.1.2.10: the client pings in time, and gives up when nothing comes back. */
  #beat(): void {
    this.#beating = this.#link.timer.set(() => {
      if (this.#awaitingPong) {
        this.#end(new PortError('not-connected', 'the broker fell silent'));
        return;
      }
      this.#awaitingPong = true;
      this.#say({ kind: 'pingreq' });
      this.#beat();
    }, this.#keepAliveMs);
  }

  #end(error: PortError): void {
    if (!this.#open) return;
    this.#release();
    this.#options.onError?.(error);
  }

  #release(): void {
    this.#open = false;
    this.#hangUp();
    this.#link.timer.clear(this.#beating);
  }
}
