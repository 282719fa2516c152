# The list of hubs

hub-list-subtitle = Ein Hub zeigt Entwicklern die APIs seiner Portale.
hub-create = Lokalen Hub anlegen
hub-is-created = Der Hub { $name } wurde angelegt.
hub-created-unconnected = Der Hub { $name } wurde angelegt, ist aber nicht mit dem Portal seines Subaccounts verbunden.
hub-created-unconnected-text = Auf der Registerkarte { $tab } dieses Portals verbindet „{ $action }“ die beiden.
hub-search = Hubs durchsuchen
hub-connected-portals = Verbundene Portale
hub-waiting-requests = Ausstehend
hub-none-matches = Kein Hub gefunden
hub-no-hubs = Noch keine Hubs
hub-no-hubs-text = Verfolgen Sie den Hub Ihres SAP-Tenants, oder legen Sie einen lokalen Hub an, den Drawbridge selbst betreibt.

# A hub

hub-hub = Hub
hub-subtitle = { $name } · Subaccount { $subaccount }
hub-subaccount = Subaccount { $subaccount }
hub-of-portals-connected = von { $limit } Portalen verbunden
hub-nothing-pending = Keine ausstehenden Anfragen
hub-nothing-pending-text = Hier stehen Anfragen, bis die Hub-Administration sie genehmigt oder ablehnt.
hub-nothing-approved = Noch keine verbundenen Portale
hub-nothing-approved-text = Reichen Sie die Zugangsdaten eines Portals mit { $action } ein. Nach der Genehmigung steht die Verbindung hier.
hub-nothing-rejected = Keine abgelehnten Anfragen
hub-nothing-established = Noch keine Verbindungsanfragen
hub-nothing-established-text = Reichen Sie die Zugangsdaten eines Portals über das Plussymbol, { $action }, ein. Hier stehen dann die Anfrage und ihr Ergebnis.
hub-nothing-to-manage = Noch keine Verbindungsanfragen
hub-nothing-to-manage-text = Hier stehen Anfragen, bis die Hub-Administration sie genehmigt oder ablehnt, und danach als Verlauf.

# Settings of a hub

hub-settings = Einstellungen des Hubs
hub-settings-title = Einstellungen des Hubs
hub-portals-connected = { $count } von { $limit } verbunden
hub-four-eyes-on = Vier-Augen-Prinzip: ein
hub-four-eyes-off = Vier-Augen-Prinzip: aus
hub-four-eyes-text = Ist es eingeschaltet, darf niemand die eigene Anfrage genehmigen.
hub-switch-on = Einschalten
hub-switch-off = Ausschalten
hub-four-eyes-is-on = Ab jetzt muss jemand anderes eine Anfrage genehmigen.
hub-four-eyes-is-off = Wer die Rollen hat, darf genehmigen, auch eigene Anfragen.
hub-delete-this = Diesen Hub löschen
hub-delete-this-text = Alle seine Anfragen und Verbindungen werden mit ihm gelöscht.
hub-delete = Hub löschen
hub-delete-title = { $name } löschen?
hub-delete-consequence = Der Hub wird gelöscht, mit allen Anfragen, Verbindungen und Destinations und seinen Kopien der Zugangsdaten. Das lässt sich nicht rückgängig machen.
hub-is-deleted = Der Hub { $name } wurde gelöscht.

# Destinations

hub-no-destination = Keine
hub-destination-present = Vorhanden
hub-destination-created = Angelegt von { $person }, { $at }
hub-destination-of = { $action }: { $alias }
hub-no-destination-matches = Keine Destination gefunden
hub-no-destinations = Noch keine Destinations
hub-no-destinations-text = Der Hub legt die Destination einer Verbindung an, wenn ihre Anfrage genehmigt wird.

# Local, or in SAP

hub-create-intro = Drawbridge selbst wird der Hub, auf diesem Computer. In SAP wird nichts angelegt.
hub-is-created-connected = Der Hub { $name } wurde angelegt und dauerhaft mit dem Portal { $portal } verbunden.
hub-place = Subaccount / Region
hub-track = Hub in SAP verfolgen
hub-track-intro = Verfolgen Sie den Hub Ihres SAP-Tenants, seine Verbindungsanfragen und die Zugangsdaten, die er hat. In SAP wird nichts angelegt oder geändert.
hub-track-name-hint = Ihr eigener Name dafür.
hub-address = Adresse
hub-address-hint = Wie im Browser, etwa https://hub.cfapps.eu10.hana.ondemand.com. „Hub öffnen“ öffnet sie.
hub-region = Region
hub-region-hint = Etwa eu10. Bleibt das Feld leer, wird sie der Adresse entnommen.
hub-is-tracked = Der Hub { $name } wird verfolgt.
hub-edit-title = { $name } bearbeiten
hub-edit-intro = Berichtigen Sie, was hier festgehalten ist. In SAP ändert sich nichts.
hub-is-changed = Der Hub { $name } wurde geändert.
hub-open = Hub öffnen
hub-more = Weitere Aktionen
hub-in-sap-subtitle-region = { $address } · Region { $region }
hub-forget = Vergessen
hub-forget-title = { $name } vergessen?
hub-forget-text = Der Hub wird mit seinen Einträgen aus Drawbridge entfernt, und seine Kopien der Zugangsdaten werden gelöscht. In SAP ändert sich nichts: Seine Verbindungen bestehen weiter. Das lässt sich nicht rückgängig machen.
hub-is-forgotten = Der Hub { $name } wurde vergessen. In SAP hat sich nichts geändert.
