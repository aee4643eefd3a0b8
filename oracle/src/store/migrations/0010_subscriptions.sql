-- Calls of the API that a wallet's plan pays for, by UTC day (days since 1970).
CREATE TABLE api_usage (
  wallet bytea NOT NULL CHECK (length(wallet) = 20),
  day integer NOT NULL,
  calls bigint NOT NULL,
  PRIMARY KEY (wallet, day)
);
