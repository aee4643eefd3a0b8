-- Calls of the API that a wallet's plan pays for, by UTC day (days since 1970).
CREATE TABLE api_usage (
  wallet bytea NOT NULL CHECK (length(wallet) = 20),
  day integer NOT NULL,
  calls bigint NOT NULL,
  PRIMARY KEY (wallet, day)
);

-- What stands on the invoices of a wallet. Private to it, never on the chain.
CREATE TABLE billing_details (
  wallet bytea PRIMARY KEY CHECK (length(wallet) = 20),
  name text NOT NULL,
  address text NOT NULL,
  tax_id text NOT NULL,
  changed_at bigint NOT NULL
);
