-- One authority for the token service and one for clients, which can do nothing else. Those from before could vouch for
-- anybody: they sign no more, so the key goes (the next repair sets its item in the keychain aside). The certificates stay:
-- credentials that they signed are honoured until they end.

ALTER TABLE authority ADD COLUMN purpose TEXT NOT NULL DEFAULT 'any' CHECK (purpose IN ('server', 'clients', 'any'));
ALTER TABLE authority ADD COLUMN names TEXT CHECK (names IS NULL OR json_valid(names));

UPDATE secret_item SET state = 'deleting'
    WHERE id IN (SELECT secret_id FROM authority WHERE secret_id IS NOT NULL);
UPDATE authority SET state = 'former', secret_id = NULL;

DROP INDEX authority_one_current;
CREATE UNIQUE INDEX authority_one_current ON authority (purpose) WHERE state = 'current';
