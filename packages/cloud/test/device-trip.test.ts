// A program at a command line that is let in by a person, over the real HTTP server.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dump } from './features-world.ts';
import { createPeopleCloud, type PeopleCloud, type Settled } from './people-cloud.ts';

let desk: PeopleCloud;
let hanako: Settled;
let session: string;

beforeEach(async () => {
  desk = await createPeopleCloud();
  hanako = await desk.settle('operator');
  session = await desk.signIn(hanako);
});

afterEach(() => desk.cloud.stop());

interface Codes {
  readonly device_code: string;
  readonly user_code: string;
}

const begin = async (client_name = 'smartbox on desk-3'): Promise<Codes> =>
  (await desk.send('POST', '/v1/device-codes', { client_name })).json as unknown as Codes;
const poll = ({ device_code }: Codes) => desk.send('POST', '/v1/device-codes/token', { device_code });
const answer = (what: 'look-up' | 'approve' | 'deny', user_code: string, by: unknown = session) =>
  desk.send('POST', `/v1/device-codes/${what}`, { user_code }, by);
const wait = () => desk.ports.advance(5_000);

describe('a program without a browser', () => {
  it('gets codes, waits, and acts as the person who lets it in, with that role (SEC-14)', async () => {
    const { json } = await desk.send('POST', '/v1/device-codes', { client_name: 'smartbox on desk-3' });
    expect(json).toEqual({
      device_code: expect.stringMatching(/^[\w-]{43}$/),
      user_code: expect.stringMatching(/^[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}$/),
      verification_uri: 'http://localhost:8080/device',
      verification_uri_complete: `http://localhost:8080/device?user_code=${json.user_code}`,
      expires_in: 600,
      interval: 5,
    });
    const codes = json as unknown as Codes;
    expect(await poll(codes)).toMatchObject({ status: 400, json: { code: 'authorization-pending' } });
    const seen = await answer('look-up', codes.user_code.toLowerCase());
    expect(seen.json).toMatchObject({ client_name: 'smartbox on desk-3', address: '127.0.0.1' });
    expect((await answer('approve', codes.user_code)).status).toBe(200);
    wait();
    const got = await poll(codes);
    expect(got).toMatchObject({ status: 200, json: { person_id: hanako.personId, second_factor: true } });
    const own = await desk.send('GET', '/v1/own-sign-in', undefined, got.json.session);
    expect(own.json).toMatchObject({ person_id: hanako.personId, role: 'operator' });
    expect(
      (await desk.send('POST', '/v1/locations', { name: 'x', time_zone: 'UTC' }, got.json.session)).status,
    ).toBe(403);
    expect(await desk.told('sign_in.succeeded')).toContainEqual(
      expect.objectContaining({ person_id: hanako.personId, by: 'device-code' }),
    );
  });

  it('gets the session once', async () => {
    const codes = await begin();
    await answer('approve', codes.user_code);
    expect((await poll(codes)).status).toBe(200);
    wait();
    expect((await poll(codes)).json.code).toBe('expired-token');
  });

  it('is not stepped up by that', async () => {
    const owner = await desk.settle('owner');
    const by = await desk.signIn(owner);
    const codes = await begin();
    await answer('approve', codes.user_code, by);
    const { json } = await poll(codes);
    const erase = await desk.send('DELETE', `/v1/people/${hanako.personId}`, undefined, json.session);
    expect(erase.json.code).toBe('step-up-required');
  });

  it('hears that it asks too often, and must then wait longer', async () => {
    const codes = await begin();
    const heard = async () => (await poll(codes)).json.code;
    expect([await heard(), await heard()]).toEqual(['authorization-pending', 'slow-down']);
    wait();
    expect(await heard()).toBe('slow-down');
    desk.ports.advance(15_000);
    expect(await heard()).toBe('authorization-pending');
  });

  it('hears that it was denied, and that its time is over', async () => {
    const denied = await begin();
    expect((await answer('deny', denied.user_code)).status).toBe(200);
    expect((await poll(denied)).json.code).toBe('access-denied');
    const late = await begin();
    desk.ports.advance(600_000);
    expect((await poll(late)).json.code).toBe('expired-token');
    expect((await poll({ device_code: 'nobody’s', user_code: '' })).json.code).toBe('expired-token');
  });

  it('is seen among the person’s sessions for 12 hours, and is thrown out from there', async () => {
    const codes = await begin('smartbox on desk-3');
    await answer('approve', codes.user_code);
    const program = (await poll(codes)).json.session;
    const fresh = await desk.signIn(hanako);
    const own = await desk.send('GET', '/v1/own-sign-in', undefined, fresh);
    const sessions = own.json.sessions as { id: string; client_name: string | null; ends_at: string }[];
    const [shown] = sessions.filter(({ client_name }) => client_name !== null);
    expect(shown).toMatchObject({ client_name: 'smartbox on desk-3', is_this: false });
    desk.ports.advance(60 * 60_000);
    // An hour without use, which ends what was opened in a browser.
    expect((await desk.send('GET', '/v1/own-sign-in', undefined, fresh)).status).toBe(401);
    expect((await desk.send('GET', '/v1/own-sign-in', undefined, program)).status).toBe(200);
    const again = await desk.signIn(hanako);
    const url = `/v1/own-sign-in/sessions/${shown?.id}`;
    const stranger = await desk.signIn(await desk.settle('owner'));
    expect((await desk.send('DELETE', url, undefined, stranger)).status).toBe(404);
    expect((await desk.send('DELETE', url, undefined, again)).status).toBe(204);
    expect((await desk.send('GET', '/v1/own-sign-in', undefined, program)).status).toBe(401);
  });

  it('ends after 12 hours', async () => {
    const codes = await begin();
    await answer('approve', codes.user_code);
    const { json } = await poll(codes);
    desk.ports.advance(12 * 60 * 60_000 - 1);
    expect((await desk.send('GET', '/v1/own-sign-in', undefined, json.session)).status).toBe(200);
    desk.ports.advance(1);
    expect((await desk.send('GET', '/v1/own-sign-in', undefined, json.session)).status).toBe(401);
  });
});

