-- What a batch found to be due by a statement and what of it the batch left out, Wh. subject is the
-- number of the device, or the first statement of the invoice. What is due and was not left out yet
-- is left out of the next batch; what a batch says that was refused does not count.
CREATE TABLE adjustments (
  batch_key integer NOT NULL REFERENCES batches ON DELETE CASCADE,
  reason text NOT NULL,
  subject integer NOT NULL,
  due_wh numeric(30, 0) NOT NULL CHECK (due_wh >= 0),
  deducted_wh numeric(30, 0) NOT NULL CHECK (deducted_wh >= 0),
  PRIMARY KEY (batch_key, reason, subject)
);

-- Findings that a statement made when a batch was sealed are the batch's: its windows are free again
-- without them when it is refused or taken back.
ALTER TABLE findings ADD COLUMN batch_key integer REFERENCES batches ON DELETE CASCADE;
DROP INDEX findings_of_window;
CREATE INDEX findings_of_window ON findings (device_number, sequence, reading_index);
CREATE UNIQUE INDEX findings_judged ON findings (device_number, sequence, reading_index)
  WHERE batch_key IS NULL;
CREATE UNIQUE INDEX findings_of_batch ON findings (batch_key, device_number, sequence, reading_index)
  WHERE batch_key IS NOT NULL;
