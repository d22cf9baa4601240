// People as a list says them: cells to what the API takes, and people to cells again.

import { showInstantOrNull } from '../../platform/instant.ts';
import { personRoles, readPersonRole } from '../../platform/roles.ts';
import { sees } from '../../platform/scope.ts';
import type { Principal } from '../../platform/token-register.ts';
import {
  type People,
  type Person,
  type PersonChange,
  type PersonFields,
  placeOf,
  plainMail,
} from '../people/index.ts';
import { type Fault, faultFrom, faultOf } from './fault.ts';
import type { Draft, Kind } from './judge.ts';
import type { PlaceNames } from './places.ts';
import type { Cells } from './row.ts';

/** From names of the API, and of what was changed, to columns, where they differ. */
const columnOf: Readonly<Record<string, string>> = {
  ...{ location_ids: 'locations', locationIds: 'locations', endsAtMs: 'ends_at' },
};

const roleNames: Readonly<Record<string, string>> = {
  オーナー: 'owner',
  管理者: 'admin',
  拠点管理者: 'location_manager',
  担当者: 'operator',
  監査人: 'auditor',
  設置担当者: 'installer',
};

const languageNames: Readonly<Record<string, 'ja' | 'en'>> = {
  ...{ ja: 'ja', japanese: 'ja', 日本語: 'ja' },
  ...{ en: 'en', english: 'en', 英語: 'en' },
};

/** People for this caller. */
export function personKind(
  people: Pick<People, 'person' | 'byMail' | 'draft' | 'add' | 'change'>,
  caller: Principal,
  places: PlaceNames,
): Kind<Person, PersonChange> {
  const { tenantId, scope } = caller;
  const seen = (person: Person | undefined) =>
    person !== undefined && sees(scope, placeOf(person)) ? person : undefined;
  return {
    ...{ name: 'person', unique: 'mail', mayCompare: caller.permissions.includes('people:reveal') },
    idOf: ({ personId }) => personId,
    find: (id) => seen(people.person(tenantId, id)),
    like: ({ mail = '' }) => (mail === '' ? undefined : seen(people.byMail(tenantId, plainMail(mail)))),
    claims: ({ mail = '' }) => ({ mail: plainMail(mail) }),
    draft: (cells, present) => draftRow(people, cells, { caller, present, places }),
    make: (wanted) => people.add(caller, wanted).personId,
    change: (person, wanted) => people.change(caller, person, wanted),
  };
}

function draftRow(
  people: Pick<People, 'draft'>,
  cells: Cells,
  on: { readonly caller: Principal; readonly present: Person | undefined; readonly places: PlaceNames },
): Draft<PersonChange> {
  const { caller, present, places } = on;
  const { fields, faults } = readFields(cells, places);
  const isNameless = present === undefined ? !cells.name : cells.name === '';
  const isNobody = present === undefined && !cells.reference && !cells.mail;
  const draft = people.draft(caller, fields, present);
  const told = new Set(faults.map(({ field }) => field));
  const further = draft.kind === 'sound' ? [] : draft.problems.map((problem) => faultFrom(problem, columnOf));
  const all = [
    ...(isNameless ? [faultOf('missing', 'name')] : []),
    ...(isNobody ? [faultOf('no-identity', 'mail')] : []),
    ...faults,
    ...further.filter(({ field }) => !told.has(field)),
  ];
  if (draft.kind === 'faulty' || all.length > 0) return { kind: 'faulty', faults: all };
  const { wanted } = draft;
  const changed = draft.changed.map((part) => columnOf[part] ?? part);
  const touchesOwner = wanted.role === 'owner' || present?.role === 'owner';
  // The last owner must stay one, which one row cannot know of another.
  if (touchesOwner && changed.length > 0)
    return { kind: 'faulty', faults: [faultOf('owner-by-hand', 'role')] };
  return { kind: 'sound', wanted, changed };
}

type Fields = { -readonly [Name in keyof PersonFields]: PersonFields[Name] };

function readFields(
  cells: Cells,
  places: PlaceNames,
): { readonly fields: PersonFields; readonly faults: readonly Fault[] } {
  const { name, mail, phone, language, role, locations, ends_at: endsAt } = cells;
  const fields: Fields = {};
  const faults: Fault[] = [];
  if (name) fields.name = name;
  if (mail !== undefined) fields.mail = mail;
  if (phone !== undefined) fields.phone = phone;
  if (language) {
    const known = languageNames[language.normalize('NFKC').toLowerCase()];
    if (known === undefined) faults.push(faultOf('unknown-language', 'language'));
    else fields.language = known;
  }
  if (role !== undefined) {
    const known = role === '' ? null : readPersonRole(roleNames[role] ?? role.toLowerCase());
    if (known === undefined) faults.push(faultOf('unknown-role', 'role', { roles: personRoles.join(', ') }));
    else fields.role = known;
  }
  if (locations !== undefined) {
    const read = places.read(locations, 'locations');
    faults.push(...read.faults);
    if (read.faults.length === 0) fields.location_ids = [...read.ids];
  }
  if (endsAt !== undefined) fields.ends_at = endsAt === '' ? null : endsAt;
  return { fields, faults };
}

/** @returns a person's cells by column */
export function personCells(person: Person, reference: string, places: PlaceNames): Cells {
  return {
    ...{ id: person.personId, reference, name: person.name, mail: person.mail, phone: person.phone },
    language: person.language,
    role: person.role ?? '',
    locations: [...person.locationIds].sort().map(places.write).join(' | '),
    ends_at: showInstantOrNull(person.endsAtMs) ?? '',
  };
}
