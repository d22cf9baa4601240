// Files over the real HTTP server: what is exported is imported again with nothing to do, and what the edge does with bodies
// that are files.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Cloud } from '../src/compose.ts';
import { forgottenParts } from '../src/features/exports/everything.ts';
import { allPermissions, type Permission } from '../src/platform/permissions.ts';
import { createFeaturesWorld } from './features-world.ts';
import { quietCloud } from './quiet-cloud.ts';

let cloud: Cloud;
let token: string;
let sendAs: (permissions: readonly Permission[]) => Promise<string>;

beforeAll(async () => {
  cloud = quietCloud();
  await cloud.start();
  const { tenants } = cloud.features;
  const tenantId = await cloud.commitGroup.run(() => tenants.create('Test'));
  sendAs = (permissions) =>
    cloud.commitGroup.run(() => tenants.issueToken(tenantId, { name: 'Test', permissions }).text);
  token = await sendAs(allPermissions);
  await json('PUT', '/v1/step-up-passphrase', { passphrase: 'four quiet grey horses' });
  await fill();
});

afterAll(() => cloud.stop());

function inject(
  method: 'GET' | 'POST' | 'PUT',
  url: string,
  more: { payload?: object | string | Buffer; type?: string; headers?: object; as?: string } = {},
) {
  const { payload, type, headers, as = token } = more;
  return cloud.http.inject({
    ...{ method, url },
    headers: {
      authorization: `Bearer ${as}`,
      ...(type === undefined ? {} : { 'content-type': type }),
      ...headers,
    },
    ...(payload === undefined ? {} : { payload }),
  });
}

async function json(method: 'POST' | 'PUT', url: string, payload: object) {
  const answer = await inject(method, url, { payload });
  expect([url, answer.statusCode < 300, answer.body]).toEqual([url, true, expect.any(String)]);
  return answer.body === '' ? {} : answer.json();
}

const upload = (what: string, file: string | Buffer, more: { query?: string; headers?: object } = {}) =>
  inject('POST', `/v1/imports/${what}${more.query ?? ''}`, {
    ...{ payload: file, type: 'text/csv; charset=utf-8', headers: more.headers ?? {} },
  });
const stepUp = () => json('POST', '/v1/step-ups', { passphrase: 'four quiet grey horses' });

const keyFile = [
  'reference,name,location,fob_label,fob_tag',
  "A-1,'=1+1,新宿,A-01,04:11:22:33",
  'A-2,"Van, ""big""",渋谷 | 2,A-02,04A1B2C3D4E5F6',
  "A-3,''quoted,新宿,,0102030405060708",
].join('\r\n');
const personFile = [
  '社員番号,氏名,メール,電話,言語,役割,設置場所,終了日時',
  '1001,山田 花子,hanako@example.jp,+81 3 1234 5678,ja,operator,新宿,2027-03-31T15:00:00Z',
  '1002,Ōta; Jr.,,,en,,,',
  '1003,O’Neil,oneil@example.jp,,en,auditor,,',
].join('\r\n');

/** A tenant with some of everything; one location has a name that only its id can stand for. */
async function fill() {
  const made = async (url: string, body: object) => String((await json('POST', url, body)).id);
  const shinjuku = await made('/v1/locations', { name: '新宿', time_zone: 'Asia/Tokyo' });
  const shibuya = await made('/v1/locations', { name: '渋谷 | 2', time_zone: 'Asia/Tokyo' });
  expect(
    (await upload('keys', keyFile.replace('渋谷 | 2', shibuya), { query: '?dry_run=false' })).statusCode,
  ).toBe(200);
  expect((await upload('people', personFile, { query: '?dry_run=false' })).statusCode).toBe(200);
  await made('/v1/people', { name: 'Owner', role: 'owner', mail: 'owner@example.jp' });
  await made('/v1/people', { name: 'Two places', location_ids: [shinjuku, shibuya], mail: 'two@example.jp' });
  const { data } = (await inject('GET', '/v1/keys')).json();
  const [key] = data;
  await made('/v1/key-codes', { key_id: key.id, code: '40718293' });
  const group = await made('/v1/user-groups', { name: 'Drivers' });
  const [person] = (await inject('GET', '/v1/people')).json().data;
  await json('PUT', `/v1/user-groups/${group}/members/${person.id}`, {});
  const hook = { kind: 'webhook', label: 'x', address: 'https://hooks.example.jp/' };
  await made('/v1/notice-channels', hook);
}

