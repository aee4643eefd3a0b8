-- What an organisation decided of its accounts: docs/organisations.md.
ALTER TABLE organisations ADD COLUMN other_gwp_set text NOT NULL DEFAULT 'refuse';
ALTER TABLE organisations ADD COLUMN widen_region boolean NOT NULL DEFAULT false;
ALTER TABLE organisations ADD COLUMN carry_forward_years integer NOT NULL DEFAULT 0;

-- Counts the changes of an organisation's inventory; who changes it holds the row.
CREATE TABLE inventory_heads (
  organisation_id uuid PRIMARY KEY REFERENCES organisations,
  version bigint NOT NULL
);

-- The newest version of each activity. input: what was entered; lines: what it comes to; factors: which
-- were chosen; all JSON. scope and category place it: Scope 2 has a line by location and one by market.
CREATE TABLE activities (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  organisation_id uuid NOT NULL REFERENCES organisations,
  workspace_id bigint NOT NULL REFERENCES workspaces,
  version integer NOT NULL,
  change text NOT NULL,
  deleted boolean NOT NULL DEFAULT false,
  method text NOT NULL,
  scope text NOT NULL,
  category text NOT NULL,
  date date NOT NULL,
  site text NOT NULL,
  supplier_id bigint,
  evidence text NOT NULL,
  input text NOT NULL,
  lines text NOT NULL,
  factors text NOT NULL,
  co2e_ng numeric NOT NULL,
  engine_version text NOT NULL,
  fingerprint bytea NOT NULL,
  import_id text,
  import_row integer,
  actor text NOT NULL,
  created_at bigint NOT NULL,
  changed_at bigint NOT NULL
);
CREATE INDEX activities_of_organisation ON activities (organisation_id, id) WHERE NOT deleted;
CREATE INDEX activities_by_place ON activities (organisation_id, scope, category, date) WHERE NOT deleted;
CREATE INDEX activities_by_print ON activities (organisation_id, fingerprint) WHERE NOT deleted;
CREATE INDEX activities_of_import ON activities (import_id, id) WHERE import_id IS NOT NULL;
CREATE INDEX activities_of_supplier ON activities (organisation_id, supplier_id) WHERE supplier_id IS NOT NULL AND NOT deleted;

-- Versions that were replaced: the whole row as JSON. Nothing changes or deletes one.
CREATE TABLE activity_versions (
  organisation_id uuid NOT NULL REFERENCES organisations,
  activity_id bigint NOT NULL REFERENCES activities,
  version integer NOT NULL,
  state text NOT NULL,
  PRIMARY KEY (organisation_id, activity_id, version)
);

-- Sums of lines by month, scope and one key: category, site, supplier, gas, or estimated (of a supplier).
-- Whole nanograms; variance in square nanograms of the lines that state it.
CREATE TABLE inventory_totals (
  organisation_id uuid NOT NULL REFERENCES organisations,
  workspace_id bigint NOT NULL,
  month integer NOT NULL,
  gwp_set text NOT NULL,
  scope text NOT NULL,
  kind text NOT NULL,
  key text NOT NULL,
  lines bigint NOT NULL,
  co2e_ng numeric NOT NULL,
  biogenic_ng numeric NOT NULL,
  other_ng numeric NOT NULL,
  stated_ng numeric NOT NULL,
  variance_ng2 numeric NOT NULL,
  mass_ng numeric NOT NULL,
  massless bigint NOT NULL,
  PRIMARY KEY (organisation_id, kind, month, workspace_id, gwp_set, scope, key)
);

ALTER TABLE inventory_heads ENABLE ROW LEVEL SECURITY;
ALTER TABLE activities ENABLE ROW LEVEL SECURITY;
ALTER TABLE activity_versions ENABLE ROW LEVEL SECURITY;
ALTER TABLE inventory_totals ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON inventory_heads
  USING (organisation_id = (SELECT nullif(current_setting('truetonne.organisation', true), '')::uuid));
CREATE POLICY tenant ON activities
  USING (organisation_id = (SELECT nullif(current_setting('truetonne.organisation', true), '')::uuid));
CREATE POLICY tenant ON activity_versions
  USING (organisation_id = (SELECT nullif(current_setting('truetonne.organisation', true), '')::uuid));
CREATE POLICY tenant ON inventory_totals
  USING (organisation_id = (SELECT nullif(current_setting('truetonne.organisation', true), '')::uuid));
GRANT SELECT, INSERT, UPDATE ON inventory_heads TO truetonne_tenant;
GRANT SELECT, INSERT, UPDATE ON activities TO truetonne_tenant;
GRANT SELECT, INSERT ON activity_versions TO truetonne_tenant;
GRANT SELECT, INSERT, UPDATE ON inventory_totals TO truetonne_tenant;

-- Periods that were closed, so that nothing in them changes unseen; reopened for a restatement.
CREATE TABLE periods (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  organisation_id uuid NOT NULL REFERENCES organisations,
  first_day date NOT NULL,
  last_day date NOT NULL,
  state text NOT NULL CHECK (state IN ('closed', 'reopened')),
  number integer NOT NULL,
  reason text,
  version integer NOT NULL DEFAULT 1,
  created_at bigint NOT NULL
);
CREATE INDEX periods_of_organisation ON periods (organisation_id, first_day);

-- What a period held when it was closed, once for each time that it was; never changed.
CREATE TABLE inventories (
  organisation_id uuid NOT NULL REFERENCES organisations,
  period_id bigint NOT NULL REFERENCES periods,
  number integer NOT NULL,
  root bytea NOT NULL,
  line_count integer NOT NULL,
  factor_sets text NOT NULL,
  factor_sets_hash bytea NOT NULL,
  engine_version text NOT NULL,
  totals text NOT NULL,
  reason text,
  closed_by text NOT NULL,
  closed_at bigint NOT NULL,
  PRIMARY KEY (organisation_id, period_id, number)
);

CREATE TABLE inventory_lines (
  organisation_id uuid NOT NULL REFERENCES organisations,
  period_id bigint NOT NULL REFERENCES periods,
  number integer NOT NULL,
  position integer NOT NULL,
  activity_id bigint NOT NULL,
  line text NOT NULL,
  leaf bytea NOT NULL,
  PRIMARY KEY (organisation_id, period_id, number, position)
);
CREATE INDEX inventory_lines_of_activity ON inventory_lines (organisation_id, period_id, number, activity_id);

ALTER TABLE periods ENABLE ROW LEVEL SECURITY;
ALTER TABLE inventories ENABLE ROW LEVEL SECURITY;
ALTER TABLE inventory_lines ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON periods
  USING (organisation_id = (SELECT nullif(current_setting('truetonne.organisation', true), '')::uuid));
CREATE POLICY tenant ON inventories
  USING (organisation_id = (SELECT nullif(current_setting('truetonne.organisation', true), '')::uuid));
CREATE POLICY tenant ON inventory_lines
  USING (organisation_id = (SELECT nullif(current_setting('truetonne.organisation', true), '')::uuid));
GRANT SELECT, INSERT, UPDATE ON periods TO truetonne_tenant;
GRANT SELECT, INSERT ON inventories TO truetonne_tenant;
GRANT SELECT, INSERT ON inventory_lines TO truetonne_tenant;
