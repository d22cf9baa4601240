// What tenants keep of a person: the API tokens that they made.

import type { Database } from '../../platform/database.ts';
import { type KeptOfPerson, keptRows } from '../../platform/kept-of-person.ts';

/** @see KeptOfPerson */
export function keptByTenants(database: Database): readonly KeptOfPerson[] {
  return [
    keptRows(database, {
      ...{ name: 'api_tokens', tables: ['api_token'], onErasure: 'id-stays' },
      sql: `SELECT token_id AS id, name, created_at_ms, expires_at_ms, revoked_at_ms FROM api_token
        WHERE tenant_id = ?1 AND created_by = ?2 ORDER BY token_id`,
    }),
  ];
}
