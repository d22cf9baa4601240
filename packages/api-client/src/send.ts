// One call: sends the request, reads the answer, and repeats it where that is safe and may help.
import { type ApiFault, ApiProblem, ApiUnreachable, readFault } from './api-fault.ts';
import { type ClientPorts, wait } from './client-ports.ts';
import { readFileAnswer } from './downloaded-file.ts';
import { readEventAnswer } from './event-answer.ts';
import type { OperationFacts } from './operations.generated.ts';
import { type Patience, retryDelayMs } from './retry.ts';

/** A request that is ready. */
export interface ReadyRequest {
  readonly facts: OperationFacts;
  readonly url: string;
  readonly init: RequestInit;
  /** Whether it may be repeated although the first may have had its effect. */
  readonly repeatable: boolean;
  /** Of the caller. */
  readonly signal: AbortSignal | undefined;
}

/** What sending needs. */
export interface SendPorts {
  readonly ports: ClientPorts;
  readonly patience: Patience;
  /** How long one try may take, in ms. */
  readonly timeoutMs: number;
}

/** A success. */
export interface Received {
  readonly response: Response;
  /** As {@link OperationFacts.answer} says. */
  readonly body: unknown;
}

/** @throws ApiProblem, ApiUnreachable, or the reason of the caller's signal */
export async function send(request: ReadyRequest, given: SendPorts): Promise<Received> {
  const { repeatable, signal } = request;
  for (let tries = 1; ; tries++) {
    try {
      return await sendOnce(request, given);
    } catch (fault) {
      if (!isFault(fault)) throw fault;
      const failed = { fault, tries, repeatable, chance: given.ports.chance() };
      const delayMs = retryDelayMs(failed, given.patience);
      if (delayMs === undefined) throw fault;
      await wait(given.ports, delayMs, signal);
    }
  }
}

async function sendOnce({ facts, url, init, signal }: ReadyRequest, given: SendPorts): Promise<Received> {
  signal?.throwIfAborted();
  const end = new AbortController();
  const endWith = (): void => end.abort(signal?.reason);
  signal?.addEventListener('abort', endWith, { once: true });
  const tooLong = new ApiUnreachable('timeout', `no answer within ${given.timeoutMs} ms`);
  const cancel = given.ports.after(given.timeoutMs, () => end.abort(tooLong));
  try {
    const response = await given.ports.fetch(url, { ...init, signal: end.signal });
    if (!response.ok) throw await readFault(response);
    return { response, body: await readBody(facts, response, given.ports) };
  } catch (cause) {
    if (isFault(cause)) throw cause;
    if (end.signal.aborted) throw end.signal.reason;
    throw new ApiUnreachable('no-connection', reasonOf(cause), { cause });
  } finally {
    cancel();
    // A stream lives on, and the caller may still end it.
    if (facts.answer !== 'events') signal?.removeEventListener('abort', endWith);
  }
}

function readBody(facts: OperationFacts, response: Response, ports: ClientPorts): unknown {
  switch (facts.answer) {
    case 'json':
      return readJson(response);
    case 'file':
      return readFileAnswer(response);
    case 'events':
      return readEventAnswer(response, ports);
    case 'none':
      return undefined;
  }
}

async function readJson(response: Response): Promise<unknown> {
  const text = await response.text();
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new ApiUnreachable('foreign', 'the answer is no JSON', { cause });
  }
}

/** @returns whether a call failed by itself, and not by its caller */
export function isFault(thrown: unknown): thrown is ApiFault {
  return thrown instanceof ApiProblem || thrown instanceof ApiUnreachable;
}

// fetch says "fetch failed"; what it means stands behind it.
function reasonOf(cause: unknown): string {
  const behind = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause;
  return behind instanceof Error ? behind.message || behind.name : String(behind);
}
