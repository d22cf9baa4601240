// How a feature declares its part of the API: data, not framework calls. Each route names the
// one permission it needs, or is public; its handler is synchronous and, for everything but GET, runs inside
// the commit group's transaction together with its Idempotency-Key. What takes its time is prepared before that.

import { type Static, type TSchema, type TUnsafe, Type } from 'typebox';
import { CloudError } from './errors.ts';
import type { EventStream } from './event-stream.ts';
import type { Permission } from './permissions.ts';
import type { Principal } from './token-register.ts';

/** One validated call. */
export interface RouteCall<Params, Query, Body> {
  readonly principal: Principal;
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  readonly language: 'ja' | 'en';
  /** `req_…`, also in the answer's problem and in the log. */
  readonly requestId: string;
  /** Where the request came from, as far as this server can see: an IP address. Personal: nothing keeps it for long. */
  readonly address: string;
  /** The header If-Match; see {@link requireMatch}. */
  readonly ifMatch: string | undefined;
}

/** What a handler answers. */
export interface RouteAnswer {
  /** 200 unless given. */
  readonly status?: number;
  /** Left out for 204. */
  readonly body?: unknown;
  /** Of the resource answered, from {@link entityTag}. */
  readonly etag?: string;
  /** Address of what was created. */
  readonly location?: string;
  /** Further headers by lower-case name. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Instead of a body. A repetition with the same Idempotency-Key does not get it again. */
  readonly file?: FileAnswer;
  /** Instead of a body, for a file that may be long. Only for GET. */
  readonly longFile?: LongFileAnswer;
  /**
   * The request is refused, but what it did stays (a wrong try stays counted): thrown errors undo everything.
   * Nothing else of the answer is sent, and no Idempotency-Key keeps it.
   */
  readonly refused?: CloudError;
}

/** A file as an answer. It is made after the commit, so making it may take its time. */
export interface FileAnswer {
  readonly contentType: string;
  /** With its ending; what the browser saves it as. */
  readonly fileName: string;
  /** Called once. */
  render(): Uint8Array | Promise<Uint8Array>;
}

/**
 * A file that is read from the tables while it is sent, so that boxes are answered in between: what changes meanwhile
 * may be in it or not.
 */
export interface LongFileAnswer extends Omit<FileAnswer, 'render'> {
  /** Its text in pieces, each made in a moment. Walked through once. */
  pieces(): Iterable<string>;
}

/** What a request brings that is a file. */
export interface Upload {
  readonly contentType: string;
  readonly maxBytes: number;
}

/** The schema of a body that is a file: it describes, and checks nothing. */
export function uploadSchema(upload: Upload, description: string, example: string): TUnsafe<Uint8Array> {
  const { contentType } = upload;
  return Type.Unsafe<Uint8Array>({ contentMediaType: contentType, description, examples: [example] });
}

/** How a file is declared among the responses. */
export interface FileResponse {
  /** `application/pdf`, …: what it may be. */
  readonly fileTypes: readonly string[];
}

/** What documents a route, whatever its kind. */
interface RouteFacts {
  /** Fastify's form: `/v1/boxes/:box_id`. */
  readonly url: string;
  /** `listBoxes`: names the operation in OpenAPI. */
  readonly operationId: string;
  readonly summary: string;
  readonly description?: string;
  readonly tag:
    | 'boxes'
    | 'locations'
    | 'keys'
    | 'codes'
    | 'bookings'
    | 'people'
    | 'sign-in'
    | 'emergency'
    | 'events'
    | 'audit'
    | 'notices'
    | 'tokens'
    | 'files';
}

/** What guards a route that asks who calls. */
interface GuardFacts {
  readonly permission: Permission;
  /** The caller must have proved within the last five minutes that a person is there. */
  readonly stepUp?: true;
  /** It concerns the tenant as a whole: refused to a caller who sees some of its locations only. */
  readonly tenantWide?: true;
}

/** What a request may bring and be answered. */
interface RequestFacts<P extends TSchema, Q extends TSchema, B extends TSchema> {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  readonly params?: P;
  readonly query?: Q;
  readonly body?: B;
  /** The body is a file of this kind, and the handler gets its bytes; `body` is then an {@link uploadSchema}. */
  readonly upload?: Upload;
  /** Schemas of the successful answers by status; `null` for an answer without a body. */
  readonly responses: Readonly<Record<number, TSchema | FileResponse | null>>;
  /** Requests per minute and token (address, where nobody has signed in), where the server's own limit is too wide. */
  readonly ratePerMinute?: number;
}

/** A request with one answer. */
export interface RouteDefinition<
  P extends TSchema,
  Q extends TSchema,
  B extends TSchema,
  Prepared = undefined,