describe('what is exported', () => {
  it.each(['keys', 'people'])('as a list of %s is imported again with nothing to change', async (what) => {
    await stepUp();
    const file = await inject('GET', `/v1/exports/${what}`);
    expect(file.headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(file.headers['content-disposition']).toContain(`smartbox-${what}-2026-04-01.csv`);
    const report = (await upload(what, file.rawPayload)).json();
    expect(report).toMatchObject({ made: 0, changed: 0, faulty: 0, faults: [] });
    expect(report.left).toBe(what === 'keys' ? 3 : 5);
  });

  it('holds no cell that a spreadsheet would run', async () => {
    await stepUp();
    for (const what of ['keys', 'people']) {
      const { body } = await inject('GET', `/v1/exports/${what}`);
      for (const cell of body.replace('\ufeff', '').split(/[\r\n,]+/))
        expect(cell).not.toMatch(/^"?[=+\-@\t]/);
    }
  });

  it('as everything is each thing on a line, people in full, and no secret', async () => {
    await stepUp();
    const file = await inject('GET', '/v1/exports');
    expect(file.headers['content-type']).toBe('application/x-ndjson');
    const lines = file.body
      .trimEnd()
      .split('\n')
      .map((text) => JSON.parse(text));
    const kinds = new Set(lines.map(({ kind }) => kind));
    for (const kind of [
      'locations',
      'keys',
      'key-codes',
      'people',
      'user-groups',
      'user-groups/members',
      'locations/access-policy',
    ])
      expect(kinds).toContain(kind);
    for (const kind of ['notice-channels', 'api-tokens', 'people-retention']) expect(kinds).toContain(kind);
    expect(kinds).not.toContain('events');
    expect(lines.at(-1)).toEqual({ kind: 'end', items: lines.length - 2 });
    const hanako = lines.find(({ item }) => item?.mail === 'hanako@example.jp');
    expect(hanako).toMatchObject({ kind: 'people', item: { name: '山田 花子', reference: '1001' } });
    expect(file.body).not.toContain('40718293');
    expect(file.body).not.toMatch(/sbk_|whsec_|four quiet/);
    expect((await inject('GET', '/v1/exports?history=true')).body).toContain('"kind":"events"');
  });

  it('is told to the audit, and given to nobody without a step-up (SEC-14)', async () => {
    await stepUp();
    await inject('GET', '/v1/exports/people');
    const [record] = (await inject('GET', '/v1/audit/records?limit=1')).json().data;
    expect(JSON.stringify(record)).toContain('exportPeople');
    const as = await sendAs(allPermissions);
    for (const url of ['/v1/exports', '/v1/exports/people'])
      expect((await inject('GET', url, { as })).json().code).toBe('step-up-required');
    const reader = await sendAs(['people:read', 'keys:read', 'people:reveal']);
    expect((await inject('GET', '/v1/exports', { as: reader })).json().code).toBe('permission-missing');
  });

  it('leaves out nothing: what stands under another has to be named where everything is read', () => {
    expect(forgottenParts(createFeaturesWorld().features.routes)).toEqual([]);
  });
});

describe('a file as a request', () => {
  const file = 'name,location,fob_tag\r\nVan 9,新宿,04AABBCC\r\n';

  it.each<[number, string, object]>([
    [415, 'unsupported-media-type', { payload: { name: 'x' } }],
    [415, 'unsupported-media-type', { payload: 'x', type: 'text/plain' }],
    [413, 'body-too-large', { payload: 'x'.repeat(524_289), type: 'text/csv' }],
    [400, 'malformed-body', {}],
  ])('is refused with %s %s for another', async (status, code, more) => {
    const answer = await inject('POST', '/v1/imports/keys', more);
    expect([answer.statusCode, answer.json().code]).toEqual([status, code]);
    if (status === 415) expect(answer.json().detail).toContain('text/csv');
    if (status === 413) expect(answer.json().detail).toContain('512 KB');
  });

  it('is taken by no other route', async () => {
    const answer = await inject('POST', '/v1/keys', { payload: file, type: 'text/csv' });
    expect([answer.statusCode, answer.json().detail]).toEqual([
      415,
      expect.stringContaining('application/json'),
    ]);
  });

  it('is told of in the language of the reader', async () => {
    const answer = await upload('keys', file.replace('新宿', 'Nowhere'), {
      headers: { 'accept-language': 'ja' },
    });
    expect(answer.json().faults).toMatchObject([
      { row: 2, cell: 'B2', column: 'location', detail: expect.stringContaining('設置場所') },
    ]);
  });

  it('has its effect once for one Idempotency-Key, and the key of a trial is no other’s', async () => {
    const once = { headers: { 'idempotency-key': 'one' } };
    expect((await upload('keys', file, once)).json()).toMatchObject({ dry_run: true, made: 1 });
    const other = await upload('keys', file, { ...once, query: '?dry_run=false' });
    expect(other.json().code).toBe('idempotency-key-reused');
    const apply = { headers: { 'idempotency-key': 'two' }, query: '?dry_run=false' };
    const [first, second] = [await upload('keys', file, apply), await upload('keys', file, apply)];
    expect(first.json()).toMatchObject({ dry_run: false, made: 1, outcomes: [{ id: expect.any(String) }] });
    expect([second.headers['idempotent-replayed'], second.body]).toEqual(['true', first.body]);
    const another = await upload('keys', `${file}Van 10,新宿,04AABBCD`, apply);
    expect(another.json().code).toBe('idempotency-key-reused');
  });

  it('is refused whole with a problem that names every cell', async () => {
    const faulty = `${file.replace('04AABBCC', '04AABBC1')}=x,Nowhere,04AABBC2\r\n`;
    const answer = await upload('keys', faulty, { query: '?dry_run=false' });
    expect([answer.statusCode, answer.json()]).toMatchObject([
      400,
      { code: 'invalid-request', errors: [{ pointer: '/body/A3' }, { pointer: '/body/B3' }] },
    ]);
    expect((await inject('GET', '/v1/keys')).body).not.toContain('04aabbc1');
  });

  it('of as many rows as one file may have is taken whole', async () => {
    const rows = Array.from(
      { length: 1_000 },
      (_none, row) => `Car ${row},新宿,05${String(row).padStart(6, '0')}`,
    );
    const big = ['name,location,fob_tag', ...rows].join('\n');
    expect((await upload('keys', big, { query: '?dry_run=false' })).json()).toMatchObject({ made: 1_000 });
    expect((await upload('keys', big)).json()).toMatchObject({ made: 0, left: 1_000, faulty: 0 });
  });
});
