# Words that stand in many places

parts-cancel = Abbrechen
parts-close = Schließen
parts-save = Speichern
parts-delete = Löschen
parts-edit = Bearbeiten
parts-create = Anlegen
parts-add = Hinzufügen
parts-retry = Wiederholen
parts-dismiss = Ausblenden
parts-open = { $name } öffnen
parts-name = Name
parts-email = E-Mail
parts-subaccount = Subaccount
parts-search = Suchen
parts-clear-search = Suche leeren
parts-try-other-words = Versuchen Sie es mit weniger oder anderen Wörtern.
parts-loading = Wird geladen
parts-cancelling = Wird abgebrochen…
parts-not-known = Nicht bekannt
parts-done-of = { $done } von { $total }
parts-at-by = { $at } von { $person }
parts-keychain = Schlüsselbund
parts-unforeseen = Es ist etwas schiefgegangen, womit Drawbridge nicht gerechnet hat.
parts-error = Fehler
parts-warning = Warnung
parts-note = Hinweis
parts-information = Information
parts-success = Erfolg

# Pages

parts-window-title = { $page } – Drawbridge
parts-path = Pfad
parts-back-to = { $list ->
    [portals] Zurück zu den Portalen
    [hubs] Zurück zu den Hubs
    [connections] Zurück zu den Verbindungen
   *[accounts] Zurück zu den Konten
}

# Roles

parts-ask-for-role = Rolle anfragen
parts-ask-for-role-button = Rolle anfragen…
parts-not-possible = Derzeit nicht möglich
parts-role-request = Text für Ihren Administrator
parts-copy-text = Text kopieren
parts-text-copied = Der Text ist in der Zwischenablage.
parts-role-collections = Rollensammlungen
parts-technical-role = Wird nie an Personen vergeben: Sie gehört dem technischen Benutzer der generierten Zugangsdaten.

# Before something ends

parts-type-to-confirm = { $what ->
    [alias] Zur Bestätigung den Alias „{ $name }“ eingeben
    [portal] Zur Bestätigung den Namen des Portals „{ $name }“ eingeben
    [hub] Zur Bestätigung den Namen des Hubs „{ $name }“ eingeben
    [number] Zur Bestätigung { $name } eingeben
   *[account] Zur Bestätigung den Namen des Kontos „{ $name }“ eingeben
}
parts-typed-wrong = { $what ->
    [alias] Das ist nicht der Alias.
    [portal] Das ist nicht der Name des Portals.
    [hub] Das ist nicht der Name des Hubs.
    [number] Das ist nicht die Zahl.
   *[account] Das ist nicht der Name des Kontos.
}
parts-hub-uses-elsewhere = { $what ->
    [credential] Der Hub { $hub } verwendet diese Zugangsdaten noch für { $alias }.
    [keyOfInstance] Der Hub { $hub } verwendet noch einen Schlüssel dieser Instanz für { $alias }.
   *[key] Der Hub { $hub } verwendet diesen Schlüssel noch für { $alias }.
}
parts-hub-uses-elsewhere-text = Die Verbindung besteht, bis das Portal den Schlüssel löscht. Geben Sie dem Hub zuerst die neuen Zugangsdaten: { $action }.
parts-hub-uses-approved = { $what ->
    [credential] Der Hub { $hub } verwendet diese Zugangsdaten noch für die genehmigte Verbindung { $alias }. Sie fällt dadurch aus.
    [keyOfInstance] Der Hub { $hub } verwendet noch einen Schlüssel dieser Instanz für die genehmigte Verbindung { $alias }. Sie fällt dadurch aus.
   *[key] Der Hub { $hub } verwendet diesen Schlüssel noch für die genehmigte Verbindung { $alias }. Sie fällt dadurch aus.
}
parts-hub-uses-pending = { $what ->
    [credential] Der Hub { $hub } hat diese Zugangsdaten noch in der ausstehenden Anfrage { $alias }. Daraus könnte keine Verbindung mehr werden.
    [keyOfInstance] Der Hub { $hub } hat noch einen Schlüssel dieser Instanz in der ausstehenden Anfrage { $alias }. Daraus könnte keine Verbindung mehr werden.
   *[key] Der Hub { $hub } hat diesen Schlüssel noch in der ausstehenden Anfrage { $alias }. Daraus könnte keine Verbindung mehr werden.
}
parts-give-hub-first = Geben Sie dem Hub zuerst die neuen Zugangsdaten: { $action }.
parts-delete-destination-title = { $action } von { $alias }?
parts-connection-breaks = Die Verbindung { $alias } fällt sofort aus.
parts-connection-breaks-text = Ihre Zugangsdaten gelten dann als ungültig: Generieren Sie sie im Portal neu, und stellen Sie dann die Verbindung wieder her.
parts-destination-deleted = Die Destination von { $alias } wurde gelöscht.

