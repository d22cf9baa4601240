// One store object per tenant, made once: whoever handles a request asks for its tenant's store and
// gets one that can ask about no other, without building it anew while somebody waits.

import type { TenantId } from './identifiers.ts';

/** @returns the same thing for the same tenant, made at the first asking */
export function perTenant<T>(make: (tenantId: TenantId) => T): (tenantId: TenantId) => T {
  const made = new Map<TenantId, T>();
  return (tenantId) => {
    const known = made.get(tenantId);
    if (known !== undefined) return known;
    const fresh = make(tenantId);
    made.set(tenantId, fresh);
    return fresh;
  };
}
