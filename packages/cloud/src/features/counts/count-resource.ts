// Counts as the API shows them: schemas, examples, and the way from one form to the other.

import { type Static, Type } from 'typebox';
import { instantSchema, showInstant, showInstantOrNull } from '../../platform/instant.ts';
import { optionalPlainText, plainText } from '../../platform/plain-text.ts';
import type { Count, CountLine, HandOpening, Hanging } from './count.ts';

const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T, description: string) =>
  Type.Union([schema, Type.Null()], { description });

const hangingSchema = Type.Object({
  status: Type.Enum(['nothing', 'key', 'unknown_fob']),
  key_id: Type.Union([Type.String(), Type.Null()]),
  fob_label: Type.Union([Type.String(), Type.Null()]),
});

const countLineSchema = Type.Object({
  bin: Type.Integer(),
  ledger: hangingSchema,
  found: hangingSchema,
  difference: orNull(
    Type.Enum(['missing', 'unexpected', 'another']),
    'missing: the ledger knows of something and nothing was there; unexpected: the other way round; another: something else hangs there; null: they agree.',
  ),
  note: Type.String(),
});

const vanSeven = {
  status: 'key',
  key_id: 'key_019a0c5e7b1a7c3e8f5d2b4a6c8e0f12',
  fob_label: 'A-07',
} as const;
const nothing = { status: 'nothing', key_id: null, fob_label: null } as const;

const countExample = {
  id: 'cnt_019a0c5e7b1a7c3e8f5d2b4a6c8e0f12',
  box_id: 'box_4ZK7Q1M0P9XWT',
  counted_at: '2026-04-02T09:00:00.000Z',
  counted_by: 'Yamada',
  differences: 1,
  bins: [{ bin: 3, ledger: vanSeven, found: nothing, difference: 'missing', note: 'With Sato since Friday' }],
} as const;

/** A count that was made. */
export const countSchema = Type.Object(
  {
    id: Type.String(),
    box_id: Type.String(),
    counted_at: instantSchema,
    counted_by: Type.String(),
    differences: Type.Integer({ description: 'In how many bins the count differs from the ledger.' }),
    bins: Type.Array(countLineSchema),
  },
  { examples: [countExample] },
);

/** A bin that waits for a count. */
const waitingBinSchema = Type.Object({
  bin: Type.Integer(),
  ledger: Type.Object({
    ...hangingSchema.properties,
    key_name: Type.Union([Type.String(), Type.Null()]),
    told_at: orNull(instantSchema, 'When a sensor of this bin last told something.'),
  }),
  by_hand: Type.Object({
    method: orNull(
      Type.Enum(['sheet', 'booking', 'phone', 'authenticator']),
      'How the person proved it; null: not known.',
    ),
    opened_at: orNull(instantSchema, 'null: the latch was released, but the door was not seen to open.'),
    last_told_at: instantSchema,
    taken: Type.Boolean({ description: 'Whether a fob was taken out.' }),
    taken_key_id: orNull(Type.String(), 'The key with that fob, where it is one.'),
    put_back: Type.Boolean({ description: 'Whether a fob was put in after the last one was taken.' }),
  }),
});

/** What a box waits for, and what was counted last. */
export const boxCountSchema = Type.Object(
  {
    box_id: Type.String(),
    waiting: Type.Boolean(),
    asked_at: Type.Union([instantSchema, Type.Null()]),
    bins: Type.Array(waitingBinSchema, { description: 'Bins that a count must tell of.' }),
    last_count: Type.Union([countSchema, Type.Null()]),
  },
  {
    examples: [
      {
        box_id: 'box_4ZK7Q1M0P9XWT',
        waiting: true,
        asked_at: '2026-04-02T08:00:00.000Z',
        bins: [
          {
            bin: 3,
            ledger: { ...nothing, key_name: null, told_at: '2026-04-01T20:15:00.000Z' },
            by_hand: {
              method: 'sheet',
              opened_at: '2026-04-01T20:14:30.000Z',
              last_told_at: '2026-04-01T20:15:00.000Z',
              taken: true,
              taken_key_id: 'key_019a0c5e7b1a7c3e8f5d2b4a6c8e0f12',
              put_back: false,
            },
          },
        ],
        last_count: null,
      },
    ],
  },
);

