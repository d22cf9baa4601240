// Who calls: a bearer token (RFC 6750) to a principal on the request, before anything else is
// read. A wrong, unknown, revoked and expired token get the same answer.

import { timingSafeEqual } from 'node:crypto';
import { parseApiToken } from '../platform/api-token.ts';
import type { Clock } from '../platform/clock.ts';
import { CloudError } from '../platform/errors.ts';
import type { Permission } from '../platform/permissions.ts';
import type { Principal, TokenRegister } from '../platform/token-register.ts';

/** Checks tokens. */
export interface SignIn {
  /** @throws CloudError `sign-in-required` */
  principalOf(authorization: string | undefined): Principal;
  /** Whether the token of this principal still counts; asked again while a stream is open. */
  isCurrent(authorization: string | undefined): boolean;
}

/** Sign-in against a register of tokens. */
export function createSignIn(ports: { readonly register: TokenRegister; readonly clock: Clock }): SignIn {
  const find = (authorization: string | undefined): Principal | undefined => {
    const text = /^Bearer ([\w-]+)$/i.exec(authorization ?? '')?.[1];
    const proof = text === undefined ? undefined : parseApiToken(text);
    if (proof === undefined) return undefined;
    const token = ports.register.find(proof);
    if (token === undefined || !timingSafeEqual(token.secretHash, proof.secretHash)) return undefined;
    const expired = token.expiresAtMs !== null && token.expiresAtMs <= ports.clock.nowMs();
    return expired || token.revokedAtMs !== null ? undefined : token;
  };
  return {
    principalOf(authorization) {
      const principal = find(authorization);
      if (principal !== undefined) return principal;
      throw new CloudError('sign-in-required', {
        headers: { 'www-authenticate': 'Bearer realm="smartbox"' },
      });
    },
    isCurrent: (authorization) => find(authorization) !== undefined,
  };
}

/** @throws CloudError `permission-missing` unless the principal carries it */
export function requirePermission(principal: Principal, permission: Permission): void {
  if (!principal.permissions.includes(permission))
    throw new CloudError('permission-missing', { parameters: { permission } });
}
