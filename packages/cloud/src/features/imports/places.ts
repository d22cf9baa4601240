// Locations as people write them in a list: by name or by id, among those that the caller sees. Pure.

import type { Scope } from '../../platform/scope.ts';
import { sees } from '../../platform/scope.ts';
import type { Location } from '../locations/index.ts';
import { type Fault, faultOf } from './fault.ts';

/** What stands between two locations in one cell. */
const between = /[|｜]/;

/** Turns what is written into ids and back. */
export interface PlaceNames {
  /** Ids of the locations that a cell names, `A | B`; or what is wrong with it. */
  read(text: string, field: string): { readonly ids: readonly string[]; readonly faults: readonly Fault[] };
  /** How a location is written so that it is read again: its name, or its id where the name would not do. */
  write(locationId: string): string;
}

/** @param all the tenant's locations */
export function createPlaceNames(all: readonly Location[], scope: Scope): PlaceNames {
  const seen = all.filter(({ locationId }) => sees(scope, locationId));
  const ids = new Set(seen.map(({ locationId }) => locationId));
  const byName = new Map<string, readonly string[]>();
  for (const { name, locationId } of seen) byName.set(name, [...(byName.get(name) ?? []), locationId]);
  const nameOf = new Map(seen.map(({ locationId, name }) => [locationId, name]));
  return {
    read: (text, field) => {
      const read = text
        .split(between)
        .map((part) => part.normalize('NFC').trim())
        .filter((part) => part !== '')
        .map((part): string | Fault => {
          if (ids.has(part)) return part;
          const [only, another] = byName.get(part) ?? [];
          if (only === undefined) return faultOf('unknown-location', field);
          return another === undefined ? only : faultOf('ambiguous-location', field);
        });
      return {
        ids: [...new Set(read.filter((one) => typeof one === 'string'))],
        faults: read.filter((one) => typeof one !== 'string'),
      };
    },
    write: (locationId) => {
      const name = nameOf.get(locationId) ?? '';
      const isOwn = byName.get(name)?.length === 1 && !between.test(name) && !ids.has(name);
      return isOwn ? name : locationId;
    },
  };
}
