# The list of hubs

hub-list-subtitle = Ein Hub zeigt Entwicklern die APIs seiner Portale.
hub-create = Hub anlegen
hub-is-created = Der Hub { $name } ist angelegt.
hub-created-unconnected = Der Hub { $name } ist angelegt, aber nicht mit dem Portal seines Subaccounts verbunden.
hub-created-unconnected-text = Auf der Registerkarte { $tab } dieses Portals holt „{ $action }“ das nach.
hub-search = Hubs durchsuchen
hub-connected-portals = Verbundene Portale
hub-waiting-requests = Wartende Anfragen
hub-none-matches = Kein Hub passt dazu
hub-no-hubs = Noch keine Hubs
hub-no-hubs-text = Legen Sie den Hub an, an den Portale ihre Verbindungsanfragen richten.

# A hub

hub-hub = Hub
hub-subtitle = { $name } · Subaccount { $subaccount }
hub-subaccount = Subaccount { $subaccount }
hub-of-portals-connected = von { $limit } Portalen verbunden
hub-nothing-pending = Keine wartenden Anfragen
hub-nothing-pending-text = Hier wartet eine Anfrage, bis eine Person, die den Hub administriert, sie genehmigt oder ablehnt.
hub-nothing-approved = Noch keine verbundenen Portale
hub-nothing-approved-text = Reichen Sie die Zugangsdaten eines Portals mit { $action } ein; sobald sie genehmigt sind, steht die Verbindung hier.
hub-nothing-rejected = Keine abgelehnten Anfragen
hub-nothing-established = Noch keine Verbindungsanfragen
hub-nothing-established-text = Reichen Sie die Zugangsdaten eines Portals mit dem Plussymbol, { $action }, ein; hier steht dann die Anfrage und was aus ihr wird.
hub-nothing-to-manage = Noch keine Verbindungsanfragen
hub-nothing-to-manage-text = Hier steht eine Anfrage, bis sie genehmigt oder abgelehnt wird, und danach als Historie.

# Settings of a hub

hub-settings = Einstellungen des Hubs
hub-settings-title = Einstellungen des Hubs
hub-portals-connected = { $count } von { $limit } verbunden
hub-four-eyes-on = Vier-Augen-Prinzip: ein
hub-four-eyes-off = Vier-Augen-Prinzip: aus
hub-four-eyes-text = Ist es eingeschaltet, darf niemand eine Anfrage genehmigen, die er selbst eingereicht hat.
hub-switch-on = Einschalten
hub-switch-off = Ausschalten
hub-four-eyes-is-on = Ab jetzt muss jemand anderes eine Anfrage genehmigen.
hub-four-eyes-is-off = Alle mit den Rollen dürfen genehmigen, auch wer eingereicht hat.
hub-delete-this = Diesen Hub löschen
hub-delete-this-text = Nur ein Hub ohne offene Anfragen kann gelöscht werden.
hub-delete = Hub löschen
hub-delete-title = { $name } löschen?
hub-delete-consequence = Der Hub und die Historie seiner abgelehnten Anfragen werden gelöscht. Das lässt sich nicht rückgängig machen.
hub-is-deleted = Der Hub { $name } ist gelöscht.

# Destinations

hub-no-destination = Keine
hub-destination-present = Vorhanden
hub-destination-created = Angelegt von { $person }, { $at }
hub-destination-of = { $action }: { $alias }
hub-no-destination-matches = Keine Destination passt dazu
hub-no-destinations = Noch keine Destinations
hub-no-destinations-text = Der Hub legt die Destination einer Verbindung an, wenn ihre Anfrage genehmigt wird.
