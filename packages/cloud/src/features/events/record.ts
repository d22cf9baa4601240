// Writes every fact into the ledger, in the transaction of whoever established it: a fact and its event
// are there together or not at all. After the commit the event is told to whoever follows live.

import type { Clock } from '../../platform/clock.ts';
import type { EventBus, Fact } from '../../platform/events.ts';
import type { TenantId } from '../../platform/identifiers.ts';
import { eventId, type NumberedEvent, showEvent } from './event.ts';
import type { EventStore } from './store.ts';

/** What recording needs. */
export interface RecordPorts {
  readonly clock: Clock;
  readonly bus: EventBus;
  readonly stores: (tenantId: TenantId) => EventStore;
}

/** Joins the facts from here on. @returns a function that stops it */
export function recordFacts(ports: RecordPorts): () => void {
  return ports.bus.join('fact-established', (fact) => {
    const event = ports.stores(fact.tenantId).append(fact, Math.floor(ports.clock.nowMs()));
    ports.bus.publish('ledger-event-recorded', toLedgerEvent(fact, event));
  });
}

function toLedgerEvent(fact: Fact, event: NumberedEvent) {
  return {
    id: eventId(event.sequence),
    tenantId: fact.tenantId,
    boxId: fact.boxId ?? null,
    type: fact.type,
    occurredAtMs: fact.occurredAtMs,
    recordedAtMs: event.recordedAtMs,
    // Shown only when somebody listens: most events are told to nobody at once.
    get data() {
      return showEvent(event);
    },
  };
}
