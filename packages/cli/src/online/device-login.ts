// Signing in by a device code (RFC 8628): the person approves a short code in a browser where they are signed in, while the
// command asks the server at the interval that it names. Nothing secret is typed here.
import { hostname } from 'node:os';
import { ApiProblem, createClient } from '@smartbox/api-client';
import { tell } from './online-texts.ts';
import type { Conversation } from './server.ts';

const SLOWER_MS = 5_000;
const NAME_LENGTH = 60;

/** @returns a token that acts as the person. @throws ApiProblem when nobody approved it in time, or somebody refused */
export async function askForSession(url: string, { ports, language, json }: Conversation): Promise<string> {
  // A server that says "not yet" is asked again here, at its interval, and not by the client.
  const client = createClient({ url, language, retries: 0 });
  const name = `smartbox on ${hostname()}`.slice(0, NAME_LENGTH);
  const { body } = await client.beginDeviceCode({ body: { client_name: name } });
  const { device_code, user_code, verification_uri, verification_uri_complete } = body;
  const told = { uri: verification_uri, code: user_code };
  const shown = json
    ? JSON.stringify({ verification_uri, verification_uri_complete, user_code })
    : `${tell(language, 'approve-at', told)}\n${tell(language, 'waiting')}`;
  ports.messages.write(`${shown}\n`);
  for (let intervalMs = body.interval * 1_000; ; ) {
    await ports.wait(intervalMs);
    try {
      const { body: answer } = await client.pollDeviceCode({ body: { device_code } });
      return answer.session ?? '';
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      if (error.code === 'slow-down') intervalMs += SLOWER_MS;
      else if (error.code !== 'authorization-pending') throw error;
    }
  }
}
