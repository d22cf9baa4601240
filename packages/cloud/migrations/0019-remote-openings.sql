-- Remote openings: a bin or the main lock, opened by an administrator whatever keys there are (AC-06, AC-07). What
-- stands here is the order and what became of it. It opens nothing: the box must ask for it with a nonce of its own.

-- bin: 0 for the main lock. wire_order: what the box's request follows. Who ordered is a person, or the token of a
-- program. because: why it was refused or expired.
CREATE TABLE remote_opening (
  tenant_id TEXT NOT NULL,
  opening_id TEXT NOT NULL,
  box_id TEXT NOT NULL CHECK (length(box_id) = 13),
  wire_order BLOB NOT NULL CHECK (length(wire_order) = 8),
  bin INTEGER NOT NULL CHECK (bin BETWEEN 0 AND 255),
  press TEXT NOT NULL CHECK (press IN ('none', 'button')),
  reason TEXT NOT NULL,
  person_id TEXT,
  token_id TEXT NOT NULL,
  ordered_at_ms INTEGER NOT NULL,
  expires_at_ms INTEGER NOT NULL,
  state TEXT NOT NULL
    CHECK (state IN ('ordered', 'asked', 'granted', 'opened', 'refused', 'expired', 'not-opened')),
  because TEXT,
  grant_reference INTEGER,
  changed_at_ms INTEGER NOT NULL,
  PRIMARY KEY (tenant_id, opening_id),
  FOREIGN KEY (tenant_id, box_id) REFERENCES box (tenant_id, box_id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX remote_opening_by_order ON remote_opening (tenant_id, wire_order);
CREATE UNIQUE INDEX remote_opening_by_grant ON remote_opening (tenant_id, box_id, grant_reference)
  WHERE grant_reference IS NOT NULL;
CREATE INDEX remote_opening_pending ON remote_opening (tenant_id, box_id) WHERE state IN ('ordered', 'asked');

-- A grant of service concerns a bin and no key; SQLite changes a CHECK only by a new table.
CREATE TABLE access_grant_with_service (
  tenant_id TEXT NOT NULL,
  box_id TEXT NOT NULL,
  reference INTEGER NOT NULL CHECK (reference BETWEEN 1 AND 4294967295),
  request BLOB NOT NULL CHECK (length(request) = 8),
  bin INTEGER NOT NULL,
  purpose TEXT NOT NULL CHECK (purpose IN ('withdraw', 'return', 'service')),
  key_id TEXT,
  code_id TEXT,
  person_id TEXT,
  state TEXT NOT NULL CHECK (state IN ('granted', 'intended', 'opened', 'closed', 'void')),
  granted_at_ms INTEGER NOT NULL,
  PRIMARY KEY (tenant_id, box_id, reference),
  FOREIGN KEY (tenant_id, box_id) REFERENCES box (tenant_id, box_id),
  FOREIGN KEY (tenant_id, key_id) REFERENCES key (tenant_id, key_id),
  CHECK ((key_id IS NULL) = (purpose = 'service'))
) STRICT, WITHOUT ROWID;
INSERT INTO access_grant_with_service
  (tenant_id, box_id, reference, request, bin, purpose, key_id, code_id, person_id, state,
   granted_at_ms)
  SELECT tenant_id, box_id, reference, request, bin, purpose, key_id, code_id, person_id, state,
    granted_at_ms FROM access_grant;
DROP TABLE access_grant;
ALTER TABLE access_grant_with_service RENAME TO access_grant;
