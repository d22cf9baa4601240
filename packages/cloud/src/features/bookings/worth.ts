// Loads what the answer to "will it work when the box drops off now?" is made of, and lets the rules answer.

import type { BoxId } from '@smartbox/protocol';
import type { Clock } from '../../platform/clock.ts';
import type { TenantId } from '../../platform/identifiers.ts';
import type { OfflineWorth } from '../access/index.ts';
import type { Boxes } from '../boxes/index.ts';
import type { Emergency } from '../emergency/index.ts';
import type { Keys, Whereabouts } from '../keys/index.ts';
import type { Booking } from './booking.ts';
import { type BoxFacts, bookingWorth } from './offline.ts';

/** What the answer is loaded from. */
export interface WorthPorts {
  readonly clock: Clock;
  readonly boxes: Pick<Boxes, 'find' | 'clockLostAtMs'>;
  readonly keys: Pick<Keys, 'find' | 'whereIs'>;
  readonly emergency: Pick<Emergency, 'held'>;
}

/** A booking with what is known of its box. */
export interface KnownBooking {
  readonly booking: Booking;
  readonly box: BoxFacts | undefined;
  readonly offline: OfflineWorth;
}

const noKey = { generation: 0, inForceSinceMs: null, firstUseHours: 0 } as const;

/** @returns the booking and what it is worth now */
export function known(ports: WorthPorts, tenantId: TenantId, booking: Booking): KnownBooking {
  const box = boxFacts(ports, tenantId, booking.boxId);
  const where = whereIs(ports, tenantId, booking.keyId);
  return { booking, box, offline: bookingWorth(booking, { box, where }, ports.clock.nowMs()) };
}

/** @returns what is known of a box, or undefined for one that the tenant has not */
function boxFacts(ports: WorthPorts, tenantId: TenantId, boxId: BoxId): BoxFacts | undefined {
  const found = ports.boxes.find(tenantId, boxId);
  const held = ports.emergency.held(tenantId, boxId);
  if (found === undefined) return undefined;
  return {
    boxId,
    claimedAtMs: found.box.claimedAtMs,
    wasOnline: found.box.life === 'live',
    online: found.health.online,
    clockLostAtMs: ports.boxes.clockLostAtMs(tenantId, boxId),
    bookingKey: held?.booking ?? noKey,
    versionInForce: held?.versionInForce ?? 0,
    confirmedAtMs: held?.confirmedAtMs ?? null,
  };
}

function whereIs(ports: WorthPorts, tenantId: TenantId, keyId: string): Whereabouts {
  const key = ports.keys.find(tenantId, keyId);
  return key === undefined ? { kind: 'unknown' } : ports.keys.whereIs(tenantId, key);
}
