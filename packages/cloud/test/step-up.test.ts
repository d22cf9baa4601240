// Step-ups over the real HTTP server: every dangerous route of the product asks for one, and what proves it is
// written down nowhere.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Cloud } from '../src/compose.ts';
import { createLog } from '../src/platform/log.ts';
import { allPermissions } from '../src/platform/permissions.ts';
import { systemClock } from '../src/platform/system-clock.ts';
import { dump } from './features-world.ts';
import { quietCloud } from './quiet-cloud.ts';

const words = 'correct horse battery staple';
const wrong = 'incorrect zebra battery staple';

describe('the step-up', () => {
  const lines: string[] = [];
  let cloud: Cloud;
  let token: string;

  beforeEach(async () => {
    const log = createLog({ level: 'trace', clock: systemClock }, { write: (line) => void lines.push(line) });
    cloud = quietCloud({ log });
    await cloud.start();
    token = await cloud.commitGroup.run(() => {
      const { tenants } = cloud.features;
      return tenants.issueToken(tenants.create('Test'), { name: 'Test', permissions: allPermissions }).text;
    });
  });
  afterEach(() => cloud.stop());

  async function send(method: string, url: string, body?: object, headers: Record<string, string> = {}) {
    const answer = await cloud.http.inject({
      method: method as 'POST',
      url,
      headers: { authorization: `Bearer ${token}`, ...headers },
      ...(body === undefined ? {} : { payload: body }),
    });
    return { status: answer.statusCode, text: answer.body, code: codeOf(answer.body) };
  }

  it('is asked for by every route that says so, and by no other', async () => {
    const dangerous = cloud.features.routes.filter(({ stepUp }) => stepUp === true);
    expect(dangerous.length).toBeGreaterThan(0);
    const before: unknown[] = [];
    for (const route of cloud.features.routes) {
      const method = route.kind === 'request' ? route.method : 'GET';
      if (route.kind === 'stream') continue;
      const { code } = await send(method, route.url.replaceAll(/:\w+/g, 'x'));
      if (code === 'step-up-required') before.push(route.operationId);
    }
    expect(before).toEqual(dangerous.map(({ operationId }) => operationId));
    await send('PUT', '/v1/step-up-passphrase', { passphrase: words });
    await send('POST', '/v1/step-ups', { passphrase: words });
    for (const route of dangerous) {
      const method = route.kind === 'request' ? route.method : 'GET';
      const { code } = await send(method, route.url.replaceAll(/:\w+/g, 'x'));
      expect([route.operationId, code]).not.toEqual([route.operationId, 'step-up-required']);
    }
  });

  it('is announced in the description of each of them', async () => {
    await cloud.http.ready();
    const described = JSON.stringify(cloud.http.swagger()).match(/POST \/v1\/step-ups`\./g) ?? [];
    const dangerous = cloud.features.routes.filter(({ stepUp }) => stepUp === true);
    expect(described).toHaveLength(dangerous.length);
  });

  it('leaves the passphrase in no log, in no answer and in no table (I6)', async () => {
    const first = await send('PUT', '/v1/step-up-passphrase', { passphrase: words });
    const answers = [
      first,
      await send('POST', '/v1/step-ups', { passphrase: words }, { 'idempotency-key': 'one' }),
      await send('POST', '/v1/step-ups', { passphrase: wrong }, { 'idempotency-key': 'one' }),
      await send('POST', '/v1/step-ups', { passphrase: words, more: words }),
      await send('PUT', '/v1/step-up-passphrase', { passphrase: wrong, current: wrong }),
      await send('PUT', '/v1/step-up-passphrase', { passphrase: words.slice(0, 9) }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 201, 403, 400, 403, 400]);
    expect(lines.length).toBeGreaterThan(5);
    for (const secret of [words, wrong, words.slice(0, 9)]) {
      expect(lines.join('\n')).not.toContain(secret);
      for (const { text } of answers) expect(text).not.toContain(secret);
      expect(dump(cloud.database)).not.toContain(secret);
    }
  });

  it('tells a guesser nothing by an Idempotency-Key that somebody used before (SEC-14)', async () => {
    await send('PUT', '/v1/step-up-passphrase', { passphrase: words });
    const guess = (passphrase: string) =>
      send('POST', '/v1/step-ups', { passphrase }, { 'idempotency-key': 'one' });
    expect((await guess(words)).status).toBe(201);
    // Each guess counts, whatever key it carries.
    for (let tries = 0; tries < 5; tries++) expect((await guess(wrong)).code).toBe('step-up-refused');
    expect((await guess(words)).code).toBe('too-many-requests');
  });
});

function codeOf(text: string): string | undefined {
  // Lines of JSON are no problem.
  if (!text.startsWith('{') || text.includes('\n')) return undefined;
  return (JSON.parse(text) as { readonly code?: string }).code;
}
