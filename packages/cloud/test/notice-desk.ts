// A depot whose notices are sent: makes channels and rules through the API, lets time pass, and shows what arrived.

import type { OutboundRequest } from '../src/platform/outbound-http.ts';
import { bodyOf, createDepot, type Depot, itemsOf } from './depot.ts';
import type { FeaturesWorld } from './features-world.ts';
import { fob } from './model-box.ts';

/** What a webhook brought. */
export interface Arrived {
  readonly id: string;
  readonly url: string;
  readonly body: {
    readonly type: string;
    readonly sequence: number;
    readonly data: Readonly<Record<string, unknown>>;
  };
  readonly headers: Readonly<Record<string, string>>;
}

/** Opens a depot and its post office. */
export function createNoticeDesk(world: FeaturesWorld, depot: Depot = createDepot(world)) {
  const { owner } = depot;
  const stop = world.features.notices.watch();

  /** Lets everything happen that happens now: commits, timers that are due, answers from outside. */
  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < 12; turn++) {
      world.ports.drain();
      world.ports.advance(0);
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  const make = (operationId: string, body: object) => bodyOf(world.call(operationId, owner, { body }));
  return {
    ...{ depot, owner, stop, settle },
    /** Lets time pass in steps, so that what is answered in one is seen in the next. */
    pass: async (wholeMs: number, stepMs = wholeMs): Promise<void> => {
      await settle();
      for (let passedMs = 0; passedMs < wholeMs; passedMs += stepMs) {
        world.ports.advance(stepMs);
        await settle();
      }
    },
    channel: (about: object) => make('createNoticeChannel', { label: 'x', ...about }),
    rule: (events: readonly string[], channels: readonly Record<string, unknown>[], about: object = {}) =>
      make('createNoticeRule', { label: 'x', events, channel_ids: channels.map(({ id }) => id), ...about }),
    deliveries: (query: Readonly<Record<string, unknown>> = {}) =>
      itemsOf(world.call('listNoticeDeliveries', owner, { query: { limit: 200, ...query } })),
    results: (deliveryId: unknown) =>
      bodyOf(world.call('getNoticeDelivery', owner, { params: { delivery_id: String(deliveryId) } }))
        .results as readonly Record<string, unknown>[],
    /** What came to the webhooks, oldest first. */
    arrived: (): readonly Arrived[] => world.outside.requests.filter(isWebhook).map(readWebhook),
    /** Takes Van 7 out of bin 3 with a code. */
    exchange: (): void => {
      const { box } = depot;
      box.take(box.ask({ code: depot.issue().digits }));
      box.write('key-taken', { bin: 3, grant: box.opened.at(-1) ?? 0, tag: fob(7) });
      box.report();
    },
  };
}

const isWebhook = ({ headers }: OutboundRequest): boolean => headers['webhook-id'] !== undefined;

function readWebhook({ url, headers, body }: OutboundRequest): Arrived {
  return { id: headers['webhook-id'] ?? '', url, body: JSON.parse(String(body)), headers };
}
