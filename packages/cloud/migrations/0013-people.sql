-- People and user groups. Who is erased keeps a row without anything personal: events and logs name its id.
-- role: null for somebody who takes keys and nothing else. id_code_mac: keyed hash of the digits by which a person is
-- known at a keypad.

CREATE TABLE person (
  tenant_id TEXT NOT NULL,
  person_id TEXT NOT NULL,
  name TEXT NOT NULL,
  mail TEXT NOT NULL DEFAULT '',
  phone TEXT NOT NULL DEFAULT '',
  language TEXT NOT NULL CHECK (language IN ('ja', 'en')),
  role TEXT CHECK (role IN ('owner', 'admin', 'location_manager', 'operator', 'auditor', 'installer')),
  id_code_mac BLOB,
  ends_at_ms INTEGER,
  created_at_ms INTEGER NOT NULL,
  erased_at_ms INTEGER,
  rev INTEGER NOT NULL DEFAULT 1,
  PRIMARY KEY (tenant_id, person_id),
  FOREIGN KEY (tenant_id) REFERENCES tenant (tenant_id)
) STRICT, WITHOUT ROWID;

-- A mail address is one person's in a tenant: whoever signs in is found by it.
CREATE UNIQUE INDEX person_mail ON person (tenant_id, mail) WHERE mail <> '';
CREATE UNIQUE INDEX person_id_code ON person (tenant_id, id_code_mac) WHERE id_code_mac IS NOT NULL;
CREATE INDEX person_ends ON person (ends_at_ms) WHERE ends_at_ms IS NOT NULL;

