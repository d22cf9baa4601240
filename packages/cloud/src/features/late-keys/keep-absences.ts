// Keeps absences: a fob left a bin or came back, a key was retired, its rule changed, its time came. Each runs inside
// a transaction, and what is told of a key is told with the row that says so: once.

import type { Clock } from '../../platform/clock.ts';
import type { EventBus, FobMoved } from '../../platform/events.ts';
import type { TenantId } from '../../platform/identifiers.ts';
import { showInstant } from '../../platform/instant.ts';
import type { Bookings } from '../bookings/index.ts';
import type { GrantHolder, Keys } from '../keys/index.ts';
import { type Absence, dueAtMs, isLate, type ReturnRule, usualRule } from './lateness.ts';
import type { DueAbsences, LateKeyStore } from './store.ts';

/** What keeping needs. */
export interface AbsencePorts {
  readonly clock: Clock;
  readonly events: EventBus;
  readonly keys: Pick<Keys, 'find' | 'byFob'>;
  readonly bookings: Pick<Bookings, 'booked' | 'booking'>;
  readonly grantHolder: GrantHolder;
  readonly lateKeys: (tenantId: TenantId) => LateKeyStore;
}

/** Takes one movement. @returns whether another key may be the next to be due */
export function followFob(ports: AbsencePorts, moved: FobMoved): boolean {
  const key = ports.keys.byFob(moved.tenantId, moved.tag);
  if (key === undefined) return false;
  const ended = endAbsence(ports, moved, key.keyId);
  if (moved.direction === 'placed') return ended;
  const store = ports.lateKeys(moved.tenantId);
  const { tenantId, boxId, bin, grant, atMs } = moved;
  const holder = ports.grantHolder(moved);
  const { codeId, personId } = holder ?? { codeId: null, personId: null };
  const bookingId = codeId === null ? null : (ports.bookings.booked(tenantId, codeId)?.bookingId ?? null);
  const booking = bookingId === null ? undefined : ports.bookings.booking(tenantId, bookingId);
  const taken = { takenAtMs: atMs, bookingEndsAtMs: booking?.endsAtMs ?? null };
  store.save({
    ...{ keyId: key.keyId, boxId, bin, grant, codeId, personId, bookingId, ...taken },
    dueAtMs: dueAtMs(taken, store.rule(key.keyId) ?? usualRule),
    lateSinceMs: null,
  });
  return true;
}

// A key that is taken again was back, even if no reader saw it.
function endAbsence(ports: AbsencePorts, moved: FobMoved, keyId: string): boolean {
  const { tenantId, boxId, bin, locationId, atMs } = moved;
  const store = ports.lateKeys(tenantId);
  const absence = store.absence(keyId);
  if (absence === undefined) return false;
  store.end(keyId);
  // A box that was away tells of takings and returns together: then this is the first and only word of it.
  if (absence.lateSinceMs === null && !isLate(absence, atMs)) return true;
  ports.events.publish('fact-established', {
    ...{ tenantId, boxId, bin, locationId, keyId, occurredAtMs: atMs },
    ...(absence.codeId === null ? {} : { codeId: absence.codeId }),
    type: 'key.late_returned',
    data: {
      ...about(absence),
      // None where the box told only now that the key was back in time.
      late_ms: Math.max(0, atMs - (absence.dueAtMs ?? atMs)),
    },
  });
  return true;
}

/** Changes how long a key may be out, also this time; what was told of it stays told. */
export function changeRule(ports: AbsencePorts, tenantId: TenantId, keyId: string, rule: ReturnRule): void {
  const store = ports.lateKeys(tenantId);
  store.saveRule(keyId, rule);
  const absence = store.absence(keyId);
  if (absence !== undefined && absence.lateSinceMs === null)
    store.save({ ...absence, dueAtMs: dueAtMs(absence, rule) });
}

/** Tells of every key whose time has come. */
export function tellLate(ports: AbsencePorts, due: Pick<DueAbsences, 'dueBy'>): void {
  const nowMs = Math.floor(ports.clock.nowMs());
  for (const { tenantId, absence } of due.dueBy(nowMs)) {
    const { keyId, boxId, bin, codeId } = absence;
    const lateSinceMs = absence.dueAtMs ?? nowMs;
    ports.lateKeys(tenantId).save({ ...absence, lateSinceMs });
    const locationId = ports.keys.find(tenantId, keyId)?.locationId;
    ports.events.publish('fact-established', {
      ...{ tenantId, keyId, boxId, bin, occurredAtMs: lateSinceMs, type: 'key.late' },
      ...(locationId === undefined ? {} : { locationId }),
      ...(codeId === null ? {} : { codeId }),
      data: about(absence),
    });
  }
}

function about({ grant, personId, bookingId, takenAtMs, dueAtMs: due }: Absence) {
  return {
    grant,
    ...(personId === null ? {} : { person_id: personId }),
    ...(bookingId === null ? {} : { booking_id: bookingId }),
    taken_at: showInstant(takenAtMs),
    ...(due === null ? {} : { due_at: showInstant(due) }),
  };
}
