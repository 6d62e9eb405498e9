-- A link with which one member of the organisation may give the consent that an admin cannot give. One per
-- organisation; only a digest of its token is kept. The first who begins with it claims it; it is done once it
-- has connected. seen_connected_at_ms is the connection that was there when it was made, 0 for none.
CREATE TABLE handover (
    organisation TEXT PRIMARY KEY,
    digest TEXT NOT NULL,
    created_by TEXT NOT NULL,
    created_at_ms BIGINT NOT NULL,
    expires_at_ms BIGINT NOT NULL,
    seen_connected_at_ms BIGINT NOT NULL,
    claimed_by TEXT NOT NULL,
    done_at_ms BIGINT NOT NULL
);

-- The digest of the link that an authorisation was begun with, empty for an admin's own.
ALTER TABLE oauth_state ADD COLUMN handover TEXT NOT NULL DEFAULT '';
ALTER TABLE pending_grant ADD COLUMN handover TEXT NOT NULL DEFAULT '';
