-- Ids are UUIDs of 16 bytes. Times are milliseconds since 1970 in UTC. A column named …_key holds the lower-cased text
-- of its neighbour, for uniqueness and order whatever the case. Foreign keys that are DEFERRED are checked when the
-- commit ends, so that the order of its changes does not matter to them.

CREATE TABLE person (
    id         BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    name       TEXT NOT NULL,
    name_key   TEXT NOT NULL,
    email      TEXT NOT NULL,
    email_key  TEXT NOT NULL UNIQUE,
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE person_role (
    person_id BLOB NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    role      TEXT NOT NULL CHECK (role IN ('portal_administrator', 'portal_registration', 'hub_administrator')),
    PRIMARY KEY (person_id, role)
) STRICT, WITHOUT ROWID;

CREATE TABLE current_person (
    only_row  INTEGER PRIMARY KEY CHECK (only_row = 1),
    person_id BLOB NOT NULL REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED
) STRICT;

-- What lies, or may lie, in the keychain. No secret is in this database; a row elsewhere that says it has one refers to
-- a row here.
CREATE TABLE secret_item (
    id    BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    label TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('storing', 'active', 'deleting'))
) STRICT;

CREATE INDEX secret_item_unsettled ON secret_item (id) WHERE state <> 'active';

-- Only the current authority has a key. Of former ones the certificate stays, by which those that they signed are known.
CREATE TABLE authority (
    number          INTEGER PRIMARY KEY AUTOINCREMENT,
    certificate_pem TEXT NOT NULL UNIQUE,
    not_after       INTEGER NOT NULL,
    created_at      INTEGER NOT NULL,
    state           TEXT NOT NULL CHECK (state IN ('current', 'former')),
    secret_id       BLOB REFERENCES secret_item (id) DEFERRABLE INITIALLY DEFERRED,
    CHECK ((state = 'former') = (secret_id IS NULL))
) STRICT;

CREATE UNIQUE INDEX authority_one_current ON authority (state) WHERE state = 'current';
CREATE INDEX authority_by_secret ON authority (secret_id) WHERE secret_id IS NOT NULL;

CREATE TABLE token_service_identity (
    only_row        INTEGER PRIMARY KEY CHECK (only_row = 1),
    certificate_pem TEXT NOT NULL,
    not_before      INTEGER NOT NULL,
    not_after       INTEGER NOT NULL,
    names           TEXT NOT NULL CHECK (json_valid(names)),
    tls_key_id      BLOB NOT NULL REFERENCES secret_item (id) DEFERRABLE INITIALLY DEFERRED,
    signing_key_id  BLOB NOT NULL REFERENCES secret_item (id) DEFERRABLE INITIALLY DEFERRED
) STRICT;

-- No row as long as nobody has changed anything.
CREATE TABLE settings (
    only_row              INTEGER PRIMARY KEY CHECK (only_row = 1),
    token_service_enabled INTEGER NOT NULL CHECK (token_service_enabled IN (0, 1)),
    token_service_address TEXT NOT NULL,
    token_service_host    TEXT NOT NULL,
    token_service_port    INTEGER NOT NULL CHECK (token_service_port BETWEEN 0 AND 65535),
    mutual_tls_port       INTEGER NOT NULL CHECK (mutual_tls_port BETWEEN 0 AND 65535),
    check_interval_hours  INTEGER NOT NULL CHECK (check_interval_hours BETWEEN 0 AND 4294967295)
) STRICT;

CREATE TABLE portal (
    id              BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    name            TEXT NOT NULL,
    name_key        TEXT NOT NULL UNIQUE,
    subaccount      TEXT NOT NULL,
    subaccount_key  TEXT NOT NULL UNIQUE,
    slug            TEXT NOT NULL UNIQUE,
    instance_number INTEGER NOT NULL CHECK (instance_number BETWEEN 0 AND 4294967295),
    created_at      INTEGER NOT NULL
) STRICT;

