// What notices keep of a person: channels to their own mail address or phone. Those are theirs, and end with them.

import type { Database } from '../../platform/database.ts';
import { type KeptOfPerson, keptRows } from '../../platform/kept-of-person.ts';

/** Channels whose address is that of the person `?2`. */
const ofPerson = `FROM notice_channel c JOIN person p ON p.tenant_id = c.tenant_id
  WHERE c.tenant_id = ?1 AND p.person_id = ?2 AND (
    (c.kind = 'mail' AND p.mail <> '' AND lower(c.address) = p.mail)
    OR (c.kind = 'text' AND p.phone <> '' AND c.address = p.phone))`;

/** @see KeptOfPerson */
export function keptByNotices(database: Database): readonly KeptOfPerson[] {
  return [
    keptRows(database, {
      ...{ name: 'notice_channels', tables: ['notice_channel'], onErasure: 'gone' },
      sql: `SELECT c.channel_id AS id, c.kind, c.label, c.language, c.state, c.created_at_ms, c.last_delivered_at_ms
        ${ofPerson} ORDER BY c.channel_id`,
    }),
  ];
}
