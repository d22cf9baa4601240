// What permissions keep of a person: what is given to them directly. What groups give is the groups'.

import type { Database } from '../../platform/database.ts';
import { type KeptOfPerson, keptRows } from '../../platform/kept-of-person.ts';

/** @see KeptOfPerson */
export function keptByPermissions(database: Database): readonly KeptOfPerson[] {
  return [
    keptRows(database, {
      ...{ name: 'key_permissions', tables: ['key_permission'], onErasure: 'gone' },
      sql: `SELECT permission_id AS id, allows AS "right", target_id AS given_on, location_id, starts_at_ms,
          ends_at_ms, schedule IS NOT NULL AS "has_schedule?", created_at_ms
        FROM key_permission WHERE tenant_id = ?1 AND subject_id = ?2 ORDER BY permission_id`,
    }),
  ];
}
