settings-subtitle = Der lokale Token-Service, Verbindungstests, Geheimnisse und der Proxy.

# The token service

settings-token-service = Token-Service
settings-token-service-text = Lokaler OAuth-Server für die Portale, die hier angelegt wurden. Er läuft, solange Drawbridge läuft.
settings-status-off = Aus
settings-status-not-needed = Läuft nicht: startet mit Ihrem ersten Portal
settings-status-starting = Startet
settings-status-running = Läuft
settings-status-failed = Läuft nicht
settings-switch-off = Ausschalten
settings-switch-on = Einschalten
settings-start = Starten
settings-starting = Wird gestartet…
settings-running-since = Läuft seit
settings-addresses = Adressen
settings-keys-not-renewed = Die Schlüssel des Token-Service können nicht erneuert werden. Er verwendet weiter die jetzigen.
settings-tokens-issued = Ausgestellte Tokens
settings-requests-refused = Abgelehnte Anforderungen
settings-off = Keine Zugangsdaten erhalten ein Token, bis er eingeschaltet wird.
settings-off-text = Tests und Verbindungen schlagen so lange fehl.
settings-is-on = Der Token-Service ist eingeschaltet.
settings-is-off = Der Token-Service ist ausgeschaltet.
settings-runs = Der Token-Service läuft.
settings-off-question = Token-Service ausschalten?
settings-off-question-text = Keine Zugangsdaten dieser Installation erhalten ein Token, bis er wieder eingeschaltet wird, und alle Verbindungen ihrer Portale fallen so lange aus.

# Where it listens

settings-listens = Netzwerkadresse
settings-reachable-from = Erreichbar
settings-loopback = Nur von diesem Computer (Loopback)
settings-loopback-hint = Programme auf anderen Computern erreichen ihn nicht.
settings-other-address = Unter einer anderen Adresse
settings-other-address-hint = Für Hubs und Clients auf anderen Computern.
settings-exposed = Jeder Computer, der diese Adresse erreicht, kann Tokens anfordern und Client-Secrets ausprobieren.
settings-exposed-text = Verwenden Sie sie nur in einem Netz, dem Sie vertrauen, hinter einer Firewall.
settings-address = Adresse
settings-address-hint = Eine IP-Adresse dieses Computers; 0.0.0.0 für alle.
settings-host = Hostname
settings-host-hint = Steht in den URLs neuer Zugangsdaten. Ein anderer Host braucht ein anderes CA-Zertifikat.
settings-port = Port
settings-port-hint = Für Client-Secrets und die Portal-API.
settings-mutual-tls-port = Port für Mutual TLS
settings-mutual-tls-port-hint = Für Zertifikate.
settings-not-saved = Noch nicht gespeichert
settings-saved = Die Einstellungen des Token-Service wurden gespeichert.
settings-expose-question = Token-Service für andere Computer öffnen?
settings-allow = Erlauben
settings-addresses-question = Verwendete Adressen ändern?
settings-change = Ändern

# Its CA certificate

settings-authority = CA-Zertifikat
settings-authority-text = Geben Sie es Programmen, die den Token-Service und die Portal-API verwenden. Ein Programm, das ihm vertraut, akzeptiert Server mit einem Zertifikat dieser CA, aber nur für die Namen unten und für Loopback-Adressen: Als ein anderer Host kann sich damit niemand ausgeben. Der Schlüssel liegt im Schlüsselbund dieses Computers und verlässt ihn nie. Wer ihn erhält, kann sich gegenüber jedem Programm, das dem Zertifikat vertraut, als einer dieser Namen ausgeben. Vertrauen Sie ihm nur dort, wo der Token-Service verwendet wird, und entfernen Sie es, wo er nicht mehr verwendet wird.
settings-authority-names = Gültig für
settings-authority-since = Verwendet seit
settings-authority-replaced = Es gibt ein neues CA-Zertifikat
settings-authority-replaced-text = Bis { $day } zeigt der Token-Service ein Zertifikat der früheren CA, damit Programme weiterarbeiten, die dieser vertrauen. Programme, die nur der neuen vertrauen, werden bis dahin abgewiesen. Exportieren Sie das neue Zertifikat, sorgen Sie dafür, dass alle Programme ihm vertrauen, und stellen Sie dann um.
settings-authority-take-over = Jetzt umstellen
settings-authority-taken-over = Der Token-Service zeigt ein Zertifikat der jetzigen CA.
settings-export-authority = CA-Zertifikat exportieren…
settings-authority-exported = Das CA-Zertifikat wurde nach { $path } exportiert.
settings-no-authority = Es gibt noch kein CA-Zertifikat.
settings-no-authority-hint = Es entsteht beim ersten Start des Token-Service.

# How often connections are tested

settings-connections = Verbindungen
settings-test-every = Verbindungen testen alle
settings-test-every-hint = { $from } bis { $to } Stunden. Außerdem wird eine genehmigte Verbindung beim Start von Drawbridge und nach jeder Änderung getestet.
settings-hours = { $count ->
    [one] Stunde
   *[other] Stunden
}
settings-tested-every = { $count ->
    [one] Verbindungen werden jede Stunde getestet.
   *[other] Verbindungen werden alle { $count } Stunden getestet.
}

# Die Frage, bevor ein Geheimnis hinausgeht

settings-secrets = Geheimnisse
settings-asks-text = Das System fragt Sie in einem eigenen Fenster, bevor ein Geheimnis kopiert oder angezeigt wird. Nach einem Ja fragt es bei demselben Schritt mit denselben Zugangsdaten fünf Minuten lang nicht noch einmal. „Exportieren…“ fragt immer nach dem Speicherort.
settings-asks-not-text = Geheimnisse werden ohne Rückfrage kopiert und angezeigt. Ein Programm, das diese Seite übernimmt, könnte dasselbe tun.
settings-stop-asking = Nicht mehr fragen…
settings-start-asking = Wieder fragen
settings-asks = Das System fragt, bevor ein Geheimnis kopiert oder angezeigt wird.
settings-asks-no-more = Geheimnisse werden ohne Rückfrage kopiert und angezeigt.

# Der Proxy

settings-proxy = Proxy
settings-proxy-by = Verbindung über
settings-proxy-system = Den Proxy des Systems
settings-proxy-system-hint = Die Umgebungsvariablen HTTPS_PROXY, ALL_PROXY und NO_PROXY, wie curl sie liest; ohne sie die Einstellungen von macOS oder Windows.
settings-proxy-never = Keinen Proxy
settings-proxy-never-hint = Verbindungen werden direkt aufgebaut.
settings-proxy-url = Diesen Proxy
settings-proxy-url-hint = Für jeden Host außer diesem Computer.
settings-proxy-address = URL des Proxys
settings-proxy-address-hint = Etwa http://proxy.example.com:3128, ohne Benutzer und Kennwort: Sie gehören in HTTPS_PROXY.
settings-proxy-saved = Der Proxy ist gespeichert. Alle Verbindungen werden erneut getestet.
