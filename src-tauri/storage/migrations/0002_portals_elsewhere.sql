-- Portals that live elsewhere have a URL; their credentials are imported and belong to no service instance.

ALTER TABLE portal ADD COLUMN elsewhere_url TEXT;

CREATE TABLE credential_2 (
    id              BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    portal_id       BLOB NOT NULL REFERENCES portal (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    instance_id     BLOB REFERENCES service_instance (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    key_name        TEXT,
    client_id       TEXT NOT NULL,
    fingerprint     TEXT GENERATED ALWAYS AS (kind ->> '$.chain.fingerprint') VIRTUAL,
    verifier        TEXT CHECK (json_valid(verifier)),
    imported        TEXT CHECK (json_valid(imported)),
    extra_secret_id BLOB REFERENCES secret_item (id) DEFERRABLE INITIALLY DEFERRED,
    created_at      INTEGER NOT NULL,
    created_by      TEXT NOT NULL CHECK (json_valid(created_by)),
    state           TEXT NOT NULL CHECK (state IN ('current', 'superseded', 'additional', 'retired')),
    secret_id       BLOB REFERENCES secret_item (id) DEFERRABLE INITIALLY DEFERRED,
    state_data      TEXT NOT NULL CHECK (json_valid(state_data)),
    kind            TEXT NOT NULL CHECK (json_valid(kind)),
    CHECK ((state = 'retired') = (secret_id IS NULL)),
    CHECK ((instance_id IS NULL) = (key_name IS NULL)),
    CHECK ((instance_id IS NULL) = (imported IS NOT NULL)),
    CHECK (extra_secret_id IS NULL OR (imported IS NOT NULL AND state <> 'retired'))
) STRICT;

INSERT INTO credential_2
    (id, portal_id, instance_id, key_name, client_id, verifier, created_at, created_by, state, secret_id, state_data, kind)
    SELECT id, portal_id, instance_id, key_name, client_id, verifier, created_at, created_by, state, secret_id, state_data, kind
    FROM credential;

DROP TABLE credential;
ALTER TABLE credential_2 RENAME TO credential;

-- A client id belongs to one credential of its portal: the token service has to know which one is meant. A portal
-- elsewhere may give one client id to several.
CREATE UNIQUE INDEX credential_one_client ON credential (client_id, portal_id) WHERE instance_id IS NOT NULL;
CREATE UNIQUE INDEX credential_one_current ON credential (portal_id) WHERE state = 'current';
CREATE INDEX credential_by_client ON credential (client_id);
CREATE INDEX credential_by_portal ON credential (portal_id, created_at, id);
CREATE INDEX credential_by_instance ON credential (instance_id) WHERE instance_id IS NOT NULL;
CREATE INDEX credential_by_fingerprint ON credential (fingerprint) WHERE fingerprint IS NOT NULL;
CREATE INDEX credential_by_secret ON credential (secret_id) WHERE secret_id IS NOT NULL;
CREATE INDEX credential_by_extra ON credential (extra_secret_id) WHERE extra_secret_id IS NOT NULL;

INSERT INTO audit_action (code) VALUES
    ('portal_added'),
    ('credentials_imported'),
    ('lifetime_set');
