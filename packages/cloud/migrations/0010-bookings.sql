-- Bookings: access for a limited period. The digits are a key code's, so a live opening asks the same tables as
-- ever; what stands here is what the digits say to a box that is alone, and what became of it. No digits.

-- window_*: whole hours, as the code says them; starts and ends are as they were ordered. cancel_version: the
-- version of the box's emergency keys from which on it refuses the code.
CREATE TABLE booking (
  tenant_id TEXT NOT NULL,
  booking_id TEXT NOT NULL,
  key_id TEXT NOT NULL,
  code_id TEXT NOT NULL,
  box_id TEXT NOT NULL CHECK (length(box_id) = 13),
  bin INTEGER NOT NULL CHECK (bin BETWEEN 1 AND 31),
  window_start_ms INTEGER NOT NULL,
  window_end_ms INTEGER NOT NULL,
  serial INTEGER NOT NULL CHECK (serial BETWEEN 0 AND 3),
  generation INTEGER NOT NULL,
  starts_at_ms INTEGER NOT NULL,
  ends_at_ms INTEGER NOT NULL,
  label TEXT NOT NULL,
  created_at_ms INTEGER NOT NULL,
  rev INTEGER NOT NULL DEFAULT 1,
  cancelled_at_ms INTEGER,
  cancelled_because TEXT CHECK (cancelled_because IN ('cancelled', 'key-retired')),
  cancel_told TEXT CHECK (cancel_told IN ('sent', 'waiting', 'no-room', 'not-needed')),
  cancel_version INTEGER,
  used_offline_at_ms INTEGER,
  used_grant INTEGER,
  PRIMARY KEY (tenant_id, booking_id),
  FOREIGN KEY (tenant_id, key_id) REFERENCES key (tenant_id, key_id),
  FOREIGN KEY (tenant_id, box_id) REFERENCES box (tenant_id, box_id),
  CHECK ((cancelled_at_ms IS NULL) = (cancelled_because IS NULL)),
  CHECK ((cancelled_at_ms IS NULL) = (cancel_told IS NULL))
) STRICT, WITHOUT ROWID;
-- The same payload is the same digits: never twice, also not after a cancellation, which the box remembers.
CREATE UNIQUE INDEX booking_by_payload
  ON booking (tenant_id, box_id, bin, window_start_ms, window_end_ms, serial);
CREATE UNIQUE INDEX booking_by_code ON booking (tenant_id, code_id);
CREATE INDEX booking_by_key ON booking (tenant_id, key_id, booking_id);
CREATE INDEX booking_by_box ON booking (tenant_id, box_id, window_end_ms);

-- Boxes whose clock did not survive their last restart.
CREATE TABLE box_clock (
  tenant_id TEXT NOT NULL,
  box_id TEXT NOT NULL CHECK (length(box_id) = 13),
  lost_at_ms INTEGER NOT NULL,
  PRIMARY KEY (tenant_id, box_id),
  FOREIGN KEY (tenant_id, box_id) REFERENCES box (tenant_id, box_id)
) STRICT, WITHOUT ROWID;