-- The places that a person belongs to and sees. No row: the whole tenant.
CREATE TABLE person_location (
  tenant_id TEXT NOT NULL,
  person_id TEXT NOT NULL,
  location_id TEXT NOT NULL,
  PRIMARY KEY (tenant_id, person_id, location_id),
  FOREIGN KEY (tenant_id, person_id) REFERENCES person (tenant_id, person_id),
  FOREIGN KEY (tenant_id, location_id) REFERENCES location (tenant_id, location_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE user_group (
  tenant_id TEXT NOT NULL,
  group_id TEXT NOT NULL,
  name TEXT NOT NULL,
  location_id TEXT,
  created_at_ms INTEGER NOT NULL,
  rev INTEGER NOT NULL DEFAULT 1,
  PRIMARY KEY (tenant_id, group_id),
  FOREIGN KEY (tenant_id) REFERENCES tenant (tenant_id),
  FOREIGN KEY (tenant_id, location_id) REFERENCES location (tenant_id, location_id)
) STRICT, WITHOUT ROWID;

-- Read from the person to the groups while somebody waits at a keypad, so that is the order of the key.
CREATE TABLE group_person (
  tenant_id TEXT NOT NULL,
  person_id TEXT NOT NULL,
  group_id TEXT NOT NULL,
  PRIMARY KEY (tenant_id, person_id, group_id),
  FOREIGN KEY (tenant_id, person_id) REFERENCES person (tenant_id, person_id),
  FOREIGN KEY (tenant_id, group_id) REFERENCES user_group (tenant_id, group_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX group_person_of ON group_person (tenant_id, group_id, person_id);

-- A group in a group, never in itself. child_id is in group_id.
CREATE TABLE group_group (
  tenant_id TEXT NOT NULL,
  child_id TEXT NOT NULL,
  group_id TEXT NOT NULL CHECK (group_id <> child_id),
  PRIMARY KEY (tenant_id, child_id, group_id),
  FOREIGN KEY (tenant_id, child_id) REFERENCES user_group (tenant_id, group_id),
  FOREIGN KEY (tenant_id, group_id) REFERENCES user_group (tenant_id, group_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX group_group_of ON group_group (tenant_id, group_id, child_id);

-- How often somebody has looked at personal data since he last proved that he is there. caller: a person, or the
-- token of a program.
CREATE TABLE person_reveal (
  tenant_id TEXT NOT NULL,
  caller TEXT NOT NULL,
  looks INTEGER NOT NULL,
  PRIMARY KEY (tenant_id, caller),
  FOREIGN KEY (tenant_id) REFERENCES tenant (tenant_id)
) STRICT, WITHOUT ROWID;

-- How long personal data stay after their person has left. No row: 30 days.
CREATE TABLE people_retention (
  tenant_id TEXT NOT NULL,
  days_after_end INTEGER NOT NULL CHECK (days_after_end BETWEEN 0 AND 3650),
  PRIMARY KEY (tenant_id),
  FOREIGN KEY (tenant_id) REFERENCES tenant (tenant_id)
) STRICT, WITHOUT ROWID;

-- An unguessable address for the guest of a booking. It has 256 random bits, so SHA-256 is enough; a new one replaces it.
CREATE TABLE guest_link (
  tenant_id TEXT NOT NULL,
  booking_id TEXT NOT NULL,
  token_hash BLOB NOT NULL CHECK (length(token_hash) = 32),
  created_at_ms INTEGER NOT NULL,
  PRIMARY KEY (tenant_id, booking_id),
  FOREIGN KEY (tenant_id, booking_id) REFERENCES booking (tenant_id, booking_id)
) STRICT, WITHOUT ROWID;

-- A guest shows only the token; whose booking it is, is the answer and not the question.
CREATE UNIQUE INDEX guest_link_token ON guest_link (token_hash);

-- How people prove who they are. password_hash: PHC string of Argon2id. authenticator: sealed 20 bytes; last_step: no
-- code of this or an earlier half minute counts again. wrong_at_ms: kept over a restart, or a restart would give new tries.
CREATE TABLE sign_in (
  tenant_id TEXT NOT NULL,
  person_id TEXT NOT NULL,
  password_hash TEXT NOT NULL,
  authenticator BLOB,
  offered_authenticator BLOB,
  last_step INTEGER NOT NULL DEFAULT 0,
  wrong_at_ms TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(wrong_at_ms)),
  PRIMARY KEY (tenant_id, person_id),
  FOREIGN KEY (tenant_id, person_id) REFERENCES person (tenant_id, person_id)
) STRICT, WITHOUT ROWID;

-- 80 random bits each, so SHA-256 is enough.
CREATE TABLE recovery_code (
  tenant_id TEXT NOT NULL,
  person_id TEXT NOT NULL,
  code_hash BLOB NOT NULL CHECK (length(code_hash) = 32),
  PRIMARY KEY (tenant_id, person_id, code_hash),
  FOREIGN KEY (tenant_id, person_id) REFERENCES sign_in (tenant_id, person_id)
) STRICT, WITHOUT ROWID;

-- Lets its person choose a password, once.
CREATE TABLE invitation (
  tenant_id TEXT NOT NULL,
  person_id TEXT NOT NULL,
  token_hash BLOB NOT NULL CHECK (length(token_hash) = 32),
  expires_at_ms INTEGER NOT NULL,
  PRIMARY KEY (tenant_id, person_id),
  FOREIGN KEY (tenant_id, person_id) REFERENCES person (tenant_id, person_id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX invitation_token ON invitation (token_hash);

-- A person who has signed in. second_factor: 0 lets its person do nothing but enrol one.
CREATE TABLE session (
  tenant_id TEXT NOT NULL,
  session_id TEXT NOT NULL,
  person_id TEXT NOT NULL,
  secret_hash BLOB NOT NULL CHECK (length(secret_hash) = 32),
  second_factor INTEGER NOT NULL CHECK (second_factor IN (0, 1)),
  created_at_ms INTEGER NOT NULL,
  used_at_ms INTEGER NOT NULL,
  PRIMARY KEY (tenant_id, session_id),
  FOREIGN KEY (tenant_id, person_id) REFERENCES person (tenant_id, person_id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX session_secret ON session (secret_hash);
CREATE INDEX session_of_person ON session (tenant_id, person_id);
