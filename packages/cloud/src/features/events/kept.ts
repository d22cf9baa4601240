// What the ledger keeps of a person: facts that name them by their id, as whom it is about, as who did it, or as who was
// put into a group. It is never changed; the id stays in it.

import type { Database } from '../../platform/database.ts';
import { type KeptOfPerson, keptRows, preparedOfPerson } from '../../platform/kept-of-person.ts';
import { showEvent } from './event.ts';
import { type EventRow, toEvent } from './store.ts';

/** The most that one export holds, the newest first: everybody else waits while it is read. */
const mostEvents = 10_000;

// Each of the three has its index, which holds only what is there. The text of the condition must be that of the index.
const ofPerson = ['person_id', 'by_person_id', 'member_id']
  .map((name) => `json_extract(data, '$.${name}')`)
  .map(
    (named) => `SELECT sequence FROM event WHERE tenant_id = ?1 AND ${named} = ?2 AND ${named} IS NOT NULL`,
  )
  .join(' UNION ');

/** @see KeptOfPerson */
export function keptByLedger(database: Database): readonly KeptOfPerson[] {
  const newest = preparedOfPerson<EventRow>(
    database,
    `SELECT * FROM event WHERE tenant_id = ?1 AND sequence IN (${ofPerson})
     ORDER BY sequence DESC LIMIT ${mostEvents}`,
  );
  return [
    {
      ...{ name: 'events', tables: ['event'], onErasure: 'id-stays' },
      rows: (tenantId, personId) => newest(tenantId, personId).map((row) => ({ ...showEvent(toEvent(row)) })),
    },
    keptRows(database, {
      ...{ name: 'event_count', tables: ['event'], onErasure: 'id-stays' },
      sql: `SELECT count(*) AS events FROM (${ofPerson})`,
    }),
  ];
}
