-- Keys and invitations end with the right of whoever made them; those of members who lost it before that was
-- so end here. The audit log has no entries of it: only the program that holds a log's head adds to it.
UPDATE api_keys SET revoked_at = extract(epoch FROM now())::bigint
WHERE revoked_at IS NULL AND NOT EXISTS (
  SELECT FROM members WHERE members.organisation_id = api_keys.organisation_id
    AND members.address = api_keys.created_by AND members.role IN ('owner', 'admin'));
DELETE FROM invitations WHERE NOT EXISTS (
  SELECT FROM members WHERE members.organisation_id = invitations.organisation_id
    AND members.address = invitations.invited_by
    AND (members.role = 'owner' OR members.role = 'admin' AND invitations.role <> 'owner'));
