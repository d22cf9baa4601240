-- What boxes know for openings without the cloud: one desired state per box that only rises, what the box
-- confirmed of it, the sheets that were made and printed, and the codes that were used. Every key is sealed by
-- the key vault, with tenant, box, generation and purpose; no code stands anywhere.

-- clear_version: a sheet was revoked. A box keeps the sheet that it replaces for a day, so one below this version is
-- first told that there is no sheet, which ends that day at once.
-- *_in_force: what the box said last. warned_*: what people were told of the present sheet.
CREATE TABLE emergency_box (
  tenant_id TEXT NOT NULL,
  box_id TEXT NOT NULL CHECK (length(box_id) = 13),
  version INTEGER NOT NULL CHECK (version BETWEEN 1 AND 4294967295),
  rev INTEGER NOT NULL DEFAULT 1,
  sheet_generation INTEGER NOT NULL CHECK (sheet_generation BETWEEN 1 AND 16777215),
  booking_generation INTEGER NOT NULL CHECK (booking_generation BETWEEN 1 AND 16777215),
  sealed_booking_key BLOB NOT NULL,
  sealed_phone_key BLOB NOT NULL,
  sealed_authenticator_key BLOB,
  authenticator_label TEXT,
  authenticator_since_ms INTEGER,
  authenticator_ever INTEGER NOT NULL DEFAULT 0 CHECK (authenticator_ever IN (0, 1)),
  open_order TEXT NOT NULL CHECK (json_valid(open_order)),
  first_use_hours INTEGER NOT NULL,
  cells_per_bin INTEGER NOT NULL,
  cells_for_all INTEGER NOT NULL,
  sleep_after_ms INTEGER NOT NULL,
  awake_ms INTEGER NOT NULL,
  cancelled TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(cancelled)),
  clear_version INTEGER,
  version_in_force INTEGER NOT NULL DEFAULT 0,
  sheet_in_force INTEGER NOT NULL DEFAULT 0,
  sheet_in_force_since_ms INTEGER,
  sheet_until_in_force_ms INTEGER,
  sheet_closed INTEGER NOT NULL DEFAULT 0 CHECK (sheet_closed IN (0, 1)),
  booking_in_force INTEGER NOT NULL DEFAULT 0,
  booking_in_force_since_ms INTEGER,
  authenticator_in_force INTEGER NOT NULL DEFAULT 0 CHECK (authenticator_in_force IN (0, 1)),
  confirmed_at_ms INTEGER,
  printed_generation INTEGER,
  printed_at_ms INTEGER,
  printed_by TEXT,
  reprint_advised INTEGER NOT NULL DEFAULT 0 CHECK (reprint_advised IN (0, 1)),
  cells_low INTEGER NOT NULL DEFAULT 0 CHECK (cells_low IN (0, 1)),
  warned_missing INTEGER NOT NULL DEFAULT 0 CHECK (warned_missing IN (0, 1)),
  warned_ending INTEGER NOT NULL DEFAULT 0 CHECK (warned_ending IN (0, 1)),
  warned_ended INTEGER NOT NULL DEFAULT 0 CHECK (warned_ended IN (0, 1)),
  warned_cells INTEGER NOT NULL DEFAULT 0 CHECK (warned_cells IN (0, 1)),
  PRIMARY KEY (tenant_id, box_id),
  FOREIGN KEY (tenant_id, box_id) REFERENCES box (tenant_id, box_id),
  CHECK ((sealed_authenticator_key IS NULL) = (authenticator_label IS NULL))
) STRICT, WITHOUT ROWID;

-- One row for each generation that was made since the box was claimed. The key goes when the box has confirmed a
-- later one. issued_at_ms: when somebody first got codes of it; before that nobody can have used one.
CREATE TABLE emergency_sheet (
  tenant_id TEXT NOT NULL,
  box_id TEXT NOT NULL CHECK (length(box_id) = 13),
  generation INTEGER NOT NULL CHECK (generation BETWEEN 1 AND 16777215),
  sealed_key BLOB,
  until_ms INTEGER NOT NULL,
  cells_per_bin INTEGER NOT NULL,
  cells_for_all INTEGER NOT NULL,
  made_at_ms INTEGER NOT NULL,
  issued_at_ms INTEGER,
  revoked_at_ms INTEGER,
  PRIMARY KEY (tenant_id, box_id, generation),
  FOREIGN KEY (tenant_id, box_id) REFERENCES box (tenant_id, box_id)
) STRICT, WITHOUT ROWID;

-- Who printed what when. Stays when the box is claimed anew: `retired` then says that the generation is of a
-- life of the box that is over.
CREATE TABLE sheet_print (
  tenant_id TEXT NOT NULL,
  sheet_id TEXT NOT NULL,
  box_id TEXT NOT NULL CHECK (length(box_id) = 13),
  generation INTEGER NOT NULL,
  format TEXT NOT NULL CHECK (format IN ('pdf', 'html', 'csv')),
  printed_at_ms INTEGER NOT NULL,
  printed_by TEXT NOT NULL,
  token_id TEXT NOT NULL,
  until_ms INTEGER NOT NULL,
  retired INTEGER NOT NULL DEFAULT 0 CHECK (retired IN (0, 1)),
  PRIMARY KEY (tenant_id, sheet_id),
  FOREIGN KEY (tenant_id, box_id) REFERENCES box (tenant_id, box_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX sheet_print_of_box ON sheet_print (tenant_id, box_id, sheet_id);

-- Codes that the box took while it was alone, by their entry in its log. bins: how far each bin got under it.
CREATE TABLE offline_use (
  tenant_id TEXT NOT NULL,
  box_id TEXT NOT NULL CHECK (length(box_id) = 13),
  sequence INTEGER NOT NULL,
  grant_reference INTEGER NOT NULL CHECK (grant_reference >= 2147483648),
  method TEXT NOT NULL CHECK (method IN ('sheet', 'booking', 'phone', 'authenticator')),
  generation INTEGER NOT NULL,
  number INTEGER NOT NULL,
  target INTEGER NOT NULL,
  at_ms INTEGER NOT NULL,
  expected INTEGER NOT NULL CHECK (expected IN (0, 1)),
  bins TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(bins)),
  PRIMARY KEY (tenant_id, box_id, sequence),
  FOREIGN KEY (tenant_id, box_id) REFERENCES box (tenant_id, box_id)
) STRICT, WITHOUT ROWID;
