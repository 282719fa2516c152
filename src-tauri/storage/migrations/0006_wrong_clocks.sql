-- What the clock of this computer has shown. No row before anybody has looked.
CREATE TABLE seen_time (
    only_row    INTEGER PRIMARY KEY CHECK (only_row = 1),
    at          INTEGER NOT NULL,
    jumped_from INTEGER,
    jumped_to   INTEGER,
    back_from   INTEGER,
    back_to     INTEGER,
    checksum    INTEGER,
    CHECK ((jumped_from IS NULL) = (jumped_to IS NULL)),
    CHECK ((back_from IS NULL) = (back_to IS NULL))
) STRICT;

-- What has happened is listed in the order in which it happened: a clock may be set back.
DROP INDEX audit_event_by_time;
