# The stages of a test.

stage-document = Dokument
stage-validity = Gültigkeit
stage-name-and-network = Name und Netz
stage-tls = TLS
stage-token = Token
stage-portal-api = Portal-API
stage-destination = Destination

# Why a stage fails.

cause-secret-missing = die Kopie des Geheimnisses, die der Hub verwendet, ist nicht mehr im Schlüsselbund
cause-expired = das Zertifikat ist am { $end } abgelaufen
cause-not-yet-valid = das Zertifikat ist erst ab { $start } gültig
cause-not-https = die URL zu { $host } beginnt nicht mit https://
cause-unknown-host = der Host { $host } ist unbekannt
cause-refused = der Server { $host } nimmt auf Port { $port } keine Verbindung an
cause-unreachable = der Host { $host } ist nicht erreichbar
cause-connect-timeout = der Server { $host } hat auf Port { $port } nicht innerhalb von { $seconds } Sekunden geantwortet
cause-proxy-unreachable = der Proxy { $proxy } dieses Netzes ist nicht erreichbar
cause-proxy-authentication = der Proxy { $proxy } verlangt Benutzername und Passwort
cause-proxy-refused = der Proxy { $proxy } lässt keine Verbindungen zu { $host } durch
cause-proxy-failed = der Proxy { $proxy } bekam keine Verbindung zu { $host }
cause-not-a-proxy = was unter { $proxy } antwortet, ist kein Proxy für https
cause-proxy-unusable = der Proxy dieses Netzes ist so angegeben, dass er nicht verwendet werden kann
cause-untrusted-server = dem Zertifikat von { $host } wird auf diesem Computer nicht vertraut
cause-server-name-mismatch = das Zertifikat, das der Server gezeigt hat, gilt nicht für { $host }
cause-server-certificate-expired = das Zertifikat von { $host } ist abgelaufen
cause-server-issuer-expired = das Zertifikat von { $host } ist gültig, aber das darüber, { $issuer }, ist abgelaufen
cause-server-certificate-not-yet-valid = das Zertifikat von { $host } ist noch nicht gültig
cause-client-certificate-required = der Server { $host } verlangt ein Client-Zertifikat
cause-client-certificate-expired = der Server { $host } meldet, dass das Client-Zertifikat abgelaufen ist
cause-client-certificate-refused = der Server { $host } akzeptiert das Client-Zertifikat nicht
cause-client-key-not-taken = der Server { $host } nimmt keinen Client-Schlüssel der Art { $key } an
cause-not-tls = der Server { $host } spricht auf Port { $port } kein TLS
cause-tls-failed = es kam keine sichere Verbindung zu { $host } zustande
cause-other-http = der Server { $host } spricht kein HTTP/1.1
cause-tls-timeout = der Server { $host } hat den TLS-Handshake nicht innerhalb von { $seconds } Sekunden abgeschlossen
cause-bad-credentials = der Token-Service akzeptiert diese Zugangsdaten nicht
cause-certificate-at-wrong-host = Zugangsdaten mit Zertifikat wurden bei dem Host verwendet, der für Client-Secrets gedacht ist
cause-key-deleted = der Serviceschlüssel dieser Zugangsdaten wurde gelöscht
cause-instance-deleted = die Serviceinstanz dieser Zugangsdaten wurde gelöscht
cause-grant-refused = der Token-Service erlaubt diesem Client den Grant client_credentials nicht
cause-token-request-refused = der Token-Service hat die Anforderung abgelehnt
cause-no-access-token = die Antwort des Token-Service enthält kein Zugriffstoken vom Typ Bearer
cause-other-token-type = der Token-Service hat ein Token vom Typ { $type } gegeben, das diese App nicht verwenden kann
cause-token-refused = die Portal-API akzeptiert das Zugriffstoken nicht
cause-role-missing = die Portal-API lehnt diese Zugangsdaten ab: Die Rolle { $role } fehlt
cause-not-found = unter { $url } wurde nichts gefunden
cause-application-not-there = Cloud Foundry hat unter { $host } keine laufende Anwendung
cause-redirected = der Server unter { $url } leitet an eine andere Adresse um; dorthin werden keine Zugangsdaten gesendet
cause-forbidden = der Server unter { $url } verweigert den Zugriff
cause-throttled = der Server unter { $url } hat zu viele Anfragen erhalten
cause-throttled-seconds = der Server unter { $url } bittet, { $seconds ->
        [one] { $seconds } Sekunde
       *[other] { $seconds } Sekunden
    } zu warten
