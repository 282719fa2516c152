-- By which item the keychain of this installation is known, and which secrets were given up with a former keychain.

CREATE TABLE keychain_witness (
    only_row  INTEGER PRIMARY KEY CHECK (only_row = 1),
    secret_id BLOB NOT NULL REFERENCES secret_item (id) DEFERRABLE INITIALLY DEFERRED,
    checksum  INTEGER
) STRICT;

-- Their rows in the ledger stay active for as long as something refers to them.
CREATE TABLE given_up_secret (
    secret_id BLOB NOT NULL PRIMARY KEY REFERENCES secret_item (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    checksum  INTEGER
) STRICT;

INSERT INTO audit_action (code) VALUES
    ('keychain_taken_over');
