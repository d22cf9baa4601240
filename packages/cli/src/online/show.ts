// What the API answered, for a person: a table or lines. Programs ask for --json and get it unchanged.
import { printable, table } from '../break-glass/index.ts';

/** @param columns `where.status` for what lies deeper */
export function tableLines(items: readonly unknown[], columns: readonly string[]): readonly string[] {
  return table([columns.map((column) => column.toUpperCase()), ...items.map((item) => rowOf(item, columns))]);
}

/** @returns one cell for each column; `-` for what is not there */
export function rowOf(item: unknown, columns: readonly string[]): readonly string[] {
  return columns.map((column) => cell(column.split('.').reduce(part, item)));
}

/** @returns one line for each value, however deep */
export function itemLines(item: unknown): readonly string[] {
  return table(leaves(item, '')).map((line) => line);
}

function leaves(value: unknown, path: string): readonly (readonly [string, string])[] {
  if (typeof value !== 'object' || value === null || isFlat(value)) return [[path, cell(value)]];
  return Object.entries(value).flatMap(([name, member]) =>
    leaves(member, path === '' ? name : `${path}.${name}`),
  );
}

function isFlat(value: object): boolean {
  return Array.isArray(value) && value.every((one) => typeof one !== 'object' || one === null);
}

function part(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;
}

function cell(value: unknown): string {
  if (value === null || value === undefined || value === '') return '-';
  return printable(Array.isArray(value) ? value.join(', ') || '-' : String(value));
}
