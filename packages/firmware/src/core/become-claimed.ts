// The two moments in which a box gets a root key: the claim, and a recovery. Orders that matter: at the claim
// `root` is saved last, because it is what makes the box claimed; at a recovery one write holds both the
// root and the recovery key, and the `recovery` record follows.
import { type ExchangeFinished, firstLogKey, mqttPassword } from '@smartbox/protocol';
import { BINS_PER_RECORD, emptyMemory, encodeMemory } from './bin-memory.ts';
import { noClaim } from './claim.ts';
import { wantLink } from './cloud-link.ts';
import { forgetEverything } from './emergency-keys.ts';
import { useKeys } from './keep-emergency.ts';
import { mainLockUntold } from './main-lock-memory.ts';
import { claimedOutbox, encodeLogKey, encodePoint } from './outbox.ts';
import { encodeLogin, encodeRecovery, encodeRoot } from './records.ts';
import { endSession, newSession } from './session.ts';
import { tellAnew } from './tell-anew.ts';
import { keepMainTold, keepSecondNetwork, save, type Turn, tell, writeDown } from './turn.ts';

/** The claim was answered: the box has an owner, a log and a new broker password. */
export function becomeClaimed(turn: Turn, finished: ExchangeFinished): void {
  const { box, crypto, nowMs } = turn;
  const { rootKey, recoveryKey } = finished;
  box.login = mqttPassword(crypto, rootKey);
  box.recoveryKey = recoveryKey;
  box.outbox = claimedOutbox(box.log, firstLogKey(crypto, rootKey));
  box.memory = emptyMemory(box.binCount);
  keepMainTold(turn, mainLockUntold());
  box.session = newSession({ epoch: 0, rootKey }, box.block, nowMs);
  box.claim = noClaim();
  // On battery the new owner gets a minute before the box sleeps.
  box.lastPersonMs = nowMs;
  save(turn, 'login', encodeLogin(box.login));
  save(turn, 'recovery', encodeRecovery(recoveryKey));
  for (let bin = 1; bin <= box.binCount; bin += BINS_PER_RECORD) {
    const { record, bytes } = encodeMemory(box.memory, bin);
    save(turn, record, bytes);
  }
  // What an earlier owner printed opens nothing any more.
  useKeys(turn, forgetEverything(box.emergency));
  // Nor does the box join the hotspot of their phone.
  keepSecondNetwork(turn, undefined);
  save(turn, 'log-acknowledged', encodePoint(box.outbox.acknowledged));
  save(turn, 'log-key', encodeLogKey(box.outbox));
  save(turn, 'root', encodeRoot({ epoch: 0, rootKey }));
  writeDown(turn, { kind: 'claimed' });
  // Nothing was told before: what lies in the bins is told as placed.
  tellAnew(turn, true);
  turn.outputs.push({ kind: 'disconnect' });
  box.link = wantLink(nowMs);
  tell(turn, { text: 'claimed' });
}

/** A recovery was answered: new keys, the same owner, the same log. The next HELLO uses them at once. */
export function becomeRecovered(turn: Turn, finished: ExchangeFinished): void {
  const { box } = turn;
  if (box.session === undefined) return;
  const { rootKey, recoveryKey } = finished;
  save(turn, 'root', encodeRoot({ epoch: 0, rootKey, recoveryKey }));
  save(turn, 'recovery', encodeRecovery(recoveryKey));
  box.recoveryKey = recoveryKey;
  box.recovery = undefined;
  box.session = endSession({ ...box.session, root: { epoch: 0, rootKey }, unanswered: 0 }, turn.nowMs);
}
