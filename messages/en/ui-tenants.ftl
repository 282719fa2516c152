# Words that stand in many places

tenants-subaccount = Subaccount

# Local, or in SAP

tenants-track = Track
tenants-connect-for-good = Connect for Good
tenants-rename = Rename
tenants-rename-title = Rename { $name }
tenants-rename-local-hint = Its addresses and credentials stay as they are.
tenants-rename-in-sap-hint = Your own name for it. In SAP nothing changes.
tenants-is-renamed = { $name } is saved.
