// Key exchanges with boxes. A claim needs presence: the operator repeats the 8 digits that the box
// shows, which follow from the nonce of its last hello. A recovery needs an operator's approval. Both
// end with new root keys; whoever asks about a box that is not theirs learns nothing.

import { createHash, timingSafeEqual } from 'node:crypto';
import {
  answerExchange,
  type BoxId,
  type CryptoProvider,
  claimCode,
  type ExchangeKind,
  limits,
  type Refused,
  readExchangeHello,
  refused,
} from '@smartbox/protocol';
import type { Clock } from '../../platform/clock.ts';
import type { DevicePort, MessageOrigin } from '../../platform/device-port.ts';
import type { Entropy } from '../../platform/entropy.ts';
import { InvariantBroken } from '../../platform/errors.ts';
import type { TenantId } from '../../platform/identifiers.ts';
import type { KeyVault } from '../../platform/key-vault.ts';
import { tenantTagBytes } from './box.ts';
import { loginHash, secretPlace } from './keyring.ts';
import type { BoxKeyRow, KeyringStore } from './keyring-store.ts';
import type { LogKeeper } from './log-keeper.ts';

/** A box that shows its claim code now. Kept in memory: the box repeats its hello until it is answered. */
interface WaitingHello {
  readonly frame: Uint8Array;
  readonly nonce: Uint8Array;
  readonly receivedAtMs: number;
  tries: number;
}

/** What exchanges are made of. */
export interface ExchangePorts {
  readonly crypto: CryptoProvider;
  readonly store: KeyringStore;
  readonly vault: KeyVault;
  readonly logKeeper: LogKeeper;
  readonly clock: Clock;
  readonly entropy: Entropy;
  readonly port: Pick<DevicePort, 'endSession' | 'sendExchangeFrame'>;
  /** Told inside the transaction. */
  readonly told: {
    recoveryNeeded(owned: MessageOrigin): void;
    recovered(owned: MessageOrigin): void;
  };
}

/** The desk where keys are agreed. */
export interface ExchangeDesk {
  /** A hello of a claim or a recovery. @returns the answer, if there is one already or now */
  hello(boxId: BoxId, kind: ExchangeKind, frame: Uint8Array): Uint8Array | Refused | undefined;
  /** Checks presence and ownership. A wrong code counts against the box's present nonce. */
  mayClaim(tenantId: TenantId, boxId: BoxId, code: string): boolean;
  /** Agrees on keys with a box that may be claimed. @returns whether its earlier log ended with this */
  claim(owned: MessageOrigin): boolean;
}

/** Presses of one box's button that are remembered while their codes are good: ten minutes of them. */
const rememberedHellos = 16;

/** A desk with nobody waiting. */
export function createExchangeDesk(ports: ExchangePorts): ExchangeDesk {
  const waiting = new Map<BoxId, readonly WaitingHello[]>();
  const recovering = new Map<BoxId, Uint8Array>();
  return {
    hello: (boxId, kind, frame) =>
      kind === 'claim'
        ? takeClaimHello(ports, waiting, { boxId, frame })
        : takeRecoverHello(ports, recovering, { boxId, frame }),
    mayClaim: (tenantId, boxId, code) => {
      const hello = waiting.get(boxId)?.at(-1);
      const owner = ports.store.ownerOf(boxId);
      const key = factoryKey(ports, boxId);
      // The same work for a box that nobody knows, so that its absence does not show.
      const wanted = claimCode(
        ports.crypto,
        { boxId, preSharedKey: key ?? new Uint8Array(limits.keyBytes) },
        hello?.nonce ?? new Uint8Array(limits.nonceBytes),
      );
      const matches = sameDigits(wanted, code);
      if (hello === undefined || key === undefined || !isFresh(hello, ports.clock.nowMs())) return false;
      if (hello.tries >= limits.claimTries) return false;
      const allowed = matches && (owner === undefined || owner === tenantId);
      if (!allowed) hello.tries += 1;
      return allowed;
    },
    claim: (owned) => {
      const hello = waiting.get(owned.boxId)?.at(-1);
      const preSharedKey = factoryKey(ports, owned.boxId);
      if (hello === undefined || preSharedKey === undefined)
        throw new InvariantBroken('a box was claimed that nobody may claim');
      const { rootKey, answer } = agree(ports, owned, { kind: 'claim', preSharedKey, frame: hello.frame });
      waiting.delete(owned.boxId);
      ports.port.sendExchangeFrame(owned.boxId, answer);
      return ports.logKeeper.begin(owned, rootKey);
    },
  };
}

interface HelloFrame {
  readonly boxId: BoxId;
  readonly frame: Uint8Array;
}

