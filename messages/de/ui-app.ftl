app-theme = Design
app-theme-system = Wie das System
app-theme-morning = Morning Horizon (hell)
app-theme-evening = Evening Horizon (dunkel)
app-theme-contrast-white = Hoher Kontrast, weiß
app-theme-contrast-black = Hoher Kontrast, schwarz
app-language = Sprache
app-language-system = Wie das System
app-switch-person = Person wechseln
app-current-person = Aktuelle Person:
app-people = Personen und Rollen
app-start = Startseite
app-portals = Portale
app-hubs = Hubs
app-accounts = PingOne
app-activity = Aktivitäten
app-settings = Einstellungen
app-areas = Bereiche
app-skip = Zum Inhalt springen
app-starting = Wird gestartet

# Another keychain than before, or another installation's.

keychain-waits = Warten auf den Schlüsselbund: { $keychain }
keychain-waits-where = Möglicherweise fragt er in einem eigenen Fenster nach seinem Kennwort.
keychain-take-over = Diesen Schlüsselbund verwenden
keychain-taken-over = Diese Installation verwendet ab jetzt diesen Schlüsselbund.
keychain-begin-beside = Daneben neu beginnen
keychain-begun-beside = Diese Installation beginnt neu. Die Geheimnisse der anderen bleiben, wie sie sind.
keychain-beside-text = { $count ->
    [one] Das Geheimnis der anderen Installation bleibt im Schlüsselbund, wie es ist; diese Installation verwendet es nicht. War es Ihres und wurde die Datenbank verschoben oder gelöscht, brechen Sie ab, und legen Sie zuerst die Datenbank zurück.
   *[other] Die { $count } Geheimnisse der anderen Installation bleiben im Schlüsselbund, wie sie sind; diese Installation verwendet sie nicht. Waren es Ihre und wurde die Datenbank verschoben oder gelöscht, brechen Sie ab, und legen Sie zuerst die Datenbank zurück.
}
keychain-lost = { $count ->
    [one] 1 Geheimnis wird aufgegeben.
   *[other] { $count } Geheimnisse werden aufgegeben.
}
keychain-lost-text = Tun Sie dies nur, wenn der frühere Schlüsselbund endgültig verloren ist. Solange er sich starten oder wiederherstellen lässt, ist nichts verloren.
keychain-lost-portals = Portale: ihre Zugangsdaten neu generieren oder importieren und dann verwenden
keychain-lost-connections = Hubs verlieren ihre Kopie: die Verbindung wiederherstellen oder die Zugangsdaten der Anfrage bearbeiten
keychain-lost-accounts = PingOne-Konten: ein anderes Client-Secret setzen, hier und in PingOne
keychain-lost-token-service = Token-Service: Er erhält neue Schlüssel und ein neues CA-Zertifikat
keychain-lost-token-service-text = Ausgestellte Tokens enden, und Programme, die dem CA-Zertifikat vertrauen, brauchen das neue.

# Words that stand in many places

app-keychain = Schlüsselbund
app-unforeseen = Es ist ein unerwarteter Fehler aufgetreten.

# Pages

app-back-to = { $list ->
    [portals] Zurück zu den Portalen
    [hubs] Zurück zu den Hubs
    [connections] Zurück zu den Verbindungen
   *[accounts] Zurück zu den Konten
}

# Roles

app-ask-for-role = Rolle anfordern
app-ask-for-role-button = Rolle anfordern…
app-role-request = Text für Ihre Administration
app-copy-text = Text kopieren
app-text-copied = Der Text ist in der Zwischenablage.

# Before something ends

app-type-to-confirm = { $what ->
    [alias] Zur Bestätigung den Alias „{ $name }“ eingeben
    [portal] Zur Bestätigung den Namen des Portals „{ $name }“ eingeben
    [hub] Zur Bestätigung den Namen des Hubs „{ $name }“ eingeben
    [number] Zur Bestätigung { $name } eingeben
   *[account] Zur Bestätigung den Namen des Kontos „{ $name }“ eingeben
}
app-leave-question = Ohne Speichern verlassen?
app-leave-text = Ihre Eingaben gehen verloren.
app-leave-stay = Bleiben
app-leave-yes = Verlassen
app-copy-word = Diesen Text kopieren
app-word-not-copied = Der Text lässt sich hier nicht kopieren. Markieren Sie ihn und drücken Sie Strg+C.
app-typed-wrong = { $what ->
    [alias] Das ist nicht der Alias.
    [portal] Das ist nicht der Name des Portals.
    [hub] Das ist nicht der Name des Hubs.
    [number] Das ist nicht die Zahl.
   *[account] Das ist nicht der Name des Kontos.
}

# The token service

app-open-settings = Einstellungen öffnen
