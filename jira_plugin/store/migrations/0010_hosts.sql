-- The processes that share this database. until_ms is by the database's own clock: one that has not renewed it by then
-- is dead, and the others take over what it had in hand.
CREATE TABLE process (
    instance TEXT PRIMARY KEY,
    until_ms BIGINT NOT NULL
);
