// What a box did with its grants, as its log tells. A one-time code is used up by OPEN_INTENT; a code
// that lasts until its key is withdrawn ends when that key's fob leaves under one of its grants.

import { isOfflineGrant, type LogEntry, type LogEntryKind } from '@smartbox/protocol';
import type { DevicePort, MessageOrigin } from '../../platform/device-port.ts';
import type { FobMoved } from '../../platform/events.ts';
import { occurredAtMs } from '../boxes/index.ts';
import { endCode } from './end-code.ts';
import { advanceGrant } from './grant.ts';
import type { AccessPorts } from './on-access-requested.ts';
import { moveGrant } from './settle.ts';

const kinds: readonly LogEntryKind[] = [
  'open-intended',
  'bin-opened',
  'bin-closed',
  'bin-jammed',
  'main-lock-opened',
  'main-lock-closed',
  'main-lock-jammed',
];
const opening: ReadonlySet<LogEntryKind> = new Set(['open-intended', 'bin-opened', 'main-lock-opened']);

/** Registers for the entries that are about grants. */
export function listenToGrants(ports: AccessPorts, port: Pick<DevicePort, 'onLogEntry'>): void {
  port.onLogEntry(kinds, (from, entry) => followGrant(ports, from, entry));
}

function followGrant(ports: AccessPorts, from: MessageOrigin, entry: LogEntry): void {
  // What a box opened by itself is judged by the feature that knows which codes it may take alone.
  if (isOfflineGrant(entry.grant)) return;
  const store = ports.access(from.tenantId);
  const atMs = occurredAtMs(entry, ports.clock.nowMs());
  const grant = entry.grant === 0 ? undefined : store.grant(from.boxId, entry.grant);
  if (grant === undefined) {
    if (opening.has(entry.kind)) raise(ports, from, { entry, atMs });
    return;
  }
  const { state, anomaly } = advanceGrant(grant, entry);
  if (state !== grant.state) moveGrant(ports, from, { grant, state, atMs });
  if (anomaly) raise(ports, from, { entry, atMs });
  if (entry.kind !== 'open-intended' || grant.codeId === null) return;
  const code = store.code(grant.codeId);
  if (code?.uses === 'once') endCode(ports, from.tenantId, { code, because: 'used', atMs });
}

// Must never happen: every opening has exactly one live grant. Whoever reads this should go and look.
function raise(
  ports: AccessPorts,
  { tenantId, boxId }: MessageOrigin,
  told: { readonly entry: LogEntry; readonly atMs: number },
): void {
  const { bin, grant, kind } = told.entry;
  ports.events.publish('fact-established', {
    ...{ tenantId, boxId },
    ...(bin === 0 ? {} : { bin }),
    type: bin === 0 ? 'main_lock.opened_without_grant' : 'bin.opened_without_grant',
    occurredAtMs: told.atMs,
    data: { grant, entry: kind.replaceAll('-', '_') },
  });
}

/** A fob left a bin: ends the code under whose grant its key was withdrawn (SEC-02). */
export function endWithdrawnCode(ports: AccessPorts, moved: FobMoved): void {
  if (moved.direction !== 'taken' || moved.grant === 0) return;
  const store = ports.access(moved.tenantId);
  const grant = store.grant(moved.boxId, moved.grant);
  if (grant === undefined || grant.codeId === null) return;
  if (ports.keys.byFob(moved.tenantId, moved.tag)?.keyId !== grant.keyId) return;
  const code = store.code(grant.codeId);
  if (code?.uses === 'until-withdrawn')
    endCode(ports, moved.tenantId, { code, because: 'withdrawn', atMs: moved.atMs });
}