cause-throttled-minutes = der Server unter { $url } bittet, { $minutes } Minuten zu warten
cause-server-failed = der Server hat bei { $url } einen Fehler gemeldet (HTTP { $status })
cause-unexpected-status = der Server unter { $url } hat mit HTTP { $status } geantwortet
cause-answer-timeout = der Server unter { $url } hat nicht innerhalb von { $seconds } Sekunden geantwortet
cause-cut-off = die Verbindung brach ab, bevor { $url } geantwortet hat
cause-too-large = die Antwort von { $url } ist größer als { $limit } MB
cause-unknown-coding = die Antwort von { $url } ist auf unbekannte Weise komprimiert ({ $coding })
cause-not-json = der Server unter { $url } hat nicht mit JSON geantwortet
cause-unexpected-answer = die Antwort von { $url } hat eine andere Form als erwartet
cause-not-http = der Server unter { $url } spricht kein HTTP
cause-destination-deleted = die Destination dieser Verbindung wurde gelöscht

# What to do.

cause-renew-remedy = Generieren Sie im Portal die Zugangsdaten neu, und geben Sie dem Hub die neuen: mit Edit Credentials, solange die Anfrage aussteht, mit Re-establish Connection, sobald sie genehmigt ist.
cause-secret-missing-remedy = Geben Sie dem Hub die Zugangsdaten noch einmal: Generieren Sie sie im Portal neu, und verwenden Sie die neuen.
cause-not-yet-valid-remedy = Prüfen Sie Datum und Uhrzeit dieses Computers, oder warten Sie bis dahin.
cause-not-https-remedy = Verwenden Sie die https-URL des Portals: Zugangsdaten werden nicht ungeschützt gesendet.
cause-unknown-host-remedy = Prüfen Sie die Schreibweise der URL, das Netz und ob ein VPN oder ein Proxy (Einstellungen) nötig ist.
cause-refused-remedy = Prüfen Sie den Port in der URL und ob der Dienst läuft; für ein Portal dieser App siehe Einstellungen.
cause-unreachable-remedy = Prüfen Sie das Netz, ob ein VPN oder ein Proxy (Einstellungen) nötig ist und ob eine Firewall diese Verbindung durchlässt.
cause-proxy-unreachable-remedy = Prüfen Sie das Netz und welcher Proxy angegeben ist: in den Einstellungen oder in den Umgebungsvariablen HTTPS_PROXY und ALL_PROXY.
cause-proxy-authentication-remedy = Geben Sie den Proxy mit Benutzer und Passwort in der Umgebungsvariablen HTTPS_PROXY an (http://benutzer:passwort@host:port, Sonderzeichen als %-Codes), und wählen Sie in den Einstellungen den Proxy des Systems. Nur das Verfahren Basic wird unterstützt; verwenden Sie für andere einen lokalen Proxy, der sich anmeldet.
cause-proxy-refused-remedy = Bitten Sie den Betreiber des Proxys, Verbindungen zu diesem Host durchzulassen, oder nehmen Sie den Host in NO_PROXY auf, wenn er ohne Proxy erreichbar ist.
cause-proxy-failed-remedy = Prüfen Sie die Schreibweise der URL; wenn sie stimmt, fragen Sie den Betreiber des Proxys. Nehmen Sie den Host in NO_PROXY auf, wenn er ohne Proxy erreichbar ist.
cause-not-a-proxy-remedy = Prüfen Sie Host und Port des Proxys: in den Einstellungen oder in den Umgebungsvariablen HTTPS_PROXY und ALL_PROXY. Er muss CONNECT zu diesem Port annehmen.
cause-proxy-unusable-remedy = Schreiben Sie ihn als http://host:port oder https://host:port. SOCKS-Proxys werden nicht unterstützt.
cause-untrusted-server-remedy = Lassen Sie die ausstellende Zertifizierungsstelle in die vertrauenswürdigen Zertifikate dieses Computers aufnehmen, wenn es die Ihres Unternehmens ist; sonst hört vielleicht jemand mit.
cause-server-name-mismatch-remedy = Prüfen Sie den Host in der URL; vielleicht ist der Server unter einem anderen Namen bekannt.
cause-server-certificate-expired-remedy = Bitten Sie den Betreiber des Servers, sein Zertifikat zu erneuern.
cause-server-issuer-expired-remedy = Bitten Sie den Betreiber des Servers, das aktuelle Zertifikat dieses Ausstellers mitzusenden; das eigene Zertifikat des Servers zu erneuern hilft nicht.
cause-server-certificate-not-yet-valid-remedy = Prüfen Sie Datum und Uhrzeit dieses Computers; wenn sie stimmen, fragen Sie den Betreiber des Servers.
cause-client-certificate-required-remedy = Verwenden Sie Zugangsdaten mit Zertifikat oder, wenn diese ein Client-Secret enthalten, die Token-URL für Client-Secrets.
cause-client-certificate-refused-remedy = Prüfen Sie, ob certurl zum selben Portal gehört wie das Zertifikat und ob die Kette vollständig ist.
cause-client-key-not-taken-remedy = Generieren Sie das Zertifikat mit einem RSA-Schlüssel (ab 2048 Bit) oder mit einem Schlüssel auf P-256 oder P-384.
cause-not-tls-remedy = Prüfen Sie den Port in der URL.
cause-tls-failed-remedy = Prüfen Sie, ob ein Proxy oder eine Firewall dazwischensteht; fragen Sie den Betreiber des Servers.
cause-other-http-remedy = Bitten Sie den Betreiber des Servers, neben HTTP/2 auch HTTP/1.1 zu erlauben.
cause-bad-credentials-remedy = Prüfen Sie, ob sie vollständig kopiert wurden und die aktuellen des Portals sind; wenn sie stillgelegt wurden oder ihr Serviceschlüssel gelöscht wurde, generieren Sie sie neu.
cause-certificate-at-wrong-host-remedy = Prüfen Sie certurl: Für ein Zertifikat muss sie den Host mit „cert“ oder den Port für Mutual TLS nennen.
cause-grant-refused-remedy = Bitten Sie den Betreiber des Token-Service, den Grant client_credentials zu erlauben.
cause-token-request-refused-remedy = Prüfen Sie die Client-ID und die Token-URL der Zugangsdaten.
cause-no-access-token-remedy = Prüfen Sie, ob die Token-URL ein Token-Endpunkt von OAuth 2.0 ist.
cause-other-token-type-remedy = Bitten Sie den Betreiber des Token-Service, diesem Client Bearer-Token zu geben (RFC 6750).
cause-token-refused-remedy = Prüfen Sie, ob URL und Token-URL zum selben Portal gehören.
cause-role-missing-remedy = Generieren Sie Zugangsdaten aus einer Serviceinstanz, die diese Rolle hat, und verwenden Sie diese.
cause-not-found-remedy = Prüfen Sie den Pfad der URL in den Zugangsdaten.
cause-application-not-there-remedy = Die Anwendung wurde gelöscht, gestoppt oder umbenannt. Prüfen Sie den Host in der URL und im Cockpit, ob die Anwendung läuft und das Portal noch abonniert ist.
cause-redirected-remedy = Verwenden Sie die Adresse des Portals selbst; eine Umleitung führt oft zu einer Anmeldeseite oder einem Proxy.
cause-forbidden-remedy = Prüfen Sie, ob ein Proxy oder eine Firewall dazwischensteht und ob dieses Netz den Dienst verwenden darf.
cause-throttled-remedy = Warten Sie einige Minuten, und testen Sie dann noch einmal.
cause-throttled-wait-remedy = Warten Sie so lange, und testen Sie dann noch einmal.
cause-server-failed-remedy = Testen Sie später noch einmal; wenn es dabei bleibt, fragen Sie den Betreiber des Servers.
cause-unexpected-remedy = Prüfen Sie, ob die URL die eines API-Portals ist; fragen Sie den Betreiber des Servers.
cause-no-answer-remedy = Testen Sie noch einmal; wenn es dabei bleibt, fragen Sie den Betreiber des Servers oder des Netzes.
cause-too-large-remedy = Prüfen Sie, ob die URL die eines API-Portals ist.
cause-unknown-coding-remedy = Bitten Sie den Betreiber des Servers, wie angefordert unkomprimiert oder mit gzip zu antworten.
cause-not-json-remedy = Prüfen Sie, ob die URL die eines API-Portals ist und ob stattdessen eine Anmeldeseite oder ein Proxy antwortet.
cause-not-http-remedy = Prüfen Sie Host und Port der URL.
cause-destination-deleted-remedy = Generieren Sie im Portal die Zugangsdaten neu, und stellen Sie dann die Verbindung wieder her: Dadurch wird die Destination neu angelegt.

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
