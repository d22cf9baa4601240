// How far a caller sees: the whole tenant, or some of its locations only. What stands elsewhere does not exist for
// such a caller. Pure.

/** The places that a caller may know of. */
export type Scope =
  | { readonly kind: 'tenant' }
  | { readonly kind: 'locations'; readonly locationIds: readonly string[] };

/** Everything that the tenant has. */
export const wholeTenant: Scope = { kind: 'tenant' };

/**
 * @param place one location, or all that a thing belongs to; null for what belongs to the tenant as a whole
 * @returns whether a thing of this place exists for the caller
 */
export function sees(scope: Scope, place: string | readonly string[] | null): boolean {
  if (scope.kind === 'tenant') return true;
  if (place === null) return false;
  return [place].flat().some((locationId) => scope.locationIds.includes(locationId));
}

/** @returns whether nothing is within `inner` that is not within `outer` */
export function isWithin(inner: Scope, outer: Scope): boolean {
  if (outer.kind === 'tenant') return true;
  return inner.kind === 'locations' && inner.locationIds.every((one) => outer.locationIds.includes(one));
}
