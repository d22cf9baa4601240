// What a box did by itself while it could not ask, as its log tells once it is back: the bins that it opened wait
// for a count. Runs for each verified entry exactly once, in the transaction that stores it.

import {
  decodeOfflineUse,
  isOfflineGrant,
  type LogEntry,
  type OfflineMethod,
  ProtocolError,
} from '@smartbox/protocol';
import type { Clock } from '../../platform/clock.ts';
import type { DevicePort, MessageOrigin } from '../../platform/device-port.ts';
import type { EventBus } from '../../platform/events.ts';
import type { TenantId } from '../../platform/identifiers.ts';
import { type Boxes, occurredAtMs } from '../boxes/index.ts';
import { afterOpening, handKinds, withEntry } from './count.ts';
import type { CountStore } from './store.ts';

/** What the handlers need. */
export interface CountLogPorts {
  readonly clock: Clock;
  readonly events: EventBus;
  readonly counts: (tenantId: TenantId) => CountStore;
  readonly boxes: Pick<Boxes, 'place'>;
}

/** Registers for the entries of openings by hand, and for where logs begin and end. */
export function listenToHandOpenings(ports: CountLogPorts, port: Pick<DevicePort, 'onLogEntry'>): void {
  port.onLogEntry(handKinds, (from, entry) => {
    if (isOfflineGrant(entry.grant)) follow(ports, from, entry);
  });
  ports.events.join('box-log-told', ({ tenantId, boxId, end }) => {
    const replayed = ports.boxes.place(tenantId, boxId)?.logEnd ?? end;
    const store = ports.counts(tenantId);
    // A box that has nothing more to tell has opened nothing that we do not know of.
    if (end > replayed) store.saveState(boxId, { ...store.state(boxId), toldEnd: end });
  });
  ports.events.join('box-log-restarted', (from) => logRestarted(ports, from));
}

function follow(ports: CountLogPorts, from: MessageOrigin, entry: LogEntry): void {
  const { boxId, tenantId } = from;
  const store = ports.counts(tenantId);
  if (entry.kind === 'code-used') store.saveUse(boxId, entry.grant, methodOf(entry));
  // A code for all bins names none: the openings that follow do.
  if (entry.bin === 0) return;
  const nowMs = Math.floor(ports.clock.nowMs());
  const atMs = occurredAtMs(entry, nowMs);
  const method = store.method(boxId, entry.grant);
  store.saveOpening(boxId, withEntry(store.opening(boxId, entry.bin), entry, { atMs, method }));
  const { state, asks } = afterOpening(store.state(boxId), entry.grant, nowMs);
  store.saveState(boxId, state);
  if (!asks) return;
  const locationId = ports.boxes.place(tenantId, boxId)?.locationId;
  ports.events.publish('fact-established', {
    ...{ tenantId, boxId, type: 'count.asked', occurredAtMs: nowMs, data: { method } },
    ...(locationId === undefined ? {} : { locationId }),
  });
}

// A way of proving oneself that this version does not know must not stop the log.
function methodOf(entry: LogEntry): OfflineMethod | null {
  try {
    return decodeOfflineUse(entry.tag).method;
  } catch (error) {
    if (error instanceof ProtocolError) return null;
    throw error;
  }
}

// The numbers of another log begin anew. What was opened by hand still waits, unless the box was given up: what
// is in it is its next owner's.
function logRestarted(ports: CountLogPorts, { tenantId, boxId }: MessageOrigin): void {
  const store = ports.counts(tenantId);
  const state = store.state(boxId);
  const isOurs = ports.boxes.place(tenantId, boxId) !== undefined;
  store.forgetUses(boxId);
  if (!isOurs) store.clearOpenings(boxId);
  if (state.rev === 0 && state.toldEnd === 0) return;
  const askedAtMs = isOurs ? state.askedAtMs : null;
  store.saveState(boxId, { askedAtMs, toldEnd: 0, askedThrough: 0, rev: state.rev + 1 });
}
