// What access keeps of a person: each time that a bin was to open for them.

import type { Database } from '../../platform/database.ts';
import { type KeptOfPerson, keptRows } from '../../platform/kept-of-person.ts';

/** @see KeptOfPerson */
export function keptByAccess(database: Database): readonly KeptOfPerson[] {
  return [
    keptRows(database, {
      ...{ name: 'grants', tables: ['access_grant'], onErasure: 'id-stays' },
      sql: `SELECT box_id, reference AS "grant", bin, purpose, key_id, state, granted_at_ms FROM access_grant
        WHERE tenant_id = ?1 AND person_id = ?2 ORDER BY box_id, reference`,
    }),
  ];
}
