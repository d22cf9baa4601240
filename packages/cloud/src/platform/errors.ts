// The typed errors of the cloud. A CloudError is an answer for the caller (its code, status
// and safe text come from the table of problems); InvariantBroken means that our own code is
// wrong; StartupFault tells an operator why the process cannot start and what to do.

import { type BilingualText, type ProblemCode, problemKinds } from './problems.ts';

/** One field that was wrong. `pointer` is an RFC 6901 pointer into the request (`/body/name`). */
export interface FieldProblem {
  readonly pointer: string;
  /** Stable code of what was wrong with this field. */
  readonly code: string;
  readonly detail: BilingualText;
}

/** What a CloudError may say beyond its code. */
export interface CloudErrorOptions {
  readonly errors?: readonly FieldProblem[];
  /** Fills `{name}` in the detail text. Must never hold a secret. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** Replaces the table's detail where a more exact one helps. Must never hold a secret. */
  readonly detail?: BilingualText;
  /** Headers that the answer must carry (`allow`, `retry-after`). */
  readonly headers?: Readonly<Record<string, string>>;
  readonly cause?: unknown;
}

/** A refusal that the caller of the API is told about. Its message is safe to log and to show. */
export class CloudError extends Error {
  readonly code: ProblemCode;
  readonly status: number;
  readonly retryable: boolean;
  readonly title: BilingualText;
  readonly detail: BilingualText;
  readonly errors: readonly FieldProblem[];
  readonly headers: Readonly<Record<string, string>>;

  constructor(code: ProblemCode, options: CloudErrorOptions = {}) {
    super(code, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'CloudError';
    const kind = problemKinds[code];
    this.code = code;
    this.status = kind.status;
    this.retryable = kind.retryable;
    this.title = kind.title;
    this.detail = fill(options.detail ?? kind.detail, options.parameters ?? {});
    this.errors = options.errors ?? [];
    this.headers = options.headers ?? {};
  }
}

/** One wrong field as a whole refusal. */
export function invalidField(pointer: string, code: string, detail: BilingualText): CloudError {
  return new CloudError('invalid-request', { errors: [{ pointer, code, detail }] });
}

/** A promise of our own code to itself did not hold. */
export class InvariantBroken extends Error {
  constructor(message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.name = 'InvariantBroken';
  }
}

/** Why the process cannot start. */
export type StartupFaultCode =
  | 'config-invalid'
  | 'port-taken'
  | 'data-directory-in-use'
  | 'database-from-the-future'
  | 'database-unusable'
  | 'key-file-unusable';

/** The process cannot start; the message says why and what to do, for a person at a terminal. */
export class StartupFault extends Error {
  readonly code: StartupFaultCode;

  constructor(code: StartupFaultCode, message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.name = 'StartupFault';
    this.code = code;
  }
}

/** Why a server cannot listen, said so that a person can do something about it. */
export function listenFault(
  cause: unknown,
  address: { readonly host: string; readonly port: number; readonly setting: string },
): StartupFault {
  const { host, port, setting } = address;
  const reason = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown reason';
  const why = reason === 'EADDRINUSE' ? 'is taken by another program' : `cannot be opened (${reason})`;
  const message = `Port ${port} on ${host} ${why}.\n${listenAdvice(reason, port, setting)}`;
  return new StartupFault('port-taken', message, { cause });
}

function listenAdvice(reason: string, port: number, setting: string): string {
  if (reason === 'EADDRINUSE')
    return `Stop the other program, or choose another port: ${setting}=${port + 1} (0 picks a free one).`;
  if (reason === 'EACCES')
    return `Choose a port that needs no privilege: ${setting}=${port + 8_000} (0 picks a free one).`;
  const bind = setting.replace(/(_TLS)?_PORT$/, '_BIND');
  return `Set ${bind} to an address of this machine: 127.0.0.1, or 0.0.0.0 for all that it has.`;
}

function fill(text: BilingualText, parameters: Readonly<Record<string, string>>): BilingualText {
  const one = (template: string): string =>
    template.replace(/\{(\w+)\}/g, (whole, name: string) => parameters[name] ?? whole);
  return { ja: one(text.ja), en: one(text.en) };
}
