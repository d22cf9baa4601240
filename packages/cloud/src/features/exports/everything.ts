// Everything that a tenant has, one line of JSON for each thing: what the lists of the API show, read through the very routes,
// so that a feature that is added is in the file without a thought for it. What the API never shows (digits, secrets) cannot
// be in it either.

import { CloudError, InvariantBroken } from '../../platform/errors.ts';
import { showInstant } from '../../platform/instant.ts';
import type { Route, RouteCall } from '../../platform/route.ts';
import type { Principal } from '../../platform/token-register.ts';

type RequestRoute = Extract<Route, { kind: 'request' }>;

/** Lists and settings that belong to each thing of another list. */
const partsOf: Readonly<Record<string, readonly string[]>> = {
  listLocations: ['getAccessPolicy'],
  listBoxes: ['listBins', 'getEmergency', 'listSheets'],
  listKeys: ['getReturnRule'],
  listKeyGroups: ['listKeyGroupMembers'],
  listPeople: ['getPersonKeypad'],
  listUserGroups: ['listGroupMembers'],
};

/** What there is one of. */
const single = ['getPeopleRetention'];

/** What happened, and not what there is: only where it is asked for. */
const history = ['listEvents', 'listNoticeDeliveries', 'listTextMessages', 'listOpenings'];

/** Has a file of its own, which can be checked; or follows from what is in the file. */
const elsewhere = [
  ...['listAuditRecords', 'listAuditTreeHeads', 'proveAuditInclusion'],
  ...['listKeyTakers', 'listPersonKeys', 'getOfflineReadiness', 'getBoxCount'],
];

/** How one kind of thing is told in more words than its list has. */
export interface Telling {
  /** Operation of the list. */
  readonly operation: string;
  /** @returns members that are added to it, or stand in the place of its own */
  tell(item: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>>;
}

/** What is asked for. */
export interface ExportOrder {
  readonly caller: Principal;
  readonly withHistory: boolean;
  /** Unix ms. */
  readonly atMs: number;
}

/** @returns the lines, each with its end; one page of a list is read at a time */
export function* everythingLines(
  routes: readonly Route[],
  tellings: readonly Telling[],
  order: ExportOrder,
): Generator<string, void, undefined> {
  const requests = routes.filter((route): route is RequestRoute => route.kind === 'request');
  const { caller, atMs } = order;
  yield line({ kind: 'export', format: 1, organisation_id: caller.tenantId, started_at: showInstant(atMs) });
  let items = 0;
  for (const route of requests.filter((one) => isExported(one, order))) {
    const parts = (partsOf[route.operationId] ?? []).map((operation) => findRoute(requests, operation));
    const telling = tellings.find(({ operation }) => operation === route.operationId);
    for (const item of itemsOf(route, caller, {})) {
      items += 1;
      yield line({ kind: kindOf(route), item: { ...item, ...telling?.tell(item) } });
      for (const part of parts) {
        for (const found of itemsOf(part, caller, paramsOf(part, item))) {
          items += 1;
          yield line({ kind: kindOf(part), of: item.id, item: found });
        }
      }
    }
  }
  yield line({ kind: 'end', items });
}

/** @returns operations that show something under another and are in no export: a test asks that there be none */
export function forgottenParts(routes: readonly Route[]): readonly string[] {
  const known = new Set([...elsewhere, ...history, ...Object.values(partsOf).flat()]);
  return routes
    .filter((route) => route.kind === 'request' && route.method === 'GET' && /:\w+\//.test(route.url))
    .map(({ operationId }) => operationId)
    .filter((operationId) => !known.has(operationId));
}

function isExported({ operationId, url }: RequestRoute, { withHistory }: ExportOrder): boolean {
  if (single.includes(operationId)) return true;
  if (!operationId.startsWith('list') || url.includes(':') || elsewhere.includes(operationId)) return false;
  return withHistory || !history.includes(operationId);
}

function findRoute(routes: readonly RequestRoute[], operationId: string): RequestRoute {
  const route = routes.find((one) => one.operationId === operationId);
  if (route === undefined) throw new InvariantBroken(`no route has the name ${operationId}`);
  return route;
}

/** `/v1/boxes/:box_id/bins` are `boxes/bins`. */
function kindOf({ url }: RequestRoute): string {
  return url
    .split('/')
    .slice(2)
    .filter((part) => !part.startsWith(':'))
    .join('/');
}

function paramsOf({ url }: RequestRoute, { id }: Readonly<Record<string, unknown>>) {
  const [, name = ''] = /:(\w+)/.exec(url) ?? [];
  return { [name]: id };
}

type Item = Readonly<Record<string, unknown>>;

const pageLength = 200;

function* itemsOf(
  route: RequestRoute,
  principal: Principal,
  params: Readonly<Record<string, unknown>>,
): Generator<Item, void, undefined> {
  const isList = route.operationId.startsWith('list');
  let cursor: string | null = null;
  do {
    const query: object = isList ? { limit: pageLength, ...(cursor === null ? {} : { cursor }) } : {};
    const body = read(route, { principal, params, query });
    if (!isList) {
      if (body !== undefined) yield body as Item;
      return;
    }
    const page = body as { readonly data: readonly Item[]; readonly next_cursor: string | null } | undefined;
    yield* page?.data ?? [];
    cursor = page?.next_cursor ?? null;
  } while (cursor !== null);
}

function read(
  route: RequestRoute,
  { principal, params, query }: Pick<RouteCall<unknown, unknown, unknown>, 'principal' | 'params' | 'query'>,
): unknown {
  const call = {
    principal,
    params,
    query,
    body: undefined,
    language: 'en',
    requestId: '',
    ifMatch: undefined,
  };
  try {
    return route.handle(call as never, undefined).body;
  } catch (error) {
    // It went away between two pages.
    if (error instanceof CloudError && error.code === 'not-found') return undefined;
    throw error;
  }
}

function line(value: object): string {
  return `${JSON.stringify(value)}\n`;
}
