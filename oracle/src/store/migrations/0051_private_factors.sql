-- Factors that an organisation uploaded itself. version: the newest; withdrawn: no new activity takes it.
CREATE TABLE private_factors (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  organisation_id uuid NOT NULL REFERENCES organisations,
  version integer NOT NULL DEFAULT 1,
  withdrawn_at bigint,
  created_at bigint NOT NULL
);
CREATE INDEX private_factors_of_organisation ON private_factors (organisation_id, id);

-- Every version as it was uploaded, JSON, with the SHA-256 of that text. Nothing changes one.
CREATE TABLE private_factor_versions (
  organisation_id uuid NOT NULL REFERENCES organisations,
  factor_id bigint NOT NULL REFERENCES private_factors,
  version integer NOT NULL,
  body text NOT NULL,
  sha256 bytea NOT NULL,
  actor text NOT NULL,
  created_at bigint NOT NULL,
  PRIMARY KEY (organisation_id, factor_id, version)
);

-- Counts the changes of an organisation's own factors; 0: it has none.
ALTER TABLE organisations ADD COLUMN private_factors bigint NOT NULL DEFAULT 0;

ALTER TABLE private_factors ENABLE ROW LEVEL SECURITY;
ALTER TABLE private_factor_versions ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON private_factors
  USING (organisation_id = (SELECT nullif(current_setting('truetonne.organisation', true), '')::uuid));
CREATE POLICY tenant ON private_factor_versions
  USING (organisation_id = (SELECT nullif(current_setting('truetonne.organisation', true), '')::uuid));
GRANT SELECT, INSERT, UPDATE ON private_factors TO truetonne_tenant;
GRANT SELECT, INSERT ON private_factor_versions TO truetonne_tenant;
