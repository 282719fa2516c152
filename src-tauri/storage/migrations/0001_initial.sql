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

CREATE TABLE authority (
    only_row        INTEGER PRIMARY KEY CHECK (only_row = 1),
    certificate_pem TEXT NOT NULL,
    not_after       INTEGER NOT NULL,
    secret_id       BLOB NOT NULL REFERENCES secret_item (id) DEFERRABLE INITIALLY DEFERRED,
    created_at      INTEGER NOT NULL
) STRICT;

CREATE INDEX authority_by_secret ON authority (secret_id);

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

CREATE TABLE credential (
    id         BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    portal_id  BLOB NOT NULL REFERENCES portal (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    client_id  TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    created_by TEXT NOT NULL CHECK (json_valid(created_by)),
    state      TEXT NOT NULL CHECK (state IN ('current', 'superseded', 'retired')),
    secret_id  BLOB REFERENCES secret_item (id) DEFERRABLE INITIALLY DEFERRED,
    state_data TEXT NOT NULL CHECK (json_valid(state_data)),
    kind       TEXT NOT NULL CHECK (json_valid(kind)),
    CHECK ((state = 'retired') = (secret_id IS NULL))
) STRICT;

CREATE UNIQUE INDEX credential_one_current ON credential (portal_id) WHERE state = 'current';
CREATE INDEX credential_by_portal ON credential (portal_id, created_at, id);
CREATE INDEX credential_by_secret ON credential (secret_id) WHERE secret_id IS NOT NULL;

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
