// The columns of a list and how their heads may be written, in Japanese and English. Pure.

import { type Fault, faultOf, type PlacedFault } from './fault.ts';

/** One column. */
export interface Column {
  /** Its head in files that are written here. */
  readonly field: string;
  /** What people call it beside that. */
  readonly also: readonly string[];
  readonly maxLength: number;
  /** Nothing can be made without it. */
  readonly needed?: true;
}

const id: Column = { field: 'id', also: ['key_id', 'person_id'], maxLength: 64 };
const reference: Column = {
  field: 'reference',
  also: ['external_id', 'external_reference', 'number', '管理番号', '社員番号', '職員番号', '外部番号'],
  maxLength: 100,
};

/** Of lists of keys. */
export const keyColumns: readonly Column[] = [
  id,
  reference,
  {
    field: 'name',
    also: ['key', 'key_name', '名前', '名称', '鍵', '鍵名', '鍵の名前'],
    maxLength: 100,
    needed: true,
  },
  {
    field: 'location',
    also: ['location_id', 'place', '設置場所', '場所', '拠点'],
    maxLength: 100,
    needed: true,
  },
  { field: 'fob_label', also: ['label', 'ラベル', 'キーホルダー', 'キーホルダーの表示'], maxLength: 40 },
  { field: 'fob_tag', also: ['tag', 'fob', 'タグ', 'タグ番号'], maxLength: 40, needed: true },
];

/** Of lists of people. */
export const personColumns: readonly Column[] = [
  id,
  reference,
  { field: 'name', also: ['full_name', '名前', '氏名'], maxLength: 100, needed: true },
  { field: 'mail', also: ['email', 'e_mail', 'mail_address', 'メール', 'メールアドレス'], maxLength: 254 },
  {
    field: 'phone',
    also: ['telephone', 'tel', 'mobile', '電話', '電話番号', '携帯', '携帯電話'],
    maxLength: 32,
  },
  { field: 'language', also: ['言語'], maxLength: 20 },
  { field: 'role', also: ['役割'], maxLength: 40 },
  {
    field: 'locations',
    also: ['location', 'location_ids', '設置場所', '場所', '拠点', '所属'],
    maxLength: 10_000,
  },
  { field: 'ends_at', also: ['end', 'leaves_at', '終了日時', '利用終了', '退職日時'], maxLength: 40 },
];

/** Where each field stands: its index from 0. */
export type Layout = ReadonlyMap<string, number>;

/** @param head the first row */
export function readHead(
  head: readonly string[],
  columns: readonly Column[],
): { readonly layout: Layout; readonly faults: readonly PlacedFault[] } {
  const layout = new Map<string, number>();
  const faults: Fault[] = [];
  const known = columns.map(({ field }) => field).join(', ');
  for (const [index, written] of trimmedEnd(head).entries()) {
    const name = plainName(written);
    const column = columns.find(({ field, also }) => field === name || also.includes(name));
    const at = { column: index + 1 };
    if (column === undefined) faults.push({ ...faultOf('unknown-column', null, { columns: known }), ...at });
    else if (layout.has(column.field)) faults.push({ ...faultOf('column-twice', null), ...at });
    else layout.set(column.field, index);
  }
  const isOfKnown = layout.has('id') || layout.has('reference');
  for (const { field, needed } of columns) {
    if (needed === true && !isOfKnown && !layout.has(field))
      faults.push(faultOf('missing-column', null, { column: field }));
  }
  return { layout, faults: faults.map((fault) => ({ row: 1, ...fault })) };
}

// Spreadsheets leave empty columns at the end.
function trimmedEnd(head: readonly string[]): readonly string[] {
  const last = head.findLastIndex((cell) => cell.trim() !== '');
  return head.slice(0, last + 1);
}

function plainName(written: string): string {
  return written
    .normalize('NFKC')
    .trim()
    .toLowerCase()
    .replaceAll(/[\s-]+/g, '_');
}
