portals-subtitle = Portale stellen APIs bereit. Zugangsdaten verbinden sie mit einem Hub.
portals-create = Lokales Portal anlegen
portals-subaccount-hint = Ein Portal und ein Hub im selben Subaccount werden automatisch verbunden.
portals-is-created = Das Portal { $name } wurde angelegt.
portals-search = Portale durchsuchen
portals-connection = Verbindung
portals-credentials = Zugangsdaten
portals-not-connected = Nicht verbunden
portals-no-credentials = Keine
portals-not-visible = Nicht sichtbar
portals-none-matches = Kein Portal gefunden
portals-nothing = Noch keine Portale
portals-nothing-text = Verfolgen Sie das Portal Ihres SAP-Tenants anhand der Zugangsdaten, die es generiert hat, oder legen Sie ein lokales Portal an, das Drawbridge selbst betreibt.
portals-last-test = Letzter Test

# Local, or in SAP

portals-create-intro = Drawbridge selbst wird das Portal, auf diesem Computer: Es generiert Zugangsdaten und nimmt sie an. In SAP wird nichts angelegt.
portals-is-created-connected = Das Portal { $name } wurde angelegt und dauerhaft mit dem Hub { $hub } verbunden.
portals-secret-gone = Geheimnis fehlt
