// Passkeys over the real HTTP server, with an authenticator that signs: made, shown, and everything that must not pass.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dump } from './features-world.ts';
import { createPeopleCloud, type PeopleCloud, publicUrl } from './people-cloud.ts';
import { goodPassword } from './sign-in-desk.ts';
import { type PasskeyJson, SoftAuthenticator, type Wrong } from './soft-authenticator.ts';

let desk: PeopleCloud;
let phone: SoftAuthenticator;

beforeEach(async () => {
  desk = await createPeopleCloud();
  phone = new SoftAuthenticator(publicUrl);
});

afterEach(() => desk.cloud.stop());

/** Takes an invitation up by a passkey. */
async function join(device = phone, role = 'operator', by = desk.token) {
  const { invitation, personId } = await desk.invite(role, by);
  const offer = await desk.send('POST', '/v1/invitation-acceptances/passkey-options', { invitation });
  const passkey = device.make(offer.json.options);
  const body = { invitation, name: 'Phone', passkey };
  const { status, json } = await desk.send('POST', '/v1/invitation-acceptances/passkey', body);
  return { status, personId, invitation, passkey, session: String(json.session) };
}

const challenge = async () => (await desk.send('POST', '/v1/passkey-challenges')).json.options;
const enter = (passkey: PasskeyJson, as?: string) =>
  desk.send('POST', '/v1/passkey-sign-ins', { passkey, ...(as === undefined ? {} : { as }) });
const signIn = async (device = phone, wrong: Wrong = {}) => enter(device.show(await challenge(), wrong));

async function addPasskey(session: string, device: SoftAuthenticator, wrong: Wrong = {}) {
  const offer = await desk.send('POST', '/v1/own-sign-in/passkey-options', {}, session);
  const body = { name: 'Laptop', passkey: device.make(offer.json.options, wrong) };
  return desk.send('POST', '/v1/own-sign-in/passkeys', body, session);
}

async function stepUp(session: string, device = phone, wrong: Wrong = {}) {
  const asked = await desk.send('POST', '/v1/own-sign-in/passkey-challenges', undefined, session);
  const passkey = device.show(asked.json.options, wrong);
  return desk.send('POST', '/v1/own-sign-in/passkey-step-ups', { passkey }, session);
}

