-- What was last heard of a finding that has a ticket, or may have one: an older or repeated change has no effect, and
-- a change that was missed is seen. status and severity are the host's numbers.
CREATE TABLE finding_seen (
    organisation TEXT NOT NULL,
    finding TEXT NOT NULL,
    revision BIGINT NOT NULL,
    event TEXT NOT NULL,
    status BIGINT NOT NULL,
    severity BIGINT NOT NULL,
    due_date TEXT NOT NULL,
    PRIMARY KEY (organisation, finding)
);

-- Changes of findings on their way to their tickets, one row for each finding and kind: what follows before the first
-- was sent is taken together with it. kind: status, severity, due_date, deleted, fields. old_value is what the ticket
-- was told last, new_value what it is to be told. generation grows with every change that is taken together; what was
-- done for an earlier one settles only that. begun: something of this generation may have reached Jira. state: queued,
-- waiting (tried, and tried again), parked.
CREATE TABLE outward_task (
    organisation TEXT NOT NULL,
    id TEXT NOT NULL,
    finding TEXT NOT NULL,
    kind TEXT NOT NULL,
    occasion TEXT NOT NULL,
    old_value TEXT NOT NULL,
    new_value TEXT NOT NULL,
    snapshot TEXT NOT NULL,
    who TEXT NOT NULL,
    why TEXT NOT NULL,
    created_at_ms BIGINT NOT NULL,
    generation BIGINT NOT NULL,
    begun BIGINT NOT NULL,
    state TEXT NOT NULL,
    due_at_ms BIGINT NOT NULL,
    failures BIGINT NOT NULL,
    lease_owner TEXT NOT NULL,
    lease_until_ms BIGINT NOT NULL,
    cause TEXT NOT NULL,
    message TEXT NOT NULL,
    remedy TEXT NOT NULL,
    PRIMARY KEY (organisation, id)
);
CREATE UNIQUE INDEX outward_task_kind ON outward_task (organisation, finding, kind);
CREATE INDEX outward_task_due ON outward_task (organisation, due_at_ms) WHERE state IN ('queued', 'waiting');

-- What is written to a ticket, durable before the request leaves. open: under way or in doubt, and then id is looked
-- for where Jira keeps it (marker of a comment). Comments that arrived stay (done), so that they are known as ours.
CREATE TABLE own_write (
    organisation TEXT NOT NULL,
    id TEXT NOT NULL,
    system TEXT NOT NULL,
    issue_id TEXT NOT NULL,
    finding TEXT NOT NULL,
    task TEXT NOT NULL,
    generation BIGINT NOT NULL,
    kind TEXT NOT NULL,
    value TEXT NOT NULL,
    state TEXT NOT NULL,
    -- from when on its absence in Jira begins to count
    doubt_since_ms BIGINT NOT NULL,
    comment_id TEXT NOT NULL,
    PRIMARY KEY (organisation, id)
);
CREATE INDEX own_write_issue ON own_write (organisation, system, issue_id);
CREATE INDEX own_write_task ON own_write (organisation, task);

-- What we set last in a field of a ticket. ended: a person has edited it since, or it was never ours.
CREATE TABLE issue_field (
    organisation TEXT NOT NULL,
    system TEXT NOT NULL,
    issue_id TEXT NOT NULL,
    field TEXT NOT NULL,
    value TEXT NOT NULL,
    ended BIGINT NOT NULL,
    PRIMARY KEY (organisation, system, issue_id, field)
);

-- Tickets that a finding had and was parted from: never taken for its ticket again by their label.
CREATE TABLE former_link (
    organisation TEXT NOT NULL,
    finding TEXT NOT NULL,
    system TEXT NOT NULL,
    issue_id TEXT NOT NULL,
    issue_key TEXT NOT NULL,
    parted_at_ms BIGINT NOT NULL,
    PRIMARY KEY (organisation, finding, system, issue_id)
);
