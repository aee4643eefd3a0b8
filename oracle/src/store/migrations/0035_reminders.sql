-- Where a wallet wants to hear of its subscription. new_email waits for its code.
CREATE TABLE notification_settings (
  account_id bigint PRIMARY KEY REFERENCES accounts ON DELETE CASCADE,
  email text,
  new_email text,
  code_hash bytea,
  code_sent_at bigint,
  code_tries integer NOT NULL DEFAULT 0,
  webhook_url text,
  webhook_secret text
);

-- One of each: who inserts the row sends it.
CREATE TABLE reminders (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  account_id bigint NOT NULL REFERENCES accounts ON DELETE CASCADE,
  paid_until bigint NOT NULL,
  stage text NOT NULL CHECK (stage IN ('info', 'warning', 'critical', 'expired')),
  ends_at bigint NOT NULL,
  created_at bigint NOT NULL,
  seen_at bigint,
  UNIQUE (account_id, paid_until, stage)
);

-- What of a reminder is to be sent; made in the transaction that makes the reminder.
CREATE TABLE reminder_deliveries (
  reminder_id bigint NOT NULL REFERENCES reminders ON DELETE CASCADE,
  channel text NOT NULL CHECK (channel IN ('email', 'webhook')),
  state text NOT NULL DEFAULT 'due' CHECK (state IN ('due', 'sent', 'failed')),
  tries integer NOT NULL DEFAULT 0,
  next_at bigint NOT NULL,
  detail text,
  PRIMARY KEY (reminder_id, channel)
);
CREATE INDEX reminder_deliveries_due ON reminder_deliveries (next_at) WHERE state = 'due';

-- When a wallet's paid time was last looked at.
CREATE TABLE reminder_looks (
  account_id bigint PRIMARY KEY REFERENCES accounts ON DELETE CASCADE,
  looked_at bigint NOT NULL
);
