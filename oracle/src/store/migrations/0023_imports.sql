-- Files of activities; the id is that of the job that reads one. mapping: JSON, of columns to fields.
CREATE TABLE imports (
  id text PRIMARY KEY,
  organisation_id uuid NOT NULL REFERENCES organisations,
  workspace_id bigint NOT NULL REFERENCES workspaces,
  name text NOT NULL,
  format text NOT NULL CHECK (format IN ('csv', 'xlsx')),
  size bigint NOT NULL,
  digest bytea NOT NULL,
  dry_run boolean NOT NULL,
  options text NOT NULL,
  state text NOT NULL,
  rows bigint NOT NULL DEFAULT 0,
  accepted bigint NOT NULL DEFAULT 0,
  duplicate bigint NOT NULL DEFAULT 0,
  refused bigint NOT NULL DEFAULT 0,
  kept bigint NOT NULL DEFAULT 0,
  code text,
  detail text,
  actor text NOT NULL,
  account_id bigint,
  key_id text,
  created_at bigint NOT NULL,
  ended_at bigint,
  undone_at bigint
);
CREATE INDEX imports_of_organisation ON imports (organisation_id, created_at, id);

-- How columns were mapped the last time a file had this head line.
CREATE TABLE import_mappings (
  organisation_id uuid NOT NULL REFERENCES organisations,
  head_hash bytea NOT NULL,
  options text NOT NULL,
  used_at bigint NOT NULL,
  PRIMARY KEY (organisation_id, head_hash)
);

ALTER TABLE imports ENABLE ROW LEVEL SECURITY;
ALTER TABLE import_mappings ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON imports
  USING (organisation_id = (SELECT nullif(current_setting('truetonne.organisation', true), '')::uuid));
CREATE POLICY tenant ON import_mappings
  USING (organisation_id = (SELECT nullif(current_setting('truetonne.organisation', true), '')::uuid));
GRANT SELECT, INSERT, UPDATE ON imports TO truetonne_tenant;
GRANT SELECT, INSERT, UPDATE ON import_mappings TO truetonne_tenant;
