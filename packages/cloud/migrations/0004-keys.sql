-- Keys and who has them. Where a key lies is not stored here: it is the bin that senses its fob.

CREATE TABLE key (
  tenant_id TEXT NOT NULL,
  key_id TEXT NOT NULL,
  location_id TEXT NOT NULL,
  name TEXT NOT NULL,
  fob_label TEXT NOT NULL,
  fob_tag BLOB NOT NULL CHECK (length(fob_tag) = 8),
  rev INTEGER NOT NULL DEFAULT 1,
  created_at_ms INTEGER NOT NULL,
  retired_at_ms INTEGER,
  PRIMARY KEY (tenant_id, key_id),
  FOREIGN KEY (tenant_id, location_id) REFERENCES location (tenant_id, location_id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX key_by_fob ON key (tenant_id, fob_tag) WHERE retired_at_ms IS NULL;

-- The last withdrawal of a key that has not come back. code_id is who: empty when no grant allowed it.
CREATE TABLE custody (
  tenant_id TEXT NOT NULL,
  key_id TEXT NOT NULL,
  box_id TEXT NOT NULL,
  bin INTEGER NOT NULL,
  grant_reference INTEGER NOT NULL,
  code_id TEXT,
  taken_at_ms INTEGER NOT NULL,
  PRIMARY KEY (tenant_id, key_id),
  FOREIGN KEY (tenant_id, key_id) REFERENCES key (tenant_id, key_id)
) STRICT, WITHOUT ROWID;
