// All SQL of people. A store is made for one tenant; only the sweep looks at all, and takes each with its tenant.

import type { Database } from '../../platform/database.ts';
import type { TenantId } from '../../platform/identifiers.ts';
import { perTenant } from '../../platform/per-tenant.ts';
import { readPersonRole } from '../../platform/roles.ts';
import type { Person } from './person.ts';

interface PersonRow {
  person_id: string;
  name: string;
  mail: string;
  phone: string;
  language: 'ja' | 'en';
  role: string | null;
  ends_at_ms: number | null;
  quarantined_at_ms: number | null;
  created_at_ms: number;
  rev: number;
  /** JSON list. */
  locations: string;
}

/** What may be changed of a person. */
export type PersonChange = Omit<Person, 'personId' | 'quarantinedAtMs' | 'createdAtMs' | 'rev'>;

/** How often a caller has looked at personal data, and since which proof (Unix ms, 0 for none yet). */
export interface Looks {
  readonly count: number;
  readonly provenAtMs: number;
}

/** The people of one tenant. Erased ones are not found. */
export interface PersonStore {
  add(person: Person): void;
  get(personId: string): Person | undefined;
  byMail(mail: string): Person | undefined;
  byIdCode(codeMac: Uint8Array): Person | undefined;
  list(afterPersonId: string, limit: number): readonly Person[];
  /** @returns false when the revision is not the present one any more */
  change(person: Person, change: PersonChange): boolean;
  setIdCode(personId: string, codeMac: Uint8Array | null): void;
  /** Begins a quarantine, or ends it with null. */
  setQuarantine(personId: string, atMs: number | null): void;
  /** Leaves the id and nothing personal. */
  erase(personId: string, atMs: number): void;
  /** Whether an owner other than this one stays: no end is set, and no quarantine. */
  hasOtherOwner(personId: string): boolean;
  looks(caller: string): Looks;
  setLooks(caller: string, looks: Looks): void;
  daysAfterEnd(): number;
  setDaysAfterEnd(days: number): void;
}

/** Days that personal data stay after their person has left, unless the tenant chose others. */
const firstDaysAfterEnd = 30;

const columns = `person_id, name, mail, phone, language, role, ends_at_ms, quarantined_at_ms, created_at_ms, rev,
  (SELECT json_group_array(location_id) FROM person_location l
   WHERE l.tenant_id = person.tenant_id AND l.person_id = person.person_id) AS locations`;

/** Prepares the statements of all tenants' stores. */
export function createPersonStores(database: Database): (tenantId: TenantId) => PersonStore {
  const statements = prepare(database);
  const one = (row: PersonRow | undefined) => (row === undefined ? undefined : toPerson(row));
  return perTenant((tenantId) => {
    const setLocations = (personId: string, locationIds: readonly string[]): void => {
      statements.leaveLocations.run(tenantId, personId);
      for (const locationId of locationIds) statements.addLocation.run(tenantId, personId, locationId);
    };
    return {
      add: (person) => {
        const { personId, name, mail, phone, language, role, endsAtMs, createdAtMs } = person;
        statements.add.run(tenantId, personId, name, mail, phone, language, role, endsAtMs, createdAtMs);
        setLocations(personId, person.locationIds);
      },
      get: (personId) => one(statements.get.get(tenantId, personId)),
      byMail: (mail) => one(statements.byMail.get(tenantId, mail)),
      byIdCode: (codeMac) => one(statements.byIdCode.get(tenantId, codeMac)),
      list: (after, limit) => statements.list.all(tenantId, after, limit).map(toPerson),
      change: ({ personId, rev }, change) => {
        const { name, mail, phone, language, role, endsAtMs, locationIds } = change;
        const values = [name, mail, phone, language, role, endsAtMs] as const;
        if (statements.change.run(...values, tenantId, personId, rev).changes === 0) return false;
        setLocations(personId, locationIds);
        return true;
      },
      setIdCode: (personId, codeMac) => void statements.setIdCode.run(codeMac, tenantId, personId),
      setQuarantine: (personId, atMs) => void statements.setQuarantine.run(atMs, tenantId, personId),
      erase: (personId, atMs) => {
        statements.leaveLocations.run(tenantId, personId);
        statements.leaveGroups.run(tenantId, personId);
        statements.forgetLooks.run(tenantId, personId);
        statements.erase.run(atMs, tenantId, personId);
      },
      hasOtherOwner: (personId) => statements.otherOwner.get(tenantId, personId) !== undefined,
      looks: (caller) => statements.looks.get(tenantId, caller) ?? { count: 0, provenAtMs: 0 },
      setLooks: (caller, { count, provenAtMs }) =>
        void statements.setLooks.run(tenantId, caller, count, provenAtMs),
      daysAfterEnd: () => statements.days.get(tenantId)?.days_after_end ?? firstDaysAfterEnd,
      setDaysAfterEnd: (days) => void statements.setDays.run(tenantId, days),
    };
  });
}

