# A portal

portal-portal = API-Portal
portal-subtitle = { $name } · Subaccount { $subaccount }
portal-where = Art
portal-lives-in-sap = Wird in SAP Integration Suite verwaltet. Drawbridge bewahrt seine Zugangsdaten auf und überwacht sie.
portal-added = Hinzugefügt
portal-urls = URLs in den Zugangsdaten
portal-url = URL des API-Portals
portal-url-not-known = Unbekannt: Keine aktuellen Zugangsdaten nennen sie
portal-delete-this = Dieses Portal löschen
portal-delete-text = Seine Zugangsdaten und deren Geheimnisse werden mit ihm gelöscht, ebenso seine APIs und seine Anfragen und Verbindungen an lokalen Hubs.
portal-forget-text = Seine Zugangsdaten und deren Geheimnisse werden hier gelöscht. In SAP ändert sich nichts: Das Portal akzeptiert sie weiter.
portal-delete = Portal löschen
portal-delete-title = { $name } löschen?
portal-delete-consequence = Das Portal wird gelöscht, mit seinen Zugangsdaten und deren Geheimnissen, seinen Serviceinstanzen, seinen APIs und seinen Anfragen und Verbindungen an lokalen Hubs. Das lässt sich nicht rückgängig machen.
portal-forget-consequence = Das Portal wird aus Drawbridge entfernt, mit seinen Zugangsdaten und deren Geheimnissen. In SAP, unter { $url }, ändert sich nichts. Das lässt sich nicht rückgängig machen.
portal-is-deleted = Das Portal { $name } wurde gelöscht.
portal-apis-in-sap = Seine APIs werden in SAP verwaltet
portal-apis-in-sap-text = Importieren und entfernen Sie sie in SAP Integration Suite. Ein verbundener Hub ruft sie unter { $url } ab.
portal-open-cockpit = BTP-Cockpit öffnen
portal-instances-in-sap = Serviceinstanzen werden im BTP-Cockpit verwaltet
portal-instances-in-sap-text = Öffnen Sie den Subaccount { $subaccount } im BTP-Cockpit. Legen Sie Serviceinstanzen und Serviceschlüssel dort an und löschen Sie sie dort; die URL in den Zugangsdaten beantwortet nur API-Aufrufe. Importieren Sie hier die Zugangsdaten, die Sie dort erhalten.

# Its connection

portal-own-hub-unconnected = Der Hub { $hub } ist im selben Subaccount, aber die Verbindung konnte noch nicht hergestellt werden.
portal-connect-now = Jetzt verbinden
portal-is-connected = Das Portal ist verbunden.
portal-nothing-imported = Noch keine Zugangsdaten importiert
portal-nothing-imported-text = Legen Sie im BTP-Cockpit im Subaccount { $subaccount } einen Serviceschlüssel an, oder generieren Sie Zugangsdaten auf der Seite des Portals in SAP. Importieren Sie sie dann hier.
portal-same-subaccount = Für einen Hub im selben Subaccount, { $subaccount }.
portal-own-hub = Der Hub { $hub } ist in diesem Subaccount.
portal-no-own-hub = Beide werden verbunden, sobald es den Hub gibt. Ein solches Portal kann nie mit einem anderen Hub verbunden werden.
portal-go-to-hubs = Zu den Hubs
portal-other-subaccount = Für einen Hub in einem anderen Subaccount.
portal-step-generate = Generieren Sie die Zugangsdaten dieses Portals.
portal-step-copy = Kopieren Sie sie oder exportieren Sie sie in eine Datei.
portal-step-submit = Reichen Sie sie im Hub mit einer Verbindungsanfrage ein.
portal-next = Als Nächstes: Zugangsdaten kopieren oder exportieren, dann im Hub einreichen.

# Its credentials

portal-generate = Generieren
portal-generating = Wird generiert…
portal-stay-valid = Die jetzigen Zugangsdaten bleiben gültig, bis Sie sie widerrufen. Sie sind als abgelöst gekennzeichnet.
portal-stay-valid-text = Verbindungen, die sie verwenden, funktionieren weiter.
portal-is-generated = Die Zugangsdaten wurden generiert.
portal-is-regenerated = Neue Zugangsdaten wurden generiert. Die bisherigen bleiben gültig, bis Sie sie widerrufen.
portal-retire = Diese Zugangsdaten widerrufen?
portal-retire-used = Zugangsdaten in Gebrauch widerrufen?
portal-retire-consequence = Sie funktionieren sofort nicht mehr, ebenso schon ausgestellte Tokens. Ihr Geheimnis wird aus dem { $keychain } gelöscht. Das lässt sich nicht rückgängig machen.
portal-retire-in-sap-consequence = Nur Drawbridge vergisst sie: Ihr Geheimnis wird aus dem { $keychain } gelöscht. Das Portal akzeptiert sie, bis Sie ihren Serviceschlüssel im BTP-Cockpit löschen, im Subaccount { $subaccount }. Das lässt sich nicht rückgängig machen.
portal-credential-is-retired = Die Zugangsdaten wurden widerrufen, ihr Geheimnis wurde gelöscht.
portal-credential-is-removed = Die Zugangsdaten wurden aus Drawbridge entfernt. Löschen Sie ihren Serviceschlüssel auch im BTP-Cockpit.
portal-date-is-noted = Das Datum wurde gespeichert.

