-- Finds everything that is kept of one person, for the export of that person, without reading whole tables while boxes
-- wait. Each index holds only the rows that name somebody.

CREATE INDEX access_grant_of_person ON access_grant (tenant_id, person_id) WHERE person_id IS NOT NULL;
CREATE INDEX remote_opening_of_person ON remote_opening (tenant_id, person_id) WHERE person_id IS NOT NULL;

-- The ledger and the audit name people within what they tell: whom it is about, who did it, who was put into a group.
CREATE INDEX event_about_person ON event (tenant_id, json_extract(data, '$.person_id'), sequence)
  WHERE json_extract(data, '$.person_id') IS NOT NULL;
CREATE INDEX event_by_person ON event (tenant_id, json_extract(data, '$.by_person_id'), sequence)
  WHERE json_extract(data, '$.by_person_id') IS NOT NULL;
CREATE INDEX event_of_member ON event (tenant_id, json_extract(data, '$.member_id'), sequence)
  WHERE json_extract(data, '$.member_id') IS NOT NULL;

CREATE INDEX audit_record_by_person ON audit_record (tenant_id, json_extract(record, '$.person_id'))
  WHERE kind = 'act' AND json_extract(record, '$.person_id') IS NOT NULL;
CREATE INDEX audit_record_about_person ON audit_record (tenant_id, json_extract(record, '$.targets.person_id'))
  WHERE kind = 'act' AND json_extract(record, '$.targets.person_id') IS NOT NULL;
CREATE INDEX audit_record_of_member ON audit_record (tenant_id, json_extract(record, '$.targets.member_id'))
  WHERE kind = 'act' AND json_extract(record, '$.targets.member_id') IS NOT NULL;
CREATE INDEX audit_record_created ON audit_record (tenant_id, json_extract(record, '$.created'))
  WHERE kind = 'act' AND json_extract(record, '$.created') IS NOT NULL;