/** A box in the list of those that wait. */
export const waitingBoxSchema = Type.Object(
  {
    box_id: Type.String(),
    name: Type.String(),
    location_id: Type.String(),
    asked_at: instantSchema,
    bins: Type.Array(Type.Integer(), { description: 'Numbers of the bins that wait.' }),
  },
  {
    examples: [
      {
        box_id: 'box_4ZK7Q1M0P9XWT',
        name: 'North entrance',
        location_id: 'loc_019a0c5e7b1a7c3e8f5d2b4a6c8e0f12',
        asked_at: '2026-04-02T08:00:00.000Z',
        bins: [3, 5],
      },
    ],
  },
);

const highestBin = 255;

/** What whoever counted tells. */
export const newCountSchema = Type.Object(
  {
    counted_by: plainText(100, 'Who looked into the bins.'),
    bins: Type.Array(
      Type.Object(
        {
          bin: Type.Integer({ minimum: 1, maximum: highestBin }),
          key_id: Type.Optional(
            orNull(Type.String({ maxLength: 64 }), 'The key that hangs there; null: nothing does.'),
          ),
          fob_label: Type.Optional(
            orNull(
              plainText(40, 'What is printed on the fob.'),
              'Instead of key_id: what the fob that hangs there says; null: nothing hangs there.',
            ),
          ),
          note: Type.Optional(optionalPlainText(200, 'What whoever counted wants to be remembered.')),
        },
        { additionalProperties: false },
      ),
      { minItems: 1, maxItems: highestBin, description: 'At least every bin that waits.' },
    ),
  },
  {
    additionalProperties: false,
    examples: [
      {
        counted_by: 'Yamada',
        bins: [
          { bin: 3, fob_label: null, note: 'With Sato since Friday' },
          { bin: 5, fob_label: 'A-09' },
        ],
      },
    ],
  },
);

/** @returns a count in the API's form */
export function showCount(boxResource: string, count: Count): Static<typeof countSchema> {
  return {
    id: count.countId,
    box_id: boxResource,
    counted_at: showInstant(count.countedAtMs),
    counted_by: count.countedBy,
    differences: count.lines.filter(({ difference }) => difference !== null).length,
    bins: count.lines.map(showLine),
  };
}

/** @returns what hangs somewhere, in the API's form */
function showHanging(hanging: Hanging): Static<typeof hangingSchema> {
  return {
    status: hanging.kind === 'unknown-fob' ? 'unknown_fob' : hanging.kind,
    key_id: hanging.kind === 'key' ? hanging.keyId : null,
    fob_label: hanging.kind === 'nothing' ? null : hanging.fobLabel,
  };
}

/** A bin that waits, with what the ledger says of it. */
export interface WaitingBin {
  readonly opening: HandOpening;
  readonly ledger: Hanging;
  readonly keyName: string | null;
  /** When a sensor of this bin last told something. Unix ms. */
  readonly toldAtMs: number | null;
  readonly takenKeyId: string | null;
}

/** @returns the bin in the API's form */
export function showWaitingBin(waiting: WaitingBin): Static<typeof waitingBinSchema> {
  const { opening, ledger, keyName, toldAtMs, takenKeyId } = waiting;
  return {
    bin: opening.bin,
    ledger: { ...showHanging(ledger), key_name: keyName, told_at: showInstantOrNull(toldAtMs) },
    by_hand: {
      method: opening.method,
      opened_at: showInstantOrNull(opening.openedAtMs),
      last_told_at: showInstant(opening.lastAtMs),
      taken: opening.taken,
      taken_key_id: takenKeyId,
      put_back: opening.putBack,
    },
  };
}

function showLine({ bin, ledger, found, difference, note }: CountLine): Static<typeof countLineSchema> {
  return { bin, ledger: showHanging(ledger), found: showHanging(found), difference, note };
}
