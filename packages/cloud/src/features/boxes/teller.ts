// Tells the ledger what happened at a box. Apart from the handlers, so that every fact of a box carries
// its place in the same way.

import type { BoxId } from '@smartbox/protocol';
import type { MessageOrigin } from '../../platform/device-port.ts';
import type { EventBus } from '../../platform/events.ts';
import type { BoxPlaces } from './place.ts';

/** One thing to tell. */
export interface BoxFact {
  readonly type: string;
  readonly atMs: number;
  readonly bin?: number;
  readonly data?: Readonly<Record<string, unknown>>;
}

/** Tells facts of boxes. */
export type BoxTeller = (from: MessageOrigin, fact: BoxFact) => void;

/** A teller over the bus. */
export function createBoxTeller(events: EventBus, places: BoxPlaces): BoxTeller {
  return ({ tenantId, boxId }, { type, atMs, bin, data }) => {
    const locationId = places(tenantId, boxId)?.locationId;
    events.publish('fact-established', {
      tenantId,
      boxId: boxId as BoxId,
      type,
      occurredAtMs: atMs,
      ...(locationId === undefined ? {} : { locationId }),
      ...(bin === undefined ? {} : { bin }),
      ...(data === undefined ? {} : { data }),
    });
  };
}
