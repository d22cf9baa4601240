-- Keys that are out, and when each is due. Custody says who has a key; what stands here is whether it is late, so that
-- each absence is told of once, also by a server that was started anew in between.

-- due_after_ms: null for a key that nobody waits for. Without a row, the usual rule holds.
CREATE TABLE return_rule (
  tenant_id TEXT NOT NULL,
  key_id TEXT NOT NULL,
  due_after_ms INTEGER CHECK (due_after_ms > 0),
  grace_ms INTEGER NOT NULL CHECK (grace_ms >= 0),
  PRIMARY KEY (tenant_id, key_id),
  FOREIGN KEY (tenant_id, key_id) REFERENCES key (tenant_id, key_id)
) STRICT, WITHOUT ROWID;

-- booking_*: of the booking by whose code it was taken. late_since_ms: set with the event that tells of it.
CREATE TABLE key_absence (
  tenant_id TEXT NOT NULL,
  key_id TEXT NOT NULL,
  box_id TEXT NOT NULL CHECK (length(box_id) = 13),
  bin INTEGER NOT NULL,
  grant_reference INTEGER NOT NULL,
  code_id TEXT,
  person_id TEXT,
  booking_id TEXT,
  booking_ends_at_ms INTEGER,
  taken_at_ms INTEGER NOT NULL,
  due_at_ms INTEGER,
  late_since_ms INTEGER,
  PRIMARY KEY (tenant_id, key_id),
  FOREIGN KEY (tenant_id, key_id) REFERENCES key (tenant_id, key_id)
) STRICT, WITHOUT ROWID;
-- Across tenants: the one timer looks for the next of all.
CREATE INDEX key_absence_due ON key_absence (due_at_ms) WHERE due_at_ms IS NOT NULL AND late_since_ms IS NULL;

INSERT INTO key_absence (tenant_id, key_id, box_id, bin, grant_reference, code_id, person_id, booking_id, booking_ends_at_ms,
    taken_at_ms, due_at_ms)
  SELECT c.tenant_id, c.key_id, c.box_id, c.bin, c.grant_reference, c.code_id, c.person_id, b.booking_id, b.ends_at_ms,
    c.taken_at_ms, max(b.ends_at_ms, c.taken_at_ms) + 900000
  FROM custody c
  JOIN key k ON k.tenant_id = c.tenant_id AND k.key_id = c.key_id AND k.retired_at_ms IS NULL
  LEFT JOIN booking b ON b.tenant_id = c.tenant_id AND b.code_id = c.code_id;
