// From the input of an operation to a request. Pure.
import type { OperationFacts } from './operations.generated.ts';

/** What an operation may be given. */
export interface OperationInput {
  readonly path?: Readonly<Record<string, string>> | undefined;
  readonly query?: Readonly<Record<string, unknown>> | undefined;
  readonly body?: unknown;
}

/** What goes along with it. */
export interface RequestExtras {
  readonly token: string | undefined;
  readonly language: 'ja' | 'en' | undefined;
  readonly idempotencyKey: string | undefined;
  readonly ifMatch: string | undefined;
}

/** @param base address of the server, with or without a slash at its end */
export function requestUrl(base: string, facts: OperationFacts, input: OperationInput): string {
  const path = facts.path.replace(/\{(\w+)\}/g, (_whole, name: string) =>
    encodeURIComponent(input.path?.[name] ?? ''),
  );
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(input.query ?? {}))
    if (value !== undefined) query.set(name, String(value));
  const text = query.toString();
  return `${base.replace(/\/+$/, '')}${path}${text === '' ? '' : `?${text}`}`;
}

/** A redirect is refused: no address but the one that was given gets the token. */
export function requestInit(
  facts: OperationFacts,
  input: OperationInput,
  extras: RequestExtras,
): RequestInit {
  const { token, language, idempotencyKey, ifMatch } = extras;
  const headers = {
    accept: ACCEPT[facts.answer],
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    ...(language === undefined ? {} : { 'accept-language': language }),
    ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
    ...(ifMatch === undefined ? {} : { 'if-match': ifMatch }),
    ...(input.body === undefined ? {} : { 'content-type': facts.upload ?? 'application/json' }),
  };
  return {
    ...{ method: facts.method, headers, redirect: 'error' },
    ...(input.body === undefined ? {} : { body: bodyOf(facts, input.body) }),
  };
}

function bodyOf({ upload }: OperationFacts, body: unknown): BodyInit {
  // Of an operation that takes a file the types let nothing in but a text or bytes.
  return upload === undefined ? JSON.stringify(body) : (body as BodyInit);
}

const ACCEPT = {
  json: 'application/json, application/problem+json',
  none: 'application/json, application/problem+json',
  file: '*/*',
  events: 'text/event-stream, application/problem+json',
} as const;
