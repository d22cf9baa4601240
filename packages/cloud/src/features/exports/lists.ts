// Keys and people as CSV files that the import reads again: without a change between, it finds nothing to do.

import { byteOrderMark, csvLine } from '../../platform/csv-writing.ts';
import { type Scope, sees } from '../../platform/scope.ts';
import type { Principal } from '../../platform/token-register.ts';
import {
  createPlaceNames,
  type Imports,
  keyCells,
  keyColumns,
  personCells,
  personColumns,
} from '../imports/index.ts';
import type { Keys } from '../keys/index.ts';
import type { Locations } from '../locations/index.ts';
import type { People, Person } from '../people/index.ts';

/** What the lists are read from. */
export interface ListPorts {
  readonly keys: Pick<Keys, 'all'>;
  readonly people: Pick<People, 'list'>;
  readonly locations: Pick<Locations, 'all'>;
  readonly imports: Pick<Imports, 'referenceOf'>;
}

/** @returns the lines of the keys that the caller sees */
export function* keyLines(
  { keys, locations, imports }: ListPorts,
  { tenantId, scope }: Pick<Principal, 'tenantId' | 'scope'>,
): Generator<string, void, undefined> {
  const places = createPlaceNames(locations.all(tenantId), scope);
  const fields = keyColumns.map(({ field }) => field);
  yield head(fields);
  for (const key of keys.all(tenantId)) {
    if (!sees(scope, key.locationId)) continue;
    const cells = keyCells(key, imports.referenceOf(tenantId, key.keyId), places);
    yield csvLine(fields.map((field) => cells[field] ?? ''));
  }
}

/** @returns the lines of all people, in full: only for an answer that is written down */
export function* personLines(
  { people, locations, imports }: ListPorts,
  { tenantId, scope }: { readonly tenantId: Principal['tenantId']; readonly scope: Scope },
): Generator<string, void, undefined> {
  const places = createPlaceNames(locations.all(tenantId), scope);
  const fields = personColumns.map(({ field }) => field);
  yield head(fields);
  for (const person of everybody(people, tenantId)) {
    const cells = personCells(person, imports.referenceOf(tenantId, person.personId), places);
    yield csvLine(fields.map((field) => cells[field] ?? ''));
  }
}

const pageLength = 200;

function* everybody(
  people: Pick<People, 'list'>,
  tenantId: Principal['tenantId'],
): Generator<Person, void, undefined> {
  for (let after = ''; ; ) {
    const page = people.list(tenantId, after, pageLength);
    yield* page;
    const last = page.at(-1);
    if (last === undefined || page.length < pageLength) return;
    after = last.personId;
  }
}

function head(fields: readonly string[]): string {
  return `${byteOrderMark}${csvLine(fields)}`;
}
