// Keys as a list says them: cells to what the API takes, and keys to cells again.

import { sees } from '../../platform/scope.ts';
import type { Principal } from '../../platform/token-register.ts';
import {
  fieldsOf,
  type Key,
  type KeyChange,
  type KeyFields,
  type Keys,
  readTag,
  showTag,
} from '../keys/index.ts';
import { faultFrom, faultOf } from './fault.ts';
import type { Draft, Kind } from './judge.ts';
import type { PlaceNames } from './places.ts';
import type { Cells } from './row.ts';

/** From fields of the API to columns, where they differ. */
const columnOf = { location_id: 'location' } as const;
const needed = ['name', 'location', 'fob_tag'] as const;
const compared = ['name', 'location_id', 'fob_label', 'fob_tag'] as const;

/** Keys for this caller. */
export function keyKind(
  keys: Pick<Keys, 'find' | 'byFob' | 'draft' | 'add' | 'change'>,
  { tenantId, scope }: Principal,
  places: PlaceNames,
): Kind<Key, KeyChange> {
  const seen = (key: Key | undefined) => (key !== undefined && sees(scope, key.locationId) ? key : undefined);
  return {
    ...{ name: 'key', unique: 'fob_tag', mayCompare: true },
    idOf: ({ keyId }) => keyId,
    find: (id) => seen(keys.find(tenantId, id)),
    like: ({ fob_tag = '' }) => {
      const tag = readTag(fob_tag);
      return tag === undefined ? undefined : seen(keys.byFob(tenantId, tag));
    },
    claims: ({ fob_tag = '' }) => {
      const tag = readTag(fob_tag);
      return { fob_tag: tag === undefined ? '' : showTag(tag) };
    },
    draft: (cells, present) => draftRow(keys, cells, { tenantId, present, places }),
    make: (wanted) => keys.add(tenantId, wanted).keyId,
    change: (key, wanted) => keys.change(tenantId, key, wanted),
  };
}

function draftRow(
  keys: Pick<Keys, 'draft'>,
  cells: Cells,
  on: {
    readonly tenantId: Principal['tenantId'];
    readonly present: Key | undefined;
    readonly places: PlaceNames;
  },
): Draft<KeyChange> {
  const { tenantId, present, places } = on;
  const empty = needed.filter((column) => (present === undefined ? !cells[column] : cells[column] === ''));
  const place = cells.location ? places.read(cells.location, 'location') : { ids: [], faults: [] };
  const [locationId, another] = place.ids;
  const faults = [
    ...empty.map((column) => faultOf('missing', column)),
    ...place.faults,
    ...(another === undefined ? [] : [faultOf('unknown-location', 'location')]),
  ];
  const before: KeyFields =
    present === undefined ? { name: '', location_id: '', fob_label: '', fob_tag: '' } : fieldsOf(present);
  const after: KeyFields = {
    name: cells.name ?? before.name,
    location_id: locationId ?? before.location_id,
    fob_label: cells.fob_label ?? before.fob_label,
    fob_tag: cells.fob_tag ?? before.fob_tag,
  };
  const draft = keys.draft(tenantId, after, present);
  // What is missing, or no location at all, was said already.
  const told = new Set(faults.map(({ field }) => field));
  const further = draft.kind === 'sound' ? [] : draft.problems.map((problem) => faultFrom(problem, columnOf));
  const all = [...faults, ...further.filter(({ field }) => !told.has(field))];
  if (draft.kind === 'faulty' || all.length > 0) return { kind: 'faulty', faults: all };
  const then = { ...after, ...shown(draft.wanted) };
  const changed = compared.filter((field) => present === undefined || before[field] !== then[field]);
  return {
    kind: 'sound',
    wanted: draft.wanted,
    changed: changed.map((field) => (field === 'location_id' ? columnOf[field] : field)),
  };
}

function shown({ name, locationId, fobLabel, fobTag }: KeyChange): KeyFields {
  return { name, location_id: locationId, fob_label: fobLabel, fob_tag: showTag(fobTag) };
}

/** @returns a key's cells by column */
export function keyCells(key: Key, reference: string, places: PlaceNames): Cells {
  return {
    id: key.keyId,
    reference,
    name: key.name,
    location: places.write(key.locationId),
    fob_label: key.fobLabel,
    // In pairs: a spreadsheet would take digits alone for a number, and drop the zeros before it.
    fob_tag: showTag(key.fobTag).replaceAll(/..(?=.)/g, '$&:'),
  };
}
