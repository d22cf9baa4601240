// What is wanted and in force at a box, as the API shows it and as an operator sets it: schemas, examples, and the
// way from one form to the other.

import { limits } from '@smartbox/protocol';
import { type Static, Type } from 'typebox';
import { instantSchema, showInstant, showInstantOrNull } from '../../platform/instant.ts';
import { boxResourceId } from '../boxes/index.ts';
import {
  type EmergencyBox,
  type EmergencySettings,
  isPrinted,
  sheetState,
  sheetStates,
  statedUntilMs,
} from './emergency.ts';

const integerOrNull = Type.Union([Type.Integer(), Type.Null()]);
const textOrNull = Type.Union([Type.String(), Type.Null()]);
const momentOrNull = Type.Union([instantSchema, Type.Null()]);
const cells = { minimum: 1, maximum: limits.sheetCells };

/** Fields that an operator may set. */
const settingFields = {
  open_order: Type.Array(Type.Integer({ minimum: 1, maximum: limits.sheetBins }), {
    uniqueItems: true,
    maxItems: limits.sheetBins,
    description: 'Bins in the order in which “all” opens them; others follow by number.',
  }),
  first_use_hours: Type.Integer({
    minimum: 0,
    maximum: 255,
    description:
      'While the box is offline a booking must be used within this many hours of its start; 0: no such rule.',
  }),
  cells_per_bin: Type.Integer({ ...cells, description: 'Codes for each bin on the next new sheet.' }),
  cells_for_all: Type.Integer({ ...cells, description: 'Codes for all bins on the next new sheet.' }),
  sleep_after_ms: Type.Integer({
    minimum: 10_000,
    maximum: 3_600_000,
    description: 'How long after mains was lost the box goes to sleep.',
  }),
  awake_ms: Type.Integer({
    minimum: 10_000,
    maximum: 600_000,
    description: 'How long a box on battery stays awake after the last person.',
  }),
};

/** What may be changed. */
export const emergencyChangeSchema = Type.Partial(Type.Object(settingFields), {
  additionalProperties: false,
  minProperties: 1,
  examples: [{ open_order: [3, 1], first_use_hours: 24 }],
});

const sheetFields = {
  state: Type.Enum([...sheetStates], {
    description:
      'none: nothing printed; waiting_for_box: opens nothing until the box was online; ending_soon: 30 days left; revoked: print anew; cells_low: some row is nearly used up.',
  }),
  generation: Type.Integer({ description: 'Number of the sheet that is wanted at the box.' }),
  generation_in_force: integerOrNull,
  in_force_since: momentOrNull,
  valid_until: momentOrNull,
  printed_at: momentOrNull,
  printed_by: textOrNull,
  reprint_advised: Type.Boolean({ description: 'A code was used offline since this sheet was made.' }),
};

const sheetExample = {
  ...{ state: 'current', generation: 2, generation_in_force: 2, in_force_since: '2026-04-01T09:00:01.000Z' },
  ...{ valid_until: '2027-04-01T09:00:00.000Z', printed_at: '2026-04-01T09:00:00.000Z' },
  ...{ printed_by: 'Front desk', reprint_advised: false },
} as const;

/** Settings and state of one box. */
export const emergencySchema = Type.Object(
  {
    box_id: Type.String(),
    ...settingFields,
    version: Type.Integer({ description: 'Of what is wanted at the box; rises with every change.' }),
    version_in_force: Type.Integer({
      description: 'What the box confirmed; lower while it waits, 0: nothing yet.',
    }),
    confirmed_at: momentOrNull,
    sheet: Type.Object({
      ...sheetFields,
      cells_left: Type.Object({
        all: Type.Integer(),
        bins: Type.Array(Type.Object({ bin: Type.Integer(), left: Type.Integer() })),
      }),
    }),
    booking_in_force_since: Type.Union([instantSchema, Type.Null()], {
      description: 'Since when the box takes booking codes by itself; null: not yet.',
    }),
    cancelled_bookings: Type.Integer({ description: 'Bookings that the box was told to refuse.' }),
    authenticator: Type.Union([
      Type.Object({ label: Type.String(), enrolled_at: instantSchema, in_force: Type.Boolean() }),
      Type.Null(),
    ]),
  },
  {
    examples: [
      {
        box_id: 'box_4ZK7Q1M0P9XWT',
        ...{ open_order: [3, 1], first_use_hours: 0, cells_per_bin: 10, cells_for_all: 5 },
        ...{ sleep_after_ms: 120000, awake_ms: 60000 },
        ...{ version: 2, version_in_force: 2, confirmed_at: '2026-04-01T09:00:01.000Z' },
        sheet: { ...sheetExample, cells_left: { all: 5, bins: [{ bin: 1, left: 10 }] } },
        booking_in_force_since: '2026-04-01T08:00:00.000Z',
        cancelled_bookings: 0,
        authenticator: null,
      },
    ],
  },
);