function takeClaimHello(
  ports: ExchangePorts,
  waiting: Map<BoxId, readonly WaitingHello[]>,
  { boxId, frame }: HelloFrame,
): Uint8Array | Refused | undefined {
  const preSharedKey = factoryKey(ports, boxId);
  if (preSharedKey === undefined) return refused('bad-hello');
  const hello = readExchangeHello(ports.crypto, { kind: 'claim', boxId, preSharedKey }, frame);
  if (hello.kind === 'refused') return hello;
  const tenantId = ports.store.ownerOf(boxId);
  const answer =
    tenantId === undefined ? undefined : ports.store.answeredExchange({ tenantId, boxId }, frame);
  if (answer !== undefined) return answer;
  const nowMs = ports.clock.nowMs();
  const known = (waiting.get(boxId) ?? []).filter((earlier) => isFresh(earlier, nowMs));
  // A repeated hello, also an old one that a broker kept, neither prolongs its code nor gives the
  // guesser new tries; only a press of the button makes a new one.
  const same = known.find(({ nonce }) => sameBytes(nonce, hello.nonce));
  const heard = same ?? { frame, nonce: hello.nonce, receivedAtMs: nowMs, tries: 0 };
  waiting.set(boxId, [...known.filter((earlier) => earlier !== same), heard].slice(-rememberedHellos));
  return undefined;
}

function takeRecoverHello(
  ports: ExchangePorts,
  recovering: Map<BoxId, Uint8Array>,
  { boxId, frame }: HelloFrame,
): Uint8Array | Refused | undefined {
  const row = ports.store.ownedKeys(boxId);
  if (row === undefined) return refused('bad-hello');
  const owned = { tenantId: row.tenantId, boxId };
  const preSharedKey = ports.vault.open(row.sealedRecoveryKey, secretPlace(owned, 'recovery-key'));
  const answered = ports.store.answeredExchange(owned, frame);
  if (answered !== undefined) return answered;
  const hello = readExchangeHello(ports.crypto, { kind: 'recover', boxId, preSharedKey }, frame);
  if (hello.kind === 'refused') return hello;
  const nowMs = ports.clock.nowMs();
  const approval = ports.store.approval(owned);
  if (approval === undefined || approval.usedAtMs !== null || nowMs > approval.expiresAtMs) {
    if (!sameBytes(recovering.get(boxId), hello.nonce)) ports.told.recoveryNeeded(owned);
    recovering.set(boxId, hello.nonce);
    return undefined;
  }
  ports.store.saveApproval(owned, { ...approval, usedAtMs: nowMs });
  const { answer } = agree(ports, owned, { kind: 'recover', preSharedKey, frame });
  recovering.delete(boxId);
  ports.told.recovered(owned);
  return answer;
}

// From here the box's old keys open nothing: whatever happens to the answer, it is stored with the keys
// that it promises and given again to the same hello.
function agree(
  ports: ExchangePorts,
  owned: MessageOrigin,
  hello: { readonly kind: ExchangeKind; readonly preSharedKey: Uint8Array; readonly frame: Uint8Array },
): { readonly rootKey: Uint8Array; readonly answer: Uint8Array } {
  const { crypto, entropy, vault, store } = ports;
  // A recovery gives the same key again: should its answer be lost for good, because the box restarts with
  // a new nonce, only a key that both still hold can begin another one.
  const recoveryKey = hello.kind === 'recover' ? hello.preSharedKey : entropy.bytes(limits.keyBytes);
  const body = { recoveryKey, tenantTag: tenantTag(owned.tenantId), timeMs: Math.floor(ports.clock.nowMs()) };
  const identity = { kind: hello.kind, boxId: owned.boxId, preSharedKey: hello.preSharedKey };
  const fresh = { nonce: entropy.bytes(limits.nonceBytes), secret: entropy.bytes(limits.keyBytes) };
  const answered = answerExchange(crypto, { ...identity, ...fresh, body }, hello.frame);
  if (answered.kind === 'refused')
    throw new InvariantBroken(`an accepted hello was refused: ${answered.reason}`);
  const keys: BoxKeyRow = {
    epoch: 0,
    sealedRootKey: vault.seal(answered.rootKey, secretPlace(owned, 'root-key', 0)),
    sealedPendingKey: null,
    helloCounter: 0,
    sealedRecoveryKey: vault.seal(recoveryKey, secretPlace(owned, 'recovery-key')),
    loginHash: loginHash(crypto, answered.rootKey),
    earlierLoginHash: store.ownedKeys(owned.boxId)?.loginHash ?? null,
  };
  store.replaceKeys(owned, keys);
  store.saveExchange(owned, { hello: hello.frame, answer: answered.frame });
  ports.port.endSession(owned.boxId);
  return { rootKey: answered.rootKey, answer: answered.frame };
}

function factoryKey({ store, vault }: ExchangePorts, boxId: BoxId): Uint8Array | undefined {
  const box = store.factoryBox(boxId);
  if (box === undefined) return undefined;
  return vault.open(box.sealedFactoryKey, secretPlace({ tenantId: box.makerId, boxId }, 'factory-key'));
}

function isFresh(hello: WaitingHello, nowMs: number): boolean {
  return nowMs - hello.receivedAtMs <= limits.claimLifetimeMs;
}

function tenantTag(tenantId: TenantId): Uint8Array {
  return new Uint8Array(createHash('sha256').update(tenantId, 'utf8').digest()).slice(0, tenantTagBytes);
}

function sameDigits(wanted: string, given: string): boolean {
  const left = Buffer.from(wanted, 'utf8');
  const right = Buffer.from(given, 'utf8');
  return left.length === right.length && timingSafeEqual(left, right);
}

function sameBytes(left: Uint8Array | undefined, right: Uint8Array): boolean {
  return left !== undefined && Buffer.compare(left, right) === 0;
}
