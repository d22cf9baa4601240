-- Under which grant the front of a box stands open: asked for each key that leaves a bin which nobody opened.

CREATE INDEX access_grant_of_front ON access_grant (tenant_id, box_id, reference) WHERE bin = 0;
