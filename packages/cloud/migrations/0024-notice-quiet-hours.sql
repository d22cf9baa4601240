-- Hours of quiet. quiet_hours: JSON as schedule.ts has weekly windows, in the time of time_zone. urgent: some alerts do
-- not wait for their end.
ALTER TABLE notice_rule ADD COLUMN quiet_hours TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(quiet_hours));
ALTER TABLE notice_rule ADD COLUMN time_zone TEXT;
ALTER TABLE notice_rule ADD COLUMN urgent INTEGER NOT NULL DEFAULT 0 CHECK (urgent IN (0, 1));

-- What of it counts for a notice, kept as it was when the notice was made: JSON as quiet-hours.ts has it; null: none.
ALTER TABLE notice ADD COLUMN quiet TEXT CHECK (json_valid(quiet));
