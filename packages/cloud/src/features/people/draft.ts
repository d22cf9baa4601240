// What a person would be by what somebody says of them, and what stands in the way, as values: for rows of a file, where one
// faulty row must not hide the next.

import { CloudError, type FieldProblem } from '../../platform/errors.ts';
import type { Principal } from '../../platform/token-register.ts';
import type { PeopleDesk } from './desk.ts';
import type { Person } from './person.ts';
import { nobodyYet, readPerson } from './person-resource.ts';
import { checkPerson, requireShape } from './person-routes.ts';
import type { PersonChange } from './store.ts';

/** What may be said of a person, by the names of the API; what is left out stays. */
export type PersonFields = Parameters<typeof readPerson>[1];

/** What was said, looked at. */
export type PersonDraft =
  | {
      readonly kind: 'sound';
      readonly wanted: PersonChange;
      /** In what it differs from what is there; everything where nobody is. */
      readonly changed: readonly (keyof PersonChange)[];
    }
  | { readonly kind: 'faulty'; readonly problems: readonly FieldProblem[] };

/** @param present who is to be changed so; undefined for somebody who is to be made */
export function draftPerson(
  desk: PeopleDesk,
  caller: Principal,
  fields: PersonFields,
  present?: Person,
): PersonDraft {
  const problems: FieldProblem[] = [];
  const attempt = (step: () => void): void => {
    try {
      step();
    } catch (error) {
      if (!(error instanceof CloudError)) throw error;
      problems.push(...problemsIn(error));
    }
  };
  let wanted: PersonChange = present ?? nobodyYet;
  for (const [name, value] of Object.entries(fields))
    attempt(() => {
      wanted = readPerson(wanted, { [name]: value });
    });
  const changed = parts.filter(
    (part) => present === undefined || plain(present[part]) !== plain(wanted[part]),
  );
  // Whom nothing happens to may be as mighty as they like.
  if (changed.length > 0) {
    if (present !== undefined) attempt(() => requireShape(caller, present));
    if (problems.length === 0) attempt(() => requireShape(caller, wanted));
    if (problems.length === 0) attempt(() => checkPerson(desk, caller, wanted, present));
  }
  return problems.length === 0 ? { kind: 'sound', wanted, changed } : { kind: 'faulty', problems };
}

const parts = ['name', 'mail', 'phone', 'language', 'role', 'locationIds', 'endsAtMs'] as const;

function plain(value: PersonChange[keyof PersonChange]): string {
  return JSON.stringify(Array.isArray(value) ? [...value].sort() : value);
}

// What is refused without a field is refused for what the person may do.
function problemsIn({ errors, code, detail }: CloudError): readonly FieldProblem[] {
  return errors.length > 0 ? errors : [{ pointer: '/body/role', code, detail }];
}
