// A network and a broker in memory, behind the MQTT client port on the boxes' side and behind the shape of
// the cloud's device transport on the other. The broker keeps the rules of the real one: one connection a
// box, its own topics only, an acknowledgement only when the server says that the frame is safe.
import { asciiToBytes, type BoxId, downTopic, parseBoxId, upTopic } from '@smartbox/protocol';
import type { MqttInstance, Timer, TimerHandle } from '../../ports/index.ts';
import { type LinkEnd, MemoryLink, type Packet, type Route } from './memory-link.ts';
import { memoryMqttClientOn } from './memory-mqtt-client.ts';

const DEFAULT_LATENCY_MS = 5;
const GRANTED_QOS_1 = 1;
const REFUSED = 0x80;
/** MQTT 3.1.1 section 3.1.2.10: silence for one and a half times the keep-alive ends the connection. */
const SILENCE_FACTOR = 1.5;

/** What stands behind the broker; the handlers of the cloud's device transport have this shape. */
export interface NetworkServer {
  authenticate(boxId: BoxId, password: Uint8Array): boolean;
  connected(boxId: BoxId): void;
  disconnected(boxId: BoxId): void;
  /** `done` makes the broker acknowledge the frame. */
  frame(boxId: BoxId, frame: Uint8Array, done: () => void): void;
}

/** A box's access to the network. */
export interface NetworkAccess {
  readonly link: MemoryLink;
  readonly mqtt: MqttInstance;
}

export class MemoryNetwork {
  /** What becomes of each frame; a good network unless the world says otherwise. */
  route: Route = () => [0];
  readonly #timer: Timer;
  readonly #latencyMs: number;
  readonly #sessions = new Map<BoxId, BrokerSession>();
  #server: NetworkServer | undefined;

  constructor(timer: Timer, latencyMs = DEFAULT_LATENCY_MS) {
    this.#timer = timer;
    this.#latencyMs = latencyMs;
  }

  /** Puts a server behind the broker. Without one nobody can connect. */
  serve(server: NetworkServer | undefined): void {
    this.#server = server;
    if (server === undefined) for (const session of [...this.#sessions.values()]) session.kick();
  }

  /** A new line for one box. */
  access(): NetworkAccess {
    const link = new MemoryLink(this.#timer, this.#latencyMs);
    const dial = (client: LinkEnd): LinkEnd => new BrokerSession(this, link, client);
    return { link, mqtt: { io: memoryMqttClientOn(link, dial), host: 'memory', socket: {}, dns: {} } };
  }

  /** Sends a frame down. @returns false when the box is not connected and subscribed */
  send(boxId: BoxId, frame: Uint8Array): boolean {
    const session = this.#sessions.get(boxId);
    if (session?.subscribed !== true) return false;
    const payload = frame.slice();
    for (const extraMs of this.route({ boxId, direction: 'down', frame: payload })) {
      // A copy that is held back arrives at whoever is connected then, as a hostile broker would do it.
      this.#timer.set(() => this.#sessions.get(boxId)?.publish(downTopic(boxId), payload), extraMs);
    }
    return true;
  }

  /** Ends the connection of a box from the broker's side, as its restart does. */
  kick(boxId: BoxId): void {
    this.#sessions.get(boxId)?.kick();
  }

  /** For the broker's sessions. */
  admit(session: BrokerSession, boxId: BoxId, password: string): boolean {
    if (this.#server?.authenticate(boxId, asciiToBytes(password)) !== true) return false;
    this.#sessions.get(boxId)?.kick();
    this.#sessions.set(boxId, session);
    this.#server.connected(boxId);
    return true;
  }

  /** For the broker's sessions. */
  forget(session: BrokerSession, boxId: BoxId): void {
    if (this.#sessions.get(boxId) !== session) return;
    this.#sessions.delete(boxId);
    this.#server?.disconnected(boxId);
  }

  /** For the broker's sessions. */
  frameFrom(boxId: BoxId, frame: Uint8Array, acknowledge: () => void): void {
    let acknowledged = false;
    const done = () => {
      if (!acknowledged) acknowledge();
      acknowledged = true;
    };
    for (const extraMs of this.route({ boxId, direction: 'up', frame })) {
      this.#timer.set(() => {
        if (this.#sessions.has(boxId)) this.#server?.frame(boxId, frame.slice(), done);
      }, extraMs);
    }
  }
}

/** The broker's end of one connection. */
class BrokerSession implements LinkEnd {
  subscribed = false;
  readonly #network: MemoryNetwork;
  readonly #link: MemoryLink;
  readonly #client: LinkEnd;
  #boxId: BoxId | undefined;
  #silence: TimerHandle | undefined;
  #silenceMs = 0;
  #nextId = 1;

  constructor(network: MemoryNetwork, link: MemoryLink, client: LinkEnd) {
    this.#network = network;
    this.#link = link;
    this.#client = client;
  }

  receive(packet: Packet): void {
    if (packet.kind === 'connect') {
      this.#connect(packet);
      return;
    }
    const boxId = this.#boxId;
    if (boxId === undefined) return;
    this.#heard();
    if (packet.kind === 'subscribe') this.#subscribe(boxId, packet.id, packet.topics);
    if (packet.kind === 'pingreq') this.#say({ kind: 'pingresp' });
    if (packet.kind === 'disconnect') this.#end();
    if (packet.kind !== 'publish') return;
    // The real broker ends the connection of a client that publishes elsewhere.
    if (packet.topic !== upTopic(boxId)) this.kick();
    else this.#network.frameFrom(boxId, packet.payload, () => this.#say({ kind: 'puback', id: packet.id }));
  }

  broken(): void {}

  publish(topic: string, payload: Uint8Array): void {
    if (!this.subscribed) return;
    const id = this.#nextId;
    this.#nextId = (id % 0xffff) + 1;
    this.#say({ kind: 'publish', id, topic, payload });
  }

  kick(): void {
    this.#say({ kind: 'disconnect' });
    this.#end();
  }

  #connect(packet: Packet & { readonly kind: 'connect' }): void {
    const boxId = parseBoxId(packet.user);
    const known = boxId !== undefined && packet.id === boxId && packet.user === boxId;
    const accepted = known && this.#network.admit(this, boxId, packet.password);
    this.#say({ kind: 'connack', accepted });
    if (!accepted) return;
    this.#boxId = boxId;
    this.#silenceMs = packet.keepAliveMs * SILENCE_FACTOR;
    this.#heard();
  }

  #subscribe(boxId: BoxId, id: number, topics: readonly string[]): void {
    const codes = topics.map((topic) => (topic === downTopic(boxId) ? GRANTED_QOS_1 : REFUSED));
    this.subscribed ||= codes.includes(GRANTED_QOS_1);
    this.#say({ kind: 'suback', id, codes });
  }

  #heard(): void {
    this.#link.timer.clear(this.#silence);
    this.#silence = this.#link.timer.set(() => this.#end(), this.#silenceMs);
  }

  #say(packet: Packet): void {
    this.#link.carry(packet, this.#client);
  }

  #end(): void {
    this.#link.timer.clear(this.#silence);
    this.subscribed = false;
    const boxId = this.#boxId;
    this.#boxId = undefined;
    if (boxId !== undefined) this.#network.forget(this, boxId);
  }
}
