-- Answers of requests that carried an Idempotency-Key, for seven days: a repetition gets the same
-- answer and has no second effect. `answer` is sealed with the key vault, because the answer to
-- "create a code" holds the code; so is the request that it answered, whose digits could be guessed from
-- a plain hash. The key itself is stored as a hash: callers put anything into it.

CREATE TABLE idempotency_answer (
  tenant_id TEXT NOT NULL,
  token_id TEXT NOT NULL,
  key_hash BLOB NOT NULL CHECK (length(key_hash) = 32),
  answer BLOB NOT NULL,
  stored_at_ms INTEGER NOT NULL,
  PRIMARY KEY (tenant_id, token_id, key_hash),
  FOREIGN KEY (tenant_id) REFERENCES tenant (tenant_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX idempotency_answer_age ON idempotency_answer (stored_at_ms);
