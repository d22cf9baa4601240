// The ledger as people and programs read it: numbered, complete, in pages, and live.
import { beforeEach, describe, expect, it } from 'vitest';
import { createDepot, type Depot, itemsOf } from '../../../test/depot.ts';
import { createFeaturesWorld, type FeaturesWorld, problemOf } from '../../../test/features-world.ts';
import type { EventStream, StreamEvent } from '../../platform/event-stream.ts';
import type { Route } from '../../platform/route.ts';
import { eventId, readEventId } from './event.ts';

let world: FeaturesWorld;
let depot: Depot;

beforeEach(() => {
  world = createFeaturesWorld();
  depot = createDepot(world);
});

const list = (query: Readonly<Record<string, unknown>> = {}) =>
  world.call('listEvents', depot.owner, { query });

/** Opens a stream as the HTTP edge does. */
function follow(
  options: { readonly lastEventId?: string; readonly takes?: number; readonly query?: object } = {},
) {
  const got: StreamEvent[] = [];
  const stream: EventStream = {
    lastEventId: options.lastEventId,
    send: (event) => {
      if (got.length >= (options.takes ?? Number.POSITIVE_INFINITY)) return false;
      got.push(event);
      return true;
    },
    close: () => {},
  };
  type StreamRoute = Extract<Route, { kind: 'stream' }>;
  const route = world.features.routes.find((one): one is StreamRoute => one.kind === 'stream');
  const end = route?.open({ principal: depot.owner, query: options.query ?? {} } as never, stream);
  return { got, end: end ?? (() => {}) };
}

describe('the list of events', () => {
  it('shows every event once, newest first, in pages', () => {
    const whole = itemsOf(list({ limit: 200 })).map(({ id }) => id);
    const paged: unknown[] = [];
    let cursor: string | undefined;
    do {
      const page = list({ limit: 2, ...(cursor === undefined ? {} : { cursor }) });
      paged.push(...itemsOf(page).map(({ id }) => id));
      cursor = (page.body as { next_cursor: string | null }).next_cursor ?? undefined;
    } while (cursor !== undefined);
    expect(paged).toEqual(whole);
    expect(whole).toEqual([...whole].sort().reverse());
  });

  it('shows the oldest first on demand, without gaps', () => {
    const ids = itemsOf(list({ order: 'oldest_first', limit: 200 })).map(({ id }) => readEventId(String(id)));
    expect(ids).toEqual(ids.map((_, index) => index + 1));
  });

  it('finds events by type, box, key and code', () => {
    const { id, digits } = depot.issue();
    depot.box.take(depot.box.ask({ code: digits }));
    expect(itemsOf(list({ code_id: id })).map(({ type }) => type)).toEqual([
      'access.granted',
      'code.created',
    ]);
    expect(itemsOf(list({ type: 'key.returned, box.claimed' })).map(({ type }) => type)).toEqual([
      'key.returned',
      'box.claimed',
    ]);
    expect(
      itemsOf(list({ key_id: depot.keyId, box_id: depot.box.resourceId, type: 'access.granted' })),
    ).toHaveLength(1);
  });

  it('refuses a cursor that was not made here, and a box that is none, with what to do', () => {
    expect(problemOf(() => list({ cursor: 'x' }))?.code).toBe('invalid-cursor');
    expect(problemOf(() => list({ box_id: 'x' }))).toEqual({
      code: 'invalid-request',
      pointers: ['/query/box_id not-a-box'],
    });
  });

  it('shows one event by its id', () => {
    const [event] = itemsOf(list());
    expect(depot.read('getEvent', { event_id: String(event?.id) })).toEqual(event);
    for (const event_id of ['evt_0', eventId(1e9), 'key_1', eventId(0)])
      expect(problemOf(() => depot.read('getEvent', { event_id }))?.code).toBe('not-found');
  });
});

describe('the live stream', () => {
  it('tells each event once after its commit, in order', () => {
    const { got } = follow();
    depot.box.write('mains-lost');
    depot.box.write('mains-restored');
    depot.box.report();
    expect(got.map(({ event }) => event)).toEqual(['mains.lost', 'mains.restored']);
  });

  it('gives first what a reader missed, by Last-Event-ID', () => {
    const end = world.features.events.ledger(depot.owner.tenantId).end();
    depot.box.write('mains-lost');
    depot.box.report();
    const { got } = follow({ lastEventId: eventId(end) });
    expect(got.map(({ id }) => id)).toEqual([eventId(end + 1)]);
    expect(follow({ lastEventId: eventId(0) }).got).toHaveLength(end + 1);
  });

  it('begins with now for a reader that names no event, or one that it made up', () => {
    expect(follow().got).toEqual([]);
    expect(follow({ lastEventId: 'nonsense' }).got).toEqual([]);
  });

  it('tells nothing that was undone', () => {
    const { got } = follow();
    const stop = world.events.join('fact-established', () => {
      throw new RangeError('undone');
    });
    depot.box.write('mains-lost');
    expect(() => depot.box.report()).toThrow('undone');
    stop();
    expect(got).toEqual([]);
  });

  it('tells only what the filter lets through, and nothing of another tenant', () => {
    const { got } = follow({ query: { type: 'mains.restored' } });
    createDepot(world, 2).box.write('mains-restored');
    depot.box.write('mains-lost');
    depot.box.write('mains-restored');
    depot.box.report();
    expect(got.map(({ event }) => event)).toEqual(['mains.restored']);
  });

  it('stops with a reader that does not keep up, and when the reader goes', () => {
    const slow = follow({ takes: 1, lastEventId: eventId(0) });
    expect(slow.got).toHaveLength(1);
    const gone = follow();
    gone.end();
    depot.box.write('mains-lost');
    depot.box.report();
    expect(gone.got).toEqual([]);
  });

  it('gives a long past in one go, longer than one page of the ledger', () => {
    for (let count = 0; count < 450; count++) depot.box.write('mains-lost');
    depot.box.report();
    const { got } = follow({ lastEventId: eventId(0) });
    expect(got).toHaveLength(world.features.events.ledger(depot.owner.tenantId).end());
    expect(got.map(({ id }) => id)).toEqual(got.map((_, index) => eventId(index + 1)));
  });
});
