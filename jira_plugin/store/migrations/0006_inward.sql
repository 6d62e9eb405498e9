-- What came from Jira and is to be looked at, once for each delivery and organisation. state: due, parked, done.
-- Done rows stay for a while, so that a delivery that comes again is known.
CREATE TABLE inbox (
    organisation TEXT NOT NULL,
    -- digest of what identifies the delivery
    delivery TEXT NOT NULL,
    system TEXT NOT NULL,
    issue_id TEXT NOT NULL,
    event TEXT NOT NULL,
    -- what the delivery says happened, as words separated by spaces: status, comments,
    -- created, deleted, marked
    hints TEXT NOT NULL,
    actor TEXT NOT NULL,
    happened_at_ms BIGINT NOT NULL,
    -- `updated` of the issue as the delivery has it, 0 for unknown
    issue_updated_ms BIGINT NOT NULL,
    received_at_ms BIGINT NOT NULL,
    state TEXT NOT NULL,
    due_at_ms BIGINT NOT NULL,
    tries BIGINT NOT NULL,
    lease_owner TEXT NOT NULL,
    lease_until_ms BIGINT NOT NULL,
    -- parked: why, for a person; cause groups what has the same remedy
    cause TEXT NOT NULL,
    message TEXT NOT NULL,
    remedy TEXT NOT NULL,
    PRIMARY KEY (organisation, delivery)
);
CREATE INDEX inbox_due ON inbox (organisation, due_at_ms, issue_id) WHERE state = 'due';
CREATE INDEX inbox_leased ON inbox (organisation, issue_id, lease_until_ms) WHERE lease_owner <> '';
CREATE INDEX inbox_parked ON inbox (organisation, received_at_ms) WHERE state = 'parked';
CREATE INDEX inbox_done ON inbox (received_at_ms) WHERE state = 'done';

-- Each linked issue as it was when its findings were brought into line with it.
CREATE TABLE issue_state (
    organisation TEXT NOT NULL,
    system TEXT NOT NULL,
    issue_id TEXT NOT NULL,
    issue_key TEXT NOT NULL,
    summary TEXT NOT NULL,
    project_id TEXT NOT NULL,
    project_key TEXT NOT NULL,
    issue_type_id TEXT NOT NULL,
    status_id TEXT NOT NULL,
    status_name TEXT NOT NULL,
    status_category TEXT NOT NULL,
    resolution_id TEXT NOT NULL,
    resolution_name TEXT NOT NULL,
    priority_id TEXT NOT NULL,
    priority_name TEXT NOT NULL,
    assignee_id TEXT NOT NULL,
    assignee_name TEXT NOT NULL,
    due_date TEXT NOT NULL,
    -- separated by spaces, which no label contains
    labels TEXT NOT NULL,
    updated_ms BIGINT NOT NULL,
    -- '' while it can be read, else deleted or hidden
    gone TEXT NOT NULL,
    -- how often it was closed or reopened in Jira
    turns BIGINT NOT NULL,
    -- one more with every change: a writer that has read an older one begins again
    revision BIGINT NOT NULL,
    PRIMARY KEY (organisation, system, issue_id)
);

-- Statuses that findings have because of their ticket; what a person decided is not here.
CREATE TABLE ticket_verdict (
    organisation TEXT NOT NULL,
    finding TEXT NOT NULL,
    status BIGINT NOT NULL,
    PRIMARY KEY (organisation, finding)
);

-- The comments of Jira that a finding's timeline shows. digest: of what is shown.
CREATE TABLE shown_comment (
    organisation TEXT NOT NULL,
    finding TEXT NOT NULL,
    comment_id TEXT NOT NULL,
    system TEXT NOT NULL,
    issue_id TEXT NOT NULL,
    digest TEXT NOT NULL,
    PRIMARY KEY (organisation, finding, comment_id)
);
