// How a person is erased: because somebody asked, or because the time to keep what is personal is over.

import type { Cancel, Clock, Timers } from '../../platform/clock.ts';
import type { CommitGroup } from '../../platform/commit-group.ts';
import type { Database } from '../../platform/database.ts';
import type { EventBus } from '../../platform/events.ts';
import type { TenantId } from '../../platform/identifiers.ts';
import { createOverdue, type PersonStore } from './store.ts';

/** How often people are looked for who have left long enough ago. */
const sweepMs = 3_600_000;

/** What erasing needs. */
export interface ErasePorts {
  readonly clock: Clock;
  readonly events: EventBus;
  readonly people: (tenantId: TenantId) => PersonStore;
}

/** Erases everything personal of somebody; inside a transaction, which whoever else keeps something joins. */
export function erasePerson(ports: ErasePorts, tenantId: TenantId, personId: string): void {
  ports.events.publish('person-erased', { tenantId, personId });
  ports.people(tenantId).erase(personId, Math.floor(ports.clock.nowMs()));
}

/** Erases for ever whoever has left long enough ago. @returns a function that stops it */
export function watchRetention(
  ports: ErasePorts & {
    readonly database: Database;
    readonly timers: Timers;
    readonly commitGroup: CommitGroup;
  },
): Cancel {
  const { clock, events, timers, commitGroup } = ports;
  const overdue = createOverdue(ports.database);
  const sweep = (): void => {
    const atMs = Math.floor(clock.nowMs());
    for (const { tenantId, personId } of overdue(atMs)) {
      const data = { person_id: personId, because: 'left-long-ago' };
      events.publish('fact-established', { tenantId, type: 'person.erased', occurredAtMs: atMs, data });
      erasePerson(ports, tenantId, personId);
    }
  };
  let cancel: Cancel = () => {};
  const again = (): void => {
    cancel = timers.after(sweepMs, () => {
      commitGroup.enqueue(sweep, () => {});
      again();
    });
  };
  again();
  return () => cancel();
}
