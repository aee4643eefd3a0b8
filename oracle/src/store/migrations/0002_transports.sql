-- Tasks in the background: what was asked, by whom it is run, how it stands. input and output are JSON.
CREATE TABLE jobs (
  id text PRIMARY KEY,
  kind text NOT NULL,
  instance text NOT NULL,
  state text NOT NULL,
  input text NOT NULL,
  output text,
  code text,
  detail text,
  done_steps bigint NOT NULL DEFAULT 0,
  total_steps bigint,
  created_at bigint NOT NULL,
  started_at bigint,
  ended_at bigint
);
CREATE INDEX jobs_by_kind ON jobs (kind, created_at, id);
CREATE INDEX jobs_unfinished ON jobs (instance) WHERE state IN ('queued', 'running');

-- The broker password of each device: SHA-256 of it, and the device's own time of the request.
CREATE TABLE mqtt_credentials (
  device_number integer PRIMARY KEY REFERENCES devices,
  password_hash bytea NOT NULL,
  requested_at bigint NOT NULL,
  expires_at bigint NOT NULL
);

-- Uploaded files; the id is that of the job that reads them.
CREATE TABLE uploads (
  id text PRIMARY KEY,
  digest bytea NOT NULL,
  kind text NOT NULL,
  options text NOT NULL,
  size bigint NOT NULL,
  created_at bigint NOT NULL
);
CREATE UNIQUE INDEX uploads_by_digest ON uploads (digest);
CREATE INDEX uploads_by_time ON uploads (created_at, id);

-- Readings that nobody signed: for display, never judged, batched or credited.
CREATE TABLE unverified_readings (
  source text NOT NULL,
  at bigint NOT NULL,
  export_wh bigint,
  import_wh bigint,
  status integer NOT NULL,
  fields text NOT NULL,
  received_at bigint NOT NULL,
  upload_id text,
  PRIMARY KEY (source, at)
);