function prepare(database: Database) {
  const select = `SELECT ${columns} FROM person WHERE tenant_id = ? AND erased_at_ms IS NULL`;
  return {
    add: database.prepare(
      `INSERT INTO person (tenant_id, person_id, name, mail, phone, language, role, ends_at_ms, created_at_ms)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
    get: database.prepare<PersonRow>(`${select} AND person_id = ?`),
    byMail: database.prepare<PersonRow>(`${select} AND mail = ? AND mail <> ''`),
    byIdCode: database.prepare<PersonRow>(`${select} AND id_code_mac = ?`),
    list: database.prepare<PersonRow>(`${select} AND person_id > ? ORDER BY person_id LIMIT ?`),
    change: database.prepare(
      `UPDATE person SET name = ?, mail = ?, phone = ?, language = ?, role = ?, ends_at_ms = ?, rev = rev + 1
       WHERE tenant_id = ? AND person_id = ? AND rev = ? AND erased_at_ms IS NULL`,
    ),
    setIdCode: database.prepare('UPDATE person SET id_code_mac = ? WHERE tenant_id = ? AND person_id = ?'),
    setQuarantine: database.prepare(
      'UPDATE person SET quarantined_at_ms = ?, rev = rev + 1 WHERE tenant_id = ? AND person_id = ?',
    ),
    erase: database.prepare(
      `UPDATE person SET name = '', mail = '', phone = '', role = NULL, id_code_mac = NULL, ends_at_ms = NULL,
         quarantined_at_ms = NULL, erased_at_ms = ?, rev = rev + 1 WHERE tenant_id = ? AND person_id = ?`,
    ),
    otherOwner: database.prepare(
      `SELECT 1 FROM person WHERE tenant_id = ? AND role = 'owner' AND person_id <> ? AND ends_at_ms IS NULL
       AND quarantined_at_ms IS NULL AND erased_at_ms IS NULL LIMIT 1`,
    ),
    addLocation: database.prepare(
      'INSERT INTO person_location (tenant_id, person_id, location_id) VALUES (?, ?, ?)',
    ),
    leaveLocations: database.prepare('DELETE FROM person_location WHERE tenant_id = ? AND person_id = ?'),
    leaveGroups: database.prepare('DELETE FROM group_person WHERE tenant_id = ? AND person_id = ?'),
    looks: database.prepare<Looks>(
      `SELECT looks AS count, proven_at_ms AS provenAtMs FROM person_reveal
       WHERE tenant_id = ? AND caller = ?`,
    ),
    setLooks: database.prepare(
      'INSERT OR REPLACE INTO person_reveal (tenant_id, caller, looks, proven_at_ms) VALUES (?, ?, ?, ?)',
    ),
    forgetLooks: database.prepare('DELETE FROM person_reveal WHERE tenant_id = ? AND caller = ?'),
    days: database.prepare<{ days_after_end: number }>(
      'SELECT days_after_end FROM people_retention WHERE tenant_id = ?',
    ),
    setDays: database.prepare(
      'INSERT OR REPLACE INTO people_retention (tenant_id, days_after_end) VALUES (?, ?)',
    ),
  };
}

const dayMs = 86_400_000;

/** Finds the people, of every tenant, whose time to be kept is over. */
export function createOverdue(
  database: Database,
): (nowMs: number) => readonly { readonly tenantId: TenantId; readonly personId: string }[] {
  const overdue = database.prepare<{ tenantId: TenantId; personId: string }>(
    `SELECT p.tenant_id AS tenantId, p.person_id AS personId FROM person p
     LEFT JOIN people_retention r ON r.tenant_id = p.tenant_id
     WHERE p.ends_at_ms IS NOT NULL
       AND p.ends_at_ms + coalesce(r.days_after_end, ${firstDaysAfterEnd}) * ${dayMs} <= ?`,
  );
  return (nowMs) => overdue.all(nowMs);
}

function toPerson(row: PersonRow): Person {
  return {
    personId: row.person_id,
    name: row.name,
    mail: row.mail,
    phone: row.phone,
    language: row.language,
    // A role that this release does not know gives nothing.
    role: readPersonRole(row.role ?? '') ?? null,
    locationIds: JSON.parse(row.locations),
    endsAtMs: row.ends_at_ms,
    quarantinedAtMs: row.quarantined_at_ms,
    createdAtMs: row.created_at_ms,
    rev: row.rev,
  };
}
