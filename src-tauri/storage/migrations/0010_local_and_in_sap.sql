-- Hubs in SAP, and what people report about the requests there. A hub that was there before is local.

-- Of a hub in SAP neither subaccount nor four eyes are known.
CREATE TABLE hub_2 (
    id             BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    name           TEXT NOT NULL,
    name_key       TEXT NOT NULL UNIQUE,
    subaccount     TEXT,
    subaccount_key TEXT UNIQUE,
    four_eyes      INTEGER CHECK (four_eyes IN (0, 1)),
    region         TEXT,
    address        TEXT,
    vocabulary     TEXT NOT NULL CHECK (vocabulary IN ('new_design', 'classic_design', 'developer_hub')),
    created_at     INTEGER NOT NULL,
    checksum       INTEGER,
    CHECK ((subaccount IS NULL) = (subaccount_key IS NULL)),
    CHECK ((subaccount IS NULL) = (four_eyes IS NULL)),
    CHECK ((subaccount IS NULL) = (address IS NOT NULL)),
    CHECK ((region IS NULL) = (address IS NULL))
) STRICT;

INSERT INTO hub_2 (id, name, name_key, subaccount, subaccount_key, four_eyes, vocabulary, created_at)
    SELECT id, name, name_key, subaccount, subaccount_key, four_eyes, vocabulary, created_at FROM hub ORDER BY rowid;

DROP TABLE hub;
ALTER TABLE hub_2 RENAME TO hub;

-- Present where the hub is in SAP.
ALTER TABLE connection_request ADD COLUMN report TEXT CHECK (report IS NULL OR json_valid(report));

-- SAP enforces its rules itself: a record may say what they do not allow.
DROP INDEX connection_request_one_alias;
DROP INDEX connection_request_one_portal;
CREATE UNIQUE INDEX connection_request_one_alias ON connection_request (hub_id, alias_key)
    WHERE state IN ('pending', 'approved') AND report IS NULL;
CREATE UNIQUE INDEX connection_request_one_portal ON connection_request (portal_key)
    WHERE state IN ('pending', 'approved') AND report IS NULL;
CREATE INDEX connection_request_open ON connection_request (portal_key) WHERE state IN ('pending', 'approved');
CREATE INDEX connection_request_open_alias ON connection_request (hub_id, alias_key, id)
    WHERE state IN ('pending', 'approved');

INSERT INTO audit_action (code) VALUES
    ('person_removed'),
    ('portal_renamed'),
    ('portal_forgotten'),
    ('hub_renamed'),
    ('hub_tracked'),
    ('hub_forgotten'),
    ('request_recorded'),
    ('approval_recorded'),
    ('rejection_recorded'),
    ('record_changed'),
    ('record_forgotten');