# Which hub uses credentials

parts-applied-as = Als { $alias }
parts-applied-approved = Verbunden mit { $hub }
parts-applied-rejected = Abgelehnt von { $hub }

# Credentials

parts-api-portal = API-Portal
parts-not-here = Nicht in dieser Installation
parts-client-id = Client-ID
parts-client-secret = Client-Secret
parts-private-key = Privater Schlüssel
parts-service-key = Serviceschlüssel
parts-token-url = Token-URL
parts-certificate-url = Zertifikats-URL
parts-fingerprint = Fingerabdruck
parts-kind = Art
parts-certificate = Zertifikat
parts-certificate-with-key = Zertifikat, { $key }
parts-certificate-with-chain = { $count ->
    [1] Zertifikat, { $key }, ohne Kette
   *[other] Zertifikat, { $key }, Kette aus { $count }
}
parts-key = Schlüssel
parts-certificate-hint = 365 Tage gültig. Wer sie verwendet, weist sich mit einem privaten Schlüssel aus.
parts-client-secret-hint = Gültig bis zur Stilllegung. Wo ein Zertifikat möglich ist, ziehen Sie es vor.
parts-rsa-hint = Wie ihn die Hersteller ausstellen: Jedes Programm nimmt ihn an.
parts-p256-hint = Elliptische Kurve: kürzer und schneller, wo das Programm sie kennt.
parts-current = Aktuell
parts-additional = Zusätzlich
parts-superseded = Abgelöst
parts-superseded-since = Seit { $since }; gültig bis zur Stilllegung
parts-retired = Stillgelegt
parts-retired-since = Seit { $since }
parts-retire = Stilllegen
parts-created = Angelegt
parts-imported = Importiert
parts-generated = Generiert
parts-generated-by-id = { $day } (laut Client-ID)
parts-ended = Beendet
parts-end-key-deleted = ihr Serviceschlüssel wurde gelöscht
parts-end-instance-deleted = ihre Serviceinstanz wurde gelöscht
parts-valid = Gültig
parts-valid-until = Gültig bis
parts-until = bis { $day }
parts-used-by = Verwendet von
parts-no-hub = Kein Hub
parts-no-hub-yet = Noch kein Hub
parts-secret-kept-in = Geheimnis liegt in
parts-secret-place = { $keychain }, als „{ $label }“
parts-deleted = Gelöscht
parts-set-date = Datum angeben
parts-copied = Die Zugangsdaten sind für { $seconds } Sekunden in der Zwischenablage.
parts-external = Extern
parts-add-external-portal = Externes Portal hinzufügen
parts-import-credentials = Zugangsdaten importieren

# The token service

parts-token-service-off = Der Token-Service ist ausgeschaltet.
parts-token-service-fails = Der Token-Service läuft nicht.
parts-token-service-text = Diese Zugangsdaten erhalten keine Tokens, bis er läuft.
parts-open-settings = Einstellungen öffnen

# Testing a connection

parts-not-tested = Noch nicht getestet
parts-cancel-test = Test abbrechen
parts-cancelling-test = Test wird abgebrochen…
parts-test-cancelled = Der Test wurde abgebrochen
parts-test-failed = Test fehlgeschlagen: { $cause }
parts-stages = Schritte des Tests
parts-stage-passed = Bestanden
parts-stage-failed = Fehlgeschlagen
parts-stage-running = Läuft…
parts-stage-cancelled = Abgebrochen
parts-stage-waiting = Wartet
parts-stage-not-attempted = Nicht ausgeführt
parts-seen = Beobachtet:
parts-apis = { $count ->
    [0] keine APIs
    [one] 1 API
   *[other] { $count } APIs
}
