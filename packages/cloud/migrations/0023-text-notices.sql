-- Notices by text message. The table of channels is made anew because SQLite cannot widen a CHECK; nothing refers to it.

CREATE TABLE notice_channel_wider (
  tenant_id TEXT NOT NULL,
  channel_id TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('webhook', 'mail', 'push', 'text')),
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
INSERT INTO notice_channel_wider SELECT * FROM notice_channel;
DROP TABLE notice_channel;
ALTER TABLE notice_channel_wider RENAME TO notice_channel;

-- receipt: by what the provider of text messages knows one that it took; what became of it is asked a few times.
ALTER TABLE notice_delivery ADD COLUMN receipt TEXT;
ALTER TABLE notice_delivery ADD COLUMN looks INTEGER NOT NULL DEFAULT 0;
