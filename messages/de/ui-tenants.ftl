# Words that stand in many places

tenants-subaccount = Subaccount

# Local, or in SAP

tenants-track = Verfolgen
tenants-connect-for-good = Dauerhaft verbinden
tenants-rename = Umbenennen
tenants-rename-title = { $name } umbenennen
tenants-rename-local-hint = Seine Adressen und Zugangsdaten bleiben, wie sie sind.
tenants-rename-in-sap-hint = Ihr eigener Name dafür. In SAP ändert sich nichts.
tenants-is-renamed = { $name } wurde gespeichert.
