-- Every row has a checksum of its other columns, which is compared when the row is read; an entry with no checksum is a
-- damaged one. The program writes them, those of the rows that are here now at the end of this step.
--
-- In SQLite before 3.42, json_valid(NULL) is no yes: a program with an older one would refuse to change healthy rows.

ALTER TABLE person ADD COLUMN checksum INTEGER;
ALTER TABLE current_person ADD COLUMN checksum INTEGER;
ALTER TABLE secret_item ADD COLUMN checksum INTEGER;
ALTER TABLE authority ADD COLUMN checksum INTEGER;
ALTER TABLE token_service_identity ADD COLUMN checksum INTEGER;
ALTER TABLE settings ADD COLUMN checksum INTEGER;
ALTER TABLE portal ADD COLUMN checksum INTEGER;
ALTER TABLE service_instance ADD COLUMN checksum INTEGER;
ALTER TABLE api_proxy ADD COLUMN checksum INTEGER;
ALTER TABLE hub ADD COLUMN checksum INTEGER;
ALTER TABLE connection_request ADD COLUMN checksum INTEGER;
ALTER TABLE connection_request_text ADD COLUMN checksum INTEGER;
ALTER TABLE fetched_api ADD COLUMN checksum INTEGER;
ALTER TABLE audit_event ADD COLUMN checksum INTEGER;
ALTER TABLE pingone_account ADD COLUMN checksum INTEGER;
ALTER TABLE connection_api_credential ADD COLUMN checksum INTEGER;

-- A row of the state 'deleting' that a repair has found: its item stays in the keychain until then.
ALTER TABLE secret_item ADD COLUMN set_aside_until INTEGER CHECK (set_aside_until IS NULL OR state = 'deleting');
ALTER TABLE secret_item ADD COLUMN set_aside_over_since INTEGER
    CHECK (set_aside_over_since IS NULL OR set_aside_over_since >= set_aside_until);

-- With row numbers, which is what a change of a row is noticed by.
CREATE TABLE person_role_2 (
    person_id BLOB NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    role      TEXT NOT NULL CHECK (role IN ('portal_administrator', 'portal_registration', 'hub_administrator')),
    checksum  INTEGER,
    PRIMARY KEY (person_id, role)
) STRICT;
INSERT INTO person_role_2 (person_id, role) SELECT person_id, role FROM person_role;
DROP TABLE person_role;
ALTER TABLE person_role_2 RENAME TO person_role;

CREATE TABLE credential_2 (
    id              BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    portal_id       BLOB NOT NULL REFERENCES portal (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    instance_id     BLOB REFERENCES service_instance (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    key_name        TEXT,
    client_id       TEXT NOT NULL,
    fingerprint     TEXT GENERATED ALWAYS AS (kind ->> '$.chain.fingerprint') VIRTUAL,
    verifier        TEXT CHECK (verifier IS NULL OR json_valid(verifier)),
    imported        TEXT CHECK (imported IS NULL OR json_valid(imported)),
    extra_secret_id BLOB REFERENCES secret_item (id) DEFERRABLE INITIALLY DEFERRED,
    created_at      INTEGER NOT NULL,
    created_by      TEXT NOT NULL CHECK (json_valid(created_by)),
    state           TEXT NOT NULL CHECK (state IN ('current', 'superseded', 'additional', 'retired')),
    secret_id       BLOB REFERENCES secret_item (id) DEFERRABLE INITIALLY DEFERRED,
    state_data      TEXT NOT NULL CHECK (json_valid(state_data)),
    kind            TEXT NOT NULL CHECK (json_valid(kind)),
    checksum        INTEGER,
    CHECK ((state = 'retired') = (secret_id IS NULL)),
    CHECK ((instance_id IS NULL) = (key_name IS NULL)),
    CHECK ((instance_id IS NULL) = (imported IS NOT NULL)),
    CHECK (extra_secret_id IS NULL OR (imported IS NOT NULL AND state <> 'retired'))
) STRICT;

INSERT INTO credential_2
    (id, portal_id, instance_id, key_name, client_id, verifier, imported, extra_secret_id, created_at, created_by, state,
     secret_id, state_data, kind)
    SELECT id, portal_id, instance_id, key_name, client_id, verifier, imported, extra_secret_id, created_at, created_by,
           state, secret_id, state_data, kind
    FROM credential;
DROP TABLE credential;
ALTER TABLE credential_2 RENAME TO credential;

CREATE UNIQUE INDEX credential_one_client ON credential (client_id, portal_id) WHERE instance_id IS NOT NULL;
CREATE UNIQUE INDEX credential_one_current ON credential (portal_id) WHERE state = 'current';
CREATE INDEX credential_by_client ON credential (client_id);
CREATE INDEX credential_by_portal ON credential (portal_id, created_at, id);
CREATE INDEX credential_by_instance ON credential (instance_id) WHERE instance_id IS NOT NULL;
CREATE INDEX credential_by_fingerprint ON credential (fingerprint) WHERE fingerprint IS NOT NULL;
CREATE INDEX credential_by_secret ON credential (secret_id) WHERE secret_id IS NOT NULL;
CREATE INDEX credential_by_extra ON credential (extra_secret_id) WHERE extra_secret_id IS NOT NULL;

CREATE TABLE connection_health_2 (
    request_id   BLOB NOT NULL PRIMARY KEY REFERENCES connection_request (id) DEFERRABLE INITIALLY DEFERRED,
    outcome      TEXT NOT NULL CHECK (outcome IN ('unknown', 'success', 'failing')),
    finding      TEXT CHECK (finding IS NULL OR json_valid(finding)),
    checked_at   INTEGER,
    last_success INTEGER,
    due          INTEGER NOT NULL CHECK (due IN (0, 1)),
    checksum     INTEGER,
    CHECK ((outcome = 'failing') = (finding IS NOT NULL))
) STRICT;
INSERT INTO connection_health_2 (request_id, outcome, finding, checked_at, last_success, due)
    SELECT request_id, outcome, finding, checked_at, last_success, due FROM connection_health;
DROP TABLE connection_health;
ALTER TABLE connection_health_2 RENAME TO connection_health;

-- Which database this is, and its schema as the last step left it: a damaged version number is not taken for another version.
CREATE TABLE database_identity (
    only_row        INTEGER PRIMARY KEY CHECK (only_row = 1),
    id              BLOB NOT NULL CHECK (length(id) = 16),
    schema_version  INTEGER NOT NULL,
    schema_checksum INTEGER NOT NULL,
    checksum        INTEGER
) STRICT;
INSERT INTO database_identity (only_row, id, schema_version, schema_checksum) VALUES (1, randomblob(16), 0, 0);

-- Each time that changes were found to be missing: how many, or NULL for another database than the one used here last.
CREATE TABLE lost_changes (
    number     INTEGER PRIMARY KEY,
    noticed_at INTEGER NOT NULL,
    missing    INTEGER CHECK (missing IS NULL OR missing > 0),
    checksum   INTEGER
) STRICT;
