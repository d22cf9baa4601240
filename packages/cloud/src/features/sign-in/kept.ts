// What sign-ins keep of a person: by what they prove who they are, never the proof itself, and where they are signed in.

import type { Database } from '../../platform/database.ts';
import { type KeptOfPerson, keptRows } from '../../platform/kept-of-person.ts';

/** @see KeptOfPerson */
export function keptBySignIns(database: Database): readonly KeptOfPerson[] {
  const of = 'WHERE tenant_id = ?1 AND person_id = ?2';
  return [
    keptRows(database, {
      ...{ name: 'sign_ins', tables: ['sign_in', 'recovery_code'], onErasure: 'gone' },
      sql: `SELECT password_hash <> '' AS "has_password?", authenticator IS NOT NULL AS "has_authenticator?",
          json_array_length(wrong_at_ms) AS wrong_tries,
          (SELECT count(*) FROM recovery_code ${of}) AS recovery_codes_left
        FROM sign_in ${of}`,
    }),
    keptRows(database, {
      ...{ name: 'passkeys', tables: ['passkey'], onErasure: 'gone' },
      sql: `SELECT passkey_id AS id, name, backed_up AS "backed_up?", created_at_ms, used_at_ms FROM passkey ${of}
        ORDER BY passkey_id`,
    }),
    keptRows(database, {
      ...{ name: 'sessions', tables: ['session'], onErasure: 'gone' },
      sql: `SELECT session_id AS id, client_name, second_factor AS "second_factor?", created_at_ms, used_at_ms
        FROM session ${of} ORDER BY session_id`,
    }),
    keptRows(database, {
      ...{ name: 'invitations', tables: ['invitation'], onErasure: 'gone' },
      sql: `SELECT expires_at_ms FROM invitation ${of}`,
    }),
  ];
}