/** How the sheet of one box stands, in the list over all boxes. */
export const emergencyStateSchema = Type.Object(
  { box_id: Type.String(), box_name: textOrNull, location_id: textOrNull, ...sheetFields },
  {
    examples: [
      {
        ...{ box_id: 'box_4ZK7Q1M0P9XWT', box_name: 'North entrance' },
        ...{ location_id: 'loc_019a0c5e7b1a7c3e8f5d2b4a6c8e0f12', ...sheetExample },
      },
    ],
  },
);

/** @returns how the sheet stands, in the API's form */
export function showSheetState(state: EmergencyBox, nowMs: number) {
  const { inForce, printed } = state;
  const known = inForce.sheetGeneration > 0;
  return {
    state: sheetState(state, nowMs),
    generation: state.sheet.generation,
    generation_in_force: known ? inForce.sheetGeneration : null,
    in_force_since: known ? showInstantOrNull(inForce.sheetSinceMs) : null,
    valid_until: isPrinted(state) ? showInstant(statedUntilMs(state)) : null,
    printed_at: showInstantOrNull(printed?.atMs ?? null),
    printed_by: printed?.by ?? null,
    reprint_advised: state.reprintAdvised,
  };
}

/** What else is shown of one box. */
export interface EmergencyFacts {
  readonly binCount: number;
  readonly nowMs: number;
  /** By target, the highest cell of the present sheet that was used. */
  readonly lastCells: ReadonlyMap<number, number>;
}

/** @returns settings and state in the API's form */
export function showEmergency(state: EmergencyBox, facts: EmergencyFacts): Static<typeof emergencySchema> {
  const { settings, inForce, sheet, authenticator } = state;
  const left = (target: number, of: number): number => Math.max(0, of - (facts.lastCells.get(target) ?? 0));
  const bins = Array.from({ length: facts.binCount }, (_, index) => index + 1);
  return {
    box_id: boxResourceId(state.boxId),
    open_order: [...settings.openOrder],
    first_use_hours: settings.firstUseHours,
    cells_per_bin: settings.cellsPerBin,
    cells_for_all: settings.cellsForAll,
    sleep_after_ms: settings.sleepAfterMs,
    awake_ms: settings.awakeMs,
    version: state.version,
    version_in_force: inForce.version,
    confirmed_at: showInstantOrNull(inForce.confirmedAtMs),
    sheet: {
      ...showSheetState(state, facts.nowMs),
      cells_left: {
        all: left(0, sheet.cellsForAll),
        bins: bins.map((bin) => ({ bin, left: left(bin, sheet.cellsPerBin) })),
      },
    },
    booking_in_force_since: bookingSince(state),
    cancelled_bookings: state.cancelled.length,
    authenticator: authenticator && {
      label: authenticator.label,
      enrolled_at: showInstant(authenticator.sinceMs),
      in_force: inForce.authenticator && inForce.version >= state.version,
    },
  };
}

function bookingSince({ inForce, bookingGeneration }: EmergencyBox): string | null {
  return inForce.bookingGeneration === bookingGeneration ? showInstantOrNull(inForce.bookingSinceMs) : null;
}

/** @returns the settings after a change */
export function changedSettings(
  before: EmergencySettings,
  change: Static<typeof emergencyChangeSchema>,
): EmergencySettings {
  return {
    openOrder: change.open_order ?? before.openOrder,
    firstUseHours: change.first_use_hours ?? before.firstUseHours,
    cellsPerBin: change.cells_per_bin ?? before.cellsPerBin,
    cellsForAll: change.cells_for_all ?? before.cellsForAll,
    sleepAfterMs: change.sleep_after_ms ?? before.sleepAfterMs,
    awakeMs: change.awake_ms ?? before.awakeMs,
  };
}
