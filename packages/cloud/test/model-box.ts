// A box as the features know one: it agrees on keys, keeps a hash-chained log, has one request
// outstanding at most, and writes OPEN_INTENT before it opens. Deliberately small, and made of the
// protocol's own functions.

import {
  type BodyNamed,
  type BoxId,
  boxIdFromBytes,
  chainHash,
  claimCode,
  type DownMessage,
  encodeLogEntry,
  entryMac,
  equalBytes,
  finishExchange,
  firstLogKey,
  formatLabel,
  genesisHash,
  type LogEntry,
  type LogEntryKind,
  nextLogKey,
  nobleCrypto,
  noRequest,
  noTag,
  type PendingExchange,
  startExchange,
} from '@smartbox/protocol';
import type { Principal } from '../src/platform/token-register.ts';
import type { Answer, FeaturesWorld } from './features-world.ts';
import { seededEntropy } from './fixed-ports.ts';

/** A fob's tag as it stands in logs: 8 bytes. */
export function fob(number: number): Uint8Array {
  return new Uint8Array([4, 0xa1, 0xb2, 0xc3, 0xd4, 0, number, 0]);
}

/** The same tag as a person types it. */
export function fobText(number: number): string {
  return Buffer.from(fob(number).slice(0, 7)).toString('hex');
}

/** What a box asks: keyed digits, a tag at a reader, the answer to what was asked, an opening that the cloud ordered. */
export type Question =
  | { readonly code: string }
  | { readonly tag: Uint8Array; readonly bin?: number }
  | { readonly follows: Uint8Array; readonly code?: string; readonly bin?: number }
  | { readonly order: Uint8Array; readonly bin: number };

function asked(question: Question) {
  if ('order' in question) return { kind: 'remote' as const, bin: question.bin, follows: question.order };
  if ('follows' in question) return { kind: 'further' as const, ...question };
  return 'code' in question ? { kind: 'code' as const, ...question } : { kind: 'fob' as const, ...question };
}

/** One box. */
export class ModelBox {
  readonly boxId: BoxId;
  readonly factoryKey: Uint8Array;
  /** The cloud it speaks to; a restarted cloud takes its place. */
  world: FeaturesWorld;
  readonly binCount: number;
  owner: Principal | undefined;
  recoveryKey: Uint8Array | undefined;
  /** The nonce that an answer must repeat; undefined while nothing is asked. */
  outstanding: Uint8Array | undefined;
  /** What the cloud wants to hear before a bin opens. */
  furtherAsked: BodyNamed<'further-asked'> | undefined;
  /** The whole log, from entry 1. */
  log: { readonly body: Uint8Array; readonly mac: Uint8Array }[] = [];
  hash = genesisHash();
  /** How much of the log the cloud has acknowledged. */
  acknowledged = 0;
  readonly opened: number[] = [];
  /** Keys and rules for openings without the cloud that are in force. */
  emergency: BodyNamed<'emergency-changed'> | undefined;
  /** The same when its sheet was another one: good for a day more. */
  sheetBefore: BodyNamed<'emergency-changed'> | undefined;
  #logKey: Uint8Array | undefined;
  #pending: PendingExchange | undefined;
  readonly #entropy;

  constructor(world: FeaturesWorld, number = 1, binCount = 4) {
    this.world = world;
    this.binCount = binCount;
    this.boxId = boxIdFromBytes(new Uint8Array(8).fill(number));
    this.factoryKey = new Uint8Array(32).fill(number);
    this.#entropy = seededEntropy(`box ${number}`);
  }

  get label(): string {
    return formatLabel(this.boxId);
  }

  get resourceId(): string {
    return `box_${this.boxId}`;
  }

