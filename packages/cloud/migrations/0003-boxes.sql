-- Boxes: the factory register, ownership, keys, health, bins, and the replayed log of each box.
-- A box has one owner in the whole world, so box_id is also unique over all tenants. What changes with
-- every heartbeat or log batch has a table of its own, so that a resource's `rev` moves only with edits.

-- tenant_id is who brought the box into the register (the maker), not who owns it.
CREATE TABLE factory_box (
  tenant_id TEXT NOT NULL,
  box_id TEXT NOT NULL CHECK (length(box_id) = 13),
  sealed_factory_key BLOB NOT NULL,
  login_hash BLOB NOT NULL CHECK (length(login_hash) = 32),
  imported_at_ms INTEGER NOT NULL,
  PRIMARY KEY (tenant_id, box_id),
  FOREIGN KEY (tenant_id) REFERENCES tenant (tenant_id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX factory_box_once ON factory_box (box_id);

CREATE TABLE box (
  tenant_id TEXT NOT NULL,
  box_id TEXT NOT NULL CHECK (length(box_id) = 13),
  location_id TEXT NOT NULL,
  name TEXT NOT NULL,
  life TEXT NOT NULL CHECK (life IN ('claimed', 'live', 'released')),
  bin_count INTEGER NOT NULL DEFAULT 0,
  claimed_at_ms INTEGER NOT NULL,
  language TEXT NOT NULL CHECK (language IN ('ja', 'en')),
  help_phone TEXT NOT NULL,
  left_open_ms INTEGER NOT NULL,
  idle_ms INTEGER NOT NULL,
  settings_version INTEGER NOT NULL DEFAULT 1,
  offline_after_ms INTEGER NOT NULL,
  rev INTEGER NOT NULL DEFAULT 1,
  PRIMARY KEY (tenant_id, box_id),
  FOREIGN KEY (tenant_id, location_id) REFERENCES location (tenant_id, location_id)
) STRICT, WITHOUT ROWID;
-- The ownership lock: one box, one tenant. Who gave it up keeps the row, for the history it holds.
CREATE UNIQUE INDEX box_once ON box (box_id) WHERE life <> 'released';

-- Sealed by the key vault (tenant, box, epoch and purpose are authenticated with each), and moved from
-- epoch to epoch only by compare-and-set. The login hashes are of broker passwords, newest first.
CREATE TABLE box_key (
  tenant_id TEXT NOT NULL,
  box_id TEXT NOT NULL,
  epoch INTEGER NOT NULL,
  sealed_root_key BLOB NOT NULL,
  sealed_pending_key BLOB,
  hello_counter INTEGER NOT NULL DEFAULT 0,
  sealed_recovery_key BLOB NOT NULL,
  login_hash BLOB NOT NULL CHECK (length(login_hash) = 32),
  earlier_login_hash BLOB CHECK (length(earlier_login_hash) = 32),
  PRIMARY KEY (tenant_id, box_id),
  FOREIGN KEY (tenant_id, box_id) REFERENCES box (tenant_id, box_id)
) STRICT, WITHOUT ROWID;

-- The last claim or recovery that was answered. A box repeats its hello until it has the answer, and
-- must get the same one, also after a restart of the cloud.
CREATE TABLE box_exchange (
  tenant_id TEXT NOT NULL,
  box_id TEXT NOT NULL,
  hello BLOB NOT NULL,
  answer BLOB NOT NULL,
  PRIMARY KEY (tenant_id, box_id),
  FOREIGN KEY (tenant_id, box_id) REFERENCES box (tenant_id, box_id)
) STRICT, WITHOUT ROWID;

-- An operator's permission for one fresh key exchange with a box whose keys are out of step.
CREATE TABLE recovery_approval (
  tenant_id TEXT NOT NULL,
  box_id TEXT NOT NULL,
  approved_at_ms INTEGER NOT NULL,
  expires_at_ms INTEGER NOT NULL,
  used_at_ms INTEGER,
  PRIMARY KEY (tenant_id, box_id),
  FOREIGN KEY (tenant_id, box_id) REFERENCES box (tenant_id, box_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE box_health (
  tenant_id TEXT NOT NULL,
  box_id TEXT NOT NULL,
  online INTEGER NOT NULL DEFAULT 0 CHECK (online IN (0, 1)),
  seen_at_ms INTEGER,
  firmware TEXT NOT NULL DEFAULT '',
  settings_in_force INTEGER NOT NULL DEFAULT 0,
  mains INTEGER CHECK (mains IN (0, 1)),
  battery_percent INTEGER,
  PRIMARY KEY (tenant_id, box_id),
  FOREIGN KEY (tenant_id, box_id) REFERENCES box (tenant_id, box_id)
) STRICT, WITHOUT ROWID;

-- How far the replay of a box's log has come. The alarm columns remember the last gap or fork that was
-- told, so that a box which repeats itself does not raise the same alarm with every batch.
CREATE TABLE box_log_state (
  tenant_id TEXT NOT NULL,
  box_id TEXT NOT NULL,
  log_epoch INTEGER NOT NULL DEFAULT 1,
  log_end INTEGER NOT NULL DEFAULT 0,
  log_hash BLOB NOT NULL CHECK (length(log_hash) = 16),
  sealed_log_key BLOB NOT NULL,
  alarm TEXT,
  PRIMARY KEY (tenant_id, box_id),
  FOREIGN KEY (tenant_id, box_id) REFERENCES box (tenant_id, box_id)
) STRICT, WITHOUT ROWID;

-- The log itself, byte for byte as the box wrote it. Insert only.
CREATE TABLE box_log (
  tenant_id TEXT NOT NULL,
  box_id TEXT NOT NULL,
  log_epoch INTEGER NOT NULL,
  sequence INTEGER NOT NULL,
  entry BLOB NOT NULL CHECK (length(entry) = 32),
  mac BLOB NOT NULL CHECK (length(mac) = 16),
  received_at_ms INTEGER NOT NULL,
  PRIMARY KEY (tenant_id, box_id, log_epoch, sequence)
) STRICT, WITHOUT ROWID;

-- What the sensors last said, as told by the log.
CREATE TABLE bin (
  tenant_id TEXT NOT NULL,
  box_id TEXT NOT NULL,
  bin INTEGER NOT NULL CHECK (bin BETWEEN 1 AND 255),
  door TEXT NOT NULL DEFAULT 'closed' CHECK (door IN ('closed', 'open')),
  tag BLOB CHECK (length(tag) = 8),
  changed_at_ms INTEGER,
  PRIMARY KEY (tenant_id, box_id, bin),
  FOREIGN KEY (tenant_id, box_id) REFERENCES box (tenant_id, box_id)
) STRICT, WITHOUT ROWID;
-- Where a key is = the bin that senses its fob.
CREATE INDEX bin_by_tag ON bin (tenant_id, tag) WHERE tag IS NOT NULL;
