// All SQL of references: the tenant's own numbers of keys and people. A store is made for one tenant.

import type { Database } from '../../platform/database.ts';
import type { TenantId } from '../../platform/identifiers.ts';
import { perTenant } from '../../platform/per-tenant.ts';

/** What has a reference. */
export type ReferenceKind = 'key' | 'person';

/** The references of one tenant. */
export interface ReferenceStore {
  /** The id of what has this reference. */
  holder(kind: ReferenceKind, reference: string): string | undefined;
  /** Empty for none. */
  of(itemId: string): string;
  /** Gives it another, or none by an empty one. Nobody else may have it. */
  set(kind: ReferenceKind, itemId: string, reference: string): void;
}

/** Prepares the statements of all tenants' stores. */
export function createReferenceStores(database: Database): (tenantId: TenantId) => ReferenceStore {
  const holder = database.prepare<{ item_id: string }>(
    'SELECT item_id FROM import_reference WHERE tenant_id = ? AND kind = ? AND reference = ?',
  );
  const reference = database.prepare<{ reference: string }>(
    'SELECT reference FROM import_reference WHERE tenant_id = ? AND item_id = ?',
  );
  const forget = database.prepare('DELETE FROM import_reference WHERE tenant_id = ? AND item_id = ?');
  const add = database.prepare(
    'INSERT INTO import_reference (tenant_id, kind, reference, item_id) VALUES (?, ?, ?, ?)',
  );
  return perTenant((tenantId) => ({
    holder: (kind, wanted) => holder.get(tenantId, kind, wanted)?.item_id,
    of: (itemId) => reference.get(tenantId, itemId)?.reference ?? '',
    set: (kind, itemId, wanted) => {
      forget.run(tenantId, itemId);
      if (wanted !== '') add.run(tenantId, kind, wanted, itemId);
    },
  }));
}
