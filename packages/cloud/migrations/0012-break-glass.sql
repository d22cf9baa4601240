-- Break-glass files that were given out, and what was done with them while this server was away. A file itself is
-- stored nowhere, nor its passphrase: of its secrets only the public half of the key that signs its uses is here.

CREATE TABLE break_glass_export (
  tenant_id TEXT NOT NULL,
  export_id TEXT NOT NULL,
  public_key BLOB NOT NULL CHECK (length(public_key) = 32),
  created_at_ms INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  token_id TEXT NOT NULL,
  PRIMARY KEY (tenant_id, export_id),
  FOREIGN KEY (tenant_id) REFERENCES tenant (tenant_id)
) STRICT, WITHOUT ROWID;

-- Which sheet of which box stands in a file.
CREATE TABLE break_glass_box (
  tenant_id TEXT NOT NULL,
  export_id TEXT NOT NULL,
  box_id TEXT NOT NULL CHECK (length(box_id) = 13),
  generation INTEGER NOT NULL,
  PRIMARY KEY (tenant_id, export_id, box_id),
  FOREIGN KEY (tenant_id, export_id) REFERENCES break_glass_export (tenant_id, export_id)
) STRICT, WITHOUT ROWID;

-- One row for each signed record, once: a second import of the same line finds it here. hash: of the record with its
-- signature, which the next one in the chain names.
CREATE TABLE break_glass_use (
  tenant_id TEXT NOT NULL,
  export_id TEXT NOT NULL,
  chain TEXT NOT NULL,
  sequence INTEGER NOT NULL CHECK (sequence >= 1),
  hash TEXT NOT NULL CHECK (length(hash) = 64),
  kind TEXT NOT NULL CHECK (kind IN ('sheet-shown', 'inventory-shown', 'answer-given')),
  box_id TEXT,
  target INTEGER,
  challenge_hash TEXT,
  at_ms INTEGER NOT NULL,
  signature TEXT NOT NULL,
  imported_at_ms INTEGER NOT NULL,
  PRIMARY KEY (tenant_id, export_id, chain, sequence),
  FOREIGN KEY (tenant_id, export_id) REFERENCES break_glass_export (tenant_id, export_id)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER break_glass_use_is_never_changed BEFORE UPDATE ON break_glass_use
BEGIN SELECT RAISE(ABORT, 'records of uses are never changed'); END;
CREATE TRIGGER break_glass_use_is_never_removed BEFORE DELETE ON break_glass_use
BEGIN SELECT RAISE(ABORT, 'records of uses are never removed'); END;
