# The stages of a test.

stage-document = Dokument
stage-validity = Gültigkeit
stage-name-and-network = Name und Netz
stage-tls = TLS
stage-token = Token
stage-portal-api = Portal-API
stage-destination = Destination

# For a cause that a later version has found.

stage-failed = { $stage } fehlgeschlagen

# Why a stage fails: what is wrong, what to do, and the same in two or three words.

cause-document = { $finding }
    .remedy = { $remedy }
    .short = Dokument fehlerhaft
cause-secret-missing = die Kopie des Geheimnisses, die der Hub verwendet, ist nicht mehr im Schlüsselbund
    .remedy = Geben Sie dem Hub die Zugangsdaten noch einmal: Generieren Sie sie im Portal neu, und verwenden Sie die neuen.
    .short = Geheimnis fehlt
cause-expired = das Zertifikat ist am { $end } abgelaufen
    .remedy = { remedy-renew-credentials }
    .short = Zugangsdaten abgelaufen
cause-not-yet-valid = das Zertifikat ist erst ab { $start } gültig
    .remedy = Prüfen Sie Datum und Uhrzeit dieses Computers, oder warten Sie bis dahin.
    .short = Noch nicht gültig
cause-not-https = die URL zu { $host } beginnt nicht mit https://
    .remedy = Verwenden Sie die https-URL des Portals: Zugangsdaten werden nicht ungeschützt gesendet.
    .short = Kein https
cause-unknown-host = der Host { $host } ist unbekannt
    .remedy = Prüfen Sie die Schreibweise der URL, das Netz und ob ein VPN oder ein Proxy (Einstellungen) nötig ist.
    .short = Host unbekannt
cause-refused = der Server { $host } nimmt auf Port { $port } keine Verbindung an
    .remedy = Prüfen Sie den Port in der URL und ob der Dienst läuft; für ein Portal dieser App siehe Einstellungen.
    .short = Keine Verbindung
cause-unreachable = der Host { $host } ist nicht erreichbar
    .remedy = Prüfen Sie das Netz, ob ein VPN oder ein Proxy (Einstellungen) nötig ist und ob eine Firewall diese Verbindung durchlässt.
    .short = Host nicht erreichbar
cause-connect-timeout = der Server { $host } hat auf Port { $port } nicht innerhalb von { $seconds } Sekunden geantwortet
    .remedy = { cause-unreachable.remedy }
    .short = Zeitüberschreitung
cause-proxy-unreachable = der Proxy { $proxy } dieses Netzes ist nicht erreichbar
    .remedy = Prüfen Sie das Netz und welcher Proxy angegeben ist: in den Einstellungen oder in den Umgebungsvariablen HTTPS_PROXY und ALL_PROXY.
    .short = Proxy nicht erreichbar
