// One row of the ledger: its number, its id, and how the API shows it. Pure. An event's id is its
// number in the tenant's ledger, so ids sort as things happened to be written down, without gaps.

import { type Static, Type } from 'typebox';
import type { Fact } from '../../platform/events.ts';
import { instantSchema, showInstant } from '../../platform/instant.ts';

/** A fact with its place in the ledger. */
export interface NumberedEvent {
  /** From 1, per tenant, without gaps. */
  readonly sequence: number;
  readonly fact: Fact;
  readonly recordedAtMs: number;
}

const digits = 12;

/** @returns `evt_000000000042` */
export function eventId(sequence: number): string {
  return `evt_${String(sequence).padStart(digits, '0')}`;
}

/** What every event id looks like. */
export const eventIdPattern = /^evt_([0-9]{12,15})$/;

/** @returns the number that an id stands for, or undefined for a text that is no event id */
export function readEventId(id: string): number | undefined {
  const [, number] = eventIdPattern.exec(id) ?? [];
  return number === undefined ? undefined : Number(number);
}

const idOrNull = Type.Union([Type.String(), Type.Null()]);

/** An event. */
export const eventSchema = Type.Object(
  {
    id: Type.String(),
    type: Type.String({ description: 'Stable name, for example key.withdrawn.' }),
    occurred_at: instantSchema,
    recorded_at: instantSchema,
    location_id: idOrNull,
    box_id: idOrNull,
    bin: Type.Union([Type.Integer(), Type.Null()]),
    key_id: idOrNull,
    code_id: idOrNull,
    data: Type.Record(Type.String(), Type.Unknown(), {
      description: 'What else there is to tell; depends on the type.',
    }),
  },
  {
    examples: [
      {
        id: 'evt_000000000042',
        type: 'key.withdrawn',
        occurred_at: '2026-04-01T09:00:00.000Z',
        recorded_at: '2026-04-01T09:00:00.120Z',
        location_id: 'loc_019a0c5e7b1a7c3e8f5d2b4a6c8e0f12',
        box_id: 'box_4ZK7Q1M0P9XWT',
        bin: 3,
        key_id: 'key_019a0c5e7b1a7c3e8f5d2b4a6c8e0f12',
        code_id: 'code_019a0c5e7b1a7c3e8f5d2b4a6c8e0f12',
        data: { grant: 17 },
      },
    ],
  },
);

/** @returns the event in the API's form */
export function showEvent({ sequence, fact, recordedAtMs }: NumberedEvent): Static<typeof eventSchema> {
  return {
    id: eventId(sequence),
    type: fact.type,
    occurred_at: showInstant(fact.occurredAtMs),
    recorded_at: showInstant(recordedAtMs),
    location_id: fact.locationId ?? null,
    box_id: fact.boxId === undefined ? null : `box_${fact.boxId}`,
    bin: fact.bin ?? null,
    key_id: fact.keyId ?? null,
    code_id: fact.codeId ?? null,
    data: { ...fact.data },
  };
}