# Its service instances

portal-create-instance = Serviceinstanz anlegen
portal-create-key = Serviceschlüssel anlegen
portal-create-key-title = Serviceschlüssel für { $name } anlegen
portal-for = für { $name }
portal-creating = Wird angelegt…
portal-instance-is-created = Die Serviceinstanz { $name } wurde angelegt.
portal-instance-is-deleted = Die Serviceinstanz { $name } wurde gelöscht.
portal-key-is-created = Der Serviceschlüssel { $name } wurde angelegt.
portal-key-is-deleted = Der Serviceschlüssel { $name } wurde gelöscht.
portal-no-instances = Noch keine Serviceinstanzen
portal-no-instances-text = Eine Serviceinstanz gibt Programmen Zugriff auf dieses Portal. Jeder ihrer Serviceschlüssel hat eigene Zugangsdaten. { $generate } legt automatisch eine an.
portal-deleting-ends = Wird eine Serviceinstanz oder einer ihrer Schlüssel gelöscht, enden deren Zugangsdaten sofort.
portal-created-at-by = Angelegt { $at } von { $person }
portal-plan = Plan
portal-role = Rolle
portal-no-keys = Keine Serviceschlüssel: Noch kann niemand diese Instanz verwenden.
portal-current-hint = Die Zugangsdaten auf der Registerkarte { $tab }
portal-own-secret-hint = Bleibt das Feld leer, wird ein starkes generiert. Ein eigenes braucht mindestens { $least } Zeichen: Buchstaben, Ziffern und Sonderzeichen, keine Leerzeichen.
portal-for-good = Das lässt sich nicht rückgängig machen.
portal-delete-instance-title = Serviceinstanz { $name } löschen?
portal-delete-instance-consequence = { $count ->
    [one] Ihr Serviceschlüssel wird mit ihr gelöscht. Seine Zugangsdaten funktionieren sofort nicht mehr, auch schon ausgestellte Tokens nicht, und ihr Geheimnis wird aus dem { $keychain } gelöscht. Das lässt sich nicht rückgängig machen.
   *[other] Ihre { $count } Serviceschlüssel werden mit ihr gelöscht. Deren Zugangsdaten funktionieren sofort nicht mehr, auch schon ausgestellte Tokens nicht, und ihre Geheimnisse werden aus dem { $keychain } gelöscht. Das lässt sich nicht rückgängig machen.
}
portal-delete-key-title = Serviceschlüssel { $name } löschen?
portal-delete-key-consequence = Seine Zugangsdaten funktionieren sofort nicht mehr, auch schon ausgestellte Tokens nicht, und ihr Geheimnis wird aus dem { $keychain } gelöscht. Das lässt sich nicht rückgängig machen.

# Its APIs

portal-api-title = Titel
portal-api-version = Version
portal-api-base-path = Basispfad
portal-api-description = Beschreibung
portal-api-openapi = OpenAPI
portal-api-imported-by = Importiert von
portal-import-api = OpenAPI-Dokument importieren…
portal-api-is-imported = { $title } { $version } wurde als { $name } importiert.
portal-api-is-removed = Die API { $name } wurde entfernt.
portal-search-apis = APIs durchsuchen
portal-no-api-matches = Keine API gefunden
portal-no-apis = Noch keine APIs
portal-no-apis-text = Importieren Sie das OpenAPI-Dokument einer API, in JSON oder YAML. Ein verbundener Hub ruft die APIs von hier ab und zeigt sie Entwicklern.
portal-remove = Entfernen
portal-remove-named = { $name } entfernen
portal-remove-title = { $name } entfernen?
portal-remove-consequence = { $portal } veröffentlicht { $api } nicht mehr. Ein verbundener Hub entfernt die API beim nächsten Abruf. Sie können das Dokument wieder importieren.

# Words that stand in many places

portal-at-by = { $at } von { $person }

# Before something ends

