-- The key pair that takes over from the present one as soon as Jira has its public key; empty while there is none.
ALTER TABLE server_key ADD COLUMN next_sealed_private_key TEXT NOT NULL DEFAULT '';
ALTER TABLE server_key ADD COLUMN next_public_key TEXT NOT NULL DEFAULT '';
ALTER TABLE server_key ADD COLUMN next_created_at_ms BIGINT NOT NULL DEFAULT 0;
