// The rows of a file: cells by the names of their fields, tidied and checked for what no field may hold. Pure.

import { isFormula, withoutGuard } from '../../platform/csv-writing.ts';
import { isPlain } from '../../platform/plain-text.ts';
import type { Column, Layout } from './column.ts';
import { type Fault, faultOf } from './fault.ts';

/** Cells by field; fields whose column the file has not are not there. */
export type Cells = Readonly<Record<string, string>>;

/** @returns the cells of one row, with everything that is wrong with them as such */
export function readRow(
  raw: readonly string[],
  layout: Layout,
  columns: readonly Column[],
): { readonly cells: Cells; readonly faults: readonly Fault[] } {
  const width = Math.max(...layout.values()) + 1;
  const counted = { cells: raw.length, columns: width };
  if (raw.length < width) return { cells: {}, faults: [faultOf('too-few-cells', null, counted)] };
  if (raw.slice(width).some((cell) => cell.trim() !== ''))
    return { cells: {}, faults: [faultOf('too-many-cells', null, counted)] };
  const present = columns.filter(({ field }) => layout.has(field));
  const read = present.map((column) => readCell(raw[layout.get(column.field) ?? 0] ?? '', column));
  return {
    cells: Object.fromEntries(present.map(({ field }, index) => [field, read[index]?.value ?? ''])),
    faults: read.flatMap(({ fault }) => fault ?? []),
  };
}

/** @returns whether there is nothing in the row */
export function isBlank(raw: readonly string[]): boolean {
  return raw.every((cell) => cell.trim() === '');
}

function readCell(
  raw: string,
  { field, maxLength }: Column,
): { readonly value: string; readonly fault?: Fault } {
  const isPhone = field === 'phone' && /^\+\s*\d/.test(raw.normalize('NFKC'));
  if (isFormula(raw) && !isPhone) return { value: '', fault: faultOf('formula', field) };
  const value = withoutGuard(raw).trim();
  if (value !== '' && !isPlain(value)) return { value, fault: faultOf('not-plain', field) };
  // Counted as the API counts: by code points.
  if ([...value].length > maxLength)
    return { value, fault: faultOf('too-long', field, { limit: maxLength }) };
  return { value };
}
