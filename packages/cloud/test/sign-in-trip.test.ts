// A person over the real HTTP server: cookie or token, what the role allows, and what another site may not do.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Cloud } from '../src/compose.ts';
import { createLog } from '../src/platform/log.ts';
import { allPermissions } from '../src/platform/permissions.ts';
import { FixedPorts } from './fixed-ports.ts';
import { quietCloud } from './quiet-cloud.ts';
import { appCode, goodPassword } from './sign-in-desk.ts';

let cloud: Cloud;
let ports: FixedPorts;
let token: string;
let lines: string[];

beforeEach(async () => {
  ports = new FixedPorts();
  lines = [];
  const log = createLog({ level: 'debug', clock: ports.clock }, { write: (line) => void lines.push(line) });
  cloud = quietCloud({ clock: ports.clock, timers: ports.timers, log });
  await cloud.start();
  token = await cloud.commitGroup.run(() => {
    const { tenants } = cloud.features;
    return tenants.issueToken(tenants.create('Sakura'), { name: 'Test', permissions: allPermissions }).text;
  });
});

afterEach(() => cloud.stop());

async function send(method: string, url: string, body?: object, headers: Record<string, string> = {}) {
  const answer = await cloud.http.inject({
    ...{ method: method as 'POST', url, headers },
    ...(body === undefined ? {} : { payload: body }),
  });
  const json = answer.body.startsWith('{') ? answer.json() : {};
  return { status: answer.statusCode, json, cookie: String(answer.headers['set-cookie'] ?? '') };
}

const bearer = (text: string) => ({ authorization: `Bearer ${text}` });
const origin = { origin: 'https://localhost:80', host: 'localhost:80' };

/** From the API token of the first start to a person with two factors, as an operator would do it. */
async function settle(role: string) {
  const passphrase = 'correct horse battery staple';
  await send('PUT', '/v1/step-up-passphrase', { passphrase }, bearer(token));
  await send('POST', '/v1/step-ups', { passphrase }, bearer(token));
  const person = { name: 'Hanako', mail: 'hanako@example.jp', role };
  const { json: made } = await send('POST', '/v1/people', person, bearer(token));
  const invited = await send('POST', `/v1/people/${made.id}/invitations`, undefined, bearer(token));
  const { invitation } = invited.json;
  const accepted = await send('POST', '/v1/invitation-acceptances', { invitation, password: goodPassword });
  const first = bearer(accepted.json.session);
  const half = await send('PUT', '/v1/own-sign-in/id-code', undefined, first);
  const offer = await send('POST', '/v1/own-sign-in/authenticator', { password: goodPassword }, first);
  const code = appCode(offer.json.uri, ports.nowMs);
  const enrolled = await send('PUT', '/v1/own-sign-in/authenticator', { code }, first);
  ports.advance(30_000);
  return { session: String(enrolled.json.session), uri: String(offer.json.uri), half };
}

const signIn = (uri: string, as: string) => {
  const code = appCode(uri, ports.nowMs);
  return send('POST', '/v1/sign-ins', { mail: 'hanako@example.jp', password: goodPassword, code, as });
};

describe('a person at the API', () => {
  it('may do what the role allows and nothing else (SEC-03)', async () => {
    const { session } = await settle('auditor');
    expect((await send('GET', '/v1/events', undefined, bearer(session))).status).toBe(200);
    const place = { name: 'x', time_zone: 'UTC' };
    expect(await send('POST', '/v1/locations', place, bearer(session))).toMatchObject({
      status: 403,
      json: { code: 'permission-missing' },
    });
  });

  it('signs in to a cookie that scripts and other hosts do not get (SEC-14)', async () => {
    const { uri } = await settle('admin');
    const { json, cookie } = await signIn(uri, 'cookie');
    expect(json.session).toBeNull();
    expect(cookie).toMatch(
      /^__Host-smartbox=sbs_\w+; Path=\/; Max-Age=43200; Secure; HttpOnly; SameSite=Lax$/,
    );
    const held = { cookie: cookie.split(';')[0] ?? '' };
    expect((await send('GET', '/v1/own-sign-in', undefined, held)).json).toMatchObject({ role: 'admin' });
    const place = { name: 'x', time_zone: 'UTC' };
    expect((await send('POST', '/v1/locations', place, { ...held, ...origin })).status).toBe(201);
  });

  it.each([
    [{}],
    [{ origin: 'https://evil.example' }],
    [{ origin: 'null' }],
    [{ origin: 'https://localhost.evil.example' }],
  ])('has nothing changed by a page of another site: %j (SEC-14)', async (headers) => {
    const { uri } = await settle('admin');
    const cookie = (await signIn(uri, 'cookie')).cookie.split(';')[0] ?? '';
    const place = { name: 'x', time_zone: 'UTC' };
    expect(await send('POST', '/v1/locations', place, { cookie, ...headers } as never)).toMatchObject({
      status: 403,
      json: { code: 'foreign-origin' },
    });
  });

  it('is stepped up by signing in with both factors, and only then', async () => {
    const { session, uri } = await settle('owner');
    const { json: made } = await send('POST', '/v1/people', { name: 'x' }, bearer(session));
    const erase = (text: string) => send('DELETE', `/v1/people/${made.id}`, undefined, bearer(text));
    expect((await erase(session)).json.code).toBe('step-up-required');
    const { json } = await signIn(uri, 'token');
    expect((await erase(json.session)).status).toBe(204);
  });

  it('gets no ID code for keypads by a password alone, nor by a session that somebody found open (SEC-04)', async () => {
    const { session, uri, half } = await settle('operator');
    const ask = (text: string) => send('PUT', '/v1/own-sign-in/id-code', undefined, bearer(text));
    // Between the password and the second factor a sign-in is good for nothing but to enrol one.
    expect(half).toMatchObject({ status: 403, json: { code: 'step-up-required' } });
    expect((await ask(session)).json.code).toBe('step-up-required');
    const { json } = await signIn(uri, 'token');
    expect((await ask(json.session)).json.id_code).toMatch(/^\d{8}$/);
  });

  it('gets a session of its own at each sign-in, whatever cookie came with it (SEC-14)', async () => {
    const { session, uri } = await settle('operator');
    const planted = { cookie: `__Host-smartbox=${session}`, ...origin };
    const code = appCode(uri, ports.nowMs);
    const body = { mail: 'hanako@example.jp', password: goodPassword, code, as: 'cookie' };
    const { cookie } = await send('POST', '/v1/sign-ins', body, planted);
    expect(cookie).toMatch(/^__Host-smartbox=sbs_\w+;/);
    expect(cookie).not.toContain(session);
  });

  it('signs out of the browser too', async () => {
    const { uri } = await settle('admin');
    const cookie = (await signIn(uri, 'cookie')).cookie.split(';')[0] ?? '';
    const out = await send('DELETE', '/v1/own-sign-in/session', undefined, { cookie, ...origin });
    expect(out).toMatchObject({ status: 204, cookie: expect.stringContaining('Max-Age=0') });
    expect((await send('GET', '/v1/own-sign-in', undefined, { cookie })).status).toBe(401);
  });

  it('leaves neither password nor session in a log (I6)', async () => {
    const { session, uri } = await settle('admin');
    const { cookie } = await signIn(uri, 'cookie');
    const secrets = [goodPassword, session.split('_')[2], cookie.split('_')[5], 'hanako'];
    for (const secret of secrets) expect(lines.join('\n')).not.toContain(secret);
    expect(lines.length).toBeGreaterThan(5);
  });
});
