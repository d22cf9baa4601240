// What people at keypads keep of a person: that there is a code or a badge, never which, and what a box asked last.

import type { Database } from '../../platform/database.ts';
import { type KeptOfPerson, keptRows } from '../../platform/kept-of-person.ts';

/** @see KeptOfPerson */
export function keptByKeypads(database: Database): readonly KeptOfPerson[] {
  return [
    keptRows(database, {
      ...{ name: 'id_codes', tables: ['id_code'], onErasure: 'gone' },
      sql: 'SELECT digits, set_at_ms FROM id_code WHERE tenant_id = ?1 AND person_id = ?2',
    }),
    keptRows(database, {
      ...{ name: 'badges', tables: ['badge'], onErasure: 'gone' },
      sql: 'SELECT set_at_ms FROM badge WHERE tenant_id = ?1 AND person_id = ?2',
    }),
    keptRows(database, {
      ...{ name: 'keypad_dialogues', tables: ['keypad_dialogue'], onErasure: 'gone' },
      sql: `SELECT box_id, known_by, is_proven AS "is_proven?", sent_at_ms, ends_at_ms FROM keypad_dialogue
        WHERE tenant_id = ?1 AND person_id = ?2 ORDER BY box_id`,
    }),
  ];
}
