-- When blocks were taken back, all events are read anew. What a device or project was is kept until
-- then; its place is empty until the new chain has told of it.
UPDATE devices SET life_at = 0 WHERE life_at IS NULL;
ALTER TABLE projects ADD COLUMN registered_at bigint;
UPDATE projects SET registered_at = 0;

-- Claimed only in blocks that were taken back: nobody knows it, but what it sent is not lost.
ALTER TABLE devices ADD COLUMN gone boolean NOT NULL DEFAULT false;

-- Under which terms the windows up to each head were judged, as the blocks told that were taken back.
CREATE TABLE believed_devices (
  device_number integer PRIMARY KEY REFERENCES devices,
  terms text NOT NULL,
  utc_offset_minutes integer NOT NULL,
  claimed_at bigint NOT NULL,
  claim_export_wh bigint NOT NULL,
  claim_import_wh bigint NOT NULL,
  credited_sequence bigint NOT NULL,
  credited_closed_at bigint NOT NULL,
  credited_export_wh bigint NOT NULL,
  credited_import_wh bigint NOT NULL,
  -- Statements of replaced meters that were signed off, by id.
  replacements bigint[] NOT NULL
);
