// People as the API shows and takes them: schemas, examples, and the way from one form to the other.

import { type Static, Type } from 'typebox';
import { invalidField } from '../../platform/errors.ts';
import { instantSchema, readInstant, showInstant, showInstantOrNull } from '../../platform/instant.ts';
import { plainText, tidyText } from '../../platform/plain-text.ts';
import { personRoles, readPersonRole } from '../../platform/roles.ts';
import { type Scope, sees } from '../../platform/scope.ts';
import { masked } from './masked.ts';
import type { Person } from './person.ts';
import type { PersonChange } from './store.ts';

const example = {
  id: 'per_019a0c5e7b1a7c3e8f5d2b4a6c8e0f12',
  name: '山••• 花•••',
  mail: 'h•••@•••.jp',
  phone: '•••78',
  language: 'ja',
  role: 'operator',
  location_ids: ['loc_019a0c5e7b1a7c3e8f5d2b4a6c8e0f12'],
  ends_at: null,
  quarantined_at: null,
  created_at: '2026-04-01T09:00:00.000Z',
} as const;

const plain = { name: '山田 花子', mail: 'hanako@example.jp', phone: '+81312345678' } as const;

const personalFields = {
  name: plainText(100, 'As people call them.'),
  mail: Type.String({ maxLength: 254, description: 'Where notices go, and what signs in; empty for none.' }),
  phone: Type.String({
    maxLength: 32,
    description: 'With its country: +81 3 1234 5678; empty for none.',
  }),
};

const personFields = {
  ...personalFields,
  language: Type.Enum(['ja', 'en'], { description: 'In which they are written to.' }),
  role: Type.Union([Type.Enum([...personRoles]), Type.Null()], {
    description: 'What they may do here; null for somebody who takes keys and nothing else.',
  }),
  location_ids: Type.Array(Type.String({ maxLength: 64 }), {
    maxItems: 100,
    uniqueItems: true,
    description: 'The places that they belong to, and see; none for all.',
  }),
  ends_at: Type.Union([instantSchema, Type.Null()], {
    description: 'When they leave: from then on no sign-in and no key.',
  }),
};

const shownFields = {
  id: Type.String(),
  name: Type.String(),
  mail: Type.String(),
  phone: Type.String(),
  language: Type.String(),
  role: Type.Union([Type.String(), Type.Null()]),
  location_ids: Type.Array(Type.String()),
  ends_at: Type.Union([instantSchema, Type.Null()]),
  quarantined_at: Type.Union([instantSchema, Type.Null()], {
    description: 'Since when the person can do nothing here; null for no quarantine.',
  }),
  created_at: instantSchema,
};

/** A person, with personal data masked. */
export const personSchema = Type.Object(shownFields, { examples: [example] });

/** A person in full. */
export const revealedSchema = Type.Object(shownFields, { examples: [{ ...example, ...plain }] });

const { name, ...optional } = personFields;

/** What makes a person. */
export const newPersonSchema = Type.Object(
  { name, ...Type.Partial(Type.Object(optional)).properties },
  {
    additionalProperties: false,
    examples: [{ ...plain, role: 'operator', location_ids: example.location_ids }],
  },
);

/** What changes one. */
export const personChangeSchema = Type.Partial(Type.Object(personFields), {
  additionalProperties: false,
  minProperties: 1,
  examples: [{ role: 'auditor' }],
});

/** @returns the person with personal data masked, as whoever sees so far may know it */
export function showPerson(person: Person, scope: Scope): Static<typeof personSchema> {
  return revealPerson({ ...person, ...masked(person) }, scope);
}

/** @returns the person in full: only for an answer that is written down */
export function revealPerson(person: Person, scope: Scope): Static<typeof revealedSchema> {
  return {
    id: person.personId,
    name: person.name,
    mail: person.mail,
    phone: person.phone,
    language: person.language,
    role: person.role,
    location_ids: person.locationIds.filter((locationId) => sees(scope, locationId)),
    ends_at: showInstantOrNull(person.endsAtMs),
    quarantined_at: showInstantOrNull(person.quarantinedAtMs),
    created_at: showInstant(person.createdAtMs),
  };
}

/** What a person is who is said nothing more of. */
export const nobodyYet: PersonChange = {
  name: '',
  mail: '',
  phone: '',
  language: 'ja',
  role: null,
  locationIds: [],
  endsAtMs: null,
};

/** @throws CloudError naming the field that cannot be */
export function readPerson(present: PersonChange, body: Static<typeof personChangeSchema>): PersonChange {
  const { ends_at: endsAt } = body;
  return {
    name: body.name === undefined ? present.name : tidyText(body.name),
    mail: body.mail === undefined ? present.mail : readMail(body.mail),
    phone: body.phone === undefined ? present.phone : readPhone(body.phone),
    language: body.language === undefined ? present.language : (body.language as Person['language']),
    role: body.role === undefined ? present.role : (readPersonRole(body.role ?? '') ?? null),
    locationIds: body.location_ids ?? present.locationIds,
    endsAtMs:
      endsAt === undefined ? present.endsAtMs : endsAt === null ? null : readInstant(endsAt, '/body/ends_at'),
  };
}

// Quotes, comments and other rare forms of RFC 5322 stay out: they serve those who inject headers.
const mailPattern =
  /^[\p{L}\p{N}.!#$%&'*+/=?^_`{|}~-]{1,64}@[\p{L}\p{N}](?:[\p{L}\p{N}.-]{0,180}[\p{L}\p{N}])?$/u;

/** @returns a mail address in the one form in which it is kept and looked for */
export function plainMail(text: string): string {
  return text.normalize('NFKC').trim().toLowerCase();
}

function readMail(text: string): string {
  const mail = plainMail(text);
  if (mail === '' || mailPattern.test(mail)) return mail;
  throw invalidField('/body/mail', 'not-a-mail-address', {
    ja: 'hanako@example.jp のようなメールアドレスを指定してください。',
    en: 'Give a mail address, for example hanako@example.jp.',
  });
}

// NFKC makes full-width digits ordinary ones.
function readPhone(text: string): string {
  const phone = text.normalize('NFKC').replaceAll(/[\s().-]/g, '');
  if (phone === '' || /^\+[1-9]\d{6,14}$/.test(phone)) return phone;
  throw invalidField('/body/phone', 'not-a-phone-number', {
    ja: '+81 3 1234 5678 のように、国番号から指定してください。',
    en: 'Give the number with its country, for example +81 3 1234 5678.',
  });
}
