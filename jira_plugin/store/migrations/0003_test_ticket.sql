-- Tickets that test a project's mapping. state: sending, in_doubt, there, deleted, gone, failed. sent and compared
-- are JSON lists of fields; the values are those of a made-up finding.
CREATE TABLE test_ticket (
    organisation TEXT NOT NULL,
    id TEXT NOT NULL,
    project TEXT NOT NULL,
    project_key TEXT NOT NULL,
    state TEXT NOT NULL,
    label TEXT NOT NULL,
    system TEXT NOT NULL,
    issue_id TEXT NOT NULL,
    issue_key TEXT NOT NULL,
    url TEXT NOT NULL,
    created_at_ms BIGINT NOT NULL,
    created_by TEXT NOT NULL,
    deleted_at_ms BIGINT NOT NULL,
    -- which opening of the database sends it; another one's is abandoned
    owner TEXT NOT NULL,
    sent TEXT NOT NULL,
    compared TEXT NOT NULL,
    message TEXT NOT NULL,
    remedy TEXT NOT NULL,
    PRIMARY KEY (organisation, id)
);
CREATE INDEX test_ticket_latest ON test_ticket (organisation, project, created_at_ms);
-- One on its way per project: a second click finds the first.
CREATE UNIQUE INDEX test_ticket_flight ON test_ticket (organisation, project)
    WHERE state IN ('sending', 'in_doubt');
