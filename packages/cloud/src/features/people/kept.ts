// What people keep of a person beside the person: groups, and how often the person looked at others.

import type { Database } from '../../platform/database.ts';
import { type KeptOfPerson, keptRows } from '../../platform/kept-of-person.ts';

/** @see KeptOfPerson */
export function keptByPeople(database: Database): readonly KeptOfPerson[] {
  return [
    keptRows(database, {
      ...{ name: 'user_groups', tables: ['group_person'], onErasure: 'gone' },
      sql: `SELECT m.group_id, g.name FROM group_person m
        JOIN user_group g ON g.tenant_id = m.tenant_id AND g.group_id = m.group_id
        WHERE m.tenant_id = ?1 AND m.person_id = ?2 ORDER BY m.group_id`,
    }),
    keptRows(database, {
      ...{ name: 'looks_at_personal_data', tables: ['person_reveal'], onErasure: 'gone' },
      sql: `SELECT looks, nullif(proven_at_ms, 0) AS proven_at_ms FROM person_reveal
        WHERE tenant_id = ?1 AND caller = ?2`,
    }),
  ];
}
