-- Signed readings that an activity's electricity was computed from; JSON, absent where it was entered.
ALTER TABLE activities ADD COLUMN citation text;
CREATE INDEX activities_with_citation ON activities (organisation_id)
  WHERE citation IS NOT NULL AND NOT deleted;

-- What verification made of a batch; absent until it was settled.
ALTER TABLE batches ADD COLUMN settled text
  CHECK (settled IN ('verified', 'rejected', 'voided'));

-- Windows, devices and batches are public: an organisation's transaction reads them to cite them.
GRANT SELECT ON projects, devices, windows, window_bytes, batches, batch_devices TO truetonne_tenant;

-- Events that were read before this step did not settle batches: they are read once more.
DELETE FROM settings WHERE key = 'chainCursor';
