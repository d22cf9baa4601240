// A box on a real MQTT connection: it claims its keys, shakes hands, keeps a log and opens on a
// grant, all with the protocol's own functions. What it would keep in flash survives its connection.

import {
  type BodyNamed,
  bookingOf,
  chainHash,
  claimCode,
  type DownMessage,
  downTopic,
  encodeLogEntry,
  encodeOfflineUse,
  entryMac,
  finishExchange,
  firstLogKey,
  formatLabel,
  genesisHash,
  type LogEntry,
  type LogEntryKind,
  mqttPassword,
  nextLogKey,
  nobleCrypto,
  noRequest,
  noTag,
  offlineGrant,
  readBookingCode,
  startExchange,
  upTopic,
} from '@smartbox/protocol';
import mqtt, { type MqttClient } from 'mqtt';
import { seededEntropy } from './fixed-ports.ts';
import { TestBox } from './test-box.ts';

/** A box that can be plugged in. */
export class LiveBox extends TestBox {
  readonly number: number;
  readonly factoryKey: Uint8Array;
  readonly opened: number[] = [];
  /** Keys and rules for openings without the cloud. */
  emergency: BodyNamed<'emergency-changed'> | undefined;
  #log: Uint8Array[] = [];
  #hash = genesisHash();
  #logKey: Uint8Array | undefined;
  #loginKey: Uint8Array;
  #client: MqttClient | undefined;
  #frames: Uint8Array[] = [];
  #acknowledged: Promise<void> = Promise.resolve();
  #waiting: ((frame: Uint8Array | undefined) => void) | undefined;
  readonly #random;

  /** @param number distinguishes the box, its key and its fob from others */
  constructor(number: number) {
    super(number);
    this.number = number;
    this.factoryKey = new Uint8Array(32).fill(number);
    this.#loginKey = this.factoryKey;
    this.#random = seededEntropy(`live box ${number}`);
  }

  /** The tag of the fob in its bin 3. */
  get fob(): Uint8Array {
    return Uint8Array.of(4, 1, 2, 3, 4, 5, this.number, 0);
  }

  get label(): string {
    return formatLabel(this.boxId);
  }

