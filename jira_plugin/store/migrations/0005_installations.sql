-- The Jira that a mapping was made for, by its identity; empty when it is not known.
ALTER TABLE project_mapping ADD COLUMN system TEXT NOT NULL DEFAULT '';
UPDATE project_mapping SET system = COALESCE(
    (SELECT c.site_id FROM connection c WHERE c.organisation = project_mapping.organisation), '');
