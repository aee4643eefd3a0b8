-- Whom an organisation buys from. naics: the six digits that spend is estimated by.
CREATE TABLE suppliers (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  organisation_id uuid NOT NULL REFERENCES organisations,
  name text NOT NULL,
  country text NOT NULL,
  naics text,
  contact text NOT NULL,
  version integer NOT NULL DEFAULT 1,
  created_at bigint NOT NULL,
  UNIQUE (organisation_id, name)
);

-- What a supplier itself says of a period; replaces: the activities that were taken out for it.
CREATE TABLE supplier_figures (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  organisation_id uuid NOT NULL REFERENCES organisations,
  supplier_id bigint NOT NULL REFERENCES suppliers,
  first_day date NOT NULL,
  last_day date NOT NULL,
  category text NOT NULL,
  kg_co2e text NOT NULL,
  gwp_set text NOT NULL,
  source text NOT NULL,
  state text NOT NULL CHECK (state IN ('submitted', 'accepted', 'refused', 'withdrawn')),
  reason text,
  activity_id bigint REFERENCES activities,
  replaced text NOT NULL DEFAULT '[]',
  submitted_by bytea NOT NULL,
  submitted_at bigint NOT NULL,
  decided_by text,
  decided_at bigint
);
CREATE INDEX supplier_figures_of_supplier ON supplier_figures (organisation_id, supplier_id, id);

-- Reduction targets. output_unit and outputs: of an intensity target, JSON of year to amount.
CREATE TABLE goals (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  organisation_id uuid NOT NULL REFERENCES organisations,
  name text NOT NULL,
  kind text NOT NULL CHECK (kind IN ('absolute', 'intensity')),
  path text NOT NULL CHECK (path IN ('linear', 'sbti-1.5')),
  scopes text NOT NULL,
  base_year integer NOT NULL,
  target_year integer NOT NULL,
  reduction_percent text NOT NULL,
  output_unit text,
  outputs text NOT NULL DEFAULT '{}',
  version integer NOT NULL DEFAULT 1,
  deleted boolean NOT NULL DEFAULT false,
  created_at bigint NOT NULL
);
CREATE INDEX goals_of_organisation ON goals (organisation_id, id);

ALTER TABLE suppliers ENABLE ROW LEVEL SECURITY;
ALTER TABLE supplier_figures ENABLE ROW LEVEL SECURITY;
ALTER TABLE goals ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON suppliers
  USING (organisation_id = (SELECT nullif(current_setting('truetonne.organisation', true), '')::uuid));
CREATE POLICY tenant ON supplier_figures
  USING (organisation_id = (SELECT nullif(current_setting('truetonne.organisation', true), '')::uuid));
CREATE POLICY tenant ON goals
  USING (organisation_id = (SELECT nullif(current_setting('truetonne.organisation', true), '')::uuid));
GRANT SELECT, INSERT, UPDATE ON suppliers TO truetonne_tenant;
GRANT SELECT, INSERT, UPDATE ON supplier_figures TO truetonne_tenant;
GRANT SELECT, INSERT, UPDATE ON goals TO truetonne_tenant;
