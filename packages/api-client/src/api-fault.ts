// What a call throws: the server refused (a problem with a stable code), or there was no server to be understood.
import type { Problem } from './operations.generated.ts';

/** The server understood and refused. Decide by `code`. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  readonly problem: Problem;
  /** What the server asked to wait, in ms; undefined if it named no time. */
  readonly retryAfterMs: number | undefined;

  constructor(problem: Problem, retryAfterMs: number | undefined) {
    super(`${problem.code}: ${problem.detail}`);
    this.problem = problem;
    this.retryAfterMs = retryAfterMs;
  }

  get code(): Problem['code'] {
    return this.problem.code;
  }

  get status(): number {
    return this.problem.status;
  }
}

/** No answer of the API: no connection, silence, or something else that speaks HTTP at that address. */
export class ApiUnreachable extends Error {
  override readonly name = 'ApiUnreachable';
  /** gateway: a proxy answered that the server is away; foreign: what answered is not the API. */
  readonly reason: 'no-connection' | 'timeout' | 'gateway' | 'foreign';

  constructor(reason: ApiUnreachable['reason'], message: string, options: { readonly cause?: unknown } = {}) {
    super(message, options);
    this.reason = reason;
  }
}

/** Whatever a call throws, but for the caller's own abort. */
export type ApiFault = ApiProblem | ApiUnreachable;

const GATEWAY_STATUS = new Set([502, 503, 504]);

/** Reads an answer that is no success. */
export async function readFault(response: Response): Promise<ApiFault> {
  const problem = await readProblem(response);
  if (problem !== undefined) return new ApiProblem(problem, retryAfterMs(response));
  const said = `${response.status} from ${new URL(response.url || 'http://unknown/').host}`;
  if (GATEWAY_STATUS.has(response.status)) return new ApiUnreachable('gateway', said);
  return new ApiUnreachable('foreign', `${said} is no answer of a SmartBox API`);
}

async function readProblem(response: Response): Promise<Problem | undefined> {
  if (!(response.headers.get('content-type') ?? '').startsWith('application/problem+json')) return undefined;
  try {
    const problem: Partial<Problem> | null = await response.json();
    return typeof problem?.code === 'string' && typeof problem.status === 'number'
      ? ({
          type: '',
          title: '',
          detail: '',
          errors: [],
          request_id: '',
          retryable: false,
          ...problem,
        } as Problem)
      : undefined;
  } catch {
    return undefined;
  }
}

/** RFC 9110 allows a date as well; the API sends seconds. */
function retryAfterMs(response: Response): number | undefined {
  const seconds = response.headers.get('retry-after') ?? '';
  return /^\d{1,6}$/.test(seconds) ? Number(seconds) * 1000 : undefined;
}
