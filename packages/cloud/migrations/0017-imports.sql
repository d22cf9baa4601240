-- The number that the tenant itself has for a key or a person, as a list that was imported says it: the same list again
-- finds what it made the first time. A person's own number is personal: it goes when the person is erased.

CREATE TABLE import_reference (
  tenant_id TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('key', 'person')),
  reference TEXT NOT NULL,
  item_id TEXT NOT NULL,
  PRIMARY KEY (tenant_id, kind, reference),
  FOREIGN KEY (tenant_id) REFERENCES tenant (tenant_id)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX import_reference_item ON import_reference (tenant_id, item_id);