describe('a passkey', () => {
  it('takes an invitation up without a password, and signs in without a mail address (SEC-14)', async () => {
    const { status, personId, session } = await join();
    expect(status).toBe(201);
    expect((await desk.send('GET', '/v1/own-sign-in', undefined, session)).json).toMatchObject({
      ...{ person_id: personId, has_password: false, has_authenticator: false },
      passkeys: [{ name: 'Phone', used_at: null }],
    });
    const { status: entered, json } = await signIn();
    expect([entered, json.person_id, json.second_factor]).toEqual([201, personId, true]);
    expect((await desk.send('GET', '/v1/boxes', undefined, json.session)).status).toBe(200);
    expect(await desk.told('sign_in.succeeded')).toContainEqual({
      ...{
        person_id: personId,
        second_factor: true,
        by: 'passkey',
        token_id: expect.stringContaining('ses_'),
      },
    });
  });

  it.each([
    ['P-256', true],
    ['Ed25519', true],
    ['P-256', false],
  ] as const)('of %s signs in again and again, counting: %s', async (algorithm, counts) => {
    const device = new SoftAuthenticator(publicUrl, algorithm, counts);
    await join(device);
    for (let times = 0; times < 3; times++) expect((await signIn(device)).status).toBe(201);
  });

  it('hands the session to a browser in its cookie', async () => {
    await join();
    const { json, cookie } = await enter(phone.show(await challenge()), 'cookie');
    expect(json.session).toBeNull();
    expect(cookie).toMatch(
      /^__Host-smartbox=sbs_\w+; Path=\/; Max-Age=43200; Secure; HttpOnly; SameSite=Lax$/,
    );
  });

  it.each<[string, Wrong]>([
    ['of another site', { origin: 'https://evil.example' }],
    ['of the same name at another port', { origin: 'http://localhost:8081' }],
    ['made for another site', { rpId: 'evil.example' }],
    ['shown without finger, face or PIN', { withoutVerification: true }],
    ['shown without anybody there', { withoutPresence: true }],
    ['shown within a frame of another site', { crossOrigin: true }],
    ['that answers no challenge of ours', { challenge: 'yJ4uZ0mYq0b3o8y0s1C2m6mJtQ2nKxw0vF1r5h8kT3c' }],
    ['that says it was just made', { type: 'webauthn.create' }],
    ['that names another person', { userHandle: 'c29tZWJvZHkgZWxzZQ' }],
    ['that names nobody', { userHandle: null }],
  ])('%s signs nobody in (SEC-14)', async (_what, wrong) => {
    await join();
    expect((await signIn(phone, wrong)).json.code).toBe('passkey-refused');
    expect((await signIn()).status).toBe(201);
  });

  it('whose signature or data was changed on the way signs nobody in', async () => {
    await join();
    for (const name of ['signature', 'authenticatorData', 'clientDataJSON']) {
      const shown = phone.show(await challenge());
      const bytes = Buffer.from(String(shown.response[name]), 'base64url');
      bytes[bytes.length - 2] = (bytes.at(-2) ?? 0) ^ 1;
      const response = { ...shown.response, [name]: bytes.toString('base64url') };
      expect([name, (await enter({ ...shown, response })).json.code]).toEqual([name, 'passkey-refused']);
    }
  });

  it('answers a challenge once, and within five minutes (SEC-14)', async () => {
    await join();
    const first = phone.show(await challenge());
    expect((await enter(first)).status).toBe(201);
    expect((await enter(first)).json.code).toBe('passkey-refused');
    const options = await challenge();
    expect((await enter(phone.show(options, { withoutVerification: true }))).status).toBe(401);
    // A failed answer was an answer.
    expect((await enter(phone.show(options))).json.code).toBe('passkey-refused');
    const late = await challenge();
    desk.ports.advance(300_000);
    expect((await enter(phone.show(late))).json.code).toBe('passkey-refused');
  });

  it('answers no challenge that was given for something else', async () => {
    const { session } = await join();
    const asked = await desk.send('POST', '/v1/own-sign-in/passkey-challenges', undefined, session);
    expect((await enter(phone.show(asked.json.options))).json.code).toBe('passkey-refused');
    const body = { passkey: phone.show({ ...((await challenge()) as object) }) };
    expect((await desk.send('POST', '/v1/own-sign-in/passkey-step-ups', body, session)).json.code).toBe(
      'passkey-refused',
    );
  });

  it('that nobody has registered, or somebody has removed, signs nobody in', async () => {
    const { session } = await join();
    const stranger = new SoftAuthenticator(publicUrl);
    const offer = { challenge: 'x', rp: { id: 'localhost' }, user: { id: 'eA' }, excludeCredentials: [] };
    stranger.make(offer);
    expect((await signIn(stranger)).json.code).toBe('passkey-refused');
    const laptop = new SoftAuthenticator(publicUrl, 'Ed25519');
    const stepped = String((await stepUp(session)).json.session);
    const added = await addPasskey(stepped, laptop);
    expect((await signIn(laptop)).status).toBe(201);
    const fresh = String((await stepUp(String(added.json.session))).json.session);
    const url = `/v1/own-sign-in/passkeys/${added.json.passkey_id}`;
    expect((await desk.send('DELETE', url, undefined, fresh)).status).toBe(204);
    expect((await signIn(laptop)).json.code).toBe('passkey-refused');
    expect((await signIn()).status).toBe(201);
  });

  it('that was copied is found out by its counter, refused and told of (SEC-14)', async () => {
    const { personId } = await join();
    const copy = phone.clone();
    expect((await signIn()).status).toBe(201);
    expect((await signIn()).status).toBe(201);
    expect((await signIn(copy)).json.code).toBe('passkey-refused');
    expect(await desk.told('sign_in.passkey_cloned')).toEqual([
      { person_id: personId, passkey_id: expect.any(String), counter: 2, counter_before: 3 },
    ]);
    expect((await signIn()).status).toBe(201);
  });

  it('signs in nobody who has left, lost the role, or had the sign-in taken away (MO-06)', async () => {
    const { personId } = await join();
    const change = async (body: object) => {
      const headers = { authorization: `Bearer ${desk.token}`, 'if-match': '*' };
      const url = `/v1/people/${personId}`;
      const { statusCode } = await desk.cloud.http.inject({ method: 'PATCH', url, headers, payload: body });
      expect(statusCode).toBe(200);
    };
    await change({ role: null });
    expect((await signIn()).json.code).toBe('passkey-refused');
    await change({ role: 'operator', ends_at: '2026-04-01T09:00:00Z' });
    expect((await signIn()).json.code).toBe('passkey-refused');
    await change({ ends_at: null });
    expect((await signIn()).status).toBe(201);
    await desk.send('DELETE', `/v1/people/${personId}/sign-in`, undefined, desk.token);
    expect((await signIn()).json.code).toBe('passkey-refused');
  });

  it('goes with its person when that is erased, and while that is in quarantine', async () => {
    const { personId } = await join();
    const at = `/v1/people/${personId}`;
    await desk.send('POST', `${at}/quarantine`, undefined, desk.token);
    expect((await signIn()).json.code).toBe('passkey-refused');
    await desk.send('DELETE', `${at}/quarantine`, undefined, desk.token);
    expect((await signIn()).status).toBe(201);
    expect((await desk.send('DELETE', at, undefined, desk.token)).status).toBe(204);
    expect((await signIn()).json.code).toBe('passkey-refused');
    expect(desk.cloud.database.prepare('SELECT 1 FROM passkey').all()).toEqual([]);
  });

  it('leaves nothing in table or log that signs in (I6)', async () => {
    const { session } = await join();
    const options = (await challenge()) as { readonly challenge: string };
    const { json } = await enter(phone.show(options));
    const stored = dump(desk.cloud.database) + desk.lines.join('\n');
    for (const secret of [options.challenge, session.split('_')[2], String(json.session).split('_')[2]])
      expect(stored).not.toContain(secret);
  });
});

