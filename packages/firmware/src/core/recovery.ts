// The way back when box and cloud no longer share a root key (a database restored from before a Diffie-Hellman
// step). After many unanswered HELLOs the box offers one exchange under the recovery key and repeats it until
// an operator has approved it; ordinary HELLOs go on beside it. Order that matters: one atomic save-record root
// holds the new root key AND the new recovery key, then save-record recovery; a cut between them is finished at
// the next boot.
import {
  type BoxId,
  type CryptoProvider,
  type ExchangeFinished,
  finishExchange,
  type PendingExchange,
  type Refused,
  startExchange,
} from '@smartbox/protocol';
import { boxLimits } from './limits.ts';

export interface RecoveryState {
  readonly pending: PendingExchange;
  readonly dueMs: number;
}

/** Makes the offer. */
export function startRecovery(
  crypto: CryptoProvider,
  identity: { readonly boxId: BoxId; readonly recoveryKey: Uint8Array; readonly firmware: number },
  fresh: { readonly nonce: Uint8Array; readonly secret: Uint8Array; readonly nowMs: number },
): RecoveryState {
  const { boxId, firmware } = identity;
  const { nonce, secret } = fresh;
  const preSharedKey = identity.recoveryKey;
  const { pending } = startExchange(crypto, {
    kind: 'recover',
    boxId,
    preSharedKey,
    nonce,
    secret,
    firmware,
  });
  return { pending, dueMs: fresh.nowMs };
}

/** @returns the recover-hello to send now, if one is due */
export function recoveryHello(
  recovery: RecoveryState,
  nowMs: number,
): { readonly recovery: RecoveryState; readonly frame: Uint8Array | undefined } {
  if (nowMs < recovery.dueMs) return { recovery, frame: undefined };
  const dueMs = nowMs + boxLimits.recoveryEveryMs;
  return { recovery: { ...recovery, dueMs }, frame: recovery.pending.helloFrame };
}

/** Takes a recover-welcome. */
export function finishRecovery(
  crypto: CryptoProvider,
  recovery: RecoveryState,
  frame: Uint8Array,
): ExchangeFinished | Refused {
  return finishExchange(crypto, recovery.pending, frame);
}