portal-hub-uses-in-sap = { $what ->
    [credential] Der Hub { $hub } verwendet diese Zugangsdaten noch für { $alias }.
    [keyOfInstance] Der Hub { $hub } verwendet noch einen Schlüssel dieser Instanz für { $alias }.
   *[key] Der Hub { $hub } verwendet diesen Schlüssel noch für { $alias }.
}
portal-hub-uses-in-sap-text = Die Verbindung besteht, bis jemand den Serviceschlüssel in SAP löscht. Geben Sie dem Hub zuerst die neuen Zugangsdaten: { $action }.
portal-hub-uses-approved = { $what ->
    [credential] Der Hub { $hub } verwendet diese Zugangsdaten noch für die genehmigte Verbindung { $alias }. Sie fällt dadurch aus.
    [keyOfInstance] Der Hub { $hub } verwendet noch einen Schlüssel dieser Instanz für die genehmigte Verbindung { $alias }. Sie fällt dadurch aus.
   *[key] Der Hub { $hub } verwendet diesen Schlüssel noch für die genehmigte Verbindung { $alias }. Sie fällt dadurch aus.
}
portal-hub-uses-pending = { $what ->
    [credential] Der Hub { $hub } hat diese Zugangsdaten noch in der ausstehenden Anfrage { $alias }. Daraus könnte keine Verbindung mehr werden.
    [keyOfInstance] Der Hub { $hub } hat noch einen Schlüssel dieser Instanz in der ausstehenden Anfrage { $alias }. Daraus könnte keine Verbindung mehr werden.
   *[key] Der Hub { $hub } hat diesen Schlüssel noch in der ausstehenden Anfrage { $alias }. Daraus könnte keine Verbindung mehr werden.
}
portal-give-hub-first = Geben Sie dem Hub zuerst die neuen Zugangsdaten: { $action }.

# Which hub uses credentials

portal-applied-as = Als { $alias }
portal-applied-approved = Verbunden mit { $hub }
portal-applied-rejected = Abgelehnt von { $hub }

# Credentials

portal-service-key = Serviceschlüssel
portal-certificate-url = Zertifikats-URL
portal-key = Schlüssel
portal-certificate-hint = Mutual TLS, 365 Tage gültig.
portal-client-secret-hint = Gültig, bis Sie es widerrufen. Verwenden Sie ein Zertifikat, wo es möglich ist.
portal-rsa-hint = Standard bei SAP, funktioniert überall.
portal-p256-hint = Elliptische Kurve: kürzer und schneller. Verwenden Sie sie, wo der Empfänger sie unterstützt.
portal-current = Aktuell
portal-additional = Zusätzlich
portal-not-tested-here = Nicht getestet, seit das Fenster offen ist
portal-superseded = Abgelöst
portal-superseded-since = Seit { $since }; nicht widerrufen
portal-retired = Widerrufen
portal-retired-since = Seit { $since }
portal-retire-now = Widerrufen
portal-retire-button = Widerrufen…
portal-retire-in-sap-button = Aus Drawbridge entfernen…
portal-retire-in-sap = Diese Zugangsdaten aus Drawbridge entfernen?
portal-removed = Entfernt
portal-imported = Importiert
portal-ended = Beendet
portal-used-by = Verwendet von
portal-no-hub = Kein Hub
portal-no-hub-yet = Noch kein Hub
portal-secret-kept-in = Geheimnis liegt in
portal-secret-place = { $keychain }, als „{ $label }“
portal-set-date = Datum angeben
portal-copied = Die Zugangsdaten sind für { $seconds } Sekunden in der Zwischenablage.
portal-track = Portal in SAP verfolgen
portal-import-credentials = Zugangsdaten importieren

# The token service

portal-token-service-off = Der Token-Service ist ausgeschaltet.
portal-token-service-fails = Der Token-Service läuft nicht.
portal-token-service-text = Diese Zugangsdaten erhalten keine Tokens, bis er läuft.
portal-tested-at = Zuletzt getestet am { $at }
portal-former-use-unknown = Es ist nicht bekannt, welcher Hub die früheren Zugangsdaten verwendet
portal-former-use-unknown-text = Halten Sie diese Verbindung fest, und geben Sie ihr die neuen: { $action }. Entfernen Sie die früheren hier, sobald niemand sie mehr verwendet.

# Local, or in SAP

portal-is-local = Drawbridge selbst ist dieses Portal, auf diesem Computer.
portal-forget = Vergessen
portal-forget-this = Dieses Portal vergessen
portal-forget-title = { $name } vergessen?
portal-is-forgotten = Das Portal { $name } wurde vergessen. In SAP hat sich nichts geändert.
