// Exports and imported uses as the API shows them: schemas, examples, and the way from one form to the other.

import { type Static, Type } from 'typebox';
import { instantSchema, showInstant } from '../../platform/instant.ts';
import type { BilingualText } from '../../platform/problems.ts';
import { boxResourceId } from '../boxes/index.ts';
import { type BoxToday, type ExportedBox, exportedBoxState } from './export.ts';
import type { ImportedUses } from './import-uses.ts';
import type { UseFault } from './judge-use.ts';
import type { ListedExport } from './store.ts';

const exportExample = 'bgx_019a0c5e7b1a7c3e8f5d2b4a6c8e0f12';

/** In characters, as they are counted after folding. */
export const shortestPassphrase = 12;

/** What makes an export. */
export const exportOrderSchema = Type.Object(
  {
    passphrase: Type.String({
      minLength: shortestPassphrase,
      maxLength: 200,
      description:
        'Opens the file, and is stored nowhere: who forgets it makes another file. At least 12 characters; several words are best.',
    }),
  },
  { additionalProperties: false, examples: [{ passphrase: 'correct horse battery staple' }] },
);

const exportedBoxSchema = Type.Object({
  box_id: Type.String(),
  generation: Type.Integer({ description: 'Number of the sheet in the file.' }),
  state: Type.Enum(['current', 'sheet_replaced', 'box_gone'], {
    description:
      'sheet_replaced: its sheet is not the present one; its phone answers are good still. box_gone: the box was given up or claimed anew since.',
  }),
});

/** An export. */
export const exportSchema = Type.Object(
  {
    id: Type.String(),
    created_at: instantSchema,
    created_by: Type.String(),
    token_id: Type.String(),
    current: Type.Boolean({
      description: 'Whether every sheet in it is the present one. Boxes claimed since are not in it.',
    }),
    boxes: Type.Array(exportedBoxSchema),
    uses: Type.Integer({ description: 'Records of its use that were imported.' }),
  },
  {
    examples: [
      {
        ...{ id: exportExample, created_at: '2026-04-01T09:00:00.000Z', current: true, uses: 0 },
        ...{ created_by: 'Front desk', token_id: 'tok_4fA9xQ2mZr7b' },
        boxes: [{ box_id: 'box_4ZK7Q1M0P9XWT', generation: 2, state: 'current' }],
      },
    ],
  },
);

/** @param today what is known of a box */
export function showExport(
  made: ListedExport,
  today: (boxId: ExportedBox['boxId']) => BoxToday,
): Static<typeof exportSchema> {
  const boxes = made.boxes.map((box) => {
    const state = exportedBoxState(box, made.createdAtMs, today(box.boxId));
    return { box_id: boxResourceId(box.boxId), generation: box.generation, state: stateWords[state] };
  });
  return {
    id: made.exportId,
    created_at: showInstant(made.createdAtMs),
    created_by: made.createdBy,
    token_id: made.tokenId,
    current: boxes.every(({ state }) => state === 'current'),
    boxes,
    uses: made.uses,
  };
}

const stateWords = {
  current: 'current',
  'sheet-replaced': 'sheet_replaced',
  'box-gone': 'box_gone',
} as const;

/** A file of uses, as text. */
export const usesSchema = Type.Object(
  {
    uses: Type.String({
      maxLength: 60_000,
      description: 'The lines of a .uses.jsonl file. Send a longer file in parts, in order.',
    }),
  },
  {
    additionalProperties: false,
    examples: [{ uses: `{"exportId":"${exportExample}","chain":"9dd58a09d82342dc","sequence":1,…}\n` }],
  },
);

/** What came of it. */
export const importedSchema = Type.Object(
  {
    recorded: Type.Integer({ description: 'Records that are new.' }),
    known: Type.Integer({ description: 'Records that were imported before.' }),
    refused: Type.Array(
      Type.Object({
        line: Type.Integer({ description: 'From 1.' }),
        reason: Type.Enum(['unreadable', 'unknown_export', 'forged', 'missing_before', 'forked']),
        detail: Type.String(),
      }),
    ),
  },
  {
    examples: [
      {
        ...{ recorded: 2, known: 1 },
        refused: [{ line: 4, reason: 'unreadable', detail: 'This line is no record, or was cut.' }],
      },
    ],
  },
);

const faults: Readonly<
  Record<
    UseFault,
    { readonly word: Static<typeof importedSchema>['refused'][number]['reason'] } & BilingualText
  >
> = {
  unreadable: {
    word: 'unreadable',
    ja: 'この行は記録ではないか、途中で切れています。',
    en: 'This line is no record, or was cut.',
  },
  'unknown-export': {
    word: 'unknown_export',
    ja: 'このサーバーがこの契約者に渡したファイルの記録ではありません。',
    en: 'It is of no file that this server gave to this tenant.',
  },
  forged: {
    word: 'forged',
    ja: '署名が合いません。記録が書き換えられています。',
    en: 'The signature does not fit: the record was changed.',
  },
  'missing-before': {
    word: 'missing_before',
    ja: '一つ前の記録がありません。順番どおり、欠けのないファイルを送ってください。',
    en: 'The record before it is missing. Send the whole file, in its order.',
  },
  forked: {
    word: 'forked',
    ja: '同じ番号の別の記録が取り込み済みか、前の記録とつながりません。記録の一部が消されています。',
    en: 'Another record has its number, or it does not follow the one before: records were removed.',
  },
};

/** @returns what came of an import, in words */
export function showImported(
  { recorded, known, refused }: ImportedUses,
  language: 'ja' | 'en',
): Static<typeof importedSchema> {
  const words = refused.map(({ line, reason }) => {
    const fault = faults[reason];
    return { line, reason: fault.word, detail: fault[language] };
  });
  return { recorded, known, refused: words };
}
