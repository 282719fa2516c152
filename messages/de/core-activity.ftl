# What was done, as it reads in the activity list.

activity-person-added = Person hinzugefügt
activity-person-changed = Person geändert
activity-person-switched = Person gewechselt
activity-portal-created = Portal angelegt
activity-portal-added = Portal hinzugefügt
activity-portal-deleted = Portal gelöscht
activity-keychain-taken-over = Schlüsselbund gewechselt
activity-credentials-generated = Zugangsdaten generiert
activity-credentials-regenerated = Zugangsdaten neu generiert
activity-credentials-imported = Zugangsdaten importiert
activity-lifetime-set = Datum der Generierung gesetzt
activity-credentials-copied = Zugangsdaten kopiert
activity-credentials-exported = Zugangsdaten exportiert
activity-hand-over-failed = Kopieren oder Exportieren fehlgeschlagen
activity-credentials-retired = Zugangsdaten widerrufen
activity-credentials-removed = Zugangsdaten aus Drawbridge entfernt
activity-authority-generated = Zertifizierungsstelle generiert
activity-hub-created = Hub angelegt
activity-hub-changed = Hub geändert
activity-hub-deleted = Hub gelöscht
activity-request-submitted = Verbindungsanfrage eingereicht
activity-credentials-edited = Zugangsdaten bearbeitet
activity-request-approved = Verbindungsanfrage genehmigt
activity-request-rejected = Verbindungsanfrage abgelehnt
activity-connection-reestablished = Verbindung wiederhergestellt
activity-connected-automatically = Automatisch verbunden
activity-service-instance-created = Serviceinstanz angelegt
activity-service-instance-deleted = Serviceinstanz gelöscht
activity-service-key-created = Serviceschlüssel angelegt
activity-api-imported = API importiert
activity-api-removed = API entfernt
activity-destination-deleted = Destination gelöscht
activity-connection-works = Verbindung funktioniert
activity-connection-fails = Verbindung gestört
activity-token-service-changed = Token-Service geändert
activity-proxy-changed = Proxy geändert
activity-check-interval-changed = Testintervall geändert
activity-asking-changed = Rückfrage vor Geheimnissen geändert
activity-authority-exported = CA-Zertifikat exportiert
activity-interruption-repaired = Unterbrochene Änderung bereinigt
activity-portal-changed = Portal geändert

# What an entry is about, where that has no name of its own.

activity-of-keychain = Schlüsselbund
# Früher die einzige Stelle; Einträge von damals nennen sie.
activity-of-authority = Drawbridge CA
activity-of-server-authority = Drawbridge Server CA
activity-of-client-authority = Drawbridge Client CA
activity-of-secrets = Geheimnisse
activity-of-token-service = Token-Service
activity-of-connections = Verbindungen

# More about an entry.

activity-subaccount = Subaccount { $subaccount }
activity-portal-in-sap = { $url }, Subaccount { $subaccount }
activity-vocabulary = SAP-Bezeichnungen { $vocabulary }, zuvor { $former }
activity-four-eyes-on = Vier-Augen-Prinzip ein
activity-four-eyes-off = Vier-Augen-Prinzip aus
activity-at-hub = Hub { $hub }
activity-at-hub-with = Hub { $hub }, { $what }
activity-rejected-because = Hub { $hub }: { $reason }
activity-same-subaccount = Hub { $hub }, derselbe Subaccount { $subaccount }
activity-works = { $apis ->
    [one] Hub { $hub }, { $apis } API
   *[other] Hub { $hub }, { $apis } APIs
}
activity-fails = Hub { $hub }, { $stage }: { $finding }
activity-valid-until = { $what }, gültig bis { $day }
activity-authority-until = Gültig bis { $day }
activity-authority-taken-over = Zertifikat der neuen CA
activity-server-authority-until = Für { $names }; gültig bis { $day }
activity-repaired = { $undone } rückgängig gemacht, { $finished } abgeschlossen
activity-set-aside = { $undone } rückgängig gemacht, { $finished } abgeschlossen; was davon übrig ist, bleibt { $days } Tage im Schlüsselbund, falls der Datenbank Änderungen fehlen
activity-set-aside-deleted = { $count } { $count ->
    [one] übrig gebliebenes Geheimnis
   *[other] übrig gebliebene Geheimnisse
} aus dem Schlüsselbund gelöscht
activity-instance = { $instance }, Plan { $plan }, Rolle { $role }
activity-instance-alone = { $instance }, ohne Serviceschlüssel
activity-instance-with-keys = { $instance }, mit { $clients }
activity-service-key = { $key } von { $instance }: { $what }
activity-token-service = { $state }, an { $address }, { $first } und { $second }
activity-on = Ein
activity-off = Aus
activity-proxy-system = Der vom System genannte
activity-proxy-never = Keiner
activity-proxy-url = { $url }
activity-every-hours = { $hours ->
    [one] Jede Stunde
   *[other] Alle { $hours } Stunden
}
activity-no-roles = { $email }, ohne Rollensammlungen
activity-roles = { $email }, { $roles }
activity-exported-as = { $what } als { $format }, Ziel: { $destination }
activity-secret-to = Client-Secret von { $what }, Ziel: { $destination }
activity-written-to = Ziel: { $destination }
activity-clipboard = Zwischenablage
activity-standard-output = Standardausgabe
activity-formerly = Zuvor { $name }
activity-without-credentials = Ohne Zugangsdaten
activity-with-credentials = Mit { $clients }; PingOne selbst akzeptiert sie weiterhin
activity-with-local-credentials = Mit { $clients }
activity-local = { $name } (lokal)
activity-in-sap = { $name } (in SAP)
activity-in-pingone = { $name } (in PingOne)
activity-client-id-corrected = { $what }, vorher { $known }
activity-secret-chosen = { $what }, eigenes Client-Secret
activity-secret-generated = { $what }, Client-Secret generiert
activity-former-kept = { $what }; das frühere bleibt bis { $moment } erhalten
activity-former-deleted = { $what }; das frühere ist gelöscht

# Credentials in one line.

described-client-secret = { $client }, Client-Secret
described-certificate = { $client }, Zertifikat { $key }, SHA-256 { $fingerprint }
activity-given-up = { $count ->
    [one] 1 Geheimnis des früheren Schlüsselbunds aufgegeben
   *[other] { $count } Geheimnisse des früheren Schlüsselbunds aufgegeben
}
activity-beside = { $count ->
    [one] neu neben 1 Geheimnis einer anderen Installation
   *[other] neu neben { $count } Geheimnissen einer anderen Installation
}

# Lokal oder in SAP

activity-person-removed = Person entfernt
activity-portal-renamed = { $name }, Subaccount { $subaccount }
activity-portal-forgotten = Portal in SAP vergessen
activity-hub-renamed = Hub umbenannt
activity-hub-tracked = Hub in SAP festgehalten
activity-hub-forgotten = Hub in SAP vergessen
activity-request-recorded = Anfrage in SAP festgehalten
activity-approval-recorded = Genehmigung in SAP festgehalten
activity-rejection-recorded = Ablehnung in SAP festgehalten
activity-record-changed = Eintrag über eine Anfrage in SAP berichtigt
activity-record-forgotten = Eintrag über eine Anfrage in SAP vergessen
activity-renamed = Jetzt { $name }
activity-hub-in-sap = { $address }
activity-hub-in-sap-region = { $address }, Region { $region }
activity-portal-was-renamed = Portal umbenannt
