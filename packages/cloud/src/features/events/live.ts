// Follows a tenant's ledger live. A follower first gets what it missed, then every event as it is
// committed, in order and without gaps: whenever a number is missing, the ledger itself is read.

import type { EventStream } from '../../platform/event-stream.ts';
import type { EventBus } from '../../platform/events.ts';
import type { TenantId } from '../../platform/identifiers.ts';
import { eventId, type NumberedEvent, readEventId, showEvent } from './event.ts';
import type { EventFilter, EventStore } from './store.ts';

const pageLength = 200;

/** What following needs. */
export interface LivePorts {
  readonly bus: EventBus;
  readonly stores: (tenantId: TenantId) => EventStore;
}

/** Who follows, and what. */
export interface Following {
  readonly tenantId: TenantId;
  readonly filter: EventFilter;
}

/**
 * Feeds a stream from its last event on (from now on, where it names none).
 * @returns what to do when the stream ends
 */
export function followEvents(ports: LivePorts, stream: EventStream, following: Following): () => void {
  const store = ports.stores(following.tenantId);
  const last = stream.lastEventId === undefined ? undefined : readEventId(stream.lastEventId);
  let sent = last ?? store.end();

  const pump = (): void => {
    for (;;) {
      const page = store.read(following.filter, { from: sent, order: 'rising', limit: pageLength });
      for (const event of page) {
        if (!stream.send(toStreamEvent(event))) return;
        sent = event.sequence;
      }
      if (page.length < pageLength) break;
    }
    // What the filter left out need not be looked at again.
    sent = Math.max(sent, store.end());
  };

  // First listen, then catch up: an event committed in between is in the ledger already.
  const stop = ports.bus.on('ledger-event-recorded', (event) => {
    if (event.tenantId === following.tenantId) pump();
  });
  pump();
  return stop;
}

function toStreamEvent(event: NumberedEvent) {
  return { id: eventId(event.sequence), event: event.fact.type, data: showEvent(event) };
}
