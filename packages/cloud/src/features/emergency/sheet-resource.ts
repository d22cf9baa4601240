// Sheets and prints as the API shows them: schemas, examples, and the way from one form to the other. No code is
// in any of them; codes are in the printed file and nowhere else.

import { type Static, Type } from 'typebox';
import { instantSchema, showInstant } from '../../platform/instant.ts';
import { boxResourceId } from '../boxes/index.ts';
import { type EmergencyBox, isSheetInForce, type Sheet, statedUntilMs, validity } from './emergency.ts';
import type { SheetPrintRow } from './print-store.ts';
import { sheetFormats } from './sheet-printer.ts';

const boxExample = 'box_4ZK7Q1M0P9XWT';
const sheetExample = 'shs_019a0c5e7b1a7c3e8f5d2b4a6c8e0f12';

/** What makes a print. */
export const printOrderSchema = Type.Object(
  {
    format: Type.Enum([...sheetFormats], {
      description: 'pdf to print, html to keep on a disk, csv for programs.',
    }),
    renew: Type.Optional(
      Type.Boolean({
        description:
          'true: a new sheet, which retires the one before a day after the box has heard of it; false: another copy. Left out: a new one, unless none was printed yet.',
      }),
    ),
    valid_for_days: Type.Optional(
      Type.Integer({
        minimum: validity.shortestDays,
        maximum: validity.longestDays,
        description: `How long the sheet is good; ${validity.usualDays} unless given.`,
      }),
    ),
  },
  { additionalProperties: false, examples: [{ format: 'pdf', valid_for_days: 365 }] },
);

/** How a printed sheet stands. */
const printStates = ['current', 'waiting_for_box', 'replaced', 'revoked', 'ended'] as const;

/** A print. */
export const printSchema = Type.Object(
  {
    id: Type.String(),
    box_id: Type.String(),
    generation: Type.Integer({ description: 'Number of the sheet; copies have the same.' }),
    format: Type.Enum([...sheetFormats]),
    printed_at: instantSchema,
    printed_by: Type.String(),
    token_id: Type.String(),
    valid_until: instantSchema,
    state: Type.Enum([...printStates], {
      description: 'waiting_for_box: opens nothing until the box was online.',
    }),
    cells_used: Type.Union([Type.Integer(), Type.Null()], {
      description: 'Of all copies together; null for a sheet of an earlier life of the box.',
    }),
  },
  {
    examples: [
      {
        ...{ id: sheetExample, box_id: boxExample, generation: 2, format: 'pdf', state: 'current' },
        ...{ printed_at: '2026-04-01T09:00:00.000Z', valid_until: '2027-04-01T09:00:00.000Z' },
        ...{ printed_by: 'Front desk', token_id: 'tok_4fA9xQ2mZr7b', cells_used: 0 },
      },
    ],
  },
);

type PrintState = (typeof printStates)[number];

/** What else is known of a print's sheet. */
export interface PrintFacts {
  readonly state: EmergencyBox;
  /** The sheet of the print's generation in the box's present life. */
  readonly sheet: Sheet | undefined;
  readonly cellsUsed: number;
  readonly nowMs: number;
}

/** @returns how a print stands */
export function printState(print: SheetPrintRow, { state, sheet, nowMs }: PrintFacts): PrintState {
  if (print.retired || sheet === undefined) return 'replaced';
  if (sheet.revokedAtMs !== null) return 'revoked';
  if (print.generation !== state.sheet.generation) return 'replaced';
  if (statedUntilMs(state) <= nowMs) return 'ended';
  return isSheetInForce(state) ? 'current' : 'waiting_for_box';
}

/** @returns the print in the API's form */
export function showPrint(print: SheetPrintRow, facts: PrintFacts): Static<typeof printSchema> {
  return {
    id: print.sheetId,
    box_id: boxResourceId(print.boxId),
    generation: print.generation,
    format: print.format,
    printed_at: showInstant(print.printedAtMs),
    printed_by: print.printedBy,
    token_id: print.tokenId,
    valid_until: showInstant(print.untilMs),
    state: printState(print, facts),
    cells_used: print.retired ? null : facts.cellsUsed,
  };
}

/** What a sheet's QR code says of it. */
export const checkSchema = Type.Object(
  {
    status: Type.Enum(['current', 'old', 'revoked', 'unknown'], {
      description: 'old: replaced or past its date; unknown: not made by this server for this tenant.',
    }),
    in_force: Type.Boolean({ description: 'Whether the box takes its codes now.' }),
    sheet_id: Type.Union([Type.String(), Type.Null()]),
    box_id: Type.Union([Type.String(), Type.Null()]),
    generation: Type.Union([Type.Integer(), Type.Null()]),
    printed_at: Type.Union([instantSchema, Type.Null()]),
    valid_until: Type.Union([instantSchema, Type.Null()]),
  },
  {
    examples: [
      {
        ...{ status: 'current', in_force: true, sheet_id: sheetExample, box_id: boxExample, generation: 2 },
        ...{ printed_at: '2026-04-01T09:00:00.000Z', valid_until: '2027-04-01T09:00:00.000Z' },
      },
    ],
  },
);

/** @returns what is said of a paper that is none of ours */
export function unknownSheet(): Static<typeof checkSchema> {
  const nothing = { sheet_id: null, box_id: null, generation: null, printed_at: null, valid_until: null };
  return { status: 'unknown', in_force: false, ...nothing };
}

/** @returns what is said of one of ours */
export function showCheck(print: SheetPrintRow, facts: PrintFacts | undefined): Static<typeof checkSchema> {
  const state = facts === undefined ? 'replaced' : printState(print, facts);
  const statuses = {
    current: 'current',
    waiting_for_box: 'current',
    replaced: 'old',
    ended: 'old',
    revoked: 'revoked',
  } as const;
  return {
    status: statuses[state],
    in_force: state === 'current',
    sheet_id: print.sheetId,
    box_id: boxResourceId(print.boxId),
    generation: print.generation,
    printed_at: showInstant(print.printedAtMs),
    valid_until: showInstant(print.untilMs),
  };
}

/** A revocation. */
export const revocationSchema = Type.Object(
  {
    box_id: Type.String(),
    generation: Type.Integer({ description: 'Number of the sheet that the box takes now.' }),
    revocation_code: Type.String({
      description:
        '10 digits that close that sheet at the keypad of a box that is offline. They can open nothing. Shown this once.',
    }),
    sent: Type.Boolean({
      description: 'true: the box is being told now; false: phone the code to somebody there.',
    }),
  },
  { examples: [{ box_id: boxExample, generation: 2, revocation_code: '4071829306', sent: false }] },
);
