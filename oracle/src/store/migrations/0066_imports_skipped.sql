-- Cells of months that were empty.
ALTER TABLE imports ADD COLUMN skipped bigint NOT NULL DEFAULT 0;
