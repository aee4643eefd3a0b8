-- From what movement of the base year's total on a goal's base is taken anew, percent; null: set before it was asked.
ALTER TABLE goals ADD COLUMN threshold_percent text;

-- What a goal measures from: each total of its base year that was taken, none ever changed.
-- totals: JSON, nanograms by scope. kind: why it was taken (GHG Protocol Corporate Standard, chapter 5).
CREATE TABLE goal_bases (
  organisation_id uuid NOT NULL REFERENCES organisations,
  goal_id bigint NOT NULL REFERENCES goals,
  number integer NOT NULL,
  base_year integer NOT NULL,
  scopes text NOT NULL,
  gwp_set text NOT NULL,
  totals text NOT NULL,
  kind text NOT NULL CHECK (kind IN ('first', 'structure', 'methodology', 'error')),
  reason text NOT NULL,
  taken_by text NOT NULL,
  taken_at bigint NOT NULL,
  PRIMARY KEY (organisation_id, goal_id, number)
);
ALTER TABLE goal_bases ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON goal_bases
  USING (organisation_id = (SELECT nullif(current_setting('truetonne.organisation', true), '')::uuid));
GRANT SELECT, INSERT ON goal_bases TO truetonne_tenant;

-- What changed since a base was taken.
CREATE INDEX activities_by_change ON activities (organisation_id, changed_at);
