-- PingOne accounts are local, or records of those at PingOne, whose client ids are texts that PingOne assigns. An account
-- that was there before is local: its client ids were made here.

ALTER TABLE pingone_account ADD COLUMN kind TEXT NOT NULL DEFAULT 'local' CHECK (kind IN ('local', 'in_pingone'));

-- Credentials without a client id wait for the one that PingOne shows.
CREATE TABLE connection_api_credential_2 (
    id                 BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    account_id         BLOB NOT NULL REFERENCES pingone_account (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    client_id          TEXT UNIQUE CHECK (client_id <> ''),
    description        TEXT NOT NULL,
    secret_id          BLOB NOT NULL REFERENCES secret_item (id) DEFERRABLE INITIALLY DEFERRED,
    secret_chosen      INTEGER NOT NULL CHECK (secret_chosen IN (0, 1)),
    secret_changed_at  INTEGER NOT NULL,
    former_secret_id   BLOB REFERENCES secret_item (id) DEFERRABLE INITIALLY DEFERRED,
    former_chosen      INTEGER CHECK (former_chosen IN (0, 1)),
    former_replaced_at INTEGER,
    former_until       INTEGER,
    former_over_since  INTEGER CHECK (former_over_since >= former_until),
    created_at         INTEGER NOT NULL,
    created_by         TEXT NOT NULL CHECK (json_valid(created_by)),
    checksum           INTEGER,
    CHECK (former_secret_id <> secret_id),
    CHECK (former_until > former_replaced_at),
    CHECK ((former_secret_id IS NULL) = (former_chosen IS NULL)),
    CHECK ((former_secret_id IS NULL) = (former_replaced_at IS NULL)),
    CHECK ((former_secret_id IS NULL) = (former_until IS NULL)),
    CHECK (former_secret_id IS NOT NULL OR former_over_since IS NULL)
) STRICT;

-- As a UUID is written (RFC 9562 §4).
INSERT INTO connection_api_credential_2
    (id, account_id, client_id, description, secret_id, secret_chosen, secret_changed_at, former_secret_id, former_chosen,
     former_replaced_at, former_until, former_over_since, created_at, created_by)
    SELECT id, account_id,
           lower(substr(hex(client_id), 1, 8) || '-' || substr(hex(client_id), 9, 4) || '-' || substr(hex(client_id), 13, 4)
                 || '-' || substr(hex(client_id), 17, 4) || '-' || substr(hex(client_id), 21)),
           description, secret_id, secret_chosen, secret_changed_at, former_secret_id, former_chosen, former_replaced_at,
           former_until, former_over_since, created_at, created_by
    FROM connection_api_credential
    ORDER BY rowid;
DROP TABLE connection_api_credential;
ALTER TABLE connection_api_credential_2 RENAME TO connection_api_credential;

CREATE INDEX connection_api_credential_by_account ON connection_api_credential (account_id, created_at, id);
CREATE INDEX connection_api_credential_by_secret ON connection_api_credential (secret_id);
CREATE INDEX connection_api_credential_by_former_secret ON connection_api_credential (former_secret_id)
    WHERE former_secret_id IS NOT NULL;
CREATE INDEX connection_api_credential_by_former_end ON connection_api_credential (former_until)
    WHERE former_until IS NOT NULL;

INSERT INTO audit_action (code) VALUES
    ('connection_credential_recorded'),
    ('client_id_entered'),
    ('connection_credential_forgotten');
