// Permissions end with what they name: with a person who is erased, a group that is removed, a key that is retired; in
// the same transaction, so that the next decision knows.

import type { TenantId } from '../../platform/identifiers.ts';
import { type PermissionDesk, tell, toldOfPermission } from './desk.ts';
import type { PermissionFilter } from './store.ts';

/** Why permissions ended by themselves. */
type End = 'person-erased' | 'user-group-removed' | 'key-retired' | 'key-group-removed';

const pageLength = 200;

/** Ends every permission of a subject or on a target. */
export function endPermissions(
  desk: PermissionDesk,
  tenantId: TenantId,
  filter: PermissionFilter,
  because: End,
): void {
  const store = desk.permissions(tenantId);
  for (;;) {
    const page = store.list(filter, '', pageLength);
    for (const permission of page) {
      const told = toldOfPermission(desk, tenantId, 'permission.ended', permission);
      store.remove(permission.permissionId);
      tell(desk, { tenantId }, { ...told, data: { ...told.data, because } });
    }
    if (page.length < pageLength) return;
  }
}

/** Joins what others tell, from here on. */
export function endWithWhatIsNamed(desk: PermissionDesk): void {
  const { events } = desk;
  events.join('person-erased', ({ tenantId, personId }) =>
    endPermissions(desk, tenantId, { subjectId: personId }, 'person-erased'),
  );
  events.join('user-group-removed', ({ tenantId, groupId }) =>
    endPermissions(desk, tenantId, { subjectId: groupId }, 'user-group-removed'),
  );
  events.join('key-retired', ({ tenantId, keyId }) => {
    endPermissions(desk, tenantId, { targetId: keyId }, 'key-retired');
    desk.keyGroups(tenantId).forgetKey(keyId);
  });
}
