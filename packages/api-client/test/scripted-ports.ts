// A world in which a script answers instead of a network, timers run at once, and every request is written down.
import type { ClientPorts } from '../src/index.ts';

/** What went out. */
export interface Sent {
  readonly url: string;
  readonly method: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** One answer: a response, a failure of the network, or silence until the call is ended. */
export type Scripted = (() => Response) | 'broken' | 'silent';

/** @param script the answers in turn; the last one stays */
export function scriptedPorts(...script: readonly Scripted[]) {
  const sent: Sent[] = [];
  const waits: number[] = [];
  let keys = 0;
  const ports: ClientPorts = {
    fetch: async (url, init) => {
      const answer = script[Math.min(sent.length, script.length - 1)];
      sent.push({
        ...{ url, method: init.method, headers: { ...(init.headers as Record<string, string>) } },
        body: typeof init.body === 'string' ? JSON.parse(init.body) : undefined,
      });
      if (answer === 'broken') throw new TypeError('fetch failed', { cause: new Error('ECONNREFUSED') });
      if (typeof answer === 'function') return answer();
      return new Promise((_resolve, reject) => {
        const end = (): void => reject(init.signal?.reason);
        if (init.signal?.aborted === true) end();
        else init.signal?.addEventListener('abort', end);
      });
    },
    // Time-outs run after what is under way; they end only what is silent.
    after: (delayMs, run) => {
      waits.push(delayMs);
      const timer = setImmediate(() => setImmediate(run));
      return () => clearImmediate(timer);
    },
    newIdempotencyKey: () => `key-${++keys}`,
    chance: () => 1,
  };
  return { ports, sent, waits };
}

/** A success. */
export function json(
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
  status = 200,
): () => Response {
  return () =>
    new Response(JSON.stringify(body), {
      status,
      headers: { 'content-type': 'application/json', ...headers },
    });
}

/** A refusal. */
export function problem(
  code: string,
  status: number,
  facts: { readonly retryable?: boolean; readonly headers?: Readonly<Record<string, string>> } = {},
): () => Response {
  const { retryable = false, headers = {} } = facts;
  return () =>
    new Response(JSON.stringify({ code, status, retryable, detail: 'told', errors: [] }), {
      ...{ status, headers: { 'content-type': 'application/problem+json', ...headers } },
    });
}

/** Server-sent events; the connection ends after them. */
export function events(text: string): () => Response {
  return () => new Response(text, { headers: { 'content-type': 'text/event-stream' } });
}
