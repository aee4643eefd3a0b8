-- Energy is in Wh, times in Unix seconds. Hashes, ids and addresses are bytes.

-- Versions of methodologies as the registry's events say; the hash names the parameter file, whose
-- thresholds judge.
CREATE TABLE methodologies (
  id integer PRIMARY KEY,
  code text NOT NULL,
  version text NOT NULL,
  parameters_hash bytea NOT NULL
);

-- The life of a device (SPEC section 9).
ALTER TABLE devices ADD COLUMN successor bytea;
ALTER TABLE devices ADD COLUMN predecessor bytea;
ALTER TABLE devices ADD COLUMN offered_to bytea;
ALTER TABLE devices ADD COLUMN frozen_sequence bigint;
-- Hash that the first window after the credited state names: of the statement after a meter was
-- replaced, else null and that of the window or claim.
ALTER TABLE devices ADD COLUMN opening_hash bytea;

-- What the chain said before is read once more, for the columns above.
UPDATE settings SET value = '' WHERE key = 'chainCursor';

-- One slim row per window, for order and once; the bytes lie beside it by month of closing.
ALTER TABLE windows RENAME TO windows_before;
ALTER INDEX windows_pkey RENAME TO windows_before_pkey;
ALTER INDEX windows_of_device RENAME TO windows_before_of_device;
DROP INDEX windows_by_time;

CREATE TABLE windows (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  device_number integer NOT NULL REFERENCES devices,
  sequence bigint NOT NULL,
  closed_at bigint NOT NULL,
  header_hash bytea NOT NULL,
  received_at bigint NOT NULL
);
CREATE UNIQUE INDEX windows_of_device ON windows (device_number, sequence);
CREATE INDEX windows_by_time ON windows (device_number, closed_at);

CREATE TABLE window_bytes (
  device_number integer NOT NULL,
  closed_at bigint NOT NULL,
  sequence bigint NOT NULL,
  bytes bytea NOT NULL,
  PRIMARY KEY (device_number, closed_at, sequence)
) PARTITION BY RANGE (closed_at);

-- Windows that came before their predecessor, or after a meter replacement that is not signed off yet.
CREATE TABLE waiting_windows (
  device_number integer NOT NULL REFERENCES devices,
  sequence bigint NOT NULL,
  received_at bigint NOT NULL,
  PRIMARY KEY (device_number, sequence)
);
CREATE INDEX waiting_windows_by_receipt ON waiting_windows (received_at);

-- What the checks remember of a device's windows before, as JSON.
ALTER TABLE heads ADD COLUMN memory text;

-- What a verifier should look at; takes nothing from the credit.
CREATE TABLE flags (
  device_number integer NOT NULL REFERENCES devices,
  sequence bigint NOT NULL,
  reading_index integer NOT NULL,
  reason text NOT NULL,
  at bigint NOT NULL,
  PRIMARY KEY (device_number, sequence, reading_index, reason)
);

-- Energy by hour, day and month of the project's own time; hours by month as well.
ALTER TABLE energy_hours RENAME TO energy_hours_before;
ALTER INDEX energy_hours_pkey RENAME TO energy_hours_before_pkey;

CREATE TABLE energy_hours (
  device_number integer NOT NULL,
  starts_at bigint NOT NULL,
  readings integer NOT NULL,
  exported_wh bigint NOT NULL,
  imported_wh bigint NOT NULL,
  deducted_wh bigint NOT NULL,
  PRIMARY KEY (device_number, starts_at)
) PARTITION BY RANGE (starts_at);

CREATE TABLE energy_days (
  device_number integer NOT NULL REFERENCES devices,
  starts_at bigint NOT NULL,
  readings integer NOT NULL,
  exported_wh bigint NOT NULL,
  imported_wh bigint NOT NULL,
  deducted_wh bigint NOT NULL,
  PRIMARY KEY (device_number, starts_at)
);

CREATE TABLE energy_months (
  device_number integer NOT NULL REFERENCES devices,
  starts_at bigint NOT NULL,
  readings integer NOT NULL,
  exported_wh bigint NOT NULL,
  imported_wh bigint NOT NULL,
  deducted_wh bigint NOT NULL,
  PRIMARY KEY (device_number, starts_at)
);

-- Of all devices of a project together, by day.
CREATE TABLE project_days (
  project_id integer NOT NULL,
  starts_at bigint NOT NULL,
  readings integer NOT NULL,
  exported_wh bigint NOT NULL,
  imported_wh bigint NOT NULL,
  deducted_wh bigint NOT NULL,
  PRIMARY KEY (project_id, starts_at)
);

-- The newest sign of life of a device, and what it said about itself.
CREATE TABLE presences (
  device_number integer PRIMARY KEY REFERENCES devices,
  last_seen_at bigint NOT NULL,
  last_sequence bigint NOT NULL,
  last_closed_at bigint NOT NULL,
  cadence_seconds bigint NOT NULL,
  firmware bigint,
  battery_mv bigint,
  signal_dbm bigint
);

-- Opened once when something begins to be wrong, closed when it is over.
CREATE TABLE alerts (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  kind text NOT NULL,
  device_number integer NOT NULL REFERENCES devices,
  project_id integer,
  since bigint NOT NULL,
  ended_at bigint,
  detail text NOT NULL
);
CREATE UNIQUE INDEX alerts_open ON alerts (kind, device_number) WHERE ended_at IS NULL;

-- Statements that a meter was replaced, until and after a validator signed them off on-chain.
CREATE TABLE meter_replacements (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  device_number integer NOT NULL REFERENCES devices,
  sequence bigint NOT NULL,
  statement bytea NOT NULL,
  statement_hash bytea NOT NULL UNIQUE,
  signature bytea,
  received_at bigint NOT NULL,
  validator bytea,
  signed_at bigint
);
CREATE INDEX meter_replacements_of_device ON meter_replacements (device_number);
