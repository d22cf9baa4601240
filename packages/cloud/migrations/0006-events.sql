-- The ledger that people and programs read: one row per fact, written in the transaction of the fact,
-- numbered without gaps per tenant. Insert only; it refers to nothing, because it outlives everything.

CREATE TABLE event (
  tenant_id TEXT NOT NULL,
  sequence INTEGER NOT NULL,
  kind TEXT NOT NULL,
  location_id TEXT,
  box_id TEXT,
  bin INTEGER,
  key_id TEXT,
  code_id TEXT,
  occurred_at_ms INTEGER NOT NULL,
  recorded_at_ms INTEGER NOT NULL,
  data TEXT NOT NULL CHECK (json_valid(data)),
  PRIMARY KEY (tenant_id, sequence)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER event_is_never_changed BEFORE UPDATE ON event
BEGIN SELECT RAISE(ABORT, 'events are never changed'); END;
CREATE TRIGGER event_is_never_removed BEFORE DELETE ON event
BEGIN SELECT RAISE(ABORT, 'events are never removed'); END;
