// Every answer that is not a success, in one form: application/problem+json (RFC 9457) with a
// stable code, the fields concerned, what to do next in the caller's language, and whether trying
// again may help. Anything that is not a known refusal becomes "internal" and a line in the log.

import { STATUS_CODES } from 'node:http';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { CloudError } from '../platform/errors.ts';
import { type ProblemCode, problemKinds } from '../platform/problems.ts';
import { type Language, preferredLanguage } from './language.ts';
import { type RequestPart, validationProblem } from './validation-problems.ts';

/** The media type of every refusal. */
export const problemMediaType = 'application/problem+json; charset=utf-8';

/** A refusal as it is sent. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: ProblemCode;
  readonly errors: readonly { readonly pointer: string; readonly code: string; readonly detail: string }[];
  readonly request_id: string;
  readonly retryable: boolean;
}

/** @returns the problem in one language */
export function describeProblem(error: CloudError, language: Language, requestId: string): Problem {
  return {
    type: `/problems#${error.code}`,
    title: error.title[language],
    status: error.status,
    detail: error.detail[language],
    code: error.code,
    errors: error.errors.map(({ pointer, code, detail }) => ({ pointer, code, detail: detail[language] })),
    request_id: requestId,
    retryable: error.retryable,
  };
}

/** Answers every error and every unknown address of this server. @param allowed methods of an address */
export function installErrorReplies(
  app: FastifyInstance,
  allowed: (path: string) => readonly string[],
): void {
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const known = asCloudError(error, request.routeOptions);
    if (known.status >= 500) request.log.error({ err: error }, 'a request failed');
    return sendProblem(request, reply, known);
  });
  app.setNotFoundHandler((request, reply) => {
    const methods = allowed(request.url.split('?', 1)[0] ?? '');
    const allow = methods.join(', ');
    const error =
      methods.length === 0
        ? new CloudError('not-found')
        : new CloudError('method-not-allowed', { headers: { allow }, parameters: { allow } });
    return sendProblem(request, reply, error);
  });
}

/** Sends one refusal. */
export function sendProblem(request: FastifyRequest, reply: FastifyReply, error: CloudError): FastifyReply {
  const language = preferredLanguage(request.headers['accept-language']);
  request.problem = error.code;
  return reply
    .code(error.status)
    .headers(error.headers)
    .header('content-type', problemMediaType)
    .header('content-language', language)
    .header('cache-control', 'no-store')
    .serializer(JSON.stringify)
    .send(describeProblem(error, language, request.id));
}

/** The raw answer to bytes that are no HTTP request at all. @param code Node's reason */
export function rawProblem(code: string | undefined): string {
  const kind: ProblemCode =
    code === 'ERR_HTTP_REQUEST_TIMEOUT'
      ? 'request-timeout'
      : code === 'HPE_HEADER_OVERFLOW'
        ? 'headers-too-large'
        : 'malformed-request';
  const { status } = problemKinds[kind];
  const body = JSON.stringify(describeProblem(new CloudError(kind), 'en', ''));
  const length = Buffer.byteLength(body);
  return `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nContent-Type: ${problemMediaType}\r\nContent-Length: ${length}\r\nConnection: close\r\n\r\n${body}`;
}

const frameworkCodes: Readonly<Record<string, ProblemCode>> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported-media-type',
  FST_ERR_CTP_BODY_TOO_LARGE: 'body-too-large',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'malformed-body',
  FST_ERR_CTP_INVALID_JSON_BODY: 'malformed-body',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'malformed-body',
  FST_ERR_BAD_URL: 'not-found',
  FST_ERR_MAX_PARAM_LENGTH: 'not-found',
};

/** What the route that was asked takes. */
interface Takes {
  /** Bytes. */
  readonly bodyLimit?: number | undefined;
  readonly config?: { readonly upload?: string } | undefined;
}

/** @returns the refusal that this error means; `internal` for one that nobody foresaw */
export function asCloudError(error: unknown, takes: Takes = {}): CloudError {
  if (error instanceof CloudError) return error;
  if (!(error instanceof Error)) return new CloudError('internal', { cause: error });
  const { validation, validationContext, code, statusCode } = error as Partial<FastifyError>;
  if (validation !== undefined)
    return validationProblem(validation, (validationContext ?? 'body') as RequestPart);
  const known = code === undefined ? undefined : frameworkCodes[code];
  if (known !== undefined) return new CloudError(known, { cause: error, parameters: taken(takes) });
  // The framework's JSON parser reports its refusals by status only.
  if (statusCode === 400) return new CloudError('malformed-body', { cause: error });
  return new CloudError('internal', { cause: error });
}

function taken({ bodyLimit = 0, config }: Takes): Readonly<Record<string, string>> {
  return { limit: String(Math.floor(bodyLimit / 1_024)), type: config?.upload ?? 'application/json' };
}