> extends RouteFacts,
    GuardFacts,
    RequestFacts<P, Q, B> {
  /** A look that the audit records like an act. Acts are recorded anyhow. */
  readonly audited?: true;
  /**
   * The body proves a secret. It takes no Idempotency-Key: whether a kept answer fits a body would tell a
   * guesser whether the guess is right, as often as he likes. Repeating the request does no harm.
   */
  readonly secretBody?: true;
  /**
   * The answer names somebody. It takes no Idempotency-Key either: a kept answer would outlive the person's erasure,
   * and be seen again without being counted.
   */
  readonly personalAnswer?: true;
  /**
   * What takes its time (a signature is checked), before the transaction. It reads and changes nothing; whatever it
   * found may have changed by the time of `handle`, which gets it.
   */
  prepare?(call: RouteCall<Static<P>, Static<Q>, Static<B>>): Promise<Prepared>;
  handle(call: RouteCall<Static<P>, Static<Q>, Static<B>>, prepared: Prepared): RouteAnswer;
}

/** One validated call by whoever it may be. */
export type PublicCall<Params, Query, Body> = Omit<RouteCall<Params, Query, Body>, 'principal' | 'ifMatch'>;

/** A request that needs no sign-in: it is one, or carries a secret of its own. It takes no Idempotency-Key. */
export interface PublicDefinition<
  P extends TSchema,
  Q extends TSchema,
  B extends TSchema,
  Prepared = undefined,
> extends RouteFacts,
    RequestFacts<P, Q, B> {
  readonly ratePerMinute: number;
  /** As of a {@link RouteDefinition}. */
  prepare?(call: PublicCall<Static<P>, Static<Q>, Static<B>>): Promise<Prepared>;
  handle(call: PublicCall<Static<P>, Static<Q>, Static<B>>, prepared: Prepared): RouteAnswer;
}

/** A live stream of server-sent events (GET). */
export interface StreamDefinition<Q extends TSchema> extends RouteFacts, GuardFacts {
  readonly query?: Q;
  /**
   * Feeds an opened stream; use `stream.lastEventId` to resume.
   * @returns what to do when it ends
   */
  open(call: RouteCall<unknown, Static<Q>, undefined>, stream: EventStream): () => void;
}

/** What guards a public route: nothing but the limits. */
interface PublicFacts {
  readonly permission: 'public';
  readonly stepUp?: undefined;
  readonly tenantWide?: undefined;
}

/** A declared route with its types forgotten, as the server registers it. */
export type Route =
  | ({ readonly kind: 'request' } & RouteDefinition<TSchema, TSchema, TSchema, unknown>)
  | ({ readonly kind: 'public' } & PublicFacts & PublicDefinition<TSchema, TSchema, TSchema, unknown>)
  | ({ readonly kind: 'stream' } & StreamDefinition<TSchema>);

/** Declares a request; a function only so that the handler's types follow the schemas. */
export function defineRoute<P extends TSchema, Q extends TSchema, B extends TSchema, Prepared = undefined>(
  definition: RouteDefinition<P, Q, B, Prepared>,
): Route {
  return { kind: 'request', ...definition } as unknown as Route;
}

/** Declares a request that needs no sign-in. */
export function definePublicRoute<
  P extends TSchema,
  Q extends TSchema,
  B extends TSchema,
  Prepared = undefined,
>(definition: PublicDefinition<P, Q, B, Prepared>): Route {
  return { kind: 'public', permission: 'public', ...definition } as unknown as Route;
}

/** @returns whether repetitions of this request are told by their Idempotency-Key */
export function takesIdempotencyKey(route: Route): boolean {
  if (route.kind !== 'request' || route.method === 'GET') return false;
  return route.secretBody !== true && route.personalAnswer !== true;
}

/** @returns whether a declared response is a file */
export function isFileResponse(response: TSchema | FileResponse | null): response is FileResponse {
  return response !== null && 'fileTypes' in response;
}

/** Declares a live stream. */
export function defineStream<Q extends TSchema>(definition: StreamDefinition<Q>): Route {
  return { kind: 'stream', ...definition } as unknown as Route;
}

/** The ETag of a resource at one revision. */
export function entityTag(id: string, revision: number): string {
  return `"${id}-${revision}"`;
}

/**
 * Makes sure that the caller edits the revision that it has read.
 * @throws CloudError `precondition-required` without If-Match, `precondition-failed` with another
 */
export function requireMatch(
  call: { readonly ifMatch: string | undefined },
  id: string,
  revision: number,
): void {
  if (call.ifMatch === undefined) throw new CloudError('precondition-required');
  const accepted = call.ifMatch.split(',').map((tag) => tag.trim());
  if (!accepted.includes('*') && !accepted.includes(entityTag(id, revision)))
    throw new CloudError('precondition-failed');
}
