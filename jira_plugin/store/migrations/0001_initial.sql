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
    attention_remedy TEXT NOT NULL
);

-- OAuth states that are out. Only a digest is kept: the table gives nobody a usable state.
CREATE TABLE oauth_state (
    digest TEXT PRIMARY KEY,
    organisation TEXT NOT NULL,
    user_id TEXT NOT NULL,
    created_at_ms BIGINT NOT NULL,
    expires_at_ms BIGINT NOT NULL
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
-- state: queued, sending, in_doubt, waiting, parked, created.
CREATE TABLE outbox (
    organisation TEXT NOT NULL,
    finding TEXT NOT NULL,
    project TEXT NOT NULL,
    severity BIGINT NOT NULL,
    state TEXT NOT NULL,
    state_since_ms BIGINT NOT NULL,
    attempts BIGINT NOT NULL,
    due_at_ms BIGINT NOT NULL,
    lease_owner TEXT NOT NULL,
    lease_until_ms BIGINT NOT NULL,
    dedupe_label TEXT NOT NULL,
    snapshot TEXT NOT NULL,
    requested_by TEXT NOT NULL,
    enqueued_at_ms BIGINT NOT NULL,
    sent_at_ms BIGINT NOT NULL,
    cause TEXT NOT NULL,
    message TEXT NOT NULL,
    remedy TEXT NOT NULL,
    reported BIGINT NOT NULL,
    PRIMARY KEY (organisation, finding)
);
CREATE INDEX outbox_due ON outbox (organisation, state, due_at_ms);
CREATE INDEX outbox_label ON outbox (organisation, dedupe_label);
CREATE INDEX outbox_unreported ON outbox (reported, organisation);

-- Which finding is which ticket. The identity is (system, issue_id): keys change when an issue moves.
CREATE TABLE ticket_link (
    organisation TEXT NOT NULL,
    finding TEXT NOT NULL,
    system TEXT NOT NULL,
    issue_id TEXT NOT NULL,
    issue_key TEXT NOT NULL,
    url TEXT NOT NULL,
    priority TEXT NOT NULL,
    assignee TEXT NOT NULL,
    due_date TEXT NOT NULL,
    labels TEXT NOT NULL,
    notes TEXT NOT NULL,
    created_at_ms BIGINT NOT NULL,
    PRIMARY KEY (organisation, finding)
);
CREATE INDEX ticket_link_issue ON ticket_link (organisation, system, issue_id);
