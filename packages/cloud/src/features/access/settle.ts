// What becomes of a grant that the box never used. A box has one request outstanding at most, writes
// OPEN_INTENT before it fires a lock, and tells with each request how far its log goes: once the replay
// has come that far, an unmentioned grant is dead and a one-time code is free again. So a lost answer
// costs nobody the code, and no code opens twice.

import type { MessageOrigin } from '../../platform/device-port.ts';
import type { EventBus } from '../../platform/events.ts';
import type { TenantId } from '../../platform/identifiers.ts';
import { endCode } from './end-code.ts';
import type { Grant, GrantState } from './grant.ts';
import type { AccessStore } from './store.ts';

/** What settling needs. */
export interface SettlePorts {
  readonly events: EventBus;
  readonly access: (tenantId: TenantId) => AccessStore;
}

/** A grant came to another state; whoever follows it joins. */
export function moveGrant(
  ports: SettlePorts,
  { tenantId, boxId }: MessageOrigin,
  moved: { readonly grant: Grant; readonly state: GrantState; readonly atMs: number },
): void {
  const { grant, state, atMs } = moved;
  ports.access(tenantId).setGrantState(boxId, grant.reference, state);
  ports.events.publish('grant-moved', { tenantId, boxId, grant: grant.reference, state, atMs });
}

/** The box's log has passed this grant without a word of it: it can never open anything. */
export function lapse(
  ports: SettlePorts,
  from: MessageOrigin,
  told: { readonly grant: Grant; readonly atMs: number },
): void {
  const { grant, atMs } = told;
  const store = ports.access(from.tenantId);
  moveGrant(ports, from, { grant, state: 'void', atMs });
  if (grant.codeId !== null && holds(store, from, grant)) store.reserveCode(grant.codeId, null);
  tellEnd(ports, from, { grant, atMs, type: 'access.lapsed' });
}

/** Nobody will ever know whether this grant was used: its one-time code counts as used, to be safe. */
export function loseTrack(
  ports: SettlePorts,
  from: MessageOrigin,
  told: { readonly grant: Grant; readonly atMs: number },
): void {
  const { grant, atMs } = told;
  const store = ports.access(from.tenantId);
  moveGrant(ports, from, { grant, state: 'void', atMs });
  const code = grant.codeId === null ? undefined : store.code(grant.codeId);
  if (code !== undefined && holds(store, from, grant))
    endCode(ports, from.tenantId, { code, because: 'used', atMs });
  tellEnd(ports, from, { grant, atMs, type: 'access.untraceable' });
}

/** A box opened a session and its log ends at `end`: what was granted before is dead once we are there. */
export function logTold(
  ports: SettlePorts,
  from: MessageOrigin,
  told: { readonly end: number; readonly replayed: number; readonly atMs: number },
): void {
  const store = ports.access(from.tenantId);
  const grant = store.lastGrant(from.boxId);
  if (grant?.state !== 'granted') return;
  if (told.end === told.replayed) lapse(ports, from, { grant, atMs: told.atMs });
  else if (told.end > told.replayed)
    store.saveBox(from.boxId, { ...store.box(from.boxId), settleEnd: told.end });
}

/** The replay has come to `end`. */
export function logReplayed(
  ports: SettlePorts,
  from: MessageOrigin,
  told: { readonly end: number; readonly atMs: number },
): void {
  const store = ports.access(from.tenantId);
  const box = store.box(from.boxId);
  if (box.settleEnd === null || told.end < box.settleEnd) return;
  store.saveBox(from.boxId, { ...box, settleEnd: null });
  const grant = store.lastGrant(from.boxId);
  if (grant?.state === 'granted') lapse(ports, from, { grant, atMs: told.atMs });
}

/** The box's log ended for good, or part of it is lost. */
export function logRestarted(ports: SettlePorts, from: MessageOrigin, told: { readonly atMs: number }): void {
  const store = ports.access(from.tenantId);
  store.saveBox(from.boxId, { ...store.box(from.boxId), settleEnd: null });
  const grant = store.lastGrant(from.boxId);
  if (grant?.state === 'granted') loseTrack(ports, from, { grant, atMs: told.atMs });
  // Whether the front was shut meanwhile is lost with the log: nobody is named for what is taken from now on.
  const front = store.openFront(from.boxId);
  if (front !== undefined) moveGrant(ports, from, { grant: front, state: 'closed', atMs: told.atMs });
}

function holds(store: AccessStore, from: MessageOrigin, grant: Grant): boolean {
  const by = grant.codeId === null ? null : (store.code(grant.codeId)?.reservedBy ?? null);
  return by !== null && by.boxId === from.boxId && by.reference === grant.reference;
}

function tellEnd(
  ports: SettlePorts,
  { tenantId, boxId }: MessageOrigin,
  told: { readonly grant: Grant; readonly atMs: number; readonly type: string },
): void {
  const { reference, bin, keyId, codeId } = told.grant;
  const fact = {
    ...{ tenantId, boxId },
    ...(bin === 0 ? {} : { bin }),
    ...(keyId === null ? {} : { keyId }),
    type: told.type,
    occurredAtMs: told.atMs,
    data: { grant: reference },
  };
  ports.events.publish('fact-established', codeId === null ? fact : { ...fact, codeId });
}
