// The cloud's side of the protocol for tests of the core: the real handshake, the real records, the real chain, and a
// decision that the test gives. It keeps what it hears, so a test can compare it with the box's flash.
import {
  answerExchange,
  answerHello,
  type BodyNamed,
  chainHash,
  confirmKeys,
  type DownMessage,
  decodeLogEntry,
  decodeMessage,
  encodeMessage,
  entryMac,
  equalBytes,
  firstLogKey,
  frameType,
  type LogEntry,
  nextLogKey,
  nobleCrypto,
  openRecord,
  type RootKeys,
  type Session,
  sealRecord,
} from '@smartbox/protocol';
import { boxId, factoryKey } from './memory-board.ts';

type Decision = DownMessage | undefined;

export class CloudPeer {
  keys: RootKeys | undefined;
  confirmed: RootKeys | undefined;
  session: Session | undefined;
  /** Whether the box has confirmed the session. */
  live = false;
  timeMs = 1_800_000_000_000;
  settings: BodyNamed<'settings-changed'> | undefined;
  /** What the box shall hold for the time without the cloud. */
  emergency: BodyNamed<'emergency-changed'> | undefined;
  readonly confirmedKeys: BodyNamed<'emergency-confirmed'>[] = [];
  decide: (request: BodyNamed<'access-requested'>) => Decision = () => undefined;
  readonly heard: string[] = [];
  readonly requests: BodyNamed<'access-requested'>[] = [];
  readonly refusals: string[] = [];
  readonly ledger: LogEntry[] = [];
  readonly helloCounters: number[] = [];
  logHash: Uint8Array = new Uint8Array(16);
  logKey: Uint8Array | undefined;
  recoveryKey: Uint8Array = new Uint8Array(32).fill(9);
  private drawn = 0;

  /** Takes a frame of the box. @returns the frames that answer it */
  take(frame: Uint8Array): Uint8Array[] {
    const type = frameType(frame);
    if (type === 'claim-hello' || type === 'recover-hello') return this.takeExchange(frame, type);
    if (type === 'hello') return this.takeHello(frame);
    return this.takeRecord(frame);
  }

  /** Seals a message for the box. */
  say(message: DownMessage): Uint8Array[] {
    if (this.session === undefined) return [];
    const sealed = sealRecord(nobleCrypto, this.session, encodeMessage(message));
    if (sealed.kind === 'refused') return [];
    this.session = sealed.session;
    return [sealed.frame];
  }

  private bytes(length: number): Uint8Array {
    this.drawn += 1;
    const seed = new Uint8Array(4);
    new DataView(seed.buffer).setUint32(0, this.drawn);
    return nobleCrypto.sha256(seed).slice(0, length);
  }

  private takeExchange(frame: Uint8Array, type: 'claim-hello' | 'recover-hello'): Uint8Array[] {
    const kind = type === 'claim-hello' ? 'claim' : 'recover';
    const preSharedKey = kind === 'claim' ? factoryKey : this.recoveryKey;
    const body = { recoveryKey: this.bytes(32), tenantTag: new Uint8Array(8), timeMs: this.timeMs };
    const options = {
      kind,
      boxId,
      preSharedKey,
      nonce: this.bytes(16),
      secret: this.bytes(32),
      body,
    } as const;
    const answered = answerExchange(nobleCrypto, options, frame);
    if (answered.kind === 'refused') {
      this.refusals.push(answered.reason);
      return [];
    }
    this.recoveryKey = body.recoveryKey;
    this.keys = { epoch: 0, rootKey: answered.rootKey, counter: this.keys?.counter ?? 0 };
    if (kind === 'claim') this.logKey = firstLogKey(nobleCrypto, answered.rootKey);
    return [answered.frame];
  }

  private takeHello(frame: Uint8Array): Uint8Array[] {
    if (this.keys === undefined) return [];
    const answered = answerHello(
      nobleCrypto,
      {
        boxId,
        keys: this.keys,
        sessionId: this.bytes(4),
        nonce: this.bytes(16),
        stepSecret: this.bytes(32),
        body: {
          timeMs: this.timeMs,
          settingsVersion: this.settings?.version ?? 0,
          logEnd: this.ledger.length,
        },
      },
      frame,
    );
    if (answered.kind === 'refused') {
      this.refusals.push(answered.reason);
      return [];
    }
    this.helloCounters.push(answered.hello.counter);
    this.keys = answered.keys;
    this.confirmed = answered.confirmed;
    this.session = answered.session;
    this.live = false;
    return [answered.frame];
  }

  private takeRecord(frame: Uint8Array): Uint8Array[] {
    if (this.session === undefined) return [];
    const opened = openRecord(nobleCrypto, this.session, frame);
    if (opened.kind === 'refused') {
      this.refusals.push(opened.reason);
      return [];
    }
    this.session = opened.session;
    if (this.keys !== undefined && this.confirmed !== undefined)
      this.keys = confirmKeys(this.keys, this.confirmed);
    this.live = true;
    const message = decodeMessage(opened.plaintext, 'up');
    this.heard.push(message.name);
    switch (message.name) {
      case 'session-confirmed': {
        const { settings } = this;
        const behind = settings !== undefined && settings.version > message.body.settingsVersion;
        return behind ? this.say({ name: 'settings-changed', body: settings }) : [];
      }
      case 'access-requested': {
        this.requests.push(message.body);
        const decision = this.decide(message.body);
        return decision === undefined ? [] : this.say(decision);
      }
      case 'emergency-confirmed': {
        this.confirmedKeys.push(message.body);
        const { emergency } = this;
        const behind = emergency !== undefined && emergency.version > message.body.version;
        return behind ? this.say({ name: 'emergency-changed', body: emergency }) : [];
      }
      case 'log-reported':
        return this.takeEntries(message.body);
      case 'heartbeat':
        return this.say({ name: 'heartbeat-answered', body: { timeMs: this.timeMs } });
    }
  }

  private takeEntries(report: BodyNamed<'log-reported'>): Uint8Array[] {
    for (const [index, bytes] of report.entries.entries()) {
      const sequence = report.first + index;
      if (sequence !== this.ledger.length + 1 || this.logKey === undefined) continue;
      const body = bytes.slice(0, 32);
      const entry = decodeLogEntry(body);
      if (entry.sequence !== sequence) throw new RangeError('an entry lies about its sequence');
      if (!equalBytes(bytes.slice(32), entryMac(nobleCrypto, this.logKey, body))) {
        throw new RangeError(`entry ${sequence} is not authentic`);
      }
      this.logKey = nextLogKey(nobleCrypto, this.logKey);
      this.logHash = chainHash(nobleCrypto, this.logHash, body);
      this.ledger.push(entry);
    }
    return this.say({ name: 'log-acknowledged', body: { end: this.ledger.length, hash: this.logHash } });
  }
}

/** @returns a decision that grants `bin` to every request */
export function grantBin(
  bin: number,
  purpose: 'withdraw' | 'return' | 'service' = 'withdraw',
  grant = 77,
): (request: BodyNamed<'access-requested'>) => DownMessage {
  return ({ request }) => ({ name: 'access-granted', body: { request, bin, purpose, grant } });
}

/** @returns a decision that refuses every request */
export function refuse(
  reason: 'refused' | 'nothing-free' | 'try-again' = 'refused',
  waitMs = 0,
): (request: BodyNamed<'access-requested'>) => DownMessage {
  return ({ request }) => ({ name: 'access-refused', body: { request, reason, waitMs } });
}
