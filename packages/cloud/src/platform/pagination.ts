// The one envelope of every list and the opaque cursor inside it. A cursor carries the sort key
// of the last row that was shown; callers must not read anything into it.

import { type TSchema, Type } from 'typebox';
import { CloudError } from './errors.ts';
import { type Scope, sees, wholeTenant } from './scope.ts';

/** A page of a list as the API shows it. */
export interface Page<T> {
  readonly data: readonly T[];
  readonly has_more: boolean;
  readonly next_cursor: string | null;
}

/** Query parameters of every list. */
export const pageQuery = {
  limit: Type.Optional(
    Type.Integer({ minimum: 1, maximum: 200, default: 50, description: 'How many to return.' }),
  ),
  cursor: Type.Optional(Type.String({ maxLength: 400, description: '`next_cursor` of the page before.' })),
};

/** The envelope's schema round one item's schema. */
export function pageSchema<Item extends TSchema>(item: Item) {
  return Type.Object({
    data: Type.Array(item),
    has_more: Type.Boolean(),
    next_cursor: Type.Union([Type.String(), Type.Null()]),
  });
}

const defaultLimit = 50;

/**
 * Reads one page. `load` is given the sort key after which to start and one row more than the
 * page holds, which tells whether there is a next page.
 * @throws CloudError `invalid-cursor` for a cursor that was not made here
 */
export function readPage<Row, Item>(
  query: { readonly limit?: number | undefined; readonly cursor?: string | undefined },
  source: {
    /** Values of the sort key, as many as `keyOf` returns. */
    readonly load: (after: readonly (string | number)[] | undefined, limit: number) => readonly Row[];
    readonly keyOf: (row: Row) => readonly (string | number)[];
    readonly show: (row: Row) => Item;
    /** How far the caller sees: rows whose place is elsewhere do not exist. All do unless both are given. */
    readonly scope?: Scope;
    readonly placeOf?: (row: Row) => string | readonly string[] | null;
  },
): Page<Item> {
  const limit = query.limit ?? defaultLimit;
  const after = query.cursor === undefined ? undefined : decodeCursor(query.cursor);
  const rows = loadExisting(source, after, limit + 1);
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const hasMore = rows.length > limit && last !== undefined;
  return {
    data: shown.map(source.show),
    has_more: hasMore,
    next_cursor: hasMore ? encodeCursor(source.keyOf(last)) : null,
  };
}

const chunkRows = 200;

// Reads on until the page is full: the rows between that do not exist for the caller leave no gap to be seen.
function loadExisting<Row>(
  source: {
    readonly load: (after: readonly (string | number)[] | undefined, limit: number) => readonly Row[];
    readonly keyOf: (row: Row) => readonly (string | number)[];
    readonly scope?: Scope;
    readonly placeOf?: (row: Row) => string | readonly string[] | null;
  },
  from: readonly (string | number)[] | undefined,
  limit: number,
): readonly Row[] {
  const { load, keyOf, scope = wholeTenant, placeOf } = source;
  if (scope.kind === 'tenant' || placeOf === undefined) return load(from, limit);
  const found: Row[] = [];
  const chunk = Math.max(limit, chunkRows);
  for (let after = from; ; ) {
    const rows = load(after, chunk);
    found.push(...rows.filter((row) => sees(scope, placeOf(row))));
    const last = rows.at(-1);
    if (found.length >= limit || rows.length < chunk || last === undefined) return found.slice(0, limit);
    after = keyOf(last);
  }
}

/** A sort key as an opaque text. */
export function encodeCursor(key: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(key), 'utf8').toString('base64url');
}

/** @throws CloudError `invalid-cursor` */
export function decodeCursor(cursor: string): readonly (string | number)[] {
  const key = parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  const valid =
    Array.isArray(key) &&
    key.length > 0 &&
    key.every((part) => typeof part === 'string' || Number.isSafeInteger(part));
  if (!valid) throw new CloudError('invalid-cursor');
  return key;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new CloudError('invalid-cursor', { cause });
  }
}
