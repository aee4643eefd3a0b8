-- Place on the chain of the last event of a device's life that is in here: block x 1,000,000 + log.
-- Events that are read again change nothing.
ALTER TABLE devices ADD COLUMN life_at bigint;

-- The project under whose terms the windows up to the head were judged.
ALTER TABLE heads ADD COLUMN project_id integer;
UPDATE heads SET project_id = devices.project_id
FROM devices WHERE devices.number = heads.device_number;
