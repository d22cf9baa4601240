-- Step-up: the proof that a person is there, asked for before what is dangerous. A tenant has one passphrase,
-- kept as Argon2id only; wrong tries stay counted over a restart, or a restart would give new ones.

CREATE TABLE step_up_passphrase (
  tenant_id TEXT NOT NULL,
  hash TEXT NOT NULL,
  set_at_ms INTEGER NOT NULL,
  wrong_at_ms TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(wrong_at_ms)),
  PRIMARY KEY (tenant_id),
  FOREIGN KEY (tenant_id) REFERENCES tenant (tenant_id)
) STRICT, WITHOUT ROWID;

-- Only the token that stepped up is stepped up. Whatever proves a person writes the same row.
CREATE TABLE step_up_mark (
  tenant_id TEXT NOT NULL,
  token_id TEXT NOT NULL,
  proven_at_ms INTEGER NOT NULL,
  PRIMARY KEY (tenant_id, token_id),
  FOREIGN KEY (tenant_id) REFERENCES tenant (tenant_id)
) STRICT, WITHOUT ROWID;