  /** Connects and subscribes. */
  async plugIn(port: number): Promise<void> {
    this.#frames = [];
    const client = mqtt.connect({
      ...{ host: '127.0.0.1', port, clientId: this.boxId, username: this.boxId },
      ...{ password: mqttPassword(nobleCrypto, this.#loginKey), reconnectPeriod: 0 },
    });
    this.#client = client;
    client.on('error', () => {});
    client.on('message', (_topic, payload) => {
      const frame = new Uint8Array(payload);
      const waiting = this.#waiting;
      this.#waiting = undefined;
      if (waiting === undefined) this.#frames.push(frame);
      else waiting(frame);
    });
    client.on('close', () => this.#waiting?.(undefined));
    await client.subscribeAsync(downTopic(this.boxId), { qos: 1 });
  }

  unplug(): void {
    this.#client?.end(true);
  }

  send(frame: Uint8Array): void {
    this.#acknowledged = new Promise((resolve) => {
      this.#client?.publish(upTopic(this.boxId), Buffer.from(frame), { qos: 1 }, () => resolve());
    });
  }

  /** Waits until the last frame sent was acknowledged: what it caused is stored then. */
  settled(): Promise<void> {
    return this.#acknowledged;
  }

  /** The next frame from the cloud; undefined when the connection ended instead. */
  receive(): Promise<Uint8Array | undefined> {
    const frame = this.#frames.shift();
    if (frame !== undefined) return Promise.resolve(frame);
    if (this.#client?.connected !== true) return Promise.resolve(undefined);
    return new Promise((resolve) => {
      this.#waiting = resolve;
    });
  }

  /** The next message of the present session. */
  async hear(): Promise<DownMessage | undefined> {
    return this.open(await this.receive());
  }

  /** Begins a claim. @returns the digits on the display, and how to go on once they were typed */
  claim(): { readonly code: string; readonly finish: () => Promise<void> } {
    const exchange = {
      kind: 'claim',
      boxId: this.boxId,
      preSharedKey: this.factoryKey,
      firmware: 1,
    } as const;
    const nonce = this.#random.bytes(16);
    const { frame, pending } = startExchange(nobleCrypto, {
      ...exchange,
      nonce,
      secret: this.#random.bytes(32),
    });
    this.send(frame);
    const finish = async (): Promise<void> => {
      const finished = finishExchange(nobleCrypto, pending, (await this.receive()) ?? new Uint8Array(0));
      if (finished.kind === 'refused') throw new RangeError(finished.reason);
      this.epoch = 0;
      this.rootKey = finished.rootKey;
      this.#loginKey = finished.rootKey;
      this.#logKey = firstLogKey(nobleCrypto, finished.rootKey);
    };
    return { code: claimCode(nobleCrypto, exchange, nonce), finish };
  }

  /** Shakes hands and confirms. @returns whether the session is open */
  async openSession(): Promise<boolean> {
    this.send(this.hello());
    return this.welcome(await this.receive()) === undefined && (await this.confirmSession());
  }

  /** Sends the first record. @returns whether it was answered */
  async confirmSession(): Promise<boolean> {
    this.send(
      this.seal({
        name: 'session-confirmed',
        body: {
          logEnd: this.#log.length,
          logHash: this.#hash,
          firmware: '1.0.0',
          binCount: 8,
          settingsVersion: 1,
        },
      }),
    );
    return (await this.hear())?.name === 'log-acknowledged';
  }

  /** Writes one entry into the log, as flash would keep it. */
  write(kind: LogEntryKind, about: Partial<LogEntry> = {}): void {
    if (this.#logKey === undefined) throw new RangeError('not claimed');
    const sequence = this.#log.length + 1;
    const plain = { timeMs: 0, timeSource: 'unknown', bin: 0, grant: 0, detail: 0, tag: noTag() } as const;
    const body = encodeLogEntry({ ...plain, ...about, sequence, kind });
    this.#log.push(new Uint8Array(Buffer.concat([body, entryMac(nobleCrypto, this.#logKey, body)])));
    this.#hash = chainHash(nobleCrypto, this.#hash, body);
    this.#logKey = nextLogKey(nobleCrypto, this.#logKey);
  }

  /** Reports the whole log from the start and waits until it is acknowledged. */
  async report(): Promise<void> {
    this.send(this.seal({ name: 'log-reported', body: { first: 1, entries: this.#log.slice(0, 16) } }));
    const heard = await this.hear();
    if (heard?.name !== 'log-acknowledged') throw new RangeError(`the log was answered by ${heard?.name}`);
  }

  /** Says which keys for openings without the cloud it holds. */
  confirmEmergency(): void {
    const held = this.emergency;
    const body = {
      ...{ version: held?.version ?? 0, sheetGeneration: held?.sheetGeneration ?? 0, sheetRevoked: false },
      ...{ bookingGeneration: held?.bookingGeneration ?? 0, authenticator: false },
    };
    this.send(this.seal({ name: 'emergency-confirmed', body }));
  }

  /** Takes over what comes next of those keys, as flash would keep them, and confirms it. */
  async learnEmergency(): Promise<void> {
    const heard = await this.hear();
    if (heard?.name !== 'emergency-changed') throw new RangeError(`heard ${heard?.name} of emergency keys`);
    this.emergency = heard.body;
    this.confirmEmergency();
    await this.settled();
  }

  /** Opens a bin by a booking's digits, without asking anybody, and lets its key be taken. */
  openAlone(digits: string): void {
    const key = this.emergency?.bookingKey ?? new Uint8Array(32);
    const payload = readBookingCode(nobleCrypto, { boxId: this.boxId, key }, digits);
    if (payload === undefined) throw new RangeError('the digits say nothing to this box');
    const grant = offlineGrant(this.#log.length + 1);
    const { bin } = bookingOf(payload, Date.now());
    const tag = encodeOfflineUse({ method: 'booking', generation: 1, number: payload });
    this.write('code-used', { bin, grant, tag });
    this.write('open-intended', { bin, grant });
    this.write('bin-opened', { bin, grant });
    this.write('key-taken', { bin, grant, tag: this.fob });
    this.write('bin-closed', { bin, grant });
  }

  /** Types a code. */
  ask(code: string): void {
    this.send(
      this.seal({
        name: 'access-requested',
        body: {
          request: this.#random.bytes(8),
          kind: 'code',
          code,
          tag: new Uint8Array(0),
          bin: 0,
          logEnd: this.#log.length,
          follows: noRequest(),
        },
      }),
    );
  }

  /** Hears what the cloud wants opened, and asks for it. @returns what it heard */
  async askAsOrdered(): Promise<BodyNamed<'opening-asked'>> {
    const heard = await this.hear();
    if (heard?.name !== 'opening-asked') throw new RangeError(`heard ${heard?.name} and no order`);
    const { order, bin } = heard.body;
    const nothing = { code: '', tag: new Uint8Array(0) };
    const asked = { request: this.#random.bytes(8), logEnd: this.#log.length, bin, follows: order };
    this.send(this.seal({ name: 'access-requested', body: { ...asked, ...nothing, kind: 'remote' } }));
    return heard.body;
  }

  /** Takes the answer to `ask`: a grant is written down and opens its bin. @returns what came */
  async answered(): Promise<'granted' | 'refused' | 'nothing'> {
    const heard = await this.hear();
    if (heard?.name === 'access-refused') return 'refused';
    if (heard?.name !== 'access-granted') return 'nothing';
    const { bin, grant } = heard.body;
    this.write('open-intended', { bin, grant });
    this.write(bin === 0 ? 'main-lock-opened' : 'bin-opened', { bin, grant });
    this.opened.push(bin);
    return 'granted';
  }
}
