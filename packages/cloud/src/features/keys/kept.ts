// What keys keep of a person: the keys that they have out.

import type { Database } from '../../platform/database.ts';
import { type KeptOfPerson, keptRows } from '../../platform/kept-of-person.ts';

/** @see KeptOfPerson */
export function keptByKeys(database: Database): readonly KeptOfPerson[] {
  return [
    keptRows(database, {
      ...{ name: 'keys_out', tables: ['custody'], onErasure: 'id-stays' },
      sql: `SELECT key_id, box_id, bin, grant_reference AS "grant", taken_at_ms FROM custody
        WHERE tenant_id = ?1 AND person_id = ?2 ORDER BY key_id`,
    }),
  ];
}
