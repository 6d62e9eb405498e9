-- The webhook of an organisation in its Jira, and how it is. A row exists while the organisation is connected.
CREATE TABLE webhook (
    organisation TEXT PRIMARY KEY,
    -- identity of the Jira, and how its addresses begin, as deliveries name it
    system TEXT NOT NULL,
    site_host TEXT NOT NULL,
    state TEXT NOT NULL,
    since_ms BIGINT NOT NULL,
    message TEXT NOT NULL,
    remedy TEXT NOT NULL,
    -- the alert that stands; empty: none
    alerted TEXT NOT NULL,
    checked_at_ms BIGINT NOT NULL,
    registered_at_ms BIGINT NOT NULL,
    refreshed_at_ms BIGINT NOT NULL,
    heard_at_ms BIGINT NOT NULL,
    -- when registering is tried again; -1: it is as it should be
    due_at_ms BIGINT NOT NULL,
    tries BIGINT NOT NULL,
    -- Data Center: the unguessable end of the URL and the secret; those before them hold until old_until_ms
    is_signed BIGINT NOT NULL,
    sealed_path TEXT NOT NULL,
    path_digest TEXT NOT NULL,
    sealed_secret TEXT NOT NULL,
    old_path_digest TEXT NOT NULL,
    sealed_old_secret TEXT NOT NULL,
    old_until_ms BIGINT NOT NULL,
    -- the change that was made to be heard of
    canary_issue TEXT NOT NULL,
    canary_nonce TEXT NOT NULL,
    canary_sent_ms BIGINT NOT NULL,
    canary_heard_ms BIGINT NOT NULL,
    delay_ms BIGINT NOT NULL
);

-- What was registered by us. events are separated by spaces. Of the URL only a digest is kept: on a Data Center its end
-- is a secret.
CREATE TABLE webhook_registration (
    organisation TEXT NOT NULL,
    webhook_id TEXT NOT NULL,
    site_host TEXT NOT NULL,
    url_digest TEXT NOT NULL,
    events TEXT NOT NULL,
    jql TEXT NOT NULL,
    expires_at_ms BIGINT NOT NULL,
    PRIMARY KEY (organisation, webhook_id)
);
CREATE INDEX webhook_registration_id ON webhook_registration (webhook_id, site_host);

-- The comparison of linked tickets with Jira. While one runs, cursor is the issue that it goes on after. report is
-- JSON. succeeded_at_ms is when the last one that came to its end began.
CREATE TABLE reconciliation (
    organisation TEXT PRIMARY KEY,
    system TEXT NOT NULL,
    state TEXT NOT NULL,
    cursor TEXT NOT NULL,
    succeeded_at_ms BIGINT NOT NULL,
    report TEXT NOT NULL
);

-- Tickets with our label that no finding had: looked at again each time.
CREATE TABLE orphan_ticket (
    organisation TEXT NOT NULL,
    system TEXT NOT NULL,
    issue_id TEXT NOT NULL,
    PRIMARY KEY (organisation, system, issue_id)
);

-- What the comments of a linked issue were like when they were last brought into line, as a digest.
CREATE TABLE comment_mark (
    organisation TEXT NOT NULL,
    system TEXT NOT NULL,
    issue_id TEXT NOT NULL,
    mark TEXT NOT NULL,
    PRIMARY KEY (organisation, system, issue_id)
);

-- Who does a job now, so that hosts that share the database do it once.
CREATE TABLE job_lease (
    organisation TEXT NOT NULL,
    job TEXT NOT NULL,
    owner TEXT NOT NULL,
    until_ms BIGINT NOT NULL,
    begun_at_ms BIGINT NOT NULL,
    PRIMARY KEY (organisation, job)
);
