// Device message session-confirmed: a box is there. It tells what it is and where its log ends, which
// is compared with the replay before anything else is believed.

import type { BodyNamed } from '@smartbox/protocol';
import type { MessageOrigin, Reply } from '../../platform/device-port.ts';
import { InvariantBroken } from '../../platform/errors.ts';
import type { EventBus } from '../../platform/events.ts';
import { newBin } from './bin.ts';
import { checkLogHead } from './box-log.ts';
import type { KeyringStore } from './keyring-store.ts';
import type { KeptLog, LogKeeper } from './log-keeper.ts';
import { type HeartbeatPorts, missingSettings } from './on-heartbeat.ts';
import { acknowledgement, faultName, tellFault } from './on-log-reported.ts';
import { heardFrom } from './presence.ts';
import type { BoxStore, BoxWithHealth } from './store.ts';

/** What the handler needs. */
export interface SessionPorts extends HeartbeatPorts {
  readonly events: EventBus;
  readonly logKeeper: LogKeeper;
  readonly keys: Pick<KeyringStore, 'approval'>;
}

/** Entries that may be given up at once: each costs a step of the log key. */
const mostLost = 200_000;

type Body = BodyNamed<'session-confirmed'>;

/** Takes the confirmation of a session. */
export function onSessionConfirmed(ports: SessionPorts, from: MessageOrigin, body: Body): readonly Reply[] {
  const store = ports.boxes(from.tenantId);
  const known = store.get(from.boxId);
  if (known === undefined) throw new InvariantBroken(`${from.boxId} has a session and no owner`);
  const nowMs = ports.clock.nowMs();
  const { health, cameOnline } = heardFrom(
    known,
    { firmware: body.firmware, settingsInForce: body.settingsVersion },
    nowMs,
  );
  store.setHealth(from.boxId, health);
  takeInventory(store, known, body.binCount);
  if (known.box.life === 'claimed') store.setLife(from.boxId, 'live');
  if (cameOnline) ports.tell(from, { type: 'box.online', atMs: nowMs, data: { firmware: body.firmware } });
  const log = compareLogs(ports, from, body);
  ports.events.publish('box-log-told', { tenantId: from.tenantId, boxId: from.boxId, end: body.logEnd });
  return [acknowledgement(log.chain), ...missingSettings(known.box.settings, body.settingsVersion)];
}

// A board that drives more bins than we know of gets them; none is ever taken away, for its history.
function takeInventory(store: BoxStore, { box }: BoxWithHealth, binCount: number): void {
  if (binCount === box.binCount) return;
  store.setBinCount(box.boxId, binCount);
  for (let bin = box.binCount + 1; bin <= binCount; bin++)
    if (store.bin(box.boxId, bin) === undefined) store.saveBin(box.boxId, newBin(bin));
}

function compareLogs(ports: SessionPorts, from: MessageOrigin, body: Body): KeptLog {
  const log = ports.logKeeper.load(from);
  const fault = checkLogHead(log.chain, body);
  if (fault !== undefined && faultName(fault) !== log.alarm) {
    tellFault(ports, from, fault);
    const alarmed = { ...log, alarm: faultName(fault) };
    ports.logKeeper.save(from, alarmed);
    return alarmed;
  }
  return acceptGap(ports, from, { log, body });
}

// After the database was restored, a box may have forgotten entries that only the lost days knew. An
// operator's approval lets the replay go on from where the box says that it stands; what is lost is told.
function acceptGap(
  ports: SessionPorts,
  from: MessageOrigin,
  told: { readonly log: KeptLog; readonly body: Body },
): KeptLog {
  const { log, body } = told;
  const nowMs = ports.clock.nowMs();
  const approval = ports.keys.approval(from);
  const approved = approval !== undefined && nowMs <= approval.expiresAtMs;
  const lost = body.logEnd - log.chain.end;
  if (!approved || log.alarm?.startsWith('gap:') !== true || lost <= 0 || lost > mostLost) return log;
  const chain = ports.logKeeper.skipTo(log.chain, { end: body.logEnd, hash: body.logHash });
  const accepted = { ...log, chain, alarm: null };
  ports.logKeeper.save(from, accepted);
  ports.tell(from, {
    type: 'box.log_gap_accepted',
    atMs: nowMs,
    data: { first_lost: log.chain.end + 1, last_lost: body.logEnd },
  });
  ports.events.publish('box-log-restarted', { tenantId: from.tenantId, boxId: from.boxId });
  return accepted;
}
