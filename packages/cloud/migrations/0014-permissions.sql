-- Who may take which key, and when. A permission names one person or user group, and one key, key group or all keys.
-- Nothing here is kept as a result: each decision reads these tables, so what is removed counts for none after it.

-- Keys that are given together; groups may be in groups. location_id: whose managers see it, and it holds keys and
-- groups of that place only; null for the whole tenant's.
CREATE TABLE key_group (
  tenant_id TEXT NOT NULL,
  key_group_id TEXT NOT NULL,
  name TEXT NOT NULL,
  location_id TEXT,
  created_at_ms INTEGER NOT NULL,
  rev INTEGER NOT NULL DEFAULT 1,
  PRIMARY KEY (tenant_id, key_group_id),
  FOREIGN KEY (tenant_id) REFERENCES tenant (tenant_id),
  FOREIGN KEY (tenant_id, location_id) REFERENCES location (tenant_id, location_id)
) STRICT, WITHOUT ROWID;

-- Read from the key to its groups while somebody waits at a keypad, so that is the order of the key.
CREATE TABLE key_group_key (
  tenant_id TEXT NOT NULL,
  key_id TEXT NOT NULL,
  key_group_id TEXT NOT NULL,
  PRIMARY KEY (tenant_id, key_id, key_group_id),
  FOREIGN KEY (tenant_id, key_id) REFERENCES key (tenant_id, key_id),
  FOREIGN KEY (tenant_id, key_group_id) REFERENCES key_group (tenant_id, key_group_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX key_group_key_of ON key_group_key (tenant_id, key_group_id, key_id);

-- A group in a group, never in itself. child_id is in key_group_id.
CREATE TABLE key_group_group (
  tenant_id TEXT NOT NULL,
  child_id TEXT NOT NULL,
  key_group_id TEXT NOT NULL CHECK (key_group_id <> child_id),
  PRIMARY KEY (tenant_id, child_id, key_group_id),
  FOREIGN KEY (tenant_id, child_id) REFERENCES key_group (tenant_id, key_group_id),
  FOREIGN KEY (tenant_id, key_group_id) REFERENCES key_group (tenant_id, key_group_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX key_group_group_of ON key_group_group (tenant_id, key_group_id, child_id);

-- Neither key nor key group: all keys, of one location where location_id says so. schedule: JSON as schedule.ts has it.
CREATE TABLE key_permission (
  tenant_id TEXT NOT NULL,
  permission_id TEXT NOT NULL,
  person_id TEXT,
  group_id TEXT,
  key_id TEXT,
  key_group_id TEXT,
  location_id TEXT,
  allows TEXT NOT NULL CHECK (allows IN ('exchange', 'manage')),
  starts_at_ms INTEGER,
  ends_at_ms INTEGER,
  schedule TEXT CHECK (json_valid(schedule)),
  created_at_ms INTEGER NOT NULL,
  rev INTEGER NOT NULL DEFAULT 1,
  subject_id TEXT NOT NULL GENERATED ALWAYS AS (coalesce(person_id, group_id)) VIRTUAL,
  target_id TEXT NOT NULL GENERATED ALWAYS AS (coalesce(key_id, key_group_id, 'all-keys')) VIRTUAL,
  CHECK ((person_id IS NULL) <> (group_id IS NULL)),
  CHECK (key_id IS NULL OR key_group_id IS NULL),
  CHECK (location_id IS NULL OR (key_id IS NULL AND key_group_id IS NULL)),
  PRIMARY KEY (tenant_id, permission_id),
  FOREIGN KEY (tenant_id, person_id) REFERENCES person (tenant_id, person_id),
  FOREIGN KEY (tenant_id, group_id) REFERENCES user_group (tenant_id, group_id),
  FOREIGN KEY (tenant_id, key_id) REFERENCES key (tenant_id, key_id),
  FOREIGN KEY (tenant_id, key_group_id) REFERENCES key_group (tenant_id, key_group_id),
  FOREIGN KEY (tenant_id, location_id) REFERENCES location (tenant_id, location_id)
) STRICT, WITHOUT ROWID;

-- The decision asks: does this subject have this target?
CREATE INDEX key_permission_subject ON key_permission (tenant_id, subject_id, target_id);
CREATE INDEX key_permission_target ON key_permission (tenant_id, target_id, permission_id);

-- What a location asks of whoever takes a key there, and when it is open. No row: a text message, no badge, always open.
-- The lists are JSON as schedule.ts has them; opening null: always open.
CREATE TABLE access_policy (
  tenant_id TEXT NOT NULL,
  location_id TEXT NOT NULL,
  second_factor TEXT NOT NULL CHECK (second_factor IN ('text-message', 'off')),
  badge TEXT NOT NULL CHECK (badge IN ('off', 'on')),
  opening TEXT CHECK (json_valid(opening)),
  holidays TEXT NOT NULL CHECK (json_valid(holidays)),
  quiet_hours TEXT NOT NULL CHECK (json_valid(quiet_hours)),
  rev INTEGER NOT NULL,
  PRIMARY KEY (tenant_id, location_id),
  FOREIGN KEY (tenant_id, location_id) REFERENCES location (tenant_id, location_id)
) STRICT, WITHOUT ROWID;
