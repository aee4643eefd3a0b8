-- Whose a task is, as 'wallet:0x...', 'key:...', 'visitor:<hash>' or 'organisation:...'; a code of the
-- network that a visitor asks from; and bytes of files that are kept of it. Uploads and exports of before
-- are nobody's: they end, and are removed when their time is over.
ALTER TABLE jobs ADD COLUMN owner text NOT NULL DEFAULT 'nobody';
ALTER TABLE jobs ADD COLUMN source text;
ALTER TABLE jobs ADD COLUMN kept_bytes bigint NOT NULL DEFAULT 0;
UPDATE jobs SET owner = 'organisation:' || (input::json ->> 'organisationId') WHERE kind = 'activities';
ALTER TABLE jobs ALTER COLUMN owner DROP DEFAULT;
DROP INDEX jobs_by_kind;
CREATE INDEX jobs_by_owner ON jobs (owner, kind, created_at, id);
CREATE INDEX jobs_by_source ON jobs (source) WHERE source IS NOT NULL;
CREATE INDEX jobs_ended ON jobs (instance, ended_at);

-- The same file again is the same upload only for whoever uploaded it.
ALTER TABLE uploads ADD COLUMN owner text NOT NULL DEFAULT 'nobody';
ALTER TABLE uploads ALTER COLUMN owner DROP DEFAULT;
DROP INDEX uploads_by_digest;
DROP INDEX uploads_by_time;
CREATE UNIQUE INDEX uploads_by_digest ON uploads (owner, digest);
CREATE INDEX uploads_by_time ON uploads (owner, created_at, id);
