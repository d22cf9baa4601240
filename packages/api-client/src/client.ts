// A client of one server: every operation of the API as a function, typed as the API is described.
import type { Answer, CallOptions, Calls } from './call.ts';
import { type ClientPorts, webPorts } from './client-ports.ts';
import { type Following, followEvents } from './follow-events.ts';
import { type Event, type OperationFacts, operationFacts } from './operations.generated.ts';
import { type OperationInput, requestInit, requestUrl } from './request.ts';
import { type Received, send } from './send.ts';

/** Where and as whom. */
export interface ClientSettings {
  /** `https://smartbox.example`. */
  readonly url: string;
  /** An API token, `sbk_…`; only public operations work without. */
  readonly token?: string | undefined;
  /** Of the texts in problems. */
  readonly language?: 'ja' | 'en' | undefined;
  /** How often a call that may succeed later is repeated; 4 unless given. */
  readonly retries?: number | undefined;
  /** The longest that the server may ask to wait between two tries, in ms; 30 s unless given. */
  readonly longestWaitMs?: number | undefined;
  /** How long one try may take, in ms; 30 s unless given. */
  readonly timeoutMs?: number | undefined;
  /** Other parts of the world than the browser's or Node's. */
  readonly ports?: Partial<ClientPorts> | undefined;
}

/** All operations, and the ledger as it grows. */
export interface Client extends Calls {
  /** Every event from now on, or from one that is known, whatever becomes of the connection. */
  readonly followEvents: (following?: Following) => AsyncGenerator<Event, void, undefined>;
}

const RETRIES = 4;
const LONGEST_WAIT_MS = 30_000;
const TIMEOUT_MS = 30_000;

/** Speaks to nobody until it is asked to. */
export function createClient(settings: ClientSettings): Client {
  const ports: ClientPorts = { ...webPorts, ...settings.ports };
  const entries = Object.entries(operationFacts).map(([name, facts]) => [
    name,
    (input: OperationInput = {}, options: CallOptions = {}) =>
      call(facts, { settings, ports, input, options }),
  ]);
  // The types of the calls are printed from the same description as their facts.
  const calls: Calls = Object.fromEntries(entries);
  return { ...calls, followEvents: (following = {}) => followEvents(calls, ports, following) };
}

async function call(
  facts: OperationFacts,
  made: {
    readonly settings: ClientSettings;
    readonly ports: ClientPorts;
    readonly input: OperationInput;
    readonly options: CallOptions;
  },
): Promise<Answer<unknown>> {
  const { settings, ports, input, options } = made;
  const idempotencyKey = facts.keyed ? (options.idempotencyKey ?? ports.newIdempotencyKey()) : undefined;
  const { token, language } = settings;
  const init = requestInit(facts, input, { token, language, idempotencyKey, ifMatch: options.ifMatch });
  const request = {
    ...{ facts, init, url: requestUrl(settings.url, facts, input), signal: options.signal },
    repeatable: facts.method === 'GET' || facts.keyed,
  };
  const { retries = RETRIES, longestWaitMs = LONGEST_WAIT_MS, timeoutMs = TIMEOUT_MS } = settings;
  return answerOf(await send(request, { ports, patience: { retries, longestWaitMs }, timeoutMs }));
}

function answerOf({ response, body }: Received): Answer<unknown> {
  const header = (name: string): string | undefined => response.headers.get(name) ?? undefined;
  return {
    ...{ status: response.status, body, etag: header('etag'), location: header('location') },
    replayed: header('idempotent-replayed') === 'true',
  };
}
