// What remote openings keep of a person: what they ordered to be opened, and why.

import type { Database } from '../../platform/database.ts';
import { type KeptOfPerson, keptRows } from '../../platform/kept-of-person.ts';

/** @see KeptOfPerson */
export function keptByRemoteOpenings(database: Database): readonly KeptOfPerson[] {
  return [
    keptRows(database, {
      ...{ name: 'openings', tables: ['remote_opening'], onErasure: 'id-stays' },
      sql: `SELECT opening_id AS id, box_id, bin, press, reason, state, because, ordered_at_ms FROM remote_opening
        WHERE tenant_id = ?1 AND person_id = ?2 ORDER BY opening_id`,
    }),
  ];
}
