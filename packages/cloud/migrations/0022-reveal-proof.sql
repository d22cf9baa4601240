-- Since which proof that the caller is there the looks at personal data are counted, Unix ms; 0 for none yet.

ALTER TABLE person_reveal ADD COLUMN proven_at_ms INTEGER NOT NULL DEFAULT 0;
