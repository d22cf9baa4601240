// HTTP of the ledger: read it page by page, newest first, or follow it live.

import { parseBoxId } from '@smartbox/protocol';
import { type Static, Type } from 'typebox';
import { CloudError, invalidField } from '../../platform/errors.ts';
import type { TenantId } from '../../platform/identifiers.ts';
import { pageQuery, pageSchema, readPage } from '../../platform/pagination.ts';
import { defineRoute, defineStream, type Route } from '../../platform/route.ts';
import type { Scope } from '../../platform/scope.ts';
import { eventId, eventIdPattern, eventSchema, type NumberedEvent, readEventId, showEvent } from './event.ts';
import { followEvents, type LivePorts } from './live.ts';
import type { EventFilter, EventStore } from './store.ts';

const filterFields = {
  type: Type.Optional(
    Type.String({
      maxLength: 200,
      description: 'One or more types, separated by commas: key.withdrawn,key.returned.',
    }),
  ),
  box_id: Type.Optional(Type.String({ maxLength: 64 })),
  key_id: Type.Optional(Type.String({ maxLength: 64 })),
  code_id: Type.Optional(Type.String({ maxLength: 64 })),
  location_id: Type.Optional(Type.String({ maxLength: 64 })),
};

const listQuery = Type.Object(
  {
    ...pageQuery,
    order: Type.Optional(
      Type.Enum(['newest_first', 'oldest_first'], { description: 'newest_first unless given.' }),
    ),
    ...filterFields,
  },
  { additionalProperties: false },
);
const streamQuery = Type.Object(
  { ...filterFields, last_event_id: Type.Optional(Type.String({ pattern: eventIdPattern.source })) },
  { additionalProperties: false },
);

/** The routes of the ledger. */
export function eventRoutes(ports: LivePorts): readonly Route[] {
  return [listEvents(ports), getEvent(ports), streamEvents(ports)];
}

function listEvents(ports: LivePorts): Route {
  return defineRoute({
    method: 'GET',
    url: '/v1/events',
    permission: 'events:read',
    operationId: 'listEvents',
    summary: 'Read the ledger',
    description:
      'Every fact once, in the order in which it was written down. Facts are never changed or removed.',
    tag: 'events',
    query: listQuery,
    responses: { 200: pageSchema(eventSchema) },
    handle: ({ principal, query }) => {
      const store = ports.stores(principal.tenantId);
      const order = query.order === 'oldest_first' ? 'rising' : 'falling';
      const filter = readFilter(query, principal.scope);
      const body = readPage(query, {
        load: (after, limit) => store.read(filter, { from: startOf(after, order), order, limit }),
        keyOf: (event) => [event.sequence],
        show: showEvent,
      });
      return { body };
    },
  });
}

function getEvent(ports: LivePorts): Route {
  return defineRoute({
    method: 'GET',
    url: '/v1/events/:event_id',
    permission: 'events:read',
    operationId: 'getEvent',
    summary: 'Read one event',
    tag: 'events',
    params: Type.Object({ event_id: Type.String({ maxLength: 64 }) }),
    responses: { 200: eventSchema },
    handle: ({ principal, params: { event_id } }) => {
      const event = findEvent(ports.stores(principal.tenantId), event_id);
      if (event === undefined) throw new CloudError('not-found');
      return { body: showEvent(event) };
    },
  });
}

/** @returns the event with this id; undefined for an id that none has */
export function findEvent(store: Pick<EventStore, 'read'>, id: string): NumberedEvent | undefined {
  const sequence = readEventId(id);
  if (sequence === undefined) return undefined;
  const [event] = store.read({}, { from: sequence - 1, order: 'rising', limit: 1 });
  return event !== undefined && eventId(event.sequence) === id ? event : undefined;
}

function streamEvents(ports: LivePorts): Route {
  return defineStream({
    url: '/v1/events/stream',
    permission: 'events:read',
    operationId: 'streamEvents',
    summary: 'Follow the ledger live (server-sent events)',
    description: 'Send Last-Event-ID (or ?last_event_id=) to get first what was missed.',
    tag: 'events',
    query: streamQuery,
    open: ({ principal, query }, stream) =>
      followEvents(ports, stream, {
        tenantId: principal.tenantId as TenantId,
        filter: readFilter(query, principal.scope),
      }),
  });
}

function startOf(after: readonly (string | number)[] | undefined, order: 'rising' | 'falling'): number {
  if (after === undefined) return order === 'rising' ? 0 : Number.MAX_SAFE_INTEGER;
  const [sequence] = after;
  if (typeof sequence !== 'number') throw new CloudError('invalid-cursor');
  return sequence;
}

function readFilter(query: Static<typeof streamQuery>, scope: Scope): EventFilter {
  return {
    ...(scope.kind === 'tenant' ? {} : { within: scope.locationIds }),
    ...(query.type === undefined ? {} : { types: query.type.split(',').map((type) => type.trim()) }),
    ...(query.box_id === undefined ? {} : { boxId: readBox(query.box_id) }),
    ...(query.key_id === undefined ? {} : { keyId: query.key_id }),
    ...(query.code_id === undefined ? {} : { codeId: query.code_id }),
    ...(query.location_id === undefined ? {} : { locationId: query.location_id }),
  };
}

function readBox(resourceId: string) {
  const boxId = resourceId.startsWith('box_') ? parseBoxId(resourceId.slice(4)) : undefined;
  if (boxId !== undefined) return boxId;
  throw invalidField('/query/box_id', 'not-a-box', {
    ja: 'GET /v1/boxes にある id を指定してください。',
    en: 'Give an id from GET /v1/boxes.',
  });
}
