// What can be wrong with a file, as values with a stable code and a sentence in both languages that says what to do.

import type { FieldProblem } from '../../platform/errors.ts';
import type { BilingualText } from '../../platform/problems.ts';

/** What is wrong with a cell, or (field null) with its row as a whole. */
export interface Fault {
  readonly field: string | null;
  /** Where no column is meant by a field: counted from 1. */
  readonly column?: number;
  readonly code: string;
  readonly detail: BilingualText;
}

/** A fault and its row; the head is row 1. */
export interface PlacedFault extends Fault {
  readonly row: number;
}

const texts = {
  'stray-quote': {
    ja: '引用符がセルの途中にあります。セル全体を引用符で囲み、中の引用符は二重にしてください。',
    en: 'A quote stands within the cell. Put quotes round the whole cell and double the one inside.',
  },
  'text-after-quote': {
    ja: '閉じる引用符の後に文字があります。セル全体を引用符で囲んでください。',
    en: 'There is text after the closing quote. Put quotes round the whole cell.',
  },
  'open-quote': {
    ja: 'このセルの引用符が閉じられていません。ここから先は読めません。',
    en: 'The quote of this cell is never closed. Nothing from here on can be read.',
  },
  'unknown-column': {
    ja: 'この列は分かりません。取り除くか、次のどれかにしてください: {columns}',
    en: 'This column is not known. Remove it, or call it one of: {columns}',
  },
  'column-twice': { ja: '同じ列が 2 つあります。', en: 'There are two columns of this kind.' },
  'missing-column': { ja: '列 {column} を加えてください。', en: 'Add the column {column}.' },
  'too-few-cells': {
    ja: 'この行のセルは {cells} 個ですが、見出しは {columns} 個です。',
    en: 'This row has {cells} cells; the head has {columns}.',
  },
  'too-many-cells': {
    ja: 'この行のセルは {cells} 個ですが、見出しは {columns} 個です。コンマを含むセルは引用符で囲んでください。',
    en: 'This row has {cells} cells; the head has {columns}. Put quotes round cells that hold a comma.',
  },
  formula: {
    ja: "表計算ソフトの式のように始まっています。文字として使うには先頭に ' を付けてください。",
    en: "It begins like a formula of a spreadsheet. If it is meant as text, put ' before it.",
  },
  'not-plain': {
    ja: '見えない文字（制御文字、改行、文字の向きを変える文字）を取り除いてください。',
    en: 'Remove what cannot be seen: control characters, line breaks, marks that turn the direction of writing.',
  },
  'too-long': { ja: '{limit} 文字までにしてください。', en: 'Write at most {limit} characters.' },
  missing: { ja: 'この欄を埋めてください。', en: 'Fill in this cell.' },
  'unknown-id': {
    ja: 'この id のものはありません。新しく作る行では空にしてください。',
    en: 'There is nothing with this id. Leave it empty to make something new.',
  },
  'reference-in-use': {
    ja: 'この管理番号は別のものが使っています。',
    en: 'Something else has this reference.',
  },
  'exists-already': {
    ja: 'これは {item} に登録済みで、内容が異なります。変更するには id か reference の列を加えてください。',
    en: '{item} has it already, and differs. To change it, add a column id or reference.',
  },
  'twice-in-file': { ja: '{row} 行目と同じです。', en: 'Row {row} has the same.' },
  'unknown-location': {
    ja: 'この設置場所はありません。名前か id を正しく書いてください。',
    en: 'There is no such location. Write its name, or its id, as it is.',
  },
  'ambiguous-location': {
    ja: 'この名前の設置場所は 2 つ以上あります。id を書いてください。',
    en: 'Several locations have this name. Write the id.',
  },
  'unknown-language': { ja: 'ja か en にしてください。', en: 'Write ja or en.' },
  'unknown-role': {
    ja: '次のどれかにするか、空にしてください: {roles}',
    en: 'Write one of these, or leave it empty: {roles}',
  },
  'no-identity': {
    ja: '管理番号（reference）かメールアドレスを書いてください。どちらもないと、同じ表をもう一度取り込むと 2 人になります。',
    en: 'Write a reference or a mail address: without either, the same file would make this person twice.',
  },
  'owner-by-hand': {
    ja: 'オーナーは取り込みでは作成・変更できません。1 人ずつ変更してください。',
    en: 'Owners are not made or changed by import, but one at a time.',
  },
} as const satisfies Readonly<Record<string, BilingualText>>;

/** The code of a fault that is found here and not by another feature. */
export type FaultCode = keyof typeof texts;

/** @param values fill the `{names}` of the sentence */
export function faultOf(
  code: FaultCode,
  field: string | null,
  values: Readonly<Record<string, string | number>> = {},
): Fault {
  return { field, code, detail: fill(texts[code], values) };
}

/** What another feature says of a field, as the fault of the column that the field is read from. */
export function faultFrom(
  { pointer, code, detail }: FieldProblem,
  columns: Readonly<Record<string, string>>,
): Fault {
  const field = pointer.split('/')[2] ?? '';
  return { field: columns[field] ?? field, code, detail };
}

function fill(text: BilingualText, values: Readonly<Record<string, string | number>>): BilingualText {
  const one = (template: string): string =>
    template.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
  return { ja: one(text.ja), en: one(text.en) };
}
