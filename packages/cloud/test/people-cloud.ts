// A composed cloud with one organisation and the API token of its first start, spoken to over HTTP as browsers and
// programs do; and people who come to it.

import type { Cloud } from '../src/compose.ts';
import { createLog } from '../src/platform/log.ts';
import { allPermissions } from '../src/platform/permissions.ts';
import { FixedPorts } from './fixed-ports.ts';
import { quietCloud } from './quiet-cloud.ts';
import { appCode, goodPassword } from './sign-in-desk.ts';

/** What an answer says. */
export interface HttpAnswer {
  readonly status: number;
  readonly json: Record<string, unknown>;
  readonly cookie: string;
}

/** Somebody with a password and an authenticator app. */
export interface Settled {
  readonly personId: string;
  readonly session: string;
  readonly mail: string;
  readonly uri: string;
}

const passphrase = 'correct horse battery staple';

/** Where the cloud says that browsers reach it. */
export const publicUrl = 'http://localhost:8080';

/** Started; stop it. */
export async function createPeopleCloud() {
  const ports = new FixedPorts();
  const lines: string[] = [];
  const log = createLog({ level: 'debug', clock: ports.clock }, { write: (line) => void lines.push(line) });
  const cloud: Cloud = quietCloud({ clock: ports.clock, timers: ports.timers, log });
  await cloud.start();
  const foundTenant = (name: string): Promise<string> =>
    cloud.commitGroup.run(() => {
      const { tenants } = cloud.features;
      return tenants.issueToken(tenants.create(name), { name: 'Test', permissions: allPermissions }).text;
    });
  const token = await foundTenant('Sakura');

  const send = async (method: string, url: string, body?: unknown, bearer?: unknown): Promise<HttpAnswer> => {
    const answer = await cloud.http.inject({
      ...{ method: method as 'POST', url },
      headers: bearer === undefined ? {} : { authorization: `Bearer ${String(bearer)}` },
      ...(body === undefined ? {} : { payload: body as object }),
    });
    const json = answer.body.startsWith('{') ? answer.json() : {};
    return { status: answer.statusCode, json, cookie: String(answer.headers['set-cookie'] ?? '') };
  };
  const stepUpToken = async (by: string): Promise<void> => {
    await send('PUT', '/v1/step-up-passphrase', { passphrase, current: passphrase }, by);
    await send('POST', '/v1/step-ups', { passphrase }, by);
  };
  let invited = 0;
  /** Makes a person and invites them. */
  const invite = async (role = 'operator', by = token) => {
    await stepUpToken(by);
    invited += 1;
    const mail = `hanako${invited}@example.jp`;
    const { json } = await send('POST', '/v1/people', { name: 'Hanako', mail, role }, by);
    const personId = String(json.id);
    const made = await send('POST', `/v1/people/${personId}/invitations`, undefined, by);
    return { personId, mail, invitation: String(made.json.invitation) };
  };
  /** From the invitation to password and app. */
  const settle = async (role?: string): Promise<Settled> => {
    const { personId, mail, invitation } = await invite(role);
    const accepted = await send('POST', '/v1/invitation-acceptances', { invitation, password: goodPassword });
    const first = accepted.json.session;
    const offer = await send('POST', '/v1/own-sign-in/authenticator', { password: goodPassword }, first);
    const uri = String(offer.json.uri);
    const code = appCode(uri, ports.nowMs);
    const enrolled = await send('PUT', '/v1/own-sign-in/authenticator', { code }, first);
    ports.advance(30_000);
    return { personId, mail, uri, session: String(enrolled.json.session) };
  };
  /** Signs in with both factors: the session is stepped up. */
  const signIn = async ({ mail, uri }: Pick<Settled, 'mail' | 'uri'>): Promise<string> => {
    const code = appCode(uri, ports.nowMs);
    const { json } = await send('POST', '/v1/sign-ins', { mail, password: goodPassword, code });
    ports.advance(30_000);
    return String(json.session);
  };
  /** Data of the events of a type so far. */
  const told = async (type: string): Promise<readonly unknown[]> => {
    const { json } = await send('GET', `/v1/events?type=${type}`, undefined, token);
    return (json.data as readonly { readonly data: unknown }[]).map(({ data }) => data);
  };
  return { cloud, ports, lines, token, foundTenant, stepUpToken, send, invite, settle, signIn, told };
}

/** The cloud that `createPeopleCloud` makes. */
export type PeopleCloud = Awaited<ReturnType<typeof createPeopleCloud>>;
