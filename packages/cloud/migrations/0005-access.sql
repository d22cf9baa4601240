-- Key codes, grants and the per-box throttle: what the authoriser reads and writes while somebody waits
-- at a keypad. A code exists only as a keyed hash and is found by it; nobody can list the digits.

CREATE TABLE key_code (
  tenant_id TEXT NOT NULL,
  location_id TEXT NOT NULL,
  code_mac BLOB NOT NULL CHECK (length(code_mac) = 16),
  code_id TEXT NOT NULL,
  key_id TEXT NOT NULL,
  digits INTEGER NOT NULL CHECK (digits BETWEEN 8 AND 16),
  uses TEXT NOT NULL CHECK (uses IN ('until-withdrawn', 'unlimited', 'once')),
  label TEXT NOT NULL,
  starts_at_ms INTEGER,
  expires_at_ms INTEGER,
  created_at_ms INTEGER NOT NULL,
  rev INTEGER NOT NULL DEFAULT 1,
  ended_at_ms INTEGER,
  ended_because TEXT CHECK (ended_because IN ('withdrawn', 'used', 'revoked', 'expired', 'key-retired')),
  -- A one-time code belongs to this grant from the moment the grant is made until the box's log tells.
  reserved_box_id TEXT,
  reserved_grant INTEGER,
  PRIMARY KEY (tenant_id, location_id, code_mac),
  FOREIGN KEY (tenant_id, location_id) REFERENCES location (tenant_id, location_id),
  FOREIGN KEY (tenant_id, key_id) REFERENCES key (tenant_id, key_id),
  CHECK ((ended_at_ms IS NULL) = (ended_because IS NULL)),
  CHECK ((reserved_box_id IS NULL) = (reserved_grant IS NULL))
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX key_code_by_id ON key_code (tenant_id, code_id);
CREATE INDEX key_code_by_key ON key_code (tenant_id, key_id, code_id);
CREATE INDEX key_code_expiring ON key_code (tenant_id, location_id, expires_at_ms)
  WHERE expires_at_ms IS NOT NULL AND ended_at_ms IS NULL;

-- Live codes of each length at a location: what a guesser's chance depends on, known without a scan.
CREATE TABLE key_code_count (
  tenant_id TEXT NOT NULL,
  location_id TEXT NOT NULL,
  digits INTEGER NOT NULL,
  live INTEGER NOT NULL CHECK (live >= 0),
  PRIMARY KEY (tenant_id, location_id, digits),
  FOREIGN KEY (tenant_id, location_id) REFERENCES location (tenant_id, location_id)
) STRICT, WITHOUT ROWID;

-- `reference` is what the box knows the grant by; it rises per box and is never used again.
CREATE TABLE access_grant (
  tenant_id TEXT NOT NULL,
  box_id TEXT NOT NULL,
  reference INTEGER NOT NULL CHECK (reference BETWEEN 1 AND 4294967295),
  request BLOB NOT NULL CHECK (length(request) = 8),
  bin INTEGER NOT NULL,
  purpose TEXT NOT NULL CHECK (purpose IN ('withdraw', 'return')),
  key_id TEXT NOT NULL,
  code_id TEXT,
  state TEXT NOT NULL CHECK (state IN ('granted', 'intended', 'opened', 'closed', 'void')),
  granted_at_ms INTEGER NOT NULL,
  PRIMARY KEY (tenant_id, box_id, reference),
  FOREIGN KEY (tenant_id, box_id) REFERENCES box (tenant_id, box_id),
  FOREIGN KEY (tenant_id, key_id) REFERENCES key (tenant_id, key_id)
) STRICT, WITHOUT ROWID;

-- wrong_at_ms: times of the wrong codes of the last day. settle_end: once the replay of the log has come
-- to this entry, a grant that it has not mentioned can never be used any more.
CREATE TABLE access_box (
  tenant_id TEXT NOT NULL,
  box_id TEXT NOT NULL,
  wrong_at_ms TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(wrong_at_ms)),
  settle_end INTEGER,
  PRIMARY KEY (tenant_id, box_id),
  FOREIGN KEY (tenant_id, box_id) REFERENCES box (tenant_id, box_id)
) STRICT, WITHOUT ROWID;
