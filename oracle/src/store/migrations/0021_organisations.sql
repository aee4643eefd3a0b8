-- Who signs in: a wallet. Nothing else of a person is kept.
CREATE TABLE accounts (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  address bytea NOT NULL UNIQUE CHECK (length(address) = 20),
  created_at bigint NOT NULL
);

-- A nonce is good for one sign-in: signing in deletes it.
CREATE TABLE sign_in_nonces (
  nonce text PRIMARY KEY,
  expires_at bigint NOT NULL
);
CREATE INDEX sign_in_nonces_by_end ON sign_in_nonces (expires_at);

-- token_hash: SHA-256 of the cookie's value. challenge: of the passkey ceremony under way.
CREATE TABLE sessions (
  id text PRIMARY KEY,
  account_id bigint NOT NULL REFERENCES accounts ON DELETE CASCADE,
  token_hash bytea NOT NULL UNIQUE,
  agent text NOT NULL,
  created_at bigint NOT NULL,
  seen_at bigint NOT NULL,
  expires_at bigint NOT NULL,
  verified_at bigint,
  challenge text,
  challenge_expires_at bigint,
  revoked_at bigint
);
CREATE INDEX sessions_of_account ON sessions (account_id, created_at);

-- secret: a TOTP secret, sealed with the service's key; credential_id and public_key: a passkey's.
CREATE TABLE second_factors (
  id text PRIMARY KEY,
  account_id bigint NOT NULL REFERENCES accounts ON DELETE CASCADE,
  kind text NOT NULL CHECK (kind IN ('totp', 'passkey')),
  name text NOT NULL,
  secret text,
  used_step bigint,
  failures integer NOT NULL DEFAULT 0,
  failed_at bigint,
  credential_id text UNIQUE,
  public_key bytea,
  counter bigint,
  created_at bigint NOT NULL,
  confirmed_at bigint
);
CREATE INDEX second_factors_of_account ON second_factors (account_id);

-- chain_id_hash: the opaque id under which its inventories are anchored. audit_*: head of its audit log.
CREATE TABLE organisations (
  organisation_id uuid PRIMARY KEY,
  kind text NOT NULL CHECK (kind IN ('organisation', 'individual')),
  name text NOT NULL,
  country text NOT NULL,
  gwp_set text NOT NULL,
  second_factor_required boolean NOT NULL DEFAULT false,
  anchor_id bytea NOT NULL UNIQUE,
  audit_number bigint NOT NULL DEFAULT 0,
  audit_hash bytea NOT NULL,
  version integer NOT NULL DEFAULT 1,
  created_at bigint NOT NULL,
  deleted_at bigint
);

CREATE TABLE workspaces (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  organisation_id uuid NOT NULL REFERENCES organisations,
  name text NOT NULL,
  created_at bigint NOT NULL,
  closed_at bigint,
  UNIQUE (organisation_id, name)
);

CREATE TABLE members (
  organisation_id uuid NOT NULL REFERENCES organisations,
  account_id bigint NOT NULL REFERENCES accounts,
  address bytea NOT NULL,
  role text NOT NULL CHECK (role IN ('owner', 'admin', 'editor', 'viewer', 'verifier', 'supplier')),
  supplier_id bigint,
  version integer NOT NULL DEFAULT 1,
  joined_at bigint NOT NULL,
  PRIMARY KEY (organisation_id, account_id),
  CHECK ((role = 'supplier') = (supplier_id IS NOT NULL))
);
CREATE INDEX members_of_account ON members (account_id);

CREATE TABLE invitations (
  id text PRIMARY KEY,
  organisation_id uuid NOT NULL REFERENCES organisations,
  address bytea NOT NULL,
  role text NOT NULL,
  supplier_id bigint,
  invited_by bytea NOT NULL,
  created_at bigint NOT NULL,
  expires_at bigint NOT NULL,
  UNIQUE (organisation_id, address)
);
CREATE INDEX invitations_of_address ON invitations (address);

-- key_hash: SHA-256 of the key. prefix: its first letters, so that its owner knows it again.
CREATE TABLE api_keys (
  id text PRIMARY KEY,
  organisation_id uuid NOT NULL REFERENCES organisations,
  name text NOT NULL,
  prefix text NOT NULL,
  key_hash bytea NOT NULL UNIQUE,
  scopes text NOT NULL,
  created_by bytea NOT NULL,
  created_at bigint NOT NULL,
  expires_at bigint NOT NULL,
  seen_at bigint,
  revoked_at bigint
);
CREATE INDEX api_keys_of_organisation ON api_keys (organisation_id, created_at);

-- Every change, each entry's hash over the one before. detail: JSON.
CREATE TABLE audit_entries (
  organisation_id uuid NOT NULL REFERENCES organisations,
  number bigint NOT NULL,
  at bigint NOT NULL,
  actor text NOT NULL,
  action text NOT NULL,
  subject text NOT NULL,
  detail text NOT NULL,
  previous_hash bytea NOT NULL,
  hash bytea NOT NULL,
  PRIMARY KEY (organisation_id, number)
);

-- What a write with an idempotency key answered.
CREATE TABLE idempotent_answers (
  organisation_id uuid NOT NULL REFERENCES organisations,
  key text NOT NULL,
  request_hash bytea NOT NULL,
  status integer NOT NULL,
  body text NOT NULL,
  etag text,
  created_at bigint NOT NULL,
  PRIMARY KEY (organisation_id, key)
);
CREATE INDEX idempotent_answers_by_time ON idempotent_answers (created_at);

ALTER TABLE organisations ENABLE ROW LEVEL SECURITY;
ALTER TABLE workspaces ENABLE ROW LEVEL SECURITY;
ALTER TABLE members ENABLE ROW LEVEL SECURITY;
ALTER TABLE invitations ENABLE ROW LEVEL SECURITY;
ALTER TABLE api_keys ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_entries ENABLE ROW LEVEL SECURITY;
ALTER TABLE idempotent_answers ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON organisations
  USING (organisation_id = (SELECT nullif(current_setting('truetonne.organisation', true), '')::uuid));
CREATE POLICY tenant ON workspaces
  USING (organisation_id = (SELECT nullif(current_setting('truetonne.organisation', true), '')::uuid));
CREATE POLICY tenant ON members
  USING (organisation_id = (SELECT nullif(current_setting('truetonne.organisation', true), '')::uuid));
CREATE POLICY tenant ON invitations
  USING (organisation_id = (SELECT nullif(current_setting('truetonne.organisation', true), '')::uuid));
CREATE POLICY tenant ON api_keys
  USING (organisation_id = (SELECT nullif(current_setting('truetonne.organisation', true), '')::uuid));
CREATE POLICY tenant ON audit_entries
  USING (organisation_id = (SELECT nullif(current_setting('truetonne.organisation', true), '')::uuid));
CREATE POLICY tenant ON idempotent_answers
  USING (organisation_id = (SELECT nullif(current_setting('truetonne.organisation', true), '')::uuid));

GRANT SELECT, UPDATE ON organisations TO truetonne_tenant;
GRANT SELECT, INSERT, UPDATE ON workspaces TO truetonne_tenant;
GRANT SELECT, INSERT, UPDATE, DELETE ON members TO truetonne_tenant;
GRANT SELECT, INSERT, UPDATE, DELETE ON invitations TO truetonne_tenant;
GRANT SELECT, INSERT, UPDATE ON api_keys TO truetonne_tenant;
-- The log only grows: no role of a request can change or take away an entry.
GRANT SELECT, INSERT ON audit_entries TO truetonne_tenant;
GRANT SELECT, INSERT ON idempotent_answers TO truetonne_tenant;
