-- What a restatement would change after factors did, JSON; null: nothing.
ALTER TABLE periods ADD COLUMN outdated text;
