-- Whether the system asks the person before a secret is copied or revealed.
ALTER TABLE settings ADD COLUMN asks_before_secrets INTEGER NOT NULL DEFAULT 1 CHECK (asks_before_secrets IN (0, 1));

INSERT INTO audit_action (code) VALUES
    ('asking_changed');
