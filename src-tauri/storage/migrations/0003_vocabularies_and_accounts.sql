-- In whose words a hub or portal is shown. PingOne accounts with their Connection API Credentials.

ALTER TABLE hub ADD COLUMN vocabulary TEXT NOT NULL DEFAULT 'new_design'
    CHECK (vocabulary IN ('new_design', 'classic_design', 'developer_hub'));

ALTER TABLE portal ADD COLUMN vocabulary TEXT NOT NULL DEFAULT 'new_design'
    CHECK (vocabulary IN ('new_design', 'classic_design', 'developer_hub'));

CREATE TABLE pingone_account (
    id         BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    name       TEXT NOT NULL,
    name_key   TEXT NOT NULL UNIQUE,
    created_at INTEGER NOT NULL
) STRICT;

-- The columns former_… are about the secret that was replaced last, as long as it is kept.
CREATE TABLE connection_api_credential (
    id                 BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    account_id         BLOB NOT NULL REFERENCES pingone_account (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    client_id          BLOB NOT NULL UNIQUE CHECK (length(client_id) = 16),
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
    CHECK (former_secret_id <> secret_id),
    CHECK (former_until > former_replaced_at),
    CHECK ((former_secret_id IS NULL) = (former_chosen IS NULL)),
    CHECK ((former_secret_id IS NULL) = (former_replaced_at IS NULL)),
    CHECK ((former_secret_id IS NULL) = (former_until IS NULL)),
    CHECK (former_secret_id IS NOT NULL OR former_over_since IS NULL)
) STRICT;

CREATE INDEX connection_api_credential_by_account ON connection_api_credential (account_id, created_at, id);
CREATE INDEX connection_api_credential_by_secret ON connection_api_credential (secret_id);
CREATE INDEX connection_api_credential_by_former_secret ON connection_api_credential (former_secret_id)
    WHERE former_secret_id IS NOT NULL;
CREATE INDEX connection_api_credential_by_former_end ON connection_api_credential (former_until)
    WHERE former_until IS NOT NULL;

-- From here on they are the JSON of a message, so that they read in the language of whoever looks. A text is its own.
UPDATE audit_event SET subject = json_quote(subject), detail = json_quote(detail);

INSERT INTO audit_action (code) VALUES
    ('portal_changed'),
    ('account_created'),
    ('account_renamed'),
    ('account_removed'),
    ('connection_credential_added'),
    ('connection_credential_changed'),
    ('connection_secret_replaced'),
    ('connection_secret_restored'),
    ('former_secret_ended'),
    ('secret_revealed');
