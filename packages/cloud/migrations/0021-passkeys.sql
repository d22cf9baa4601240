-- Passkeys, sessions of programs that a person let in, tokens that see some locations only, and quarantine.
-- A person who signs in by passkeys alone has an empty password_hash in sign_in.

-- public_key: COSE, as the authenticator gave it; nothing here helps to sign in. counter: as it was last shown.
CREATE TABLE passkey (
  tenant_id TEXT NOT NULL,
  passkey_id TEXT NOT NULL,
  person_id TEXT NOT NULL,
  credential_id BLOB NOT NULL CHECK (length(credential_id) BETWEEN 1 AND 1023),
  public_key BLOB NOT NULL,
  counter INTEGER NOT NULL CHECK (counter >= 0),
  transports TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(transports)),
  backed_up INTEGER NOT NULL CHECK (backed_up IN (0, 1)),
  name TEXT NOT NULL,
  created_at_ms INTEGER NOT NULL,
  used_at_ms INTEGER,
  PRIMARY KEY (tenant_id, passkey_id),
  FOREIGN KEY (tenant_id, person_id) REFERENCES person (tenant_id, person_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX passkey_of_person ON passkey (tenant_id, person_id);

-- Whoever signs in shows a credential and nothing else: whose it is, is the answer and not the question.
CREATE UNIQUE INDEX passkey_credential ON passkey (credential_id);

-- What a program called itself that a person let in by a device code. NULL: somebody signed in at the door.
ALTER TABLE session ADD COLUMN client_name TEXT;

-- Who made the token, as far as it was a person: it ends with the quarantine of that person.
ALTER TABLE api_token ADD COLUMN created_by TEXT;

-- The places that a token sees. No row: the whole tenant.
CREATE TABLE api_token_location (
  tenant_id TEXT NOT NULL,
  token_id TEXT NOT NULL,
  location_id TEXT NOT NULL,
  PRIMARY KEY (tenant_id, token_id, location_id),
  FOREIGN KEY (tenant_id, token_id) REFERENCES api_token (tenant_id, token_id),
  FOREIGN KEY (tenant_id, location_id) REFERENCES location (tenant_id, location_id)
) STRICT, WITHOUT ROWID;

-- Since when nothing is done for this person any more. NULL: no quarantine.
ALTER TABLE person ADD COLUMN quarantined_at_ms INTEGER;
