-- The rows of one lease, which is given back at the end of each round.
CREATE INDEX inbox_owner ON inbox (organisation, lease_owner) WHERE lease_owner <> '';
