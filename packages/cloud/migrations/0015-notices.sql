-- Notices: what the ledger owes to people and to other systems. Everything that is still to be sent is a row that
-- was written in the transaction of its event, so a cloud that dies owes it still and sends it under the same id.

-- secret: of a webhook the key of its signatures, of a push subscription its auth secret; sealed. secret_before
-- still signs until then, so that a receiver has time to change over. sent_at_ms: mails and pushes of the last hour,
-- oldest first, against the cap. next_sequence numbers what a channel is owed without gaps.
CREATE TABLE notice_channel (
  tenant_id TEXT NOT NULL,
  channel_id TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('webhook', 'mail', 'push')),
  label TEXT NOT NULL,
  language TEXT NOT NULL CHECK (language IN ('ja', 'en')),
  address TEXT NOT NULL,
  push_key BLOB CHECK (length(push_key) = 65),
  secret BLOB,
  secret_version INTEGER NOT NULL DEFAULT 0,
  secret_before BLOB,
  secret_before_until_ms INTEGER,
  state TEXT NOT NULL CHECK (state IN ('active', 'paused', 'gone', 'failing')),
  cap_per_hour INTEGER NOT NULL,
  sent_at_ms TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(sent_at_ms)),
  next_sequence INTEGER NOT NULL DEFAULT 1,
  last_delivered_at_ms INTEGER,
  rev INTEGER NOT NULL DEFAULT 1,
  created_at_ms INTEGER NOT NULL,
  PRIMARY KEY (tenant_id, channel_id),
  FOREIGN KEY (tenant_id) REFERENCES tenant (tenant_id)
) STRICT, WITHOUT ROWID;

-- channels: ids in the order in which they are tried. They are no references: a channel that was removed is skipped.
CREATE TABLE notice_rule (
  tenant_id TEXT NOT NULL,
  rule_id TEXT NOT NULL,
  label TEXT NOT NULL,
  events TEXT NOT NULL CHECK (json_valid(events)),
  channels TEXT NOT NULL CHECK (json_valid(channels)),
  location_id TEXT,
  box_id TEXT,
  key_id TEXT,
  repeat_after_ms INTEGER,
  paused INTEGER NOT NULL DEFAULT 0 CHECK (paused IN (0, 1)),
  rev INTEGER NOT NULL DEFAULT 1,
  created_at_ms INTEGER NOT NULL,
  PRIMARY KEY (tenant_id, rule_id),
  FOREIGN KEY (tenant_id) REFERENCES tenant (tenant_id)
) STRICT, WITHOUT ROWID;

-- When a rule last told of a thing, and how often the same happened since without being told.
CREATE TABLE notice_repeat (
  tenant_id TEXT NOT NULL,
  rule_id TEXT NOT NULL,
  subject TEXT NOT NULL,
  told_at_ms INTEGER NOT NULL,
  left_out INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (tenant_id, rule_id, subject),
  FOREIGN KEY (tenant_id, rule_id) REFERENCES notice_rule (tenant_id, rule_id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- One event for one rule; its body is kept as it was, so that every attempt sends the same bytes. rest: the
-- channels to move on to, in order.
CREATE TABLE notice (
  tenant_id TEXT NOT NULL,
  notice_id TEXT NOT NULL,
  rule_id TEXT,
  event_id TEXT,
  type TEXT NOT NULL,
  body TEXT NOT NULL CHECK (json_valid(body)),
  left_out INTEGER NOT NULL DEFAULT 0,
  rest TEXT NOT NULL CHECK (json_valid(rest)),
  created_at_ms INTEGER NOT NULL,
  PRIMARY KEY (tenant_id, notice_id),
  FOREIGN KEY (tenant_id) REFERENCES tenant (tenant_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX notice_by_age ON notice (created_at_ms);

-- One notice on one channel. held: the channel is paused or off; the notice waits for it. step: how far up the
-- ladder of waits; a replay begins anew. attempts counts all, for ever.
CREATE TABLE notice_delivery (
  tenant_id TEXT NOT NULL,
  delivery_id TEXT NOT NULL,
  notice_id TEXT NOT NULL,
  channel_id TEXT NOT NULL,
  sequence INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('pending', 'held', 'delivered', 'moved', 'failed')),
  attempts INTEGER NOT NULL DEFAULT 0,
  step INTEGER NOT NULL DEFAULT 0,
  moved_on INTEGER NOT NULL DEFAULT 0 CHECK (moved_on IN (0, 1)),
  due_at_ms INTEGER NOT NULL,
  delivered_at_ms INTEGER,
  PRIMARY KEY (tenant_id, delivery_id),
  FOREIGN KEY (tenant_id, notice_id) REFERENCES notice (tenant_id, notice_id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX notice_delivery_due ON notice_delivery (tenant_id, channel_id, due_at_ms, sequence)
  WHERE state = 'pending';
CREATE INDEX notice_delivery_of_notice ON notice_delivery (tenant_id, notice_id);
CREATE UNIQUE INDEX notice_delivery_of_channel ON notice_delivery (tenant_id, channel_id, sequence);

-- What became of each attempt. Insert only.
CREATE TABLE notice_attempt (
  tenant_id TEXT NOT NULL,
  delivery_id TEXT NOT NULL,
  attempt INTEGER NOT NULL,
  at_ms INTEGER NOT NULL,
  took_ms INTEGER NOT NULL,
  outcome TEXT NOT NULL,
  status INTEGER,
  PRIMARY KEY (tenant_id, delivery_id, attempt),
  FOREIGN KEY (tenant_id, delivery_id) REFERENCES notice_delivery (tenant_id, delivery_id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- The key by which push services know this tenant (RFC 8292); browsers subscribe to it.
CREATE TABLE notice_push_key (
  tenant_id TEXT NOT NULL,
  private_key BLOB NOT NULL,
  public_key BLOB NOT NULL CHECK (length(public_key) = 65),
  PRIMARY KEY (tenant_id),
  FOREIGN KEY (tenant_id) REFERENCES tenant (tenant_id)
) STRICT, WITHOUT ROWID;
