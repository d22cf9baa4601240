// Follows the ledger for as long as the caller reads: connects again when the connection ends and goes on where it
// was, so that no event is missed and none comes twice.
import type { Calls } from './call.ts';
import { type ClientPorts, wait } from './client-ports.ts';
import type { Event, Operations } from './operations.generated.ts';
import { backoffMs } from './retry.ts';
import { isFault } from './send.ts';

/** What to follow. */
export interface Following {
  /** Filters; all of the ledger unless given. */
  readonly query?: NonNullable<Operations['streamEvents']['input']['query']> | undefined;
  /** The last event that is known: `evt_000000000042`. From now on unless given. */
  readonly lastEventId?: string | undefined;
  /** Ends it. */
  readonly signal?: AbortSignal | undefined;
  /** Told when the connection ended and will be made again. */
  readonly onBreak?: ((reason: unknown) => void) | undefined;
}

const BEFORE_THE_FIRST = 'evt_000000000000';

/** @throws ApiProblem when the server refuses for good; the reason of the signal */
export async function* followEvents(
  calls: Pick<Calls, 'listEvents' | 'streamEvents'>,
  ports: ClientPorts,
  following: Following,
): AsyncGenerator<Event, void, undefined> {
  const { query, signal, onBreak } = following;
  let last = following.lastEventId ?? (await newestEventId(calls, signal));
  for (let failures = 0; ; failures++) {
    try {
      const { body } = await calls.streamEvents({ query: { ...query, last_event_id: last } }, { signal });
      for await (const { id, data } of body) {
        const event: Event = JSON.parse(data);
        last = id;
        failures = 0;
        yield event;
      }
      onBreak?.(undefined);
    } catch (fault) {
      signal?.throwIfAborted();
      if (!isFault(fault)) throw fault;
      if (fault.name === 'ApiProblem' && !fault.problem.retryable) throw fault;
      onBreak?.(fault);
    }
    await wait(ports, backoffMs(failures + 1, ports.chance()), signal);
  }
}

// Named before the stream opens: a connection that breaks before its first event would else lose what came meanwhile.
async function newestEventId(
  calls: Pick<Calls, 'listEvents'>,
  signal: AbortSignal | undefined,
): Promise<string> {
  const { body } = await calls.listEvents({ query: { limit: 1, order: 'newest_first' } }, { signal });
  return body.data[0]?.id ?? BEFORE_THE_FIRST;
}
