// What imports keep of a person: the number that the organisation itself has for them.

import type { Database } from '../../platform/database.ts';
import { type KeptOfPerson, keptRows } from '../../platform/kept-of-person.ts';

/** @see KeptOfPerson */
export function keptByImports(database: Database): readonly KeptOfPerson[] {
  return [
    keptRows(database, {
      ...{ name: 'references', tables: ['import_reference'], onErasure: 'gone' },
      sql: `SELECT reference FROM import_reference WHERE tenant_id = ?1 AND item_id = ?2 AND kind = 'person'`,
    }),
  ];
}
