// A box as the broker edge sees one: it shakes hands, seals and opens, and does nothing else.

import {
  type BoxId,
  boxIdFromBytes,
  type DownMessage,
  decodeMessage,
  encodeMessage,
  finishWelcome,
  nobleCrypto,
  openRecord,
  type PendingHello,
  type RootKeys,
  type Session,
  sealRecord,
  startHello,
  type UpMessage,
} from '@smartbox/protocol';
import type { BoxKeyring, KeyedBox } from '../src/platform/box-keyring.ts';
import type { TenantId } from '../src/platform/identifiers.ts';
import { seededEntropy } from './fixed-ports.ts';

/** The tenant of every test box. */
export const testTenant = 'ten_test' as TenantId;

/** One test box. */
export class TestBox {
  readonly boxId: BoxId;
  epoch = 0;
  rootKey: Uint8Array;
  session: Session | undefined;
  #counter = 0;
  #pending: PendingHello | undefined;
  readonly #entropy;

  constructor(number = 1) {
    this.boxId = boxIdFromBytes(new Uint8Array(8).fill(number));
    this.rootKey = new Uint8Array(32).fill(number);
    this.#entropy = seededEntropy(`box ${number}`);
  }

  /** The keys as the cloud stores them after the claim. */
  storedKeys(): RootKeys {
    return { epoch: this.epoch, rootKey: this.rootKey, counter: 0 };
  }

  /** @param step whether the root key shall take a Diffie-Hellman step */
  hello(step = false): Uint8Array {
    this.#counter += 1;
    const { frame, pending } = startHello(nobleCrypto, {
      boxId: this.boxId,
      epoch: this.epoch,
      rootKey: this.rootKey,
      counter: this.#counter,
      nonce: this.#entropy.bytes(16),
      firmware: 1,
      lowestVersion: 1,
      ...(step ? { stepSecret: this.#entropy.bytes(32) } : {}),
    });
    this.#pending = pending;
    return frame;
  }

  /** Takes the WELCOME of the last hello. @returns what went wrong, if anything */
  welcome(frame: Uint8Array | undefined): string | undefined {
    if (frame === undefined || this.#pending === undefined) return 'nothing';
    const welcomed = finishWelcome(nobleCrypto, this.#pending, frame);
    if (welcomed.kind === 'refused') return welcomed.reason;
    this.session = welcomed.session;
    this.epoch = welcomed.epoch;
    this.rootKey = welcomed.rootKey;
    return undefined;
  }

  seal(message: UpMessage): Uint8Array {
    if (this.session === undefined) throw new RangeError('no session');
    const sealed = sealRecord(nobleCrypto, this.session, encodeMessage(message));
    if (sealed.kind === 'refused') throw new RangeError(sealed.reason);
    this.session = sealed.session;
    return sealed.frame;
  }

  open(frame: Uint8Array | undefined): DownMessage | undefined {
    if (frame === undefined || this.session === undefined) return undefined;
    const opened = openRecord(nobleCrypto, this.session, frame);
    if (opened.kind === 'refused') return undefined;
    this.session = opened.session;
    return decodeMessage(opened.plaintext, 'down');
  }
}

/** The first record of a session. */
export const confirmed: UpMessage = {
  name: 'session-confirmed',
  body: { logEnd: 0, logHash: new Uint8Array(16), firmware: '1.0.0', binCount: 8, settingsVersion: 1 },
};

/** A harmless second record. */
export const heartbeat: UpMessage = {
  name: 'heartbeat',
  body: { uptimeMs: 1, mains: true, batteryPercent: 100, logEnd: 0, firmware: '1.0.0', settingsVersion: 1 },
};

/** A keyring in memory. */
export function memoryKeyring(
  boxes: readonly TestBox[],
): BoxKeyring & { readonly stored: Map<BoxId, KeyedBox> } {
  const stored = new Map<BoxId, KeyedBox>(
    boxes.map((box) => [
      box.boxId,
      { tenantId: testTenant, keys: box.storedKeys(), settingsVersion: 1, logEnd: 0 },
    ]),
  );
  return {
    stored,
    load: (boxId) => stored.get(boxId),
    save: (boxId, keys) => {
      const box = stored.get(boxId);
      if (box !== undefined) stored.set(boxId, { ...box, keys });
    },
    loginHashes: () => [],
  };
}
