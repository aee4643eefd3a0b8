-- Number of the last entry of the audit log that took a right away: whoever looks on with one asks for it anew.
ALTER TABLE organisations ADD COLUMN rights_ended bigint NOT NULL DEFAULT 0;
