-- How tickets and findings are kept in step. project '' is the organisation's default; settings is a JSON object with
-- only what was set.
CREATE TABLE sync_settings (
    organisation TEXT NOT NULL,
    project TEXT NOT NULL,
    settings TEXT NOT NULL,
    updated_at_ms BIGINT NOT NULL,
    updated_by TEXT NOT NULL,
    PRIMARY KEY (organisation, project)
);