CREATE TABLE service_instance (
    id         BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    portal_id  BLOB NOT NULL REFERENCES portal (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    name       TEXT NOT NULL,
    name_key   TEXT NOT NULL,
    role       TEXT NOT NULL CHECK (role IN (
        'APIPortal.Service.CatalogIntegration', 'APIPortal.Administrator', 'APIManagement.SelfService.Administrator'
    )),
    created_at INTEGER NOT NULL,
    created_by TEXT NOT NULL CHECK (json_valid(created_by)),
    deleted_at INTEGER
) STRICT;

-- The name of a deleted one is free again.
CREATE UNIQUE INDEX service_instance_one_name ON service_instance (portal_id, name_key) WHERE deleted_at IS NULL;
CREATE INDEX service_instance_by_portal ON service_instance (portal_id, created_at, id);

-- The verifier is what the token service recognises a client secret by: a salted digest. It does not lead back to it.
CREATE TABLE credential (
    id          BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    portal_id   BLOB NOT NULL REFERENCES portal (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    instance_id BLOB NOT NULL REFERENCES service_instance (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    key_name    TEXT NOT NULL,
    client_id   TEXT NOT NULL,
    fingerprint TEXT GENERATED ALWAYS AS (kind ->> '$.chain.fingerprint') VIRTUAL,
    verifier    TEXT CHECK (json_valid(verifier)),
    created_at  INTEGER NOT NULL,
    created_by  TEXT NOT NULL CHECK (json_valid(created_by)),
    state       TEXT NOT NULL CHECK (state IN ('current', 'superseded', 'additional', 'retired')),
    secret_id   BLOB REFERENCES secret_item (id) DEFERRABLE INITIALLY DEFERRED,
    state_data  TEXT NOT NULL CHECK (json_valid(state_data)),
    kind        TEXT NOT NULL CHECK (json_valid(kind)),
    CHECK ((state = 'retired') = (secret_id IS NULL))
) STRICT;

-- A client id belongs to one credential of its portal: the token service has to know which one is meant.
CREATE UNIQUE INDEX credential_one_client ON credential (client_id, portal_id);
CREATE UNIQUE INDEX credential_one_current ON credential (portal_id) WHERE state = 'current';
CREATE INDEX credential_by_portal ON credential (portal_id, created_at, id);
CREATE INDEX credential_by_instance ON credential (instance_id);
CREATE INDEX credential_by_fingerprint ON credential (fingerprint) WHERE fingerprint IS NOT NULL;
CREATE INDEX credential_by_secret ON credential (secret_id) WHERE secret_id IS NOT NULL;

CREATE TABLE api_proxy (
    id              BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    portal_id       BLOB NOT NULL REFERENCES portal (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    name            TEXT NOT NULL,
    name_key        TEXT NOT NULL,
    title           TEXT NOT NULL,
    version         TEXT NOT NULL,
    description     TEXT NOT NULL,
    base_path       TEXT NOT NULL,
    openapi_version TEXT NOT NULL,
    imported_at     INTEGER NOT NULL,
    imported_by     TEXT NOT NULL CHECK (json_valid(imported_by)),
    UNIQUE (portal_id, name_key)
) STRICT;

CREATE TABLE hub (
    id             BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    name           TEXT NOT NULL,
    name_key       TEXT NOT NULL UNIQUE,
    subaccount     TEXT NOT NULL,
    subaccount_key TEXT NOT NULL UNIQUE,
    four_eyes      INTEGER NOT NULL CHECK (four_eyes IN (0, 1)),
    created_at     INTEGER NOT NULL
) STRICT;

-- A change of a request removes its row and inserts it anew, so that `number` grows with every change and is never used
-- again: what changed since a number is every row above it.
CREATE TABLE connection_request (
    number        INTEGER PRIMARY KEY AUTOINCREMENT,
    id            BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
    hub_id        BLOB NOT NULL REFERENCES hub (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    alias         TEXT NOT NULL,
    alias_key     TEXT NOT NULL,
    portal_key    TEXT NOT NULL,
    portal_id     BLOB REFERENCES portal (id) DEFERRABLE INITIALLY DEFERRED,
    comment       TEXT NOT NULL,
    submitted_by  TEXT NOT NULL CHECK (json_valid(submitted_by)),
    submitter_key TEXT NOT NULL,
    submitted_at  INTEGER NOT NULL,
    valid_until   INTEGER,
    state         TEXT NOT NULL CHECK (state IN ('pending', 'approved', 'rejected')),
    secret_id     BLOB REFERENCES secret_item (id) DEFERRABLE INITIALLY DEFERRED,
    state_data    TEXT NOT NULL CHECK (json_valid(state_data)),
    CHECK ((state = 'rejected') = (secret_id IS NULL))
) STRICT;

-- What holds its place: one open request an alias in a hub, one a portal in all hubs.
CREATE UNIQUE INDEX connection_request_one_alias ON connection_request (hub_id, alias_key)
    WHERE state IN ('pending', 'approved');
CREATE UNIQUE INDEX connection_request_one_portal ON connection_request (portal_key)
    WHERE state IN ('pending', 'approved');
CREATE INDEX connection_request_by_portal ON connection_request (portal_id) WHERE portal_id IS NOT NULL;
CREATE INDEX connection_request_by_secret ON connection_request (secret_id) WHERE secret_id IS NOT NULL;
-- The connections of all hubs, which are few among many requests.
CREATE INDEX connection_request_approved ON connection_request (alias_key, id) WHERE state = 'approved';

-- One a sort order of the list: each holds everything that it takes to put the list in order.
CREATE INDEX connection_request_sort_alias ON connection_request (hub_id, state, alias_key, id);
CREATE INDEX connection_request_sort_submitter ON connection_request (hub_id, state, submitter_key, id);
CREATE INDEX connection_request_sort_submitted ON connection_request (hub_id, state, submitted_at, id);
CREATE INDEX connection_request_sort_validity ON connection_request (hub_id, state, valid_until IS NULL, valid_until, id);

-- What the search looks through, apart from the requests so that all of it can be read at once.
CREATE TABLE connection_request_text (
    number INTEGER PRIMARY KEY REFERENCES connection_request (number) ON DELETE CASCADE,
    text   TEXT NOT NULL
) STRICT;

-- What is known about a connection belongs to the request, not to its row, which every change replaces: these references
-- do not cascade and are checked when the commit ends, by when the row is there again. What goes with a hub is deleted
-- before its requests.
CREATE TABLE connection_health (
    request_id   BLOB NOT NULL PRIMARY KEY REFERENCES connection_request (id) DEFERRABLE INITIALLY DEFERRED,
    outcome      TEXT NOT NULL CHECK (outcome IN ('unknown', 'success', 'failing')),
    finding      TEXT CHECK (json_valid(finding)),
    checked_at   INTEGER,
    last_success INTEGER,
    due          INTEGER NOT NULL CHECK (due IN (0, 1)),
    CHECK ((outcome = 'failing') = (finding IS NOT NULL))
) STRICT;

-- What another portal answers is not ours to judge: two APIs of one name are two rows.
CREATE TABLE fetched_api (
    number      INTEGER PRIMARY KEY,
    request_id  BLOB NOT NULL REFERENCES connection_request (id) DEFERRABLE INITIALLY DEFERRED,
    name        TEXT NOT NULL,
    name_key    TEXT NOT NULL,
    title       TEXT NOT NULL,
    version     TEXT NOT NULL,
    description TEXT NOT NULL,
    base_path   TEXT NOT NULL
) STRICT;

CREATE INDEX fetched_api_by_request ON fetched_api (request_id, name_key, number);

-- The actions this version knows. A version that adds one adds a migration, and then an older version refuses the
-- database instead of stumbling over an entry that it cannot read.
CREATE TABLE audit_action (
    code TEXT NOT NULL PRIMARY KEY
) STRICT, WITHOUT ROWID;

INSERT INTO audit_action (code) VALUES
    ('person_added'),
    ('person_changed'),
    ('person_switched'),
    ('portal_created'),
    ('portal_deleted'),
    ('credentials_generated'),
    ('credentials_regenerated'),
    ('credentials_copied'),
    ('credentials_exported'),
    ('hand_over_failed'),
    ('credentials_retired'),
    ('authority_generated'),
    ('hub_created'),
    ('hub_changed'),
    ('hub_deleted'),
    ('request_submitted'),
    ('credentials_edited'),
    ('request_approved'),
    ('request_rejected'),
    ('connection_reestablished'),
    ('connected_automatically'),
    ('service_instance_created'),
    ('service_instance_deleted'),
    ('service_key_created'),
    ('api_imported'),
    ('api_removed'),
    ('destination_deleted'),
    ('connection_works'),
    ('connection_fails'),
    ('token_service_changed'),
    ('check_interval_changed'),
    ('authority_exported'),
    ('interruption_repaired');

CREATE TABLE audit_event (
    number  INTEGER PRIMARY KEY,
    id      BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
    at      INTEGER NOT NULL,
    actor   TEXT NOT NULL CHECK (json_valid(actor)),
    action  TEXT NOT NULL REFERENCES audit_action (code),
    subject TEXT NOT NULL,
    detail  TEXT NOT NULL
) STRICT;

CREATE INDEX audit_event_by_time ON audit_event (at, id);
