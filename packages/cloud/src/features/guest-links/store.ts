// All SQL of guest links. Only the look-up by token names no tenant: which one it is, is its answer.

import type { Database } from '../../platform/database.ts';
import type { TenantId } from '../../platform/identifiers.ts';

/** A link as it is kept. */
export interface GuestLink {
  readonly tenantId: TenantId;
  readonly bookingId: string;
}

/** The guest links of all tenants. */
export interface GuestLinkStore {
  /** A link that the booking had before ends. */
  save(link: GuestLink, tokenHash: Uint8Array, atMs: number): void;
  /** @returns whether there was one */
  remove(link: GuestLink): boolean;
  byToken(tokenHash: Uint8Array): GuestLink | undefined;
}

/** Over one database. */
export function createGuestLinkStore(database: Database): GuestLinkStore {
  const save = database.prepare(
    'INSERT OR REPLACE INTO guest_link (tenant_id, booking_id, token_hash, created_at_ms) VALUES (?, ?, ?, ?)',
  );
  const remove = database.prepare('DELETE FROM guest_link WHERE tenant_id = ? AND booking_id = ?');
  const byToken = database.prepare<GuestLink>(
    'SELECT tenant_id AS tenantId, booking_id AS bookingId FROM guest_link WHERE token_hash = ?',
  );
  return {
    save: ({ tenantId, bookingId }, tokenHash, atMs) => void save.run(tenantId, bookingId, tokenHash, atMs),
    remove: ({ tenantId, bookingId }) => remove.run(tenantId, bookingId).changes === 1,
    byToken: (tokenHash) => byToken.get(tokenHash),
  };
}
