-- Sums over the devices of a project: 128 registers at their largest value leave 64 bits with a sign.
ALTER TABLE project_days
  ALTER COLUMN exported_wh TYPE numeric(30, 0),
  ALTER COLUMN imported_wh TYPE numeric(30, 0),
  ALTER COLUMN deducted_wh TYPE numeric(30, 0);

ALTER TABLE batches
  ALTER COLUMN exported_wh TYPE numeric(30, 0),
  ALTER COLUMN imported_wh TYPE numeric(30, 0),
  ALTER COLUMN deducted_wh TYPE numeric(30, 0);
