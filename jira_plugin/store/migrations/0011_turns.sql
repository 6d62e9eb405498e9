-- A ticket was closed or reopened, and its findings are not known to have been told: after a crash they are told
-- (again), also when the ticket has turned back meanwhile. 1 or 0.
ALTER TABLE issue_state ADD COLUMN is_turning BIGINT NOT NULL DEFAULT 0;
