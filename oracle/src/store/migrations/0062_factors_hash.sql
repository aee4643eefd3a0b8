-- Of the public sets of factors and the engine that an organisation's activities were last computed anew with.
ALTER TABLE organisations ADD COLUMN factors_hash text;
