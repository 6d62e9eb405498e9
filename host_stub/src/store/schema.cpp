#include "database.hpp"

namespace aspm::host {

const std::vector<std::string>& schemaSteps() {
    // Steps are only appended. Times are milliseconds since the epoch.
    static const std::vector<std::string> steps = {R"sql(
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL);

CREATE TABLE organisations (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    last_finding BIGINT NOT NULL DEFAULT 0,
    last_project BIGINT NOT NULL DEFAULT 0);

CREATE TABLE projects (
    organisation TEXT NOT NULL REFERENCES organisations(id),
    id TEXT NOT NULL,
    project_key TEXT NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (organisation, id),
    UNIQUE (organisation, project_key));

CREATE TABLE members (
    organisation TEXT NOT NULL REFERENCES organisations(id),
    user_id TEXT NOT NULL,
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    roles BIGINT NOT NULL,
    PRIMARY KEY (organisation, user_id));

CREATE TABLE administered (
    organisation TEXT NOT NULL,
    user_id TEXT NOT NULL,
    project_key TEXT NOT NULL,
    PRIMARY KEY (organisation, user_id, project_key));

CREATE TABLE sessions (
    digest TEXT PRIMARY KEY,
    organisation TEXT NOT NULL,
    user_id TEXT NOT NULL,
    csrf TEXT NOT NULL,
    seen_ms BIGINT NOT NULL);

CREATE TABLE rules (
    ref INTEGER PRIMARY KEY,
    digest TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    help TEXT NOT NULL,
    help_url TEXT NOT NULL);

CREATE TABLE findings (
    organisation TEXT NOT NULL REFERENCES organisations(id),
    id TEXT NOT NULL,
    project TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    scanner_key TEXT NOT NULL,
    present BIGINT NOT NULL,
    deleted BIGINT NOT NULL DEFAULT 0,
    severity BIGINT NOT NULL,
    status BIGINT NOT NULL,
    revision BIGINT NOT NULL,
    first_seen_ms BIGINT NOT NULL,
    last_seen_ms BIGINT NOT NULL,
    line BIGINT NOT NULL,
    rule_ref BIGINT NOT NULL,
    scanner TEXT NOT NULL,
    rule_id TEXT NOT NULL,
    title TEXT NOT NULL,
    file_path TEXT NOT NULL,
    cwe TEXT NOT NULL,
    due_date TEXT NOT NULL,
    labels TEXT NOT NULL,
    description TEXT NOT NULL,
    snippet TEXT NOT NULL,
    PRIMARY KEY (organisation, id));
CREATE INDEX findings_by_project ON findings (organisation, project, id);
CREATE INDEX findings_by_fingerprint ON findings (organisation, project, fingerprint);

CREATE TABLE pushes (
    organisation TEXT NOT NULL,
    finding TEXT NOT NULL,
    plugin TEXT NOT NULL,
    state BIGINT NOT NULL,
    asked TEXT NOT NULL,
    since_ms BIGINT NOT NULL,
    message TEXT NOT NULL,
    remedy TEXT NOT NULL,
    ticket TEXT NOT NULL,
    PRIMARY KEY (organisation, finding));

CREATE TABLE timeline (
    id INTEGER PRIMARY KEY,
    organisation TEXT NOT NULL,
    finding TEXT NOT NULL,
    plugin TEXT NOT NULL,
    entry_key TEXT NOT NULL,
    kind BIGINT NOT NULL,
    author TEXT NOT NULL,
    text TEXT NOT NULL,
    remedy TEXT NOT NULL,
    url TEXT NOT NULL,
    at_ms BIGINT NOT NULL);
CREATE INDEX timeline_by_finding ON timeline (organisation, finding, at_ms, id);
CREATE UNIQUE INDEX timeline_by_key ON timeline (organisation, finding, plugin, entry_key) WHERE entry_key <> '';

CREATE TABLE events (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    organisation TEXT NOT NULL,
    finding TEXT NOT NULL,
    changes BIGINT NOT NULL,
    old_status BIGINT NOT NULL,
    old_severity BIGINT NOT NULL,
    old_due_date TEXT NOT NULL,
    status BIGINT NOT NULL,
    severity BIGINT NOT NULL,
    due_date TEXT NOT NULL,
    revision BIGINT NOT NULL,
    actor TEXT NOT NULL,
    actor_name TEXT NOT NULL,
    reason TEXT NOT NULL,
    at_ms BIGINT NOT NULL);

CREATE TABLE event_cursors (
    plugin TEXT NOT NULL,
    hook TEXT NOT NULL,
    last_event BIGINT NOT NULL,
    PRIMARY KEY (plugin, hook));

CREATE TABLE event_retries (
    plugin TEXT NOT NULL,
    hook TEXT NOT NULL,
    event BIGINT NOT NULL,
    attempts BIGINT NOT NULL,
    due_ms BIGINT NOT NULL,
    PRIMARY KEY (plugin, hook, event));

CREATE TABLE alerts (
    organisation TEXT NOT NULL,
    plugin TEXT NOT NULL,
    alert_key TEXT NOT NULL,
    level BIGINT NOT NULL,
    title TEXT NOT NULL,
    text TEXT NOT NULL,
    remedy TEXT NOT NULL,
    url TEXT NOT NULL,
    raised BIGINT NOT NULL,
    raised_ms BIGINT NOT NULL,
    last_ms BIGINT NOT NULL,
    cleared_ms BIGINT NOT NULL,
    PRIMARY KEY (organisation, plugin, alert_key));

CREATE TABLE audit (
    id INTEGER PRIMARY KEY,
    organisation TEXT NOT NULL,
    plugin TEXT NOT NULL,
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    object TEXT NOT NULL,
    detail TEXT NOT NULL,
    at_ms BIGINT NOT NULL);

CREATE TABLE job_runs (
    plugin TEXT NOT NULL,
    job TEXT NOT NULL,
    at_ms BIGINT NOT NULL,
    PRIMARY KEY (plugin, job));

CREATE TABLE ownership (
    organisation TEXT NOT NULL,
    position BIGINT NOT NULL,
    path TEXT NOT NULL,
    rule TEXT NOT NULL,
    user_id TEXT NOT NULL,
    PRIMARY KEY (organisation, position));
)sql",
                                                   R"sql(
CREATE INDEX pushes_by_state ON pushes (organisation, state);
CREATE INDEX findings_deleted ON findings (organisation, id) WHERE deleted = 1;
)sql"};
    return steps;
}

} // namespace aspm::host
