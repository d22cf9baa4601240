-- Places where boxes stand. Key codes are scoped to one, so a code of the depot opens nothing at the hotel.

CREATE TABLE location (
  tenant_id TEXT NOT NULL,
  location_id TEXT NOT NULL,
  name TEXT NOT NULL,
  time_zone TEXT NOT NULL,
  rev INTEGER NOT NULL DEFAULT 1,
  created_at_ms INTEGER NOT NULL,
  PRIMARY KEY (tenant_id, location_id),
  FOREIGN KEY (tenant_id) REFERENCES tenant (tenant_id)
) STRICT, WITHOUT ROWID;