  get #from() {
    if (this.owner === undefined) throw new RangeError('the box has no owner');
    return { tenantId: this.owner.tenantId, boxId: this.boxId };
  }

  /** Begins a key exchange. @returns the hello */
  hello(kind: 'claim' | 'recover' = 'claim'): Uint8Array {
    const preSharedKey = kind === 'claim' ? this.factoryKey : (this.recoveryKey ?? new Uint8Array(32));
    const { frame, pending } = startExchange(nobleCrypto, {
      ...{ kind, boxId: this.boxId, preSharedKey, firmware: 1 },
      nonce: this.#entropy.bytes(16),
      secret: this.#entropy.bytes(32),
    });
    this.#pending = pending;
    return frame;
  }

  /** Sends a hello to the cloud. */
  say(kind: 'claim' | 'recover', frame: Uint8Array) {
    return this.world.commit(() => this.world.registry.handleExchange(this.boxId, kind, frame));
  }

  /** The digits on the display while the box waits to be claimed. */
  shownCode(): string {
    if (this.#pending === undefined) throw new RangeError('no hello yet');
    const identity = { boxId: this.boxId, preSharedKey: this.factoryKey };
    return claimCode(nobleCrypto, identity, this.#pending.nonce);
  }

  /** Takes the answer of a key exchange. @returns the root key, or undefined for an answer that is not for us */
  finish(frame: Uint8Array | undefined): Uint8Array | undefined {
    if (frame === undefined || this.#pending === undefined) return undefined;
    const finished = finishExchange(nobleCrypto, this.#pending, frame);
    if (finished.kind === 'refused') return undefined;
    this.recoveryKey = finished.recoveryKey;
    if (this.#pending.kind === 'claim') {
      this.#logKey = firstLogKey(nobleCrypto, finished.rootKey);
      this.log = [];
      this.hash = genesisHash();
      this.acknowledged = 0;
      this.emergency = undefined;
      this.sheetBefore = undefined;
    }
    return finished.rootKey;
  }

  /** From the factory to the first session, by the API. */
  enrol(owner: Principal, locationId: string): void {
    const factory = { box_id: this.boxId, factory_key: Buffer.from(this.factoryKey).toString('hex') };
    this.world.call('importFactoryBox', owner, { body: factory });
    this.claim(owner, locationId);
  }

  /** From the button to the first session, by the API. */
  claim(owner: Principal, locationId: string): void {
    const { world } = this;
    this.say('claim', this.hello());
    const claim = { label: this.label, claim_code: this.shownCode(), name: 'Box', location_id: locationId };
    world.call('claimBox', owner, { body: claim });
    this.owner = owner;
    this.finish(
      world.sent.findLast(({ boxId, frame }) => boxId === this.boxId && frame !== undefined)?.frame,
    );
    this.confirm();
    this.confirmEmergency();
  }

  /** Says which keys for openings without the cloud it holds, until it holds the wanted ones. */
  confirmEmergency(change: Partial<BodyNamed<'emergency-confirmed'>> = {}): readonly Answer[] {
    const held = this.emergency;
    const body = {
      ...{ version: held?.version ?? 0, sheetGeneration: held?.sheetGeneration ?? 0, sheetRevoked: false },
      bookingGeneration: held?.bookingGeneration ?? 0,
      ...{ authenticator: (held?.authenticatorKey.length ?? 0) > 0, ...change },
    };
    const answers = this.world.say(this.#from, { name: 'emergency-confirmed', body });
    for (const { message } of answers) this.learn(message);
    return answers.length === 0 ? answers : [...answers, ...this.confirmEmergency()];
  }

  /** Takes over keys for openings without the cloud, as flash would keep them: the last sheet and the one before. */
  learn(message: DownMessage): void {
    if (message.name !== 'emergency-changed' || message.body.version <= (this.emergency?.version ?? 0))
      return;
    const before = this.emergency;
    if (before !== undefined && before.sheetGeneration !== message.body.sheetGeneration)
      this.sheetBefore = before;
    this.emergency = message.body;
  }

  /** Hears what was sent to it since the last time, and confirms it. */
  hearSent(): void {
    const mine = this.world.sent.filter(({ boxId }) => boxId === this.boxId);
    for (const { message } of mine) if (message !== undefined) this.learn(message);
    this.confirmEmergency();
  }

  /** The first message of a session; whatever was asked before it is forgotten. */
  confirm(change: Partial<BodyNamed<'session-confirmed'>> = {}): readonly Answer[] {
    this.outstanding = undefined;
    const body = {
      ...{ logEnd: this.log.length, logHash: this.hash, firmware: '1.0.0' },
      ...{ binCount: this.binCount, settingsVersion: 1, ...change },
    };
    return this.take(this.world.say(this.#from, { name: 'session-confirmed', body }));
  }

  heartbeat(change: Partial<BodyNamed<'heartbeat'>> = {}): readonly Answer[] {
    const body = {
      ...{ uptimeMs: 1, mains: true, batteryPercent: 100, logEnd: this.log.length },
      ...{ firmware: '1.0.0', settingsVersion: 1, ...change },
    };
    return this.world.say(this.#from, { name: 'heartbeat', body });
  }

  /** Writes an entry into the log. */
  write(kind: LogEntryKind, about: Partial<LogEntry> = {}): void {
    if (this.#logKey === undefined) throw new RangeError('the box has no log key');
    const sequence = this.log.length + 1;
    const plain = {
      timeMs: this.world.ports.nowMs,
      timeSource: 'trusted',
      bin: 0,
      grant: 0,
      detail: 0,
    } as const;
    const body = encodeLogEntry({ tag: noTag(), ...plain, ...about, sequence, kind });
    this.log.push({ body, mac: entryMac(nobleCrypto, this.#logKey, body) });
    this.hash = chainHash(nobleCrypto, this.hash, body);
    this.#logKey = nextLogKey(nobleCrypto, this.#logKey);
  }

  /** The next batch that the cloud has not acknowledged. */
  batch(first = this.acknowledged + 1, count = 16): BodyNamed<'log-reported'> {
    const entries = this.log.slice(first - 1, first - 1 + count);
    return { first, entries: entries.map(({ body, mac }) => new Uint8Array(Buffer.concat([body, mac]))) };
  }

  /** Reports everything that is not acknowledged. */
  report(): void {
    while (this.acknowledged < this.log.length) {
      const before = this.acknowledged;
      this.take(this.reportBatch(this.batch()));
      if (this.acknowledged === before) return;
    }
  }

  reportBatch(body: BodyNamed<'log-reported'>): readonly Answer[] {
    return this.world.say(this.#from, { name: 'log-reported', body });
  }

  /** Asks for a bin. @returns the answers, not yet taken */
  ask(question: Question): readonly Answer[] {
    this.outstanding = this.#entropy.bytes(8);
    return this.askAgain(question);
  }

  /** The same question once more, under the same nonce. */
  askAgain(question: Question): readonly Answer[] {
    if (this.outstanding === undefined) throw new RangeError('nothing is asked');
    const about = { code: '', tag: new Uint8Array(0), bin: 0, follows: noRequest() };
    const request = { request: this.outstanding, logEnd: this.log.length };
    const body = { ...request, ...about, ...asked(question) };
    return this.world.say(this.#from, { name: 'access-requested', body });
  }

  /** Takes answers. A grant opens its bin, once, if it answers what is outstanding. */
  take(answers: readonly Answer[]): readonly Answer[] {
    for (const { message } of answers) {
      if (message.name === 'log-acknowledged')
        this.acknowledged = Math.max(this.acknowledged, message.body.end);
      if (message.name === 'further-asked') this.furtherAsked = message.body;
      if (message.name !== 'access-granted' && message.name !== 'access-refused') continue;
      this.furtherAsked = undefined;
      if (this.outstanding === undefined || !equalBytes(this.outstanding, message.body.request)) continue;
      this.outstanding = undefined;
      if (message.name === 'access-granted') this.open(message.body.bin, message.body.grant);
    }
    return answers;
  }

  /** Writes OPEN_INTENT, fires the lock, and the door springs open. */
  open(bin: number, grant: number): void {
    this.write('open-intended', { bin, grant });
    this.write(bin === 0 ? 'main-lock-opened' : 'bin-opened', { bin, grant });
    this.opened.push(grant);
  }

  /** Puts a key in, by hand, before anything else: as when a box is filled. */
  fill(bin: number, tag: Uint8Array): void {
    this.write('key-placed', { bin, tag });
    this.report();
  }
}
