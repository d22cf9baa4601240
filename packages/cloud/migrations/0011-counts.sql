-- Counts by hand. A box that opened bins without the cloud has told us of them in its log; what people took and
-- put back meanwhile, and wrote down or not, only a person who looks into the bins can say. A count stands
-- beside the ledger and never changes it: the sensors' word stays as it is.

-- What the log told of each code that a box accepted by itself: the openings that follow name it by its number.
CREATE TABLE counted_code (
  tenant_id TEXT NOT NULL,
  box_id TEXT NOT NULL,
  grant_reference INTEGER NOT NULL,
  method TEXT CHECK (method IN ('sheet', 'booking', 'phone', 'authenticator')),
  PRIMARY KEY (tenant_id, box_id, grant_reference),
  FOREIGN KEY (tenant_id, box_id) REFERENCES box (tenant_id, box_id)
) STRICT, WITHOUT ROWID;

-- asked_at_ms: since when the box waits for a count; empty while it waits for none. told_end: where the log
-- ended when the box last came back with something to tell; asked_through: codes that were used up to this entry
-- are of an outage that people have been told of. rev moves with every change, so that a count of what was read
-- before the last news can be refused.
CREATE TABLE count_box (
  tenant_id TEXT NOT NULL,
  box_id TEXT NOT NULL,
  asked_at_ms INTEGER,
  told_end INTEGER NOT NULL DEFAULT 0,
  asked_through INTEGER NOT NULL DEFAULT 0,
  rev INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (tenant_id, box_id),
  FOREIGN KEY (tenant_id, box_id) REFERENCES box (tenant_id, box_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX count_box_waiting ON count_box (tenant_id, box_id) WHERE asked_at_ms IS NOT NULL;

-- Bins that wait, with what the log told of their openings by hand.
CREATE TABLE count_bin (
  tenant_id TEXT NOT NULL,
  box_id TEXT NOT NULL,
  bin INTEGER NOT NULL CHECK (bin BETWEEN 1 AND 255),
  method TEXT CHECK (method IN ('sheet', 'booking', 'phone', 'authenticator')),
  opened_at_ms INTEGER,
  last_at_ms INTEGER NOT NULL,
  taken INTEGER NOT NULL CHECK (taken IN (0, 1)),
  taken_tag BLOB CHECK (length(taken_tag) = 8),
  put_back INTEGER NOT NULL CHECK (put_back IN (0, 1)),
  PRIMARY KEY (tenant_id, box_id, bin),
  FOREIGN KEY (tenant_id, box_id) REFERENCES box (tenant_id, box_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE box_count (
  tenant_id TEXT NOT NULL,
  box_id TEXT NOT NULL,
  count_id TEXT NOT NULL,
  counted_at_ms INTEGER NOT NULL,
  counted_by TEXT NOT NULL,
  PRIMARY KEY (tenant_id, box_id, count_id),
  FOREIGN KEY (tenant_id, box_id) REFERENCES box (tenant_id, box_id)
) STRICT, WITHOUT ROWID;

-- What the ledger believed at that moment and what was found, as they were called then: keys are renamed and
-- retired, a count is not. A fob that is no key of the tenant's has a label at most.
CREATE TABLE box_count_line (
  tenant_id TEXT NOT NULL,
  box_id TEXT NOT NULL,
  count_id TEXT NOT NULL,
  bin INTEGER NOT NULL,
  ledger_kind TEXT NOT NULL CHECK (ledger_kind IN ('nothing', 'key', 'unknown-fob')),
  ledger_key_id TEXT,
  ledger_fob_label TEXT,
  found_kind TEXT NOT NULL CHECK (found_kind IN ('nothing', 'key', 'unknown-fob')),
  found_key_id TEXT,
  found_fob_label TEXT,
  difference TEXT CHECK (difference IN ('missing', 'unexpected', 'another')),
  note TEXT NOT NULL,
  PRIMARY KEY (tenant_id, box_id, count_id, bin),
  FOREIGN KEY (tenant_id, box_id, count_id) REFERENCES box_count (tenant_id, box_id, count_id)
) STRICT, WITHOUT ROWID;

-- Who counts reads labels, not tags.
CREATE INDEX key_by_label ON key (tenant_id, fob_label) WHERE retired_at_ms IS NULL AND fob_label <> '';
