// All open streams of server-sent events: opens them on the raw connection, limits their number,
// ends them when their token is revoked or the server stops.

import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Timers } from '../platform/clock.ts';
import { CloudError } from '../platform/errors.ts';
import type { EventStream } from '../platform/event-stream.ts';
import { createEventStream } from './event-stream.ts';
import type { SignIn } from './sign-in.ts';

/** The streams of a server. */
export interface EventStreams {
  /**
   * Opens a stream on this request; `feed` starts sending and returns what to do at the end.
   * @throws CloudError `too-many-requests` when the server or the token has enough of them
   */
  open(
    on: { readonly request: FastifyRequest; readonly reply: FastifyReply },
    feed: (stream: EventStream) => () => void,
  ): void;
  count(): number;
  closeAll(): void;
}

const streamsAtMost = 1_000;
const streamsPerToken = 20;

/** No streams yet. */
export function createEventStreams(ports: {
  readonly timers: Timers;
  readonly signIn: SignIn;
}): EventStreams {
  const open = new Map<EventStream, string>();

  const admit = (tokenId: string): void => {
    const ofToken = [...open.values()].filter((holder) => holder === tokenId).length;
    if (open.size >= streamsAtMost || ofToken >= streamsPerToken) {
      throw new CloudError('too-many-requests', { headers: { 'retry-after': '30' } });
    }
  };

  return {
    open({ request, reply }, feed) {
      const tokenId = request.principal?.tokenId ?? '';
      admit(tokenId);
      const headers = { ...reply.getHeaders(), ...streamHeaders } as Record<string, string>;
      reply.hijack();
      request.raw.socket.setTimeout(0);
      reply.raw.writeHead(200, headers);
      let stop = (): void => {};
      const stream = createEventStream(reply.raw, {
        timers: ports.timers,
        lastEventId: lastEventIdOf(request),
        allowed: () => ports.signIn.isCurrent(request),
        ended: () => {
          open.delete(stream);
          stop();
        },
      });
      open.set(stream, tokenId);
      stop = feed(stream);
      // A reader that was dropped while it caught up has ended before there was anything to stop.
      if (!open.has(stream)) stop();
    },
    count: () => open.size,
    closeAll: () => {
      for (const stream of open.keys()) stream.close();
    },
  };
}

const streamHeaders = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store',
  // The connection ends with its stream; kept alive it would hold up the stop of the server.
  connection: 'close',
  // Proxies must hand events on at once.
  'x-accel-buffering': 'no',
};

// The header is what EventSource sends when it reconnects; the query serves the first connection.
function lastEventIdOf(request: FastifyRequest): string | undefined {
  const header = request.headers['last-event-id'];
  const query = (request.query as { readonly last_event_id?: unknown }).last_event_id;
  const given = typeof header === 'string' ? header : query;
  return typeof given === 'string' && given !== '' ? given : undefined;
}
