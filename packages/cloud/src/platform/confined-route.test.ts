// What a route is given of a call by somebody who sees one location: in all of its parts that run.
import { describe, expect, it } from 'vitest';
import { confinedRoute } from './confined-route.ts';
import type { TenantId } from './identifiers.ts';
import type { Route, RouteCall } from './route.ts';

type AnyCall = RouteCall<unknown, unknown, unknown>;

const places = {
  placeOf: (_tenantId: TenantId, id: string) =>
    ({ key_here: 'loc_here', key_there: 'loc_there', key_whole: null, key_both: ['loc_here', 'loc_there'] })[
      id
    ],
};

/** What handler and preparation saw of a body. */
async function seen(body: unknown): Promise<readonly unknown[]> {
  const bodies: unknown[] = [];
  const route = {
    ...{ kind: 'request', method: 'POST', url: '/v1/x', permission: 'keys:write', operationId: 'x' },
    ...{ summary: 'x', tag: 'keys', responses: {} },
    prepare: async (call: AnyCall) => void bodies.push(call.body),
    handle: (call: AnyCall) => {
      bodies.push(call.body);
      return {};
    },
  } as unknown as Route;
  const confined = confinedRoute(route, places);
  if (confined.kind !== 'request') throw new RangeError('another kind of route');
  const scope = { kind: 'locations', locationIds: ['loc_here'] } as const;
  const call = { principal: { tenantId: 'ten_1', scope }, body } as never;
  await confined.prepare?.(call);
  confined.handle(call, undefined);
  return bodies;
}

describe('a confined route', () => {
  it('is given ids of things elsewhere as ids that nobody has, before and in its transaction (SEC-17)', async () => {
    const body = { key_id: 'key_there', deep: [{ member_ids: ['key_here', 'key_there', 'key_whole'] }] };
    const blind = { key_id: 'key_00000', deep: [{ member_ids: ['key_here', 'key_00000', 'key_00000'] }] };
    expect(await seen(body)).toEqual([blind, blind]);
  });

  it('is given what is here, what is partly here and what nobody has as it came', async () => {
    const body = {
      key_id: 'key_here',
      other_id: 'key_both',
      no_id: 'key_nobody',
      last_event_id: 'key_there',
    };
    expect(await seen(body)).toEqual([body, body]);
  });
});
