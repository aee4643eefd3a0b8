-- Of devices that are bound by now it is not known: patience with them counts from their claim.
ALTER TABLE devices ADD COLUMN bound_at bigint;
