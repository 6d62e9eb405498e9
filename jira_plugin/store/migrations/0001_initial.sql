-- One text for SQLite and PostgreSQL: TEXT and BIGINT only, times in ms since the epoch, secrets as sealed text.

CREATE TABLE meta (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
);

-- One Jira per organisation. The sealed columns hold tokens encrypted under a key of the host.
CREATE TABLE connection (
    organisation TEXT PRIMARY KEY,
    deployment TEXT NOT NULL,
    state TEXT NOT NULL,
    version BIGINT NOT NULL,
    site_id TEXT NOT NULL,
    site_url TEXT NOT NULL,
    site_name TEXT NOT NULL,
    account_id TEXT NOT NULL,
    account_name TEXT NOT NULL,
    scopes TEXT NOT NULL,
    sealed_access_token TEXT NOT NULL,
    sealed_refresh_token TEXT NOT NULL,
    access_expires_at_ms BIGINT NOT NULL,
    refreshed_at_ms BIGINT NOT NULL,
    connected_at_ms BIGINT NOT NULL,
    connected_by TEXT NOT NULL,
    attention TEXT NOT NULL,
    attention_remedy TEXT NOT NULL,
    refresh_owner TEXT NOT NULL,
    refresh_until_ms BIGINT NOT NULL
);

-- OAuth states that are out. Only a digest is kept: the table gives nobody a usable state. A used one stays
-- until it would have expired anyway, so that a second use can be told from an invented one.
-- seen_connected_at_ms is the connection that the user saw when starting, 0 for none.
CREATE TABLE oauth_state (
    digest TEXT PRIMARY KEY,
    organisation TEXT NOT NULL,
    user_id TEXT NOT NULL,
    created_at_ms BIGINT NOT NULL,
    expires_at_ms BIGINT NOT NULL,
    used_at_ms BIGINT NOT NULL,
    seen_connected_at_ms BIGINT NOT NULL
);

-- A grant that waits for its user to choose or confirm the site.
CREATE TABLE pending_grant (
    organisation TEXT NOT NULL,
    user_id TEXT NOT NULL,
    sealed_grant TEXT NOT NULL,
    sites TEXT NOT NULL,
    expires_at_ms BIGINT NOT NULL,
    seen_connected_at_ms BIGINT NOT NULL,
    PRIMARY KEY (organisation, user_id)
);

CREATE TABLE project_mapping (
    organisation TEXT NOT NULL,
    project TEXT NOT NULL,
    project_key TEXT NOT NULL,
    jira_project_id TEXT NOT NULL,
    jira_project_key TEXT NOT NULL,
    jira_project_name TEXT NOT NULL,
    issue_type_id TEXT NOT NULL,
    issue_type_name TEXT NOT NULL,
    assignee_id TEXT NOT NULL,
    assignee_name TEXT NOT NULL,
    extra_fields TEXT NOT NULL,
    updated_at_ms BIGINT NOT NULL,
    updated_by TEXT NOT NULL,
    PRIMARY KEY (organisation, project)
);

-- project '' is the organisation's default; settings is a JSON object with only what was set.
CREATE TABLE field_mapping (
    organisation TEXT NOT NULL,
    project TEXT NOT NULL,
    settings TEXT NOT NULL,
    updated_at_ms BIGINT NOT NULL,
    updated_by TEXT NOT NULL,
    PRIMARY KEY (organisation, project)
);

-- One row per finding that was ever pushed: the reservation that makes a second ticket impossible.
-- state: queued, sending, in_doubt, waiting, parked, created. revision grows with every change of state, and a
-- change is only written on the revision that it was decided by.
CREATE TABLE outbox (
    organisation TEXT NOT NULL,
    finding TEXT NOT NULL,
    project TEXT NOT NULL,
    severity BIGINT NOT NULL,
    title TEXT NOT NULL,
    state TEXT NOT NULL,
    state_since_ms BIGINT NOT NULL,
    revision BIGINT NOT NULL,
    -- queued, waiting: not sent before; in_doubt: not looked up before
    due_at_ms BIGINT NOT NULL,
    lease_owner TEXT NOT NULL,
    lease_until_ms BIGINT NOT NULL,
    dedupe_label TEXT NOT NULL,
    requested_by TEXT NOT NULL,
    enqueued_at_ms BIGINT NOT NULL,
    -- the last time that it was sent, and where to
    attempts BIGINT NOT NULL,
    sent_at_ms BIGINT NOT NULL,
    sent_system TEXT NOT NULL,
    sent_project TEXT NOT NULL,
    -- 0: the project takes no labels, so the ticket cannot be found again
    sent_labelled BIGINT NOT NULL,
    lookups BIGINT NOT NULL,
    -- why it stands where it stands, for a person; cause groups what has the same remedy
    cause TEXT NOT NULL,
    message TEXT NOT NULL,
    remedy TEXT NOT NULL,
    notes TEXT NOT NULL,
    -- from when on the host is to be told; -1: it knows
    report_due_ms BIGINT NOT NULL,
    report_tries BIGINT NOT NULL,
    PRIMARY KEY (organisation, finding)
);
CREATE INDEX outbox_claim ON outbox (organisation, severity DESC, enqueued_at_ms, finding)
    WHERE state IN ('queued', 'waiting');
CREATE INDEX outbox_open ON outbox (organisation, state, due_at_ms)
    WHERE state IN ('queued', 'waiting', 'sending', 'in_doubt');
CREATE INDEX outbox_state ON outbox (organisation, state, state_since_ms);
CREATE INDEX outbox_label ON outbox (organisation, dedupe_label);
CREATE INDEX outbox_unreported ON outbox (report_due_ms) WHERE report_due_ms >= 0;

-- The finding as it was when the push was asked for. Beside the outbox, whose rows change often; gone once there
-- is a ticket.
CREATE TABLE outbox_snapshot (
    organisation TEXT NOT NULL,
    finding TEXT NOT NULL,
    snapshot TEXT NOT NULL,
    PRIMARY KEY (organisation, finding)
);

-- Organisations whose whole queue waits. kind: busy (Jira asked for a pause or is out of reach), connection (an
-- admin must connect).
CREATE TABLE push_pause (
    organisation TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    since_ms BIGINT NOT NULL,
    until_ms BIGINT NOT NULL,
    failures BIGINT NOT NULL,
    message TEXT NOT NULL,
    remedy TEXT NOT NULL
);

-- Which finding is which ticket. The identity is (system, issue_id): keys change when an issue moves.
CREATE TABLE ticket_link (
    organisation TEXT NOT NULL,
    finding TEXT NOT NULL,
    system TEXT NOT NULL,
    issue_id TEXT NOT NULL,
    issue_key TEXT NOT NULL,
    url TEXT NOT NULL,
    status TEXT NOT NULL,
    priority TEXT NOT NULL,
    assignee TEXT NOT NULL,
    due_date TEXT NOT NULL,
    -- separated by spaces, which no label contains
    labels TEXT NOT NULL,
    created_at_ms BIGINT NOT NULL,
    PRIMARY KEY (organisation, finding)
);
CREATE INDEX ticket_link_issue ON ticket_link (organisation, system, issue_id);