cause-proxy-authentication = der Proxy { $proxy } verlangt Benutzername und Passwort
    .remedy = Geben Sie den Proxy mit Benutzer und Passwort in der Umgebungsvariablen HTTPS_PROXY an (http://benutzer:passwort@host:port, Sonderzeichen als %-Codes), und wählen Sie in den Einstellungen den Proxy des Systems. Nur das Verfahren Basic wird unterstützt; verwenden Sie für andere einen lokalen Proxy, der sich anmeldet.
    .short = Proxy verlangt Anmeldung
cause-proxy-refused = der Proxy { $proxy } lässt keine Verbindungen zu { $host } durch
    .remedy = Bitten Sie den Betreiber des Proxys, Verbindungen zu diesem Host durchzulassen, oder nehmen Sie den Host in NO_PROXY auf, wenn er ohne Proxy erreichbar ist.
    .short = Proxy lässt Host nicht zu
cause-proxy-failed = der Proxy { $proxy } bekam keine Verbindung zu { $host }
    .remedy = Prüfen Sie die Schreibweise der URL; wenn sie stimmt, fragen Sie den Betreiber des Proxys. Nehmen Sie den Host in NO_PROXY auf, wenn er ohne Proxy erreichbar ist.
    .short = Proxy ohne Verbindung
cause-not-a-proxy = was unter { $proxy } antwortet, ist kein Proxy für https
    .remedy = Prüfen Sie Host und Port des Proxys: in den Einstellungen oder in den Umgebungsvariablen HTTPS_PROXY und ALL_PROXY. Er muss CONNECT zu diesem Port annehmen.
    .short = Kein Proxy
cause-proxy-unusable = der Proxy dieses Netzes ist so angegeben, dass er nicht verwendet werden kann
    .remedy = Schreiben Sie ihn als http://host:port oder https://host:port. SOCKS-Proxys werden nicht unterstützt.
    .short = Proxy nicht verwendbar
cause-untrusted-server = dem Zertifikat von { $host } wird auf diesem Computer nicht vertraut
    .remedy = Lassen Sie die ausstellende Zertifizierungsstelle in die vertrauenswürdigen Zertifikate dieses Computers aufnehmen, wenn es die Ihres Unternehmens ist; sonst hört vielleicht jemand mit.
    .short = Server nicht vertrauenswürdig
cause-server-name-mismatch = das Zertifikat, das der Server gezeigt hat, gilt nicht für { $host }
    .remedy = Prüfen Sie den Host in der URL; vielleicht ist der Server unter einem anderen Namen bekannt.
    .short = Servername weicht ab
cause-server-certificate-expired = das Zertifikat von { $host } ist abgelaufen
    .remedy = Bitten Sie den Betreiber des Servers, sein Zertifikat zu erneuern.
    .short = Serverzertifikat abgelaufen
cause-server-issuer-expired = das Zertifikat von { $host } ist gültig, aber das darüber, { $issuer }, ist abgelaufen
    .remedy = Bitten Sie den Betreiber des Servers, das aktuelle Zertifikat dieses Ausstellers mitzusenden; das eigene Zertifikat des Servers zu erneuern hilft nicht.
    .short = Aussteller abgelaufen
cause-server-certificate-not-yet-valid = das Zertifikat von { $host } ist noch nicht gültig
    .remedy = Prüfen Sie Datum und Uhrzeit dieses Computers; wenn sie stimmen, fragen Sie den Betreiber des Servers.
    .short = Serverzertifikat gilt noch nicht
cause-client-certificate-required = der Server { $host } verlangt ein Client-Zertifikat
    .remedy = Verwenden Sie Zugangsdaten mit Zertifikat oder, wenn diese ein Client-Secret enthalten, die Token-URL für Client-Secrets.
    .short = Zertifikat verlangt
cause-client-certificate-expired = der Server { $host } meldet, dass das Client-Zertifikat abgelaufen ist
    .remedy = { remedy-renew-credentials }
    .short = { cause-expired.short }
cause-client-certificate-refused = der Server { $host } akzeptiert das Client-Zertifikat nicht
    .remedy = Prüfen Sie, ob certurl zum selben Portal gehört wie das Zertifikat und ob die Kette vollständig ist.
    .short = Zertifikat abgelehnt
cause-client-key-not-taken = der Server { $host } nimmt keinen Client-Schlüssel der Art { $key } an
    .remedy = Generieren Sie das Zertifikat mit einem RSA-Schlüssel (ab 2048 Bit) oder mit einem Schlüssel auf P-256 oder P-384.
    .short = Client-Schlüssel abgelehnt
cause-not-tls = der Server { $host } spricht auf Port { $port } kein TLS
    .remedy = Prüfen Sie den Port in der URL.
    .short = Kein TLS
cause-tls-failed = es kam keine sichere Verbindung zu { $host } zustande
    .remedy = Prüfen Sie, ob ein Proxy oder eine Firewall dazwischensteht; fragen Sie den Betreiber des Servers.
    .short = TLS fehlgeschlagen
cause-other-http = der Server { $host } spricht kein HTTP/1.1
    .remedy = Bitten Sie den Betreiber des Servers, neben HTTP/2 auch HTTP/1.1 zu erlauben.
    .short = Kein HTTP/1.1
cause-tls-timeout = der Server { $host } hat den TLS-Handshake nicht innerhalb von { $seconds } Sekunden abgeschlossen
    .remedy = { cause-tls-failed.remedy }
    .short = { cause-connect-timeout.short }
cause-bad-credentials = der Token-Service akzeptiert diese Zugangsdaten nicht
    .remedy = Prüfen Sie, ob sie vollständig kopiert wurden und die aktuellen des Portals sind; wenn sie stillgelegt wurden oder ihr Serviceschlüssel gelöscht wurde, generieren Sie sie neu.
    .short = Zugangsdaten falsch
cause-certificate-at-wrong-host = Zugangsdaten mit Zertifikat wurden bei dem Host verwendet, der für Client-Secrets gedacht ist
    .remedy = Prüfen Sie certurl: Für ein Zertifikat muss sie den Host mit „cert“ oder den Port für Mutual TLS nennen.
    .short = Falsche Zertifikats-URL
cause-key-deleted = der Serviceschlüssel dieser Zugangsdaten wurde gelöscht
    .remedy = { remedy-renew-credentials }
    .short = Serviceschlüssel gelöscht
cause-instance-deleted = die Serviceinstanz dieser Zugangsdaten wurde gelöscht
    .remedy = { remedy-renew-credentials }
    .short = Serviceinstanz gelöscht
cause-grant-refused = der Token-Service erlaubt diesem Client den Grant client_credentials nicht
    .remedy = Bitten Sie den Betreiber des Token-Service, den Grant client_credentials zu erlauben.
    .short = Grant abgelehnt
cause-token-request-refused = der Token-Service hat die Anforderung abgelehnt
    .remedy = Prüfen Sie die Client-ID und die Token-URL der Zugangsdaten.
    .short = Token verweigert
cause-no-access-token = die Antwort des Token-Service enthält kein Zugriffstoken vom Typ Bearer
    .remedy = Prüfen Sie, ob die Token-URL ein Token-Endpunkt von OAuth 2.0 ist.
    .short = Kein Zugriffstoken
cause-other-token-type = der Token-Service hat ein Token vom Typ { $type } gegeben, das diese App nicht verwenden kann
    .remedy = Bitten Sie den Betreiber des Token-Service, diesem Client Bearer-Token zu geben (RFC 6750).
    .short = Anderer Token-Typ
cause-token-refused = die Portal-API akzeptiert das Zugriffstoken nicht
    .remedy = Prüfen Sie, ob URL und Token-URL zum selben Portal gehören.
    .short = Token nicht angenommen
cause-role-missing = die Portal-API lehnt diese Zugangsdaten ab: Die Rolle { $role } fehlt
    .remedy = Generieren Sie Zugangsdaten aus einer Serviceinstanz, die diese Rolle hat, und verwenden Sie diese.
    .short = Rolle fehlt
cause-not-found = unter { $url } wurde nichts gefunden
    .remedy = Prüfen Sie den Pfad der URL in den Zugangsdaten.
    .short = Nichts unter der URL
cause-application-not-there = Cloud Foundry hat unter { $host } keine laufende Anwendung
    .remedy = Die Anwendung wurde gelöscht, gestoppt oder umbenannt. Prüfen Sie den Host in der URL und im Cockpit, ob die Anwendung läuft und das Portal noch abonniert ist.
    .short = Anwendung nicht vorhanden
cause-redirected = der Server unter { $url } leitet an eine andere Adresse um; dorthin werden keine Zugangsdaten gesendet
    .remedy = Verwenden Sie die Adresse des Portals selbst; eine Umleitung führt oft zu einer Anmeldeseite oder einem Proxy.
    .short = Umgeleitet
cause-forbidden = der Server unter { $url } verweigert den Zugriff
    .remedy = Prüfen Sie, ob ein Proxy oder eine Firewall dazwischensteht und ob dieses Netz den Dienst verwenden darf.
    .short = Zugriff verweigert
cause-throttled = der Server unter { $url } hat zu viele Anfragen erhalten
    .remedy = Warten Sie einige Minuten, und testen Sie dann noch einmal.
    .short = Zu viele Anfragen
cause-throttled-seconds = der Server unter { $url } bittet, { $seconds ->
        [one] { $seconds } Sekunde
       *[other] { $seconds } Sekunden
    } zu warten
    .remedy = Warten Sie so lange, und testen Sie dann noch einmal.
    .short = { cause-throttled.short }
cause-throttled-minutes = der Server unter { $url } bittet, { $minutes } Minuten zu warten
    .remedy = { cause-throttled-seconds.remedy }
    .short = { cause-throttled.short }
cause-server-failed = der Server hat bei { $url } einen Fehler gemeldet (HTTP { $status })
    .remedy = Testen Sie später noch einmal; wenn es dabei bleibt, fragen Sie den Betreiber des Servers.
    .short = Serverfehler
cause-unexpected-status = der Server unter { $url } hat mit HTTP { $status } geantwortet
    .remedy = Prüfen Sie, ob die URL die eines API-Portals ist; fragen Sie den Betreiber des Servers.
    .short = Unerwartete Antwort
cause-answer-timeout = der Server unter { $url } hat nicht innerhalb von { $seconds } Sekunden geantwortet
    .remedy = Testen Sie noch einmal; wenn es dabei bleibt, fragen Sie den Betreiber des Servers oder des Netzes.
    .short = { cause-connect-timeout.short }
cause-cut-off = die Verbindung brach ab, bevor { $url } geantwortet hat
    .remedy = { cause-answer-timeout.remedy }
    .short = Verbindung abgebrochen
cause-too-large = die Antwort von { $url } ist größer als { $limit } MB
    .remedy = Prüfen Sie, ob die URL die eines API-Portals ist.
    .short = Antwort zu groß
cause-unknown-coding = die Antwort von { $url } ist auf unbekannte Weise komprimiert ({ $coding })
    .remedy = Bitten Sie den Betreiber des Servers, wie angefordert unkomprimiert oder mit gzip zu antworten.
    .short = Unbekannte Komprimierung
cause-not-json = der Server unter { $url } hat nicht mit JSON geantwortet
    .remedy = Prüfen Sie, ob die URL die eines API-Portals ist und ob stattdessen eine Anmeldeseite oder ein Proxy antwortet.
    .short = Antwort ist kein JSON
cause-unexpected-answer = die Antwort von { $url } hat eine andere Form als erwartet
    .remedy = { cause-unexpected-status.remedy }
    .short = { cause-unexpected-status.short }
cause-not-http = der Server unter { $url } spricht kein HTTP
    .remedy = Prüfen Sie Host und Port der URL.
    .short = Antwort ist kein HTTP
cause-destination-deleted = die Destination dieser Verbindung wurde gelöscht
    .remedy = Generieren Sie im Portal die Zugangsdaten neu, und stellen Sie dann die Verbindung wieder her: Dadurch wird die Destination neu angelegt.
    .short = Destination gelöscht

# What to do for several causes.

remedy-renew-credentials = Generieren Sie im Portal die Zugangsdaten neu, und geben Sie dem Hub die neuen: mit Edit Credentials, solange die Anfrage aussteht, mit Re-establish Connection, sobald sie genehmigt ist.

# What was found where a stage passed.

found-client-secret = Zugangsdaten mit Client-Secret
found-certificate = Zugangsdaten mit Zertifikat
found-end-unknown = es ist nicht bekannt, wann das Client-Secret generiert wurde, und deshalb auch nicht, wann es endet
found-no-end = ein Client-Secret läuft nicht von selbst ab
found-ended = dem Datum seiner Generierung zufolge ist das Client-Secret seit dem { $end } abgelaufen
found-until = bis { $end }, { $days ->
        [one] der letzte Tag
       *[other] noch { $days } Tage
    }
found-apis = { $count ->
        [0] keine APIs
        [one] { $count } API
       *[other] { $count } APIs
    }
found-apis-of = { $taken } von { $count } APIs
found-apis-more = { $found }; das Portal sendet weitere, { $reason }
found-apis-fewer = { $found }; das Portal sendet nicht mehr
found-more-elsewhere = aber von einer anderen Adresse, an die das Token nicht gesendet wird
found-more-circle = aber seine Seiten laufen im Kreis
found-more-time = für die die Zeit dieses Schritts nicht reicht
found-more-limit = die über der Grenze dieser App liegen
found-address = { $address }, Port { $port }
found-proxy = über den Proxy { $proxy }
found-two-hosts = { $way }; das Token kommt von { $token }, die APIs von { $portal }
found-tls-not-asked = { $version }; der Server hat nicht nach dem Zertifikat gefragt
found-tls-with-certificate = { $version }, mit dem Zertifikat
found-token = vom Typ Bearer
found-token-typeless = die Antwort nennt den Typ nicht
found-token-type = der Typ ist „{ $type }“ geschrieben
found-token-unencoded = der Token-Service nimmt ID und Secret nur unkodiert an, wie curl -u sie sendet
found-token-in-body = der Token-Service nimmt das Secret nur im Inhalt der Anfrage an
found-token-expires = läuft in { $seconds } s ab
found-token-scope = Scope { $scope }

# What was seen where a stage failed.

seen-deleted = gelöscht von { $name } am { $at }
seen-no-url = dies ist keine URL mit einem Host
seen-no-end = die Antwort begann, endete aber nicht
seen-ended-early = die Antwort endete zu früh
seen-no-answer = die Verbindung endete ohne Antwort
seen-redirect = HTTP { $status } nach { $place }
seen-page = HTTP { $status }, eine Seite „{ $title }“
seen-empty = HTTP { $status }, leer
seen-name-service = der Namensdienst hat nicht rechtzeitig geantwortet
seen-no-address = sein Name hat keine Adresse
seen-connect-timeout = er hat nicht innerhalb von { $seconds } Sekunden geantwortet
proxy-of-settings = der in den Einstellungen
seen-proxy-silent = der Proxy hat nicht rechtzeitig geantwortet
seen-proxy-asks = HTTP 407, er verlangt { $schemes }
seen-damaged-coding = die Antwort lässt sich nicht dekomprimieren
seen-tls-nothing-common = er bietet nichts an, was diese App annimmt
seen-tls-broken = er hält sich nicht an die Regeln von TLS
seen-bad-signature = seine Signatur ist falsch
seen-not-for-servers = es gilt nicht für Server
seen-is-authority = es ist das Zertifikat einer Zertifizierungsstelle, nicht das eines Servers
seen-issuer-no-authority = sein Aussteller ist keine Zertifizierungsstelle
seen-name-forbidden = sein Aussteller darf für diesen Namen nicht bürgen
seen-unknown-demand = es verlangt etwas, das hier unbekannt ist
seen-unknown-signature = seine Signatur ist von einer Art, die nicht angenommen wird
seen-revocation-unknown = es ist nicht bekannt, ob es widerrufen wurde
seen-not-acceptable = es ist nicht annehmbar
seen-both-forms = { $seen }; ebenso unkodiert, wie curl -u sendet
seen-no-list = sie enthält keine Liste
seen-nameless = Eintrag { $number } hat keinen Namen
seen-key-unusable = der private Schlüssel kann für TLS nicht verwendet werden
seen-no-trust = dieser Computer hat keine vertrauenswürdigen Zertifikate
seen-no-tls = TLS 1.2 und 1.3 sind nicht verfügbar
seen-impossible-name = für diesen Namen kann es kein Zertifikat geben
seen-hung-up-after-asking = der Server hat nach einem Zertifikat gefragt und dann die Verbindung geschlossen
seen-hung-up = der Server hat die Verbindung während des Handshakes geschlossen
seen-for-names = es gilt für { $names }
seen-ended-on = es endete am { $end }
seen-begins-on = es beginnt am { $start }
seen-revoked = es wurde widerrufen
seen-self-signed = es ist selbst signiert: { $subject }
seen-issued-by = es ist ausgestellt von { $issuer }
seen-unreadable = es kann nicht gelesen werden
seen-and = { $seen }; { $reason }
seen-alert = TLS-Alarm { $name }
seen-no-certurl = certurl fehlt
seen-not-asked = { $seen }; der Server hat nicht nach dem Zertifikat gefragt
seen-without-token = HTTP { $status }, ohne den Text „access_token“
seen-empty-token = HTTP { $status }, „access_token“ ist leer
seen-token-characters = HTTP { $status }, „access_token“ enthält Zeichen, die in keinem Header möglich sind
