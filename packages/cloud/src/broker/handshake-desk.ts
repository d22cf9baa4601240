// Answers a box's HELLO and takes its confirmation, both inside the transaction that stores the
// keys: a WELCOME never leaves before the keys that it promises are durable.

import { answerHello, type BoxId, type CryptoProvider, confirmKeys, type Refused } from '@smartbox/protocol';
import type { BoxKeyring } from '../platform/box-keyring.ts';
import type { Clock } from '../platform/clock.ts';
import type { Entropy } from '../platform/entropy.ts';
import { InvariantBroken } from '../platform/errors.ts';
import type { SessionEntry } from './session-table.ts';

/** A HELLO that was accepted: the session to open and the frame to send, after the commit. */
export interface Greeting {
  readonly kind: 'greeted';
  readonly entry: SessionEntry;
  readonly welcome: Uint8Array;
}

interface DeskPorts {
  readonly crypto: CryptoProvider;
  readonly keyring: Pick<BoxKeyring, 'load' | 'save'>;
  readonly clock: Clock;
  readonly entropy: Entropy;
  readonly epochsAhead: number;
}

/** Answers one HELLO. */
export function greet(
  ports: DeskPorts,
  boxId: BoxId,
  helloFrame: Uint8Array,
): Greeting | Refused | { readonly kind: 'refused'; readonly reason: 'unknown-box' } {
  const box = ports.keyring.load(boxId);
  if (box === undefined) return { kind: 'refused', reason: 'unknown-box' };
  const answered = answerHello(
    ports.crypto,
    {
      boxId,
      keys: box.keys,
      sessionId: ports.entropy.bytes(4),
      nonce: ports.entropy.bytes(16),
      stepSecret: ports.entropy.bytes(32),
      body: {
        timeMs: Math.floor(ports.clock.nowMs()),
        settingsVersion: box.settingsVersion,
        logEnd: box.logEnd,
      },
      epochsAhead: ports.epochsAhead,
    },
    helloFrame,
  );
  if (answered.kind === 'refused') return answered;
  ports.keyring.save(boxId, answered.keys);
  const entry = {
    tenantId: box.tenantId,
    boxId,
    session: answered.session,
    spoken: false,
    unconfirmed: answered.confirmed,
  };
  return { kind: 'greeted', entry, welcome: answered.frame };
}

/** Stores the keys of a session whose first record has come. */
export function confirmSession(ports: DeskPorts, entry: SessionEntry): void {
  const box = ports.keyring.load(entry.boxId);
  if (box === undefined || entry.unconfirmed === undefined) {
    throw new InvariantBroken('a session was confirmed that no box has');
  }
  ports.keyring.save(entry.boxId, confirmKeys(box.keys, entry.unconfirmed));
}
