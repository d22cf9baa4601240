-- Tenants, and the tokens that programs use to act for one. Every later table carries tenant_id as the
-- first part of its primary key and refers to others by composite keys, so a row can never point into
-- another tenant. STRICT keeps types honest, WITHOUT ROWID keeps a row beside its key.

CREATE TABLE tenant (
  tenant_id TEXT NOT NULL,
  name TEXT NOT NULL,
  created_at_ms INTEGER NOT NULL,
  PRIMARY KEY (tenant_id)
) STRICT, WITHOUT ROWID;

-- The token's secret has 256 random bits, so SHA-256 is enough: there is nothing to guess slowly.
CREATE TABLE api_token (
  tenant_id TEXT NOT NULL,
  token_id TEXT NOT NULL,
  name TEXT NOT NULL,
  secret_hash BLOB NOT NULL CHECK (length(secret_hash) = 32),
  permissions TEXT NOT NULL CHECK (json_valid(permissions)),
  created_at_ms INTEGER NOT NULL,
  expires_at_ms INTEGER,
  revoked_at_ms INTEGER,
  PRIMARY KEY (tenant_id, token_id),
  FOREIGN KEY (tenant_id) REFERENCES tenant (tenant_id)
) STRICT, WITHOUT ROWID;

-- A caller shows only the secret; which tenant it belongs to is the answer, not the question.
CREATE UNIQUE INDEX api_token_secret ON api_token (secret_hash);
