// The demo talks to its cloud as any program would: over HTTP, with a bearer token. So everything that
// it sets up, an operator can set up with the same calls.

/** A refusal of the API, in its own words. */
export class ApiRefusal extends Error {
  override readonly name = 'ApiRefusal';
  readonly status: number;
  /** Stable code of the problem (RFC 9457). */
  readonly code: string;

  constructor(status: number, problem: { readonly code?: string; readonly detail?: string }) {
    super(problem.detail ?? `the API answered ${status}`);
    this.status = status;
    this.code = problem.code ?? 'unknown';
  }
}

/** Calls one address of the API. */
export type ApiCall = (
  method: 'GET' | 'POST' | 'PUT',
  path: string,
  body?: Readonly<Record<string, unknown>>,
) => Promise<Readonly<Record<string, unknown>>>;

/** @param address where the API listens, `http://127.0.0.1:8080` */
export function apiAt(address: string, token: string): ApiCall {
  return async (method, path, body) => {
    const response = await fetch(new URL(path, address), {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const answer = (await response.json()) as Readonly<Record<string, unknown>>;
    if (!response.ok) throw new ApiRefusal(response.status, answer);
    return answer;
  };
}
