// Keeps a caller who sees some locations only to those, at every route and in one place: before the handler runs, each
// id in path, query and body that names a thing elsewhere is put in place by an id that nobody has. So the answer is
// that of an unknown id, whatever the handler does with one.

import { CloudError } from './errors.ts';
import type { TenantId } from './identifiers.ts';
import type { BilingualText } from './problems.ts';
import type { Route, RouteCall } from './route.ts';
import { type Scope, sees } from './scope.ts';

/** Says where things stand. */
export interface Places {
  /** The place of what has this id, as {@link sees} takes it; undefined for an id that nobody has. */
  placeOf(tenantId: TenantId, id: string): string | readonly string[] | null | undefined;
}

/** The parts of a call that may name things. */
interface Naming {
  readonly principal: { readonly tenantId: TenantId; readonly scope: Scope };
  readonly params?: unknown;
  readonly query?: unknown;
  readonly body?: unknown;
}

/** @returns the route as it is for whoever sees the whole tenant, and confined for everybody else */
export function confinedRoute(route: Route, places: Places): Route {
  switch (route.kind) {
    case 'public':
      return route;
    case 'request': {
      const { prepare } = route;
      return {
        ...route,
        ...(prepare === undefined
          ? {}
          : {
              prepare: (call: RouteCall<never, never, never>) => prepare(confinedCall(route, call, places)),
            }),
        handle: (call: RouteCall<never, never, never>, prepared: unknown) =>
          route.handle(confinedCall(route, call, places), prepared),
      };
    }
    case 'stream':
      return { ...route, open: (call, stream) => route.open(confinedCall(route, call, places), stream) };
  }
}

/** @throws CloudError `permission-missing` where the route concerns the whole tenant */
function confinedCall<Call extends Naming>(
  route: Pick<Exclude<Route, { kind: 'public' }>, 'tenantWide' | 'permission'>,
  call: Call,
  places: Places,
): Call {
  const { scope, tenantId } = call.principal;
  if (scope.kind === 'tenant') return call;
  if (route.tenantWide === true)
    throw new CloudError('permission-missing', {
      detail: wholeTenantOnly,
      parameters: { permission: route.permission },
    });
  const blind = (id: string): string => {
    const place = places.placeOf(tenantId, id);
    return place === undefined || sees(scope, place) ? id : nobodys(id);
  };
  const { params, query, body } = call;
  return {
    ...call,
    params: blinded(params, blind),
    query: blinded(query, blind),
    body: blinded(body, blind),
  };
}

// Where a stream is taken up again is a moment and no thing.
const idName = /^(?!last_)(.*_)?ids?$/;

function blinded(part: unknown, blind: (id: string) => string, isId = false): unknown {
  if (typeof part === 'string') return isId ? blind(part) : part;
  if (Array.isArray(part)) return part.map((one) => blinded(one, blind, isId));
  // A file: what it names is looked at by whoever reads it.
  if (part instanceof Uint8Array) return part;
  if (typeof part !== 'object' || part === null) return part;
  return Object.fromEntries(
    Object.entries(part).map(([name, value]) => [name, blinded(value, blind, idName.test(name))]),
  );
}

// An id of the same form, so that it is refused for naming nothing and not for how it is written.
function nobodys(id: string): string {
  const prefix = id.slice(0, id.indexOf('_') + 1);
  return prefix + id.slice(prefix.length).replaceAll(/[0-9A-Za-z]/g, '0');
}

const wholeTenantOnly: BilingualText = {
  ja: 'この操作は組織全体に関わります。{permission} の権限を組織全体で持つ人が行ってください。',
  en: 'This concerns the whole organisation: somebody with {permission} for all of its locations must do it.',
};
