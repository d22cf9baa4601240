// Every route against every role, over the real HTTP server: what docs/permissions.md says is what the server does. The
// routes are the real ones, so a route that is added is in the matrix.
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Cloud } from '../src/compose.ts';
import { allPermissions, type Permission } from '../src/platform/permissions.ts';
import { personRoles, rolePermissions } from '../src/platform/roles.ts';
import { createFeaturesWorld } from './features-world.ts';
import { describePermissions, reachOf } from './permission-table.ts';
import { quietCloud } from './quiet-cloud.ts';

const routes = createFeaturesWorld().features.routes.filter(({ kind }) => kind !== 'stream');

describe('the committed table of permissions', () => {
  it('is what the routes and roles say: pnpm print writes it anew', () => {
    const committed = readFileSync(new URL('../../../docs/permissions.md', import.meta.url), 'utf8');
    expect(committed).toBe(describePermissions());
  });

  it('gives every permission to the owner, and none that changes anything to the auditor', () => {
    expect([...rolePermissions.owner].sort()).toEqual([...allPermissions].sort());
    const own: readonly Permission[] = ['step-ups:write', 'own-sign-in:write'];
    const changing = rolePermissions.auditor.filter((one) => !one.endsWith(':read') && !own.includes(one));
    expect(changing).toEqual([]);
  });

  it('lets an installer claim boxes and change nothing else', () => {
    const changing = rolePermissions.installer.filter((one) => !one.endsWith(':read'));
    expect(changing.sort()).toEqual(['boxes:claim', 'own-sign-in:write', 'step-ups:write']);
  });
});

describe('every route', () => {
  let cloud: Cloud;
  const tokens = new Map<string, string>();

  beforeAll(async () => {
    cloud = quietCloud();
    await cloud.start();
    await cloud.commitGroup.run(() => {
      const { tenants } = cloud.features;
      const tenantId = tenants.create('Matrix');
      for (const role of personRoles) {
        const permissions = rolePermissions[role];
        tokens.set(role, tenants.issueToken(tenantId, { name: role, permissions }).text);
      }
    });
  });

  afterAll(() => cloud.stop());

  const ask = async (route: (typeof routes)[number], token: string | undefined) => {
    if (route.kind === 'stream') throw new RangeError('a stream does not answer');
    const answer = await cloud.http.inject({
      method: route.method,
      url: route.url.replaceAll(/:\w+/g, 'x'),
      headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
    });
    const isJson = String(answer.headers['content-type']).includes('json;');
    const body: { readonly code?: string } = isJson ? answer.json() : {};
    return { status: answer.statusCode, code: body.code };
  };

  it.each(routes.map((route) => [route.operationId, route] as const))(
    '%s is refused to every role that the table does not give it to, and to nobody else (SEC-03)',
    async (_operationId, route) => {
      for (const role of personRoles) {
        const { code } = await ask(route, tokens.get(role));
        expect([role, code === 'permission-missing' ? 'no' : 'yes']).toEqual([
          role,
          reachOf(route, role) === 'no' ? 'no' : 'yes',
        ]);
      }
      const { status } = await ask(route, undefined);
      expect(status === 401).toBe(route.permission !== 'public');
    },
  );
});
