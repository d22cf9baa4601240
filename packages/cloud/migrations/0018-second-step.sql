-- People at keypads: what they are known by beside what they hold, what a box is asking one of them right now, and the
-- text messages that are owed to phones. A grant and a key that is out say who got them, where that is known.

ALTER TABLE access_grant ADD COLUMN person_id TEXT;
ALTER TABLE custody ADD COLUMN person_id TEXT;

-- How long each person's ID code is. The code itself is a keyed hash in the row of its person.
CREATE TABLE id_code (
  tenant_id TEXT NOT NULL,
  person_id TEXT NOT NULL,
  digits INTEGER NOT NULL CHECK (digits BETWEEN 8 AND 16),
  set_at_ms INTEGER NOT NULL,
  PRIMARY KEY (tenant_id, person_id),
  FOREIGN KEY (tenant_id, person_id) REFERENCES person (tenant_id, person_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX id_code_digits ON id_code (tenant_id, digits, person_id);

-- The tag on which a badge is known, as a keyed hash.
CREATE TABLE badge (
  tenant_id TEXT NOT NULL,
  person_id TEXT NOT NULL,
  badge_mac BLOB NOT NULL CHECK (length(badge_mac) = 16),
  set_at_ms INTEGER NOT NULL,
  PRIMARY KEY (tenant_id, person_id),
  FOREIGN KEY (tenant_id, person_id) REFERENCES person (tenant_id, person_id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX badge_tag ON badge (tenant_id, badge_mac);

-- What a box asks somebody: one at a time, for a box has one keypad. code_mac: keyed hash of the second code that was
-- sent, null once it was typed or where none is needed. tries_left 0: the dialogue is over.
CREATE TABLE keypad_dialogue (
  tenant_id TEXT NOT NULL,
  box_id TEXT NOT NULL,
  person_id TEXT NOT NULL,
  request BLOB NOT NULL CHECK (length(request) = 8),
  known_by TEXT NOT NULL CHECK (known_by IN ('id-code', 'badge')),
  code_mac BLOB,
  is_proven INTEGER NOT NULL CHECK (is_proven IN (0, 1)),
  sent_at_ms INTEGER NOT NULL,
  tries_left INTEGER NOT NULL,
  ends_at_ms INTEGER NOT NULL,
  PRIMARY KEY (tenant_id, box_id),
  FOREIGN KEY (tenant_id, box_id) REFERENCES box (tenant_id, box_id),
  FOREIGN KEY (tenant_id, person_id) REFERENCES person (tenant_id, person_id)
) STRICT, WITHOUT ROWID;

-- Text messages: written with what they tell of, sent after the commit, kept as a record of what became of them.
-- sealed_body: until the provider took it; it holds a code. due_at_ms: when there is something to do; null for never.
CREATE TABLE text_message (
  tenant_id TEXT NOT NULL,
  message_id TEXT NOT NULL,
  person_id TEXT NOT NULL,
  location_id TEXT NOT NULL,
  box_id TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('owed', 'accepted', 'delivered', 'failed')),
  sealed_body BLOB,
  provider_id TEXT,
  reason TEXT,
  attempts INTEGER NOT NULL DEFAULT 0,
  due_at_ms INTEGER,
  created_at_ms INTEGER NOT NULL,
  expires_at_ms INTEGER NOT NULL,
  settled_at_ms INTEGER,
  PRIMARY KEY (tenant_id, message_id),
  FOREIGN KEY (tenant_id, person_id) REFERENCES person (tenant_id, person_id),
  FOREIGN KEY (tenant_id, location_id) REFERENCES location (tenant_id, location_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX text_message_due ON text_message (due_at_ms) WHERE due_at_ms IS NOT NULL;
CREATE INDEX text_message_recent ON text_message (tenant_id, created_at_ms);
CREATE INDEX text_message_of_person ON text_message (tenant_id, person_id, created_at_ms);
CREATE INDEX text_message_state ON text_message (tenant_id, state, message_id);