describe('an invitation by passkey', () => {
  it('works once, and not by a challenge of another', async () => {
    const { invitation, passkey } = await join();
    const url = '/v1/invitation-acceptances/passkey-options';
    expect((await desk.send('POST', url, { invitation })).json.code).toBe('sign-in-refused');
    const other = await desk.invite();
    const body = { invitation: other.invitation, name: 'Phone', passkey };
    const accept = '/v1/invitation-acceptances/passkey';
    expect((await desk.send('POST', accept, body)).json.code).toBe('passkey-refused');
    const third = await desk.invite();
    const offer = await desk.send('POST', url, { invitation: third.invitation });
    const made = new SoftAuthenticator(publicUrl).make(offer.json.options);
    expect((await desk.send('POST', accept, { ...body, passkey: made })).json.code).toBe('passkey-refused');
  });

  it('is not used up by a passkey that is refused', async () => {
    const { invitation } = await desk.invite();
    const accept = async (wrong: Wrong) => {
      const offer = await desk.send('POST', '/v1/invitation-acceptances/passkey-options', { invitation });
      const passkey = new SoftAuthenticator(publicUrl).make(offer.json.options, wrong);
      const body = { invitation, name: 'Phone', passkey };
      return (await desk.send('POST', '/v1/invitation-acceptances/passkey', body)).status;
    };
    expect(await accept({ withoutVerification: true })).toBe(401);
    expect(await accept({ origin: 'https://evil.example' })).toBe(401);
    expect(await accept({ rpId: 'evil.example' })).toBe(401);
    expect(await accept({ crossOrigin: true })).toBe(401);
    expect(await accept({})).toBe(201);
  });

  it('replaces whatever the person signed in with before', async () => {
    const { personId, session } = await join();
    await desk.stepUpToken(desk.token);
    const made = await desk.send('POST', `/v1/people/${personId}/invitations`, undefined, desk.token);
    const { invitation } = made.json;
    await desk.send('POST', '/v1/invitation-acceptances', { invitation, password: goodPassword });
    expect((await signIn()).json.code).toBe('passkey-refused');
    expect((await desk.send('GET', '/v1/own-sign-in', undefined, session)).status).toBe(401);
  });
});

