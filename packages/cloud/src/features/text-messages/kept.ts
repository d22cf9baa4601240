// What text messages keep of a person: that they were sent and what became of them. What they said is gone when they
// have left the house.

import type { Database } from '../../platform/database.ts';
import { type KeptOfPerson, keptRows } from '../../platform/kept-of-person.ts';

/** @see KeptOfPerson */
export function keptByTexts(database: Database): readonly KeptOfPerson[] {
  return [
    keptRows(database, {
      ...{ name: 'text_messages', tables: ['text_message'], onErasure: 'id-stays' },
      sql: `SELECT message_id AS id, location_id, box_id, state AS status, reason, attempts, created_at_ms, settled_at_ms
        FROM text_message WHERE tenant_id = ?1 AND person_id = ?2 ORDER BY message_id`,
    }),
  ];
}
