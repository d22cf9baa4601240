// What this server adds to the framework's requests and routes, for the type checker.

import type { Permission } from '../platform/permissions.ts';
import type { Principal } from '../platform/token-register.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who calls; undefined on public routes. */
    principal: Principal | undefined;
    /** When it arrived, on the monotonic clock. */
    receivedMs: number;
    /** The stable code of what refused it, once something did. */
    problem: string | undefined;
    /** Whether the audit knows of it. */
    actTold: boolean;
  }
  interface FastifyContextConfig {
    /** What a caller must be allowed to do. Every route has one. */
    permission?: Permission | 'public';
    /** Whether the token must have proven lately that a person is there. */
    stepUp?: boolean;
    /** The name under which the audit is told of its calls; undefined for a mere look. */
    operation?: string | undefined;
    /** The type of file that it takes instead of JSON. */
    upload?: string;
  }
}
