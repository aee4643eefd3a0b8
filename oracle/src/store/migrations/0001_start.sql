-- Energy is in Wh, mass in grams, times in Unix seconds. Hashes, ids and addresses are bytes.

CREATE TABLE settings (
  key text PRIMARY KEY,
  value text NOT NULL
);

-- Projects and devices as the registry's events say.
CREATE TABLE projects (
  id integer PRIMARY KEY,
  owner bytea NOT NULL,
  name text NOT NULL,
  country text NOT NULL,
  latitude_e6 integer NOT NULL,
  longitude_e6 integer NOT NULL,
  utc_offset_minutes integer NOT NULL,
  capacity_w bigint NOT NULL,
  methodology_id integer NOT NULL,
  crediting_from bigint NOT NULL,
  crediting_until bigint NOT NULL,
  validator bytea,
  submitter bytea,
  factor_ug_per_wh bigint,
  batch_count integer NOT NULL DEFAULT 0
);

CREATE TABLE devices (
  number integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  device_id bytea NOT NULL UNIQUE,
  owner bytea NOT NULL,
  public_key bytea NOT NULL,
  claim_hash bytea NOT NULL,
  claimed_at bigint NOT NULL,
  claim_export_wh bigint NOT NULL,
  claim_import_wh bigint NOT NULL,
  project_id integer,
  capacity_w bigint,
  revoked_from bigint,
  -- The last credited state, where the next batch opens; that of the claim before any.
  credited_sequence bigint NOT NULL,
  credited_closed_at bigint NOT NULL,
  credited_export_wh bigint NOT NULL,
  credited_import_wh bigint NOT NULL
);
CREATE INDEX devices_of_project ON devices (project_id);

-- What devices sent, as they sent it. `id` ascends in the order of commits.
CREATE TABLE windows (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  device_number integer NOT NULL REFERENCES devices,
  sequence bigint NOT NULL,
  closed_at bigint NOT NULL,
  header_hash bytea NOT NULL,
  bytes bytea NOT NULL,
  received_at bigint NOT NULL
);
CREATE UNIQUE INDEX windows_of_device ON windows (device_number, sequence);
CREATE INDEX windows_by_time ON windows (device_number, closed_at);

-- A second, different window with a sequence number that was used: the key was copied.
CREATE TABLE equivocations (
  device_number integer NOT NULL REFERENCES devices,
  sequence bigint NOT NULL,
  header_hash bytea NOT NULL,
  bytes bytea NOT NULL,
  received_at bigint NOT NULL,
  PRIMARY KEY (device_number, sequence, header_hash)
);

-- How far each device's windows were judged: protocol's WalkState.
CREATE TABLE heads (
  device_number integer PRIMARY KEY REFERENCES devices,
  sequence bigint NOT NULL,
  closed_at bigint NOT NULL,
  export_wh bigint NOT NULL,
  import_wh bigint NOT NULL,
  previous_hash bytea,
  last_sequence bigint NOT NULL,
  unsettled text,
  windows bigint NOT NULL DEFAULT 0,
  readings bigint NOT NULL DEFAULT 0,
  exported_wh bigint NOT NULL DEFAULT 0,
  imported_wh bigint NOT NULL DEFAULT 0,
  deducted_wh bigint NOT NULL DEFAULT 0
);

-- Windows whose place in the row had been judged as a gap before they came.
CREATE TABLE missed_windows (
  device_number integer NOT NULL REFERENCES devices,
  sequence bigint NOT NULL,
  PRIMARY KEY (device_number, sequence)
);

-- Why energy does not count; reading_index 65535 is the whole window.
CREATE TABLE findings (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  device_number integer NOT NULL REFERENCES devices,
  sequence bigint NOT NULL,
  reading_index integer NOT NULL,
  at bigint NOT NULL,
  reason text NOT NULL,
  deducted_wh bigint NOT NULL
);
CREATE UNIQUE INDEX findings_of_window ON findings (device_number, sequence, reading_index);

-- Energy by hour of the project's own time.
CREATE TABLE energy_hours (
  device_number integer NOT NULL REFERENCES devices,
  starts_at bigint NOT NULL,
  readings integer NOT NULL,
  exported_wh bigint NOT NULL,
  imported_wh bigint NOT NULL,
  deducted_wh bigint NOT NULL,
  PRIMARY KEY (device_number, starts_at)
);

-- Batches: ours from sealing on, and those that another oracle submitted (own = false).
CREATE TABLE batches (
  key integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  project_id integer NOT NULL,
  number integer NOT NULL,
  own boolean NOT NULL,
  phase text NOT NULL,
  crossing boolean NOT NULL,
  vintage integer NOT NULL,
  period_start bigint NOT NULL,
  period_end bigint NOT NULL,
  root bytea NOT NULL,
  file_digest bytea NOT NULL,
  cid text NOT NULL,
  file_size integer,
  device_count integer NOT NULL,
  window_count integer,
  reading_count integer,
  exported_wh bigint NOT NULL,
  imported_wh bigint NOT NULL,
  deducted_wh bigint NOT NULL,
  sealed_at bigint,
  tx_hash bytea,
  tx_raw bytea,
  tx_nonce integer,
  signed_at bigint,
  sent_at bigint,
  refused_code text,
  refused_detail text,
  refused_at bigint,
  block_number bigint,
  creditable_wh bigint,
  grams bigint,
  minted boolean NOT NULL DEFAULT false
);
CREATE UNIQUE INDEX batches_by_number ON batches (project_id, number) WHERE phase <> 'refused';
CREATE INDEX batches_by_cid ON batches (cid);

-- The windows of a batch: of each device those in (opening_sequence, closing_sequence] that were
-- judged in their place.
CREATE TABLE batch_devices (
  batch_key integer NOT NULL REFERENCES batches ON DELETE CASCADE,
  device_number integer NOT NULL REFERENCES devices,
  opening_sequence bigint NOT NULL,
  closing_sequence bigint NOT NULL,
  closed_at bigint NOT NULL,
  exported_wh bigint NOT NULL,
  imported_wh bigint NOT NULL,
  closing bytea,
  PRIMARY KEY (batch_key, device_number)
);
CREATE INDEX batch_devices_of_device ON batch_devices (device_number, closing_sequence);

-- Someone asked to close the project's periods up to a time.
CREATE TABLE close_requests (
  project_id integer PRIMARY KEY,
  until bigint NOT NULL
);
