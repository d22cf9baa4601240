// Who calls: a bearer token (RFC 6750), or the session cookie of a browser, to a principal on the request, before
// anything else is read. A wrong, unknown, revoked and expired token get the same answer.

import { timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { parseApiToken } from '../platform/api-token.ts';
import type { Clock } from '../platform/clock.ts';
import { CloudError } from '../platform/errors.ts';
import type { Permission } from '../platform/permissions.ts';
import { sessionCookie } from '../platform/session-cookie.ts';
import type { Principal, TokenRegister } from '../platform/token-register.ts';

/** Checks tokens. */
export interface SignIn {
  /** @throws CloudError `sign-in-required`, `foreign-origin` */
  principalOf(request: FastifyRequest): Principal;
  /** Whether the token of this request still counts; asked again while a stream is open. */
  isCurrent(request: FastifyRequest): boolean;
}

/** Sign-in against a register of tokens. */
export function createSignIn(ports: { readonly register: TokenRegister; readonly clock: Clock }): SignIn {
  const find = (request: FastifyRequest): Principal | undefined => {
    const text = bearerOf(request) ?? cookieOf(request);
    const proof = text === undefined ? undefined : parseApiToken(text);
    if (proof === undefined) return undefined;
    const token = ports.register.find(proof);
    if (token === undefined || !timingSafeEqual(token.secretHash, proof.secretHash)) return undefined;
    const expired = token.expiresAtMs !== null && token.expiresAtMs <= ports.clock.nowMs();
    return expired || token.revokedAtMs !== null ? undefined : token;
  };
  return {
    principalOf(request) {
      const principal = find(request);
      if (principal !== undefined) {
        if (bearerOf(request) === undefined) requireOwnOrigin(request);
        ports.register.used(principal);
        return principal;
      }
      throw new CloudError('sign-in-required', {
        headers: { 'www-authenticate': 'Bearer realm="smartbox"' },
      });
    },
    isCurrent: (request) => find(request) !== undefined,
  };
}

function bearerOf(request: FastifyRequest): string | undefined {
  return /^Bearer ([\w-]+)$/i.exec(request.headers.authorization ?? '')?.[1];
}

function cookieOf(request: FastifyRequest): string | undefined {
  const cookies = (request.headers.cookie ?? '').split(';').map((one) => one.trim());
  const held = cookies.find((one) => one.startsWith(`${sessionCookie}=`));
  return held?.slice(sessionCookie.length + 1);
}

// A browser sends the cookie along with whatever any page asks for, but says which page it was: whatever may change
// something must come from our own.
function requireOwnOrigin(request: FastifyRequest): void {
  if (request.method === 'GET' || request.method === 'HEAD') return;
  const { origin } = request.headers;
  if (origin !== undefined && URL.canParse(origin) && new URL(origin).host === request.host) return;
  throw new CloudError('foreign-origin');
}

/** @throws CloudError `permission-missing` unless the principal carries it */
export function requirePermission(principal: Principal, permission: Permission): void {
  if (!principal.permissions.includes(permission))
    throw new CloudError('permission-missing', { parameters: { permission } });
}
