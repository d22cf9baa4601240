// HTTP of locations.

import { type Static, Type } from 'typebox';
import type { Clock } from '../../platform/clock.ts';
import { CloudError } from '../../platform/errors.ts';
import type { Identifiers } from '../../platform/identifiers.ts';
import { instantSchema, showInstant } from '../../platform/instant.ts';
import { pageQuery, pageSchema, readPage } from '../../platform/pagination.ts';
import { plainText, tidyText } from '../../platform/plain-text.ts';
import { defineRoute, entityTag, type Route, requireMatch } from '../../platform/route.ts';
import { knownTimeZone } from '../../platform/time-zone.ts';
import type { Principal } from '../../platform/token-register.ts';
import type { Location } from './location.ts';
import type { LocationStore } from './store.ts';

const nameSchema = plainText(100, 'What people call the place.');
const timeZoneSchema = Type.String({ maxLength: 64, description: 'IANA name, for example Asia/Tokyo.' });

const locationSchema = Type.Object(
  { id: Type.String(), name: Type.String(), time_zone: Type.String(), created_at: instantSchema },
  {
    examples: [
      {
        id: 'loc_019a0c5e7b1a7c3e8f5d2b4a6c8e0f12',
        name: 'Shinjuku depot',
        time_zone: 'Asia/Tokyo',
        created_at: '2026-04-01T09:00:00.000Z',
      },
    ],
  },
);

const newLocationSchema = Type.Object(
  { name: nameSchema, time_zone: timeZoneSchema },
  { additionalProperties: false, examples: [{ name: 'Shinjuku depot', time_zone: 'Asia/Tokyo' }] },
);

const locationChangeSchema = Type.Object(
  { name: Type.Optional(nameSchema), time_zone: Type.Optional(timeZoneSchema) },
  { additionalProperties: false, minProperties: 1, examples: [{ name: 'Shinjuku depot, east gate' }] },
);

const params = Type.Object({ location_id: Type.String({ maxLength: 64 }) });

/** What the routes need from the feature. */
export interface LocationDesk {
  readonly clock: Clock;
  readonly identifiers: Identifiers;
  store(principal: Principal): LocationStore;
}

/** The routes of locations. */
export function locationRoutes(desk: LocationDesk): readonly Route[] {
  return [listLocations(desk), getLocation(desk), createLocation(desk), changeLocation(desk)];
}

function listLocations(desk: LocationDesk): Route {
  return defineRoute({
    method: 'GET',
    url: '/v1/locations',
    permission: 'locations:read',
    operationId: 'listLocations',
    summary: 'List locations',
    tag: 'locations',
    query: Type.Object(pageQuery, { additionalProperties: false }),
    responses: { 200: pageSchema(locationSchema) },
    handle: ({ principal, query }) => ({
      body: readPage(query, {
        load: (after, limit) => desk.store(principal).list(String(after?.[0] ?? ''), limit),
        keyOf: (location) => [location.locationId],
        show: showLocation,
        scope: principal.scope,
        placeOf: ({ locationId }) => locationId,
      }),
    }),
  });
}

function getLocation(desk: LocationDesk): Route {
  return defineRoute({
    method: 'GET',
    url: '/v1/locations/:location_id',
    permission: 'locations:read',
    operationId: 'getLocation',
    summary: 'Read one location',
    tag: 'locations',
    params,
    responses: { 200: locationSchema },
    handle: ({ principal, params: { location_id } }) => answer(find(desk.store(principal), location_id)),
  });
}

function createLocation(desk: LocationDesk): Route {
  return defineRoute({
    method: 'POST',
    url: '/v1/locations',
    permission: 'locations:write',
    operationId: 'createLocation',
    summary: 'Create a location',
    tag: 'locations',
    tenantWide: true,
    body: newLocationSchema,
    responses: { 201: locationSchema },
    handle: ({ principal, body }) => {
      const location: Location = {
        locationId: desk.identifiers.create('loc'),
        name: tidyText(body.name),
        timeZone: knownTimeZone(body.time_zone),
        rev: 1,
        createdAtMs: desk.clock.nowMs(),
      };
      desk.store(principal).add(location);
      return { ...answer(location), status: 201, location: `/v1/locations/${location.locationId}` };
    },
  });
}

function changeLocation(desk: LocationDesk): Route {
  return defineRoute({
    method: 'PATCH',
    url: '/v1/locations/:location_id',
    permission: 'locations:write',
    operationId: 'changeLocation',
    summary: 'Change a location',
    description: 'Needs If-Match with the ETag that was read.',
    tag: 'locations',
    params,
    body: locationChangeSchema,
    responses: { 200: locationSchema },
    handle: (call) => {
      const store = desk.store(call.principal);
      const location = find(store, call.params.location_id);
      requireMatch(call, location.locationId, location.rev);
      const { name, time_zone } = call.body;
      const changed = {
        name: name === undefined ? location.name : tidyText(name),
        timeZone: time_zone === undefined ? location.timeZone : knownTimeZone(time_zone),
      };
      if (!store.change(location, changed)) throw new CloudError('precondition-failed');
      return answer({ ...location, ...changed, rev: location.rev + 1 });
    },
  });
}

function find(store: LocationStore, locationId: string): Location {
  const location = store.get(locationId);
  if (location === undefined) throw new CloudError('not-found');
  return location;
}

function answer(location: Location) {
  return { body: showLocation(location), etag: entityTag(location.locationId, location.rev) };
}

function showLocation(location: Location): Static<typeof locationSchema> {
  return {
    id: location.locationId,
    name: location.name,
    time_zone: location.timeZone,
    created_at: showInstant(location.createdAtMs),
  };
}
