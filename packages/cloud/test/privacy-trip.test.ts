// Personal data and guest links over the real HTTP server: what is kept, counted, limited and written into the log.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Cloud } from '../src/compose.ts';
import { createLog } from '../src/platform/log.ts';
import { allPermissions } from '../src/platform/permissions.ts';
import { FixedPorts } from './fixed-ports.ts';
import { quietCloud } from './quiet-cloud.ts';

const passphrase = 'correct horse battery staple';
const hanako = { name: '山田 花子', mail: 'hanako@example.jp', phone: '+81312345678' };

let cloud: Cloud;
let lines: string[];
let token: string;

beforeEach(async () => {
  const { clock, timers } = new FixedPorts();
  lines = [];
  const log = createLog({ level: 'trace', clock }, { write: (line) => void lines.push(line) });
  cloud = quietCloud({ clock, timers, log });
  await cloud.start();
  token = await cloud.commitGroup.run(() => {
    const { tenants } = cloud.features;
    return tenants.issueToken(tenants.create('Sakura'), { name: 'Test', permissions: allPermissions }).text;
  });
});

afterEach(() => cloud.stop());

async function send(method: string, url: string, body?: object, headers: Record<string, string> = {}) {
  const answer = await cloud.http.inject({
    ...{ method: method as 'POST', url, headers: { authorization: `Bearer ${token}`, ...headers } },
    ...(body === undefined ? {} : { payload: body }),
  });
  const json = answer.body.startsWith('{') ? answer.json() : {};
  return { status: answer.statusCode, json, headers: answer.headers };
}

const stepUp = async (): Promise<void> => {
  await send('PUT', '/v1/step-up-passphrase', { passphrase });
  await send('POST', '/v1/step-ups', { passphrase });
};

describe('personal data at the API', () => {
  const keyed = { 'idempotency-key': 'again' };

  it.each(['reveal', 'exports'])(
    'are not kept as the answer of %s: a repetition after the erasure finds nobody (SEC-16)',
    async (what) => {
      await stepUp();
      const { json } = await send('POST', '/v1/people', hanako);
      const seen = await send('POST', `/v1/people/${json.id}/${what}`, undefined, keyed);
      expect(JSON.stringify(seen.json)).toContain('花子');
      await send('DELETE', `/v1/people/${json.id}`);
      expect((await send('POST', `/v1/people/${json.id}/${what}`, undefined, keyed)).status).toBe(404);
    },
  );

  it('are counted look by look, however many come at once and with whatever Idempotency-Key (SEC-16)', async () => {
    const { json } = await send('POST', '/v1/people', hanako);
    const look = () => send('POST', `/v1/people/${json.id}/reveal`, undefined, keyed);
    const looks = await Promise.all(Array.from({ length: 30 }, look));
    const refused = looks.filter(({ status }) => status !== 200);
    expect(looks.length - refused.length).toBe(20);
    expect(new Set(refused.map((one) => one.json.code))).toEqual(new Set(['step-up-required']));
  });

  it('are in no line of the log, at whatever level (SEC-16)', async () => {
    await stepUp();
    const { json } = await send('POST', '/v1/people', hanako);
    await send('POST', `/v1/people/${json.id}/reveal`);
    await send('POST', '/v1/people', hanako);
    await send('POST', '/v1/people', { ...hanako, mail: 'no address', more: 1 });
    await send('DELETE', `/v1/people/${json.id}`);
    expect(lines.length).toBeGreaterThan(5);
    for (const secret of ['花子', 'hanako', '12345678']) expect(lines.join('\n')).not.toContain(secret);
  });
});

describe('the address of a guest', () => {
  const path = `/v1/guest/${'A'.repeat(43)}`;
  const look = (address: string) => cloud.http.inject({ method: 'GET', url: path, remoteAddress: address });

  it('is limited: nobody tries many (SEC-17)', async () => {
    const statuses: number[] = [];
    for (let tries = 0; tries < 31; tries++) statuses.push((await look('192.0.2.1')).statusCode);
    expect(statuses).toEqual([...Array.from({ length: 30 }, () => 404), 429]);
    expect((await look('192.0.2.2')).statusCode).toBe(404);
  });

  it('is limited for a whole network of IPv6 addresses, which one caller has (SEC-17)', async () => {
    const statuses = new Set<number>();
    for (let tries = 0; tries < 31; tries++)
      statuses.add((await look(`2001:db8:1:2::${tries.toString(16)}`)).statusCode);
    expect(statuses).toEqual(new Set([404, 429]));
    expect((await look('2001:db8:1:3::1')).statusCode).toBe(404);
  });

  it('is in no line of the log, kept by no cache and told to no other site (SEC-17)', async () => {
    const { headers } = await look('192.0.2.1');
    await cloud.http.inject({ method: 'POST', url: path });
    await cloud.http.inject({ method: 'GET', url: `${path}/more` });
    await cloud.http.inject({ method: 'GET', url: `${path}%` });
    expect(headers).toMatchObject({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' });
    expect(lines.length).toBeGreaterThan(2);
    expect(lines.join('\n')).not.toContain('AAAA');
  });
});