describe('one’s own passkeys', () => {
  it('are added to a sign-in with two factors by both of them, or by a step-up', async () => {
    const { session } = await desk.settle();
    const body = { password: goodPassword };
    const refused = await desk.send('POST', '/v1/own-sign-in/passkey-options', body, session);
    expect(refused.json.code).toBe('second-factor-required');
    expect((await desk.send('POST', '/v1/own-sign-in/passkey-options', {}, session)).json.code).toBe(
      'step-up-required',
    );
  });

  it('are several, each with a name that may change, and can do what password and app can', async () => {
    const person = await desk.settle('admin');
    const session = await desk.signIn(person);
    const added = await addPasskey(session, phone);
    expect(added).toMatchObject({ status: 201, json: { second_factor: true } });
    const stepped = await stepUp(String(added.json.session));
    const laptop = new SoftAuthenticator(publicUrl, 'Ed25519');
    const second = await addPasskey(String(stepped.json.session), laptop);
    const url = `/v1/own-sign-in/passkeys/${second.json.passkey_id}/name`;
    expect((await desk.send('PUT', url, { name: ' Work ' }, second.json.session)).json.name).toBe('Work');
    const own = await desk.send('GET', '/v1/own-sign-in', undefined, second.json.session);
    expect((own.json.passkeys as { name: string }[]).map(({ name }) => name)).toEqual(['Laptop', 'Work']);
    for (const device of [phone, laptop]) expect((await signIn(device)).json.person_id).toBe(person.personId);
  });

  it('prove that one is there, before what is dangerous', async () => {
    const { session } = await join(phone, 'owner');
    const { json: made } = await desk.send('POST', '/v1/people', { name: 'x' }, session);
    const erase = (by: unknown) => desk.send('DELETE', `/v1/people/${made.id}`, undefined, by);
    expect((await erase(session)).json.code).toBe('step-up-required');
    expect((await stepUp(session, phone, { withoutVerification: true })).json.code).toBe('passkey-refused');
    // The session says who it is, so an authenticator need not; but it must not say somebody else.
    expect((await stepUp(session, phone, { userHandle: 'c29tZWJvZHkgZWxzZQ' })).json.code).toBe(
      'passkey-refused',
    );
    const { json } = await stepUp(session, phone, { userHandle: null });
    // The session before has ended with it.
    expect((await erase(session)).status).toBe(401);
    expect((await erase(json.session)).status).toBe(204);
  });

  it('prove nothing about anybody else, of the own organisation or of another', async () => {
    const { session } = await join(phone, 'owner');
    const theirs = new SoftAuthenticator(publicUrl);
    await join(theirs, 'owner', await desk.foundTenant('Strangers'));
    const colleague = new SoftAuthenticator(publicUrl);
    await join(colleague, 'operator');
    for (const device of [theirs, colleague]) {
      const asked = await desk.send('POST', '/v1/own-sign-in/passkey-challenges', undefined, session);
      const passkey = device.show({ ...(asked.json.options as object), allowCredentials: [] });
      const answer = await desk.send('POST', '/v1/own-sign-in/passkey-step-ups', { passkey }, session);
      expect(answer.json.code).toBe('passkey-refused');
    }
    // Each signs in to the own organisation only.
    expect((await signIn(theirs)).json.person_id).not.toBe((await signIn()).json.person_id);
  });

  it('are found by nobody else', async () => {
    const { session } = await join();
    const own = await desk.send('GET', '/v1/own-sign-in', undefined, session);
    const [mine] = own.json.passkeys as { readonly id: string }[];
    const laptop = new SoftAuthenticator(publicUrl);
    const other = await join(laptop, 'owner', await desk.foundTenant('Strangers'));
    const url = `/v1/own-sign-in/passkeys/${mine?.id}`;
    expect((await desk.send('PUT', `${url}/name`, { name: 'x' }, other.session)).status).toBe(404);
    const { json } = await stepUp(other.session, laptop);
    expect((await desk.send('DELETE', url, undefined, json.session)).status).toBe(404);
  });

  it('keep the last means to sign in', async () => {
    const { session } = await join();
    const own = await desk.send('GET', '/v1/own-sign-in', undefined, session);
    const [only] = own.json.passkeys as { readonly id: string }[];
    const url = `/v1/own-sign-in/passkeys/${only?.id}`;
    expect((await desk.send('DELETE', url, undefined, session)).json.code).toBe('step-up-required');
    const { json } = await stepUp(session);
    expect((await desk.send('DELETE', url, undefined, json.session)).json.code).toBe('conflict');
  });

  it('are registered once', async () => {
    const { session } = await join();
    const stepped = String((await stepUp(session)).json.session);
    const offer = await desk.send('POST', '/v1/own-sign-in/passkey-options', {}, stepped);
    expect(() => phone.make(offer.json.options)).toThrow('InvalidStateError');
  });

  it('close the way by which a password alone would enrol an authenticator app (SEC-14)', async () => {
    const { mail, invitation } = await desk.invite();
    const accepted = await desk.send('POST', '/v1/invitation-acceptances', {
      invitation,
      password: goodPassword,
    });
    const body = { password: goodPassword };
    const offer = await desk.send('POST', '/v1/own-sign-in/passkey-options', body, accepted.json.session);
    const passkey = phone.make(offer.json.options);
    const add = await desk.send(
      'POST',
      '/v1/own-sign-in/passkeys',
      { name: 'x', passkey },
      accepted.json.session,
    );
    expect(add).toMatchObject({ status: 201, json: { second_factor: true } });
    const thief = await desk.send('POST', '/v1/sign-ins', { mail, password: goodPassword });
    expect(thief.json.code).toBe('second-factor-required');
    // Its person enrols one after a step-up.
    const { json } = await stepUp(String(add.json.session));
    expect((await desk.send('POST', '/v1/own-sign-in/authenticator', {}, json.session)).status).toBe(200);
  });

  it('are none of a program’s', async () => {
    const url = '/v1/own-sign-in/passkey-options';
    expect((await desk.send('POST', url, {}, desk.token)).json.code).toBe('conflict');
  });
});
