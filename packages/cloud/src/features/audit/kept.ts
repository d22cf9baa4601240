// What the audit keeps of a person: acts of theirs and acts on them, by their id. A record is never changed; how many
// there are is told here, and the audit has an export of its own.

import type { Database } from '../../platform/database.ts';
import { type KeptOfPerson, keptRows } from '../../platform/kept-of-person.ts';

// Each has its index, which holds only what is there. The text of the condition must be that of the index.
const matching = (named: string, value: string): string => {
  const found = `json_extract(record, '$.${named}')`;
  return `SELECT sequence FROM audit_record
    WHERE tenant_id = ?1 AND kind = 'act' AND ${found} = ${value} AND ${found} IS NOT NULL`;
};

const ofPerson = [
  matching('person_id', '?2'),
  matching('targets.person_id', '?2'),
  matching('targets.member_id', '?2'),
  matching('created', "'/v1/people/' || ?2"),
].join(' UNION ');

/** @see KeptOfPerson */
export function keptByAudit(database: Database): readonly KeptOfPerson[] {
  return [
    keptRows(database, {
      ...{ name: 'audit_record_count', tables: ['audit_record'], onErasure: 'id-stays' },
      sql: `SELECT count(*) AS records FROM (${ofPerson})`,
    }),
  ];
}