describe('a person who is asked', () => {
  it('must be there, be a person, and have a second factor', async () => {
    const { user_code } = await begin();
    desk.ports.advance(5 * 60_000);
    expect((await answer('approve', user_code)).json.code).toBe('step-up-required');
    await desk.stepUpToken(desk.token);
    expect((await answer('approve', user_code, desk.token)).json.code).toBe('conflict');
    const { invitation } = await desk.invite();
    const body = { invitation, password: 'plums ripen behind the shed' };
    const half = (await desk.send('POST', '/v1/invitation-acceptances', body)).json.session;
    expect((await answer('look-up', user_code, half)).json.code).toBe('second-factor-required');
    expect((await desk.send('POST', '/v1/device-codes/approve', { user_code })).status).toBe(401);
  });

  it('answers once: a code that was answered is none any more', async () => {
    const codes = await begin();
    await answer('deny', codes.user_code);
    expect((await answer('approve', codes.user_code)).status).toBe(404);
    expect((await poll(codes)).json.code).toBe('access-denied');
  });

  it('may try five wrong codes in 15 minutes, and that is told of (MO-06)', async () => {
    const { user_code } = await begin();
    for (let tries = 0; tries < 5; tries++) expect((await answer('look-up', 'BCDF-GHJK')).status).toBe(404);
    // Now not even the right one is looked at.
    expect(await answer('look-up', user_code)).toMatchObject({ status: 429 });
    expect(await desk.told('sign_in.burst')).toEqual([{ person_id: hanako.personId, by: 'device-code' }]);
    const other = await desk.signIn(await desk.settle());
    expect((await answer('look-up', user_code, other)).status).toBe(200);
  });

  it('takes back what was not fetched by losing the sign-in', async () => {
    const codes = await begin();
    await answer('approve', codes.user_code);
    await desk.send('DELETE', `/v1/people/${hanako.personId}/sign-in`, undefined, desk.token);
    expect((await poll(codes)).json.code).toBe('expired-token');
  });
});

describe('device codes', () => {
  it.each(['', ' ', 'x'.repeat(61), 'a\u202eb'])(
    'take no program that calls itself “%s”',
    async (client_name) => {
      expect((await desk.send('POST', '/v1/device-codes', { client_name })).status).toBe(400);
    },
  );

  it('leave no code, address or session in a table, log or event (I6)', async () => {
    const codes = await begin();
    await answer('approve', codes.user_code);
    const { json } = await poll(codes);
    const kept = dump(desk.cloud.database) + desk.lines.join('\n');
    const secrets = [codes.device_code, codes.user_code, String(json.session).split('_')[2], '127.0.0.1'];
    for (const secret of secrets) expect(kept).not.toContain(secret);
  });
});
