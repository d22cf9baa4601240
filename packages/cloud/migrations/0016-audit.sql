-- The audit: what was done through the API and what boxes wrote into their logs, one row each, numbered without gaps
-- per tenant. record is the text that is hashed; each names the hash of the one before. Insert only; it refers to
-- nothing, because it outlives everything.

CREATE TABLE audit_record (
  tenant_id TEXT NOT NULL,
  sequence INTEGER NOT NULL CHECK (sequence >= 1),
  kind TEXT NOT NULL,
  record TEXT NOT NULL CHECK (json_valid(record)),
  hash BLOB NOT NULL CHECK (length(hash) = 32),
  PRIMARY KEY (tenant_id, sequence)
) STRICT, WITHOUT ROWID;

-- What people did is rare among what boxes wrote.
CREATE INDEX audit_record_by_kind ON audit_record (tenant_id, kind, sequence);

-- Hashes of whole subtrees of 2^level records, which make proofs cheap. They follow from the records.
CREATE TABLE audit_subtree (
  tenant_id TEXT NOT NULL,
  level INTEGER NOT NULL CHECK (level >= 1),
  place INTEGER NOT NULL,
  hash BLOB NOT NULL CHECK (length(hash) = 32),
  PRIMARY KEY (tenant_id, level, place)
) STRICT, WITHOUT ROWID;

-- The signed heads of the tree, the newest of each minute in which something was recorded.
CREATE TABLE audit_head (
  tenant_id TEXT NOT NULL,
  tree_size INTEGER NOT NULL CHECK (tree_size >= 1),
  root_hash BLOB NOT NULL CHECK (length(root_hash) = 32),
  signed_at_ms INTEGER NOT NULL,
  signature BLOB NOT NULL CHECK (length(signature) = 64),
  PRIMARY KEY (tenant_id, tree_size)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER audit_record_is_never_changed BEFORE UPDATE ON audit_record
BEGIN SELECT RAISE(ABORT, 'audit records are never changed'); END;
CREATE TRIGGER audit_record_is_never_removed BEFORE DELETE ON audit_record
BEGIN SELECT RAISE(ABORT, 'audit records are never removed'); END;
CREATE TRIGGER audit_subtree_is_never_changed BEFORE UPDATE ON audit_subtree
BEGIN SELECT RAISE(ABORT, 'audit subtrees are never changed'); END;
CREATE TRIGGER audit_subtree_is_never_removed BEFORE DELETE ON audit_subtree
BEGIN SELECT RAISE(ABORT, 'audit subtrees are never removed'); END;
CREATE TRIGGER audit_head_is_never_changed BEFORE UPDATE ON audit_head
BEGIN SELECT RAISE(ABORT, 'audit heads are never changed'); END;
CREATE TRIGGER audit_head_is_never_removed BEFORE DELETE ON audit_head
BEGIN SELECT RAISE(ABORT, 'audit heads are never removed'); END;
