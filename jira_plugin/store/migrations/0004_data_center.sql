-- Jira Data Center. The key pair that an organisation signs its requests with: Jira's application link holds the
-- consumer key and the public half. base_url, jira_version and verified_at_ms are of the Jira that was verified last.
CREATE TABLE server_key (
    organisation TEXT PRIMARY KEY,
    consumer_key TEXT NOT NULL,
    sealed_private_key TEXT NOT NULL,
    public_key TEXT NOT NULL,
    created_at_ms BIGINT NOT NULL,
    base_url TEXT NOT NULL,
    jira_version TEXT NOT NULL,
    verified_at_ms BIGINT NOT NULL
);

-- Request tokens that are out, as oauth_state is for Jira Cloud: found by a digest, good once. site_url is Jira's own
-- base URL.
CREATE TABLE request_token (
    digest TEXT PRIMARY KEY,
    organisation TEXT NOT NULL,
    user_id TEXT NOT NULL,
    sealed_secret TEXT NOT NULL,
    base_url TEXT NOT NULL,
    site_url TEXT NOT NULL,
    dialect TEXT NOT NULL,
    created_at_ms BIGINT NOT NULL,
    expires_at_ms BIGINT NOT NULL,
    used_at_ms BIGINT NOT NULL,
    seen_connected_at_ms BIGINT NOT NULL
);

-- What belongs to an access token of Data Center beside the token: sealed_refresh_token holds the session handle.
ALTER TABLE connection ADD COLUMN sealed_token_secret TEXT NOT NULL DEFAULT '';
ALTER TABLE connection ADD COLUMN renewable_until_ms BIGINT NOT NULL DEFAULT 0;
-- Where this platform calls Jira; site_url is the address that Jira has for people. Empty on Cloud.
ALTER TABLE connection ADD COLUMN base_url TEXT NOT NULL DEFAULT '';
-- Which REST API it speaks, as it was seen last.
ALTER TABLE connection ADD COLUMN dialect TEXT NOT NULL DEFAULT '';
