-- Credentials of a portal in SAP are removed here; SAP goes on accepting them, so they are not called revoked.

INSERT INTO audit_action (code) VALUES ('credentials_removed');
