// What the parts of remote openings share, and the one place where an opening changes: its row, its event and whether
// it still lives move together.

import type { Clock } from '../../platform/clock.ts';
import type { DevicePort } from '../../platform/device-port.ts';
import type { Entropy } from '../../platform/entropy.ts';
import type { EventBus } from '../../platform/events.ts';
import type { Identifiers, TenantId } from '../../platform/identifiers.ts';
import type { Boxes } from '../boxes/index.ts';
import type { LiveOrders } from './live-orders.ts';
import type { OpeningState, RemoteOpening } from './remote-opening.ts';
import type { StandingRights } from './standing.ts';
import type { OpeningStore } from './store.ts';

/** What remote openings work with. */
export interface OpeningDesk {
  readonly clock: Clock;
  readonly entropy: Entropy;
  readonly identifiers: Identifiers;
  readonly events: EventBus;
  readonly port: Pick<DevicePort, 'send'>;
  readonly boxes: Pick<Boxes, 'find' | 'bins' | 'place'>;
  readonly openings: (tenantId: TenantId) => OpeningStore;
  readonly live: LiveOrders;
  readonly mayOpen: StandingRights;
}

/** The event of each state; `asked` is only a matter of moments and is told by none. */
const eventOf: Readonly<Record<OpeningState, string | undefined>> = {
  ordered: 'opening.ordered',
  asked: undefined,
  granted: 'opening.granted',
  opened: 'opening.opened',
  refused: 'opening.refused',
  expired: 'opening.expired',
  'not-opened': 'opening.not_opened',
};

/** Brings an opening to another state; inside a transaction. */
export function moveOpening(
  desk: Pick<OpeningDesk, 'clock' | 'events' | 'boxes' | 'openings' | 'live'>,
  tenantId: TenantId,
  opening: RemoteOpening,
  change: Pick<RemoteOpening, 'state'> & Partial<Pick<RemoteOpening, 'because' | 'grant' | 'changedAtMs'>>,
): void {
  const changedAtMs = change.changedAtMs ?? Math.floor(desk.clock.nowMs());
  const moved = { ...opening, ...change, changedAtMs };
  desk.openings(tenantId).change(opening.openingId, moved);
  if (moved.state !== 'ordered' && moved.state !== 'asked') desk.live.forget(opening.openingId);
  tellOpening(desk, tenantId, moved);
}

/** Tells of the state that an opening is in. */
export function tellOpening(
  desk: Pick<OpeningDesk, 'events' | 'boxes'>,
  tenantId: TenantId,
  opening: RemoteOpening,
): void {
  const type = eventOf[opening.state];
  if (type === undefined) return;
  const { boxId, bin, press, by, because, grant } = opening;
  const locationId = desk.boxes.place(tenantId, boxId)?.locationId;
  desk.events.publish('fact-established', {
    ...{ tenantId, type, boxId, occurredAtMs: opening.changedAtMs },
    ...(locationId === undefined ? {} : { locationId }),
    ...(bin === 0 ? {} : { bin }),
    data: {
      ...{ opening_id: opening.openingId, target: showTarget(bin), press },
      ...{ person_id: by.personId, token_id: by.tokenId },
      ...(because === null ? {} : { because: because.replaceAll('-', '_') }),
      ...(grant === null ? {} : { grant }),
    },
  });
}

/** @returns what opens, in the API's form */
export function showTarget(bin: number): { readonly bin: number } | 'main_lock' {
  return bin === 0 ? 'main_lock' : { bin };
}
