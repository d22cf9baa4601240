// The decision as one would write it first: the groups of the person, the groups of the keys, and one join of everything
// that was ever given with both. Right, and it reads all permissions each time.
import type { Cloud, TenantId } from '@smartbox/cloud';

/** @returns which of the keys the person may take, by id; it knows no schedules and no places' policies */
export function naiveTakeable(
  database: Cloud['database'],
  tenantId: TenantId,
): (personId: string, keyIds: readonly string[]) => readonly string[] {
  const statement = database.prepare<{ key_id: string }>(
    `WITH RECURSIVE
       membership (group_id) AS (
         SELECT group_id FROM group_person WHERE tenant_id = ? AND person_id = ?
         UNION SELECT g.group_id FROM membership m JOIN group_group g ON g.child_id = m.group_id AND g.tenant_id = ?),
       content (key_id, key_group_id) AS (
         SELECT key_id, key_group_id FROM key_group_key
         WHERE tenant_id = ? AND key_id IN (SELECT value FROM json_each(?))
         UNION SELECT c.key_id, g.key_group_id FROM content c
         JOIN key_group_group g ON g.child_id = c.key_group_id AND g.tenant_id = ?)
     SELECT DISTINCT k.key_id FROM key k JOIN key_permission p ON p.tenant_id = k.tenant_id
     WHERE k.tenant_id = ? AND k.key_id IN (SELECT value FROM json_each(?))
       AND (p.person_id = ? OR p.group_id IN (SELECT group_id FROM membership))
       AND (p.key_id = k.key_id
         OR p.key_group_id IN (SELECT key_group_id FROM content c WHERE c.key_id = k.key_id)
         OR (p.key_id IS NULL AND p.key_group_id IS NULL))
     ORDER BY k.key_id`,
  );
  return (personId, keyIds) => {
    const asked = JSON.stringify(keyIds);
    const person = [tenantId, personId, tenantId];
    const keys = [tenantId, asked, tenantId];
    return statement.all(...person, ...keys, tenantId, asked, personId).map(({ key_id }) => key_id);
  };
}
