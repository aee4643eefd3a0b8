-- Every transaction that was signed for a batch: whichever of them is mined has to be known again.
CREATE TABLE transactions (
  hash bytea PRIMARY KEY,
  batch_key integer NOT NULL REFERENCES batches ON DELETE CASCADE,
  nonce integer NOT NULL,
  raw bytea NOT NULL,
  signed_at bigint NOT NULL
);
CREATE INDEX transactions_of_batch ON transactions (batch_key, nonce);

INSERT INTO transactions (hash, batch_key, nonce, raw, signed_at)
SELECT tx_hash, key, tx_nonce, tx_raw, coalesce(signed_at, 0) FROM batches
WHERE tx_hash IS NOT NULL AND tx_nonce IS NOT NULL AND tx_raw IS NOT NULL;

ALTER TABLE batches DROP COLUMN tx_raw;
ALTER TABLE batches DROP COLUMN signed_at;
