// What late keys keep of a person: when what they have out is due.

import type { Database } from '../../platform/database.ts';
import { type KeptOfPerson, keptRows } from '../../platform/kept-of-person.ts';

/** @see KeptOfPerson */
export function keptByLateKeys(database: Database): readonly KeptOfPerson[] {
  return [
    keptRows(database, {
      ...{ name: 'keys_due', tables: ['key_absence'], onErasure: 'id-stays' },
      sql: `SELECT key_id, box_id, bin, taken_at_ms, due_at_ms, late_since_ms FROM key_absence
        WHERE tenant_id = ?1 AND person_id = ?2 ORDER BY key_id`,
    }),
  ];
}
