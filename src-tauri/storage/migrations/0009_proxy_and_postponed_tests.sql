-- By which proxy connections are tested. Tests that were postponed since the network or the server was not ready.

-- 'system', 'never', or the URL of a proxy.
ALTER TABLE settings ADD COLUMN proxy TEXT NOT NULL DEFAULT 'system';

ALTER TABLE connection_health ADD COLUMN postponed_finding TEXT
    CHECK (postponed_finding IS NULL OR json_valid(postponed_finding));
ALTER TABLE connection_health ADD COLUMN postponed_attempts INTEGER NOT NULL DEFAULT 0;
ALTER TABLE connection_health ADD COLUMN postponed_until INTEGER
    CHECK ((postponed_until IS NULL) = (postponed_finding IS NULL));

INSERT INTO audit_action (code) VALUES
    ('proxy_changed');
