-- Which device measures the same energy as another one, to check it. It belongs to no project, so that
-- nothing of it is credited. compared_until is where the next day to compare begins, the registers are
-- what both showed at the end of the last day in which both measured, Wh.
CREATE TABLE check_meters (
  device_number integer PRIMARY KEY REFERENCES devices,
  check_number integer NOT NULL UNIQUE REFERENCES devices,
  accuracy_class_e2 integer NOT NULL CHECK (accuracy_class_e2 > 0),
  compared_until bigint,
  check_sequence bigint NOT NULL DEFAULT 0,
  main_export_wh bigint,
  main_import_wh bigint,
  check_export_wh bigint,
  check_import_wh bigint
);
