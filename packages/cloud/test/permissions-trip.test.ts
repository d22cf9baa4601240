// Permissions over the real HTTP server: what an operator sends, what comes back, and what is said in both languages when
// something cannot be.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Cloud } from '../src/compose.ts';
import { allPermissions, type Permission } from '../src/platform/permissions.ts';
import { quietCloud } from './quiet-cloud.ts';

let cloud: Cloud;
let tokenWith: (permissions: readonly Permission[]) => Promise<string>;
let token: string;

beforeEach(async () => {
  cloud = quietCloud();
  await cloud.start();
  const { tenants } = cloud.features;
  const tenantId = await cloud.commitGroup.run(() => tenants.create('Test'));
  tokenWith = (permissions) =>
    cloud.commitGroup.run(() => tenants.issueToken(tenantId, { name: 'Test', permissions }).text);
  token = await tokenWith(allPermissions);
});

afterEach(() => cloud.stop());

async function send(
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  url: string,
  options: {
    readonly body?: object;
    readonly headers?: Readonly<Record<string, string>>;
    readonly as?: string;
  } = {},
) {
  const { body, headers = {}, as = token } = options;
  const answer = await cloud.http.inject({
    ...{ method, url },
    headers: { authorization: `Bearer ${as}`, ...headers },
    ...(body === undefined ? {} : { payload: body }),
  });
  const text = answer.body === '' ? '{}' : answer.body;
  return { status: answer.statusCode, etag: String(answer.headers.etag), body: JSON.parse(text) };
}
const made = async (url: string, body: object): Promise<string> =>
  String((await send('POST', url, { body })).body.id);

describe('permissions over HTTP', () => {
  it('are given, explained, and ended, and the answer after is another (AC-05, SEC-06)', async () => {
    const locationId = await made('/v1/locations', { name: 'Depot', time_zone: 'Europe/Berlin' });
    const keyId = await made('/v1/keys', {
      ...{ name: 'Van 7', location_id: locationId, fob_tag: '0102030405060708' },
    });
    const personId = await made('/v1/people', { name: 'Somebody' });
    const groupId = await made('/v1/key-groups', { name: 'Vans' });
    expect((await send('PUT', `/v1/key-groups/${groupId}/members/${keyId}`)).status).toBe(204);
    const given = await send('POST', '/v1/key-permissions', {
      body: { person_id: personId, key_group_id: groupId, right: 'exchange' },
    });
    expect(given).toMatchObject({ status: 201, body: { key_group_id: groupId, schedule: null } });
    const takers = async () => (await send('GET', `/v1/keys/${keyId}/takers`)).body.data;
    expect(await takers()).toMatchObject([{ person_id: personId, may_take: true, because: 'permitted' }]);
    const policy = `/v1/locations/${locationId}/access-policy`;
    const { body, etag } = await send('GET', policy);
    const quiet = [
      { days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'], from: '00:00', until: '24:00' },
    ];
    const closed = { body: { ...body, quiet_hours: quiet }, headers: { 'if-match': etag } };
    expect((await send('PUT', policy, closed)).status).toBe(200);
    expect(await takers()).toMatchObject([{ may_take: false, because: 'quiet', next_at: null }]);
    expect((await send('DELETE', `/v1/key-permissions/${given.body.id}`)).status).toBe(204);
    expect(await takers()).toEqual([]);
    const told = await send(
      'GET',
      '/v1/events?order=oldest_first&type=permission.given,permission.ended,policy.changed',
    );
    expect(told.body.data.map(({ type }: { readonly type: string }) => type)).toEqual([
      'permission.given',
      'policy.changed',
      'permission.ended',
    ]);
  });

  it('say what cannot be in the language that was asked for', async () => {
    const personId = await made('/v1/people', { name: 'Somebody' });
    const window = { days: ['mon'], from: '08:00', until: '12:00' };
    const body = {
      ...{ person_id: personId, key_group_id: 'all-keys', right: 'exchange' },
      schedule: { windows: [window, { ...window, from: '11:00' }] },
    };
    const detail = async (language: string) => {
      const headers = { 'accept-language': language };
      return (await send('POST', '/v1/key-permissions', { body, headers })).body.errors[0];
    };
    expect(await detail('en')).toMatchObject({
      ...{ pointer: '/body/schedule/windows', code: 'overlapping-windows' },
      detail: 'Windows overlap. Join them into one, or keep them apart.',
    });
    expect((await detail('ja')).detail).toBe(
      '時間帯が重なっています。一つにまとめるか、重ならないようにしてください。',
    );
  });

  it('are given by nobody who may only read them, however much else he may', async () => {
    const as = await tokenWith(['key-permissions:read', 'keys:write', 'people:write', 'locations:write']);
    const body = { person_id: 'per_x', key_group_id: 'all-keys', right: 'manage' };
    expect((await send('POST', '/v1/key-permissions', { body, as })).status).toBe(403);
    expect((await send('PUT', '/v1/locations/loc_x/access-policy', { body: {}, as })).status).toBe(403);
    expect((await send('GET', '/v1/key-permissions', { as })).status).toBe(200);
  });
});
