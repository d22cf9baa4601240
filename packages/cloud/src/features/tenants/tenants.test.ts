// Tenants and API tokens: made, shown once, found by their secret, never giving more than the giver has.
import { beforeEach, describe, expect, it } from 'vitest';
import { bodyOf, itemsOf } from '../../../test/depot.ts';
import { createFeaturesWorld, dump, type FeaturesWorld, problemOf } from '../../../test/features-world.ts';
import { parseApiToken, type TokenProof } from '../../platform/api-token.ts';
import { allPermissions } from '../../platform/permissions.ts';
import type { Principal } from '../../platform/token-register.ts';
import { readPermissions } from './tenant.ts';

let world: FeaturesWorld;
let owner: Principal;

beforeEach(() => {
  world = createFeaturesWorld();
  owner = world.tenant('Owner');
});

const find = (text: unknown) => world.features.tokens.find(parseApiToken(String(text)) as TokenProof);

describe('the first tenant', () => {
  it('is made by whoever starts the cloud, with a token that is shown once', () => {
    const { tenants } = world.features;
    expect(tenants.list()).toEqual([owner.tenantId]);
    const issued = world.commit(() =>
      tenants.issueToken(owner.tenantId, { name: 'Demo', permissions: allPermissions }),
    );
    expect(find(issued.text)).toMatchObject({ tenantId: owner.tenantId, permissions: allPermissions });
    const secret = issued.text.split('_')[2] ?? '';
    expect(dump(world.database)).not.toContain(secret);
  });
});

describe('API tokens over the API', () => {
  it('show their secret once and list without it', () => {
    const body = { name: 'Desk', permissions: ['keys:read', 'codes:write'] };
    const made = bodyOf(world.call('createApiToken', owner, { body }));
    expect(find(made.secret)).toMatchObject({ permissions: ['keys:read', 'codes:write'], revokedAtMs: null });
    const [listed] = itemsOf(world.call('listApiTokens', owner));
    expect(listed).toEqual({ ...made, secret: undefined });
  });

  it('have an address, by which the audit names what was made (SEC-14)', () => {
    const body = { name: 'Desk', permissions: ['keys:read'] };
    const { location, body: made } = world.call('createApiToken', owner, { body });
    expect(location).toBe(`/v1/api-tokens/${(made as { readonly id: string }).id}`);
  });

  it('cannot give a permission that the giver has not', () => {
    const poor = { ...owner, permissions: ['tokens:write', 'keys:read'] as const };
    const body = { name: 'More', permissions: ['keys:read', 'codes:write'] };
    expect(problemOf(() => world.call('createApiToken', poor, { body }))?.code).toBe('permission-missing');
    expect(
      world.call('createApiToken', poor, { body: { ...body, permissions: ['keys:read'] } }),
    ).toMatchObject({
      status: 201,
    });
  });

  it('are revoked at once', () => {
    const made = bodyOf(
      world.call('createApiToken', owner, { body: { name: 'x', permissions: ['keys:read'] } }),
    );
    world.call('revokeApiToken', owner, { params: { token_id: made.id } });
    expect(find(made.secret)?.revokedAtMs).toBe(world.ports.nowMs);
    expect(
      problemOf(() => world.call('revokeApiToken', owner, { params: { token_id: made.id } }))?.code,
    ).toBe('not-found');
  });

  it('may have an end, in the future only', () => {
    const create = (expires_at: string) =>
      world.call('createApiToken', owner, { body: { name: 'x', permissions: ['keys:read'], expires_at } });
    expect(problemOf(() => create('2020-01-01T00:00:00Z'))?.pointers).toEqual([
      '/body/expires_at in-the-past',
    ]);
    expect(find(bodyOf(create('2030-01-01T00:00:00Z')).secret)?.expiresAtMs).toBe(Date.UTC(2030, 0, 1));
  });

  it('of an unknown secret are not found', () => {
    const unknown = { kind: 'token' as const, publicId: 'A'.repeat(12), secretHash: new Uint8Array(32) };
    expect(world.features.tokens.find(unknown)).toBeUndefined();
  });

  it('lose permissions that this release does not know', () => {
    expect(readPermissions('["keys:read","fly:write"]')).toEqual(['keys:read']);
    expect(readPermissions('{}')).toEqual([]);
  });
});
