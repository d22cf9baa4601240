// A key code as the API shows it: schemas, examples, and the way from one form to the other. Digits are
// in the answer that made the code and nowhere else.

import { type Static, Type } from 'typebox';
import { instantSchema, readInstant, showInstant, showInstantOrNull } from '../../platform/instant.ts';
import { optionalPlainText } from '../../platform/plain-text.ts';
import { codeTag } from './code-mac.ts';
import { type CodeUses, codeWorth, type KeyCode } from './key-code.ts';
import { asksTheCloud, type OfflineWorth, offlineSchema, showOffline } from './offline-worth.ts';

const usesNames = ['until_withdrawn', 'unlimited', 'once'] as const;
const endNames = ['withdrawn', 'used', 'revoked', 'expired', 'key_retired'] as const;
const moment = Type.Union([instantSchema, Type.Null()]);
const label = optionalPlainText(100, 'For whom or what; never shown at the box.');

const codeExample = {
  id: 'code_019a0c5e7b1a7c3e8f5d2b4a6c8e0f12',
  key_id: 'key_019a0c5e7b1a7c3e8f5d2b4a6c8e0f12',
  location_id: 'loc_019a0c5e7b1a7c3e8f5d2b4a6c8e0f12',
  uses: 'until_withdrawn',
  label: 'Guest of room 12',
  digits: 8,
  code_tag: '9f3a21bc',
  status: 'valid',
  starts_at: null,
  expires_at: '2026-04-08T09:00:00.000Z',
  created_at: '2026-04-01T09:00:00.000Z',
  ended_at: null,
  ended_because: null,
  booking_id: null,
  offline: { works: 'live_only', because: 'asks_the_cloud', since: null },
} as const;

/** A booking that a code belongs to. */
export interface BookedCode {
  readonly bookingId: string;
  readonly offline: OfflineWorth;
}

/** A code, without its digits. */
export const codeSchema = Type.Object(
  {
    id: Type.String(),
    key_id: Type.String(),
    location_id: Type.String({ description: 'The code works at the boxes of this place.' }),
    uses: Type.Enum([...usesNames], {
      description:
        'until_withdrawn: ends when its key is taken out with it; unlimited; once: opens one time.',
    }),
    label: Type.String(),
    digits: Type.Integer({ description: 'How many digits it has.' }),
    code_tag: Type.String({ description: 'Names the code in events, without telling a digit.' }),
    status: Type.Enum(['valid', 'not_yet', 'expired', 'ended', 'reserved'], {
      description: 'reserved: a box was just allowed to open with it and has not told yet what came of it.',
    }),
    starts_at: moment,
    expires_at: moment,
    created_at: instantSchema,
    ended_at: moment,
    ended_because: Type.Union([Type.Enum([...endNames]), Type.Null()]),
    booking_id: Type.Union([Type.String(), Type.Null()], { description: 'The booking that it belongs to.' }),
    offline: offlineSchema,
  },
  { examples: [codeExample] },
);

/** A code that was just made. */
export const issuedCodeSchema = Type.Object(
  {
    ...codeSchema.properties,
    code: Type.String({ description: 'The digits. Shown this once.' }),
    warnings: Type.Array(Type.Object({ code: Type.String(), detail: Type.String() })),
  },
  { examples: [{ ...codeExample, code: '40718293', warnings: [] }] },
);

/** What makes a code. */
export const newCodeSchema = Type.Object(
  {
    key_id: Type.String({ maxLength: 64 }),
    uses: Type.Optional(Type.Enum([...usesNames], { description: 'until_withdrawn unless given.' })),
    label: Type.Optional(label),
    starts_at: Type.Optional(instantSchema),
    expires_at: Type.Optional(instantSchema),
    code: Type.Optional(
      Type.String({ maxLength: 64, description: 'Digits of your own choice, 8 to 16; better leave it out.' }),
    ),
  },
  {
    additionalProperties: false,
    examples: [{ key_id: codeExample.key_id, label: 'Guest of room 12', expires_at: '2026-04-08T09:00:00Z' }],
  },
);

/** What may be changed of a code. */
export const codeChangeSchema = Type.Object(
  { label: Type.Optional(label), starts_at: Type.Optional(moment), expires_at: Type.Optional(moment) },
  {
    additionalProperties: false,
    minProperties: 1,
    examples: [{ expires_at: '2026-04-10T09:00:00Z' }],
  },
);

/** @returns the code in the API's form at this moment */
export function showCode(
  code: KeyCode,
  booked: BookedCode | undefined,
  nowMs: number,
): Static<typeof codeSchema> {
  return {
    id: code.codeId,
    key_id: code.keyId,
    location_id: code.locationId,
    uses: snake(code.uses) as (typeof usesNames)[number],
    label: code.label,
    digits: code.digits,
    code_tag: codeTag(code.codeMac),
    status: snake(codeWorth(code, nowMs)) as Static<typeof codeSchema>['status'],
    starts_at: showInstantOrNull(code.startsAtMs),
    expires_at: showInstantOrNull(code.expiresAtMs),
    created_at: showInstant(code.createdAtMs),
    ended_at: showInstantOrNull(code.endedAtMs),
    ended_because:
      code.endedBecause === null ? null : (snake(code.endedBecause) as (typeof endNames)[number]),
    booking_id: booked?.bookingId ?? null,
    offline: showOffline(booked?.offline ?? asksTheCloud),
  };
}

/** @returns how often a code is to work; until its key is withdrawn where nothing is said (AC-01) */
export function readUses(name: string | undefined): CodeUses {
  return name === undefined ? 'until-withdrawn' : (name.replace('_', '-') as CodeUses);
}

/** @throws CloudError naming the field when the text is no moment */
export function readMoment(text: string | null | undefined, pointer: string): number | null {
  return text === null || text === undefined ? null : readInstant(text, pointer);
}

function snake(name: string): string {
  return name.replaceAll('-', '_');
}
