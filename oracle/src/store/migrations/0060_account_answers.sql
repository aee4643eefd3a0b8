-- What a write with an idempotency key answered that was made in no organisation.
CREATE TABLE account_answers (
  account_id bigint NOT NULL REFERENCES accounts,
  key text NOT NULL,
  request_hash bytea NOT NULL,
  status integer NOT NULL,
  body text NOT NULL,
  etag text,
  created_at bigint NOT NULL,
  PRIMARY KEY (account_id, key)
);
CREATE INDEX account_answers_by_time ON account_answers (created_at);
