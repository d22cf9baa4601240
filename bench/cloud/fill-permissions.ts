// Fills a cloud's database with a firm that gives keys by groups of groups: people in teams in departments in divisions,
// keys in racks in lines in sites, and permissions of all kinds between them. In SQL, because the API would take hours.
import type { Cloud, TenantId } from '@smartbox/cloud';
import { derive, idOf } from '../seed/population.ts';

/** How many there are of each. */
export interface Firm {
  readonly people: number;
  readonly keys: number;
}

/** Keys that hang in one box. */
export const keysPerBox = 8;
/** Keys of one location: whole boxes. */
const keysPerLocation = 1_000;
const madeAtMs = 1_700_000_000_000;

// Numbers of groups, from the outermost in: a hundred people a team, ten teams a department, ten of those a division.
const teams = 1_000;
const departments = 100;
const divisions = 10;
/** Groups across the firm; everybody is in two. */
const circles = 200;
const racks = 500;
const lines = 50;
const sites = 5;

const groupAt = {
  team: (index: number) => idOf('grp', index),
  department: (index: number) => idOf('grp', teams + index),
  division: (index: number) => idOf('grp', teams + departments + index),
  circle: (index: number) => idOf('grp', teams + departments + divisions + index),
  rack: (index: number) => idOf('kgr', index),
  line: (index: number) => idOf('kgr', racks + index),
  site: (index: number) => idOf('kgr', racks + lines + index),
};

/** The location at which a key hangs. */
export function locationOfKey(key: number): string {
  return idOf('loc', Math.floor(key / keysPerLocation));
}

/** Fills the database of a cloud that is not started; nothing of it need survive a power cut. */
export function fillPermissions({ database, features }: Cloud, firm: Firm): TenantId {
  database.exec('PRAGMA synchronous = OFF');
  database.exec('PRAGMA foreign_keys = OFF');
  return database.transaction(() => {
    const tenantId = features.tenants.create('Firm');
    addKeys(database, tenantId, firm);
    addGroups(database, tenantId);
    addPeople(database, tenantId, firm);
    addPermissions(database, tenantId, firm);
    return tenantId;
  });
}

function addKeys(database: Cloud['database'], tenantId: TenantId, { keys }: Firm): void {
  const addLocation = database.prepare(
    'INSERT INTO location (tenant_id, location_id, name, time_zone, created_at_ms) VALUES (?, ?, ?, ?, ?)',
  );
  for (let key = 0; key < keys; key += keysPerLocation)
    addLocation.run(tenantId, locationOfKey(key), 'Place', 'Europe/Berlin', madeAtMs);
  const addKey = database.prepare(
    `INSERT INTO key (tenant_id, key_id, location_id, name, fob_label, fob_tag, created_at_ms)
     VALUES (?, ?, ?, 'Key', '', ?, ?)`,
  );
  const addToRack = database.prepare(
    'INSERT INTO key_group_key (tenant_id, key_id, key_group_id) VALUES (?, ?, ?)',
  );
  for (let key = 0; key < keys; key++) {
    const keyId = idOf('key', key);
    addKey.run(tenantId, keyId, locationOfKey(key), derive('firm tag', key).subarray(0, 8), madeAtMs);
    addToRack.run(tenantId, keyId, groupAt.rack(key % racks));
  }
}

function addGroups(database: Cloud['database'], tenantId: TenantId): void {
  const addGroup = database.prepare(
    "INSERT INTO user_group (tenant_id, group_id, name, created_at_ms) VALUES (?, ?, 'Group', ?)",
  );
  const all = teams + departments + divisions + circles;
  for (let index = 0; index < all; index++) addGroup.run(tenantId, idOf('grp', index), madeAtMs);
  const nest = database.prepare('INSERT INTO group_group (tenant_id, child_id, group_id) VALUES (?, ?, ?)');
  for (let team = 0; team < teams; team++)
    nest.run(tenantId, groupAt.team(team), groupAt.department(team % departments));
  for (let department = 0; department < departments; department++)
    nest.run(tenantId, groupAt.department(department), groupAt.division(department % divisions));
  const addKeyGroup = database.prepare(
    "INSERT INTO key_group (tenant_id, key_group_id, name, created_at_ms) VALUES (?, ?, 'Group', ?)",
  );
  for (let index = 0; index < racks + lines + sites; index++)
    addKeyGroup.run(tenantId, idOf('kgr', index), madeAtMs);
  const nestKeys = database.prepare(
    'INSERT INTO key_group_group (tenant_id, child_id, key_group_id) VALUES (?, ?, ?)',
  );
  for (let rack = 0; rack < racks; rack++)
    nestKeys.run(tenantId, groupAt.rack(rack), groupAt.line(rack % lines));
  for (let line = 0; line < lines; line++)
    nestKeys.run(tenantId, groupAt.line(line), groupAt.site(line % sites));
}

function addPeople(database: Cloud['database'], tenantId: TenantId, { people }: Firm): void {
  const addPerson = database.prepare(
    "INSERT INTO person (tenant_id, person_id, name, language, created_at_ms) VALUES (?, ?, 'Person', 'en', ?)",
  );
  const join = database.prepare(
    'INSERT OR IGNORE INTO group_person (tenant_id, person_id, group_id) VALUES (?, ?, ?)',
  );
  for (let person = 0; person < people; person++) {
    const personId = idOf('per', person);
    addPerson.run(tenantId, personId, madeAtMs);
    join.run(tenantId, personId, groupAt.team(person % teams));
    join.run(tenantId, personId, groupAt.circle((person * 7) % circles));
    join.run(tenantId, personId, groupAt.circle((person * 13 + 5) % circles));
  }
}

/** Open at any hour, and read at each decision all the same. */
const everyHour = JSON.stringify({
  windows: [{ weekdays: [1, 2, 3, 4, 5, 6, 7], startMinute: 0, endMinute: 1_440 }],
  exceptions: [],
});

function addPermissions(database: Cloud['database'], tenantId: TenantId, { people, keys }: Firm): void {
  const insert = database.prepare(
    `INSERT INTO key_permission (tenant_id, permission_id, person_id, group_id, key_id, key_group_id, allows, schedule,
       created_at_ms) VALUES (?, ?, ?, ?, ?, ?, 'exchange', ?, ?)`,
  );
  let count = 0;
  const give = (who: { person?: string; group?: string }, what: { key?: string; group?: string }): void => {
    const given = [who.person ?? null, who.group ?? null, what.key ?? null, what.group ?? null];
    insert.run(tenantId, idOf('prm', count), ...given, count % 2 === 0 ? everyHour : null, madeAtMs);
    count++;
  };
  for (let team = 0; team < teams; team++)
    for (const rack of [1, 2, 3])
      give({ group: groupAt.team(team) }, { group: groupAt.rack((team * 3 + rack) % racks) });
  for (let circle = 0; circle < circles; circle++)
    for (const rack of [1, 2, 3, 4, 5])
      give({ group: groupAt.circle(circle) }, { group: groupAt.rack((circle * 11 + rack) % racks) });
  for (let department = 0; department < departments; department++)
    give({ group: groupAt.department(department) }, { group: groupAt.line(department % lines) });
  give({ group: groupAt.division(0) }, { group: groupAt.site(0) });
  give({ group: groupAt.circle(0) }, {});
  for (let person = 0; person < people; person++)
    give({ person: idOf('per', person) }, { key: idOf('key', (person * 17) % keys) });
}
