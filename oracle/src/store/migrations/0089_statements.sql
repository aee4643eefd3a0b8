-- What the owner of a project states of its meters and invoices. Nothing is ever changed: a later
-- statement supersedes one. Days are the project's own; errors are parts of 100,000,000.
CREATE TABLE calibrations (
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  project_id integer NOT NULL REFERENCES projects,
  device_number integer NOT NULL REFERENCES devices,
  calibrated_on text NOT NULL,
  valid_until text NOT NULL CHECK (valid_until >= calibrated_on),
  permissible_error_e8 integer NOT NULL CHECK (permissible_error_e8 BETWEEN 0 AND 100000000),
  found_error_e8 integer CHECK (found_error_e8 BETWEEN 0 AND 100000000),
  evidence bytea NOT NULL,
  supersedes integer UNIQUE REFERENCES calibrations,
  stated_by bytea NOT NULL,
  stated_at bigint NOT NULL
);
CREATE INDEX calibrations_of_device ON calibrations (device_number, id);
CREATE INDEX calibrations_of_project ON calibrations (project_id, id);
CREATE TABLE invoices (
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  project_id integer NOT NULL REFERENCES projects,
  first_day text NOT NULL,
  last_day text NOT NULL CHECK (last_day >= first_day),
  export_wh bigint NOT NULL CHECK (export_wh >= 0),
  import_wh bigint NOT NULL CHECK (import_wh >= 0),
  evidence bytea NOT NULL,
  supersedes integer UNIQUE REFERENCES invoices,
  stated_by bytea NOT NULL,
  stated_at bigint NOT NULL
);
CREATE INDEX invoices_of_project ON invoices (project_id, id);
