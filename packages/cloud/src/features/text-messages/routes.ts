// HTTP of text messages: what became of them. Neither a number nor a text is ever shown.

import { type Static, Type } from 'typebox';
import type { TenantId } from '../../platform/identifiers.ts';
import { instantSchema, showInstant, showInstantOrNull } from '../../platform/instant.ts';
import { pageQuery, pageSchema, readPage } from '../../platform/pagination.ts';
import { defineRoute, type Route } from '../../platform/route.ts';
import { boxResourceId } from '../boxes/index.ts';
import type { TextStore } from './store.ts';
import { type OwedText, type TextState, textStates } from './text-message.ts';

const stateSchema = Type.Enum([...textStates], {
  description:
    'owed: not handed over yet; accepted: the provider has it; delivered: it is on the phone; failed: it will not come.',
});

const textSchema = Type.Object(
  {
    id: Type.String(),
    person_id: Type.String(),
    location_id: Type.String(),
    box_id: Type.String({ description: 'The box at which somebody waited for it.' }),
    status: stateSchema,
    reason: Type.Union([Type.String(), Type.Null()], {
      description:
        'Why it was not taken: no_phone, timeout, no_connection, provider_ and the provider’s number.',
    }),
    created_at: instantSchema,
    settled_at: Type.Union([instantSchema, Type.Null()]),
  },
  {
    examples: [
      {
        id: 'txt_019a0c5e7b1a7c3e8f5d2b4a6c8e0f12',
        person_id: 'per_019a0c5e7b1a7c3e8f5d2b4a6c8e0f12',
        location_id: 'loc_019a0c5e7b1a7c3e8f5d2b4a6c8e0f12',
        box_id: 'box_4ZK7Q1M0P9XWT',
        status: 'failed',
        reason: 'provider_21211',
        created_at: '2026-04-01T09:00:00.000Z',
        settled_at: '2026-04-01T09:00:01.000Z',
      },
    ],
  },
);

/** The routes of text messages. */
export function textRoutes(texts: (tenantId: TenantId) => TextStore): readonly Route[] {
  return [
    defineRoute({
      method: 'GET',
      url: '/v1/text-messages',
      permission: 'people:read',
      operationId: 'listTextMessages',
      summary: 'List text messages of the last 30 days and what became of them (never what they said)',
      tag: 'people',
      query: Type.Object(
        { ...pageQuery, status: Type.Optional(stateSchema) },
        { additionalProperties: false },
      ),
      responses: { 200: pageSchema(textSchema) },
      handle: ({ principal: { tenantId, scope }, query }) => ({
        body: readPage(query, {
          load: (after, limit) =>
            texts(tenantId).list(query.status as TextState | undefined, String(after?.[0] ?? ''), limit),
          keyOf: ({ messageId }) => [messageId],
          show: showText,
          scope,
          placeOf: ({ locationId }) => locationId,
        }),
      }),
    }),
  ];
}

function showText(message: OwedText): Static<typeof textSchema> {
  return {
    id: message.messageId,
    person_id: message.personId,
    location_id: message.locationId,
    box_id: boxResourceId(message.boxId),
    status: message.state,
    reason: message.reason === null ? null : message.reason.replaceAll('-', '_'),
    created_at: showInstant(message.createdAtMs),
    settled_at: showInstantOrNull(message.settledAtMs),
  };
}
