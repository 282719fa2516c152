# What a document is.

shape-connection-secret = Verbindung eines API-Portals (Client-Secret)
shape-connection-certificate = Verbindung eines API-Portals (Zertifikat)
shape-api-access-certificate = Serviceschlüssel apiportal-apiaccess (Zertifikat)
shape-developer-key = Schlüssel einer Entwickleranwendung
shape-on-premise-key = Schlüssel für die On-Premise-Konnektivität
shape-xsuaa-secret = XSUAA-Serviceschlüssel (Client-Secret)
shape-xsuaa-certificate = XSUAA-Serviceschlüssel (Zertifikat)
shape-reuse-service = Serviceschlüssel mit XSUAA-Zugangsdaten unter uaa
shape-cloud-integration = Serviceschlüssel von Cloud Integration
shape-service-manager = Schlüssel des Service Manager
shape-event-mesh = Serviceschlüssel von Event Mesh
shape-destination = BTP-Destination
shape-pem-blocks = PEM-Blöcke
shape-pkcs12 = PKCS#12-Keystore
shape-other = Zugangsdaten eines unbekannten Service
syntax-json = JSON
syntax-yaml = YAML
syntax-properties = Properties
syntax-environment = Umgebungsdatei
syntax-pem = PEM
syntax-pkcs12 = PKCS#12
syntax-curl = curl-Befehl
syntax-zip = Zip-Archiv
wrapper-console = Konsolenausgabe
wrapper-vcap-services = VCAP_SERVICES
wrapper-service-list = Liste von Bindings
wrapper-credentials = credentials
wrapper-json-in-string = JSON in einer Zeichenkette
wrapper-nested = verschachtelte Zugangsdaten
wrapper-kubernetes = Kubernetes Secret
wrapper-code-fence = Codeblock
container-pkcs12 = PKCS#12-Container
container-zip = Zip-Archiv
container-keystore = Keystore
document-chain = { $subject }; { $key }; gültig bis { $until }; { $count ->
        [one] 1 Zertifikat
       *[other] { $count } Zertifikate
    }
document-private-key = privater Schlüssel

# What is to be said about a document.

finding-empty = es wurde kein Dokument angegeben
    .remedy = Fügen Sie das Dokument ein, das das API-Portal generiert hat, oder öffnen Sie seine Datei.
finding-too-large = { $bytes } Bytes sind zu viel für ein Dokument mit Zugangsdaten; die Grenze ist { $limit }
    .remedy = Geben Sie nur das Dokument mit den Zugangsdaten an, so wie das API-Portal es generiert hat.
finding-too-deep = dies ist tiefer verschachtelt als jedes Dokument mit Zugangsdaten
    .remedy = { finding-too-large.remedy }
finding-too-many = dieses Dokument enthält mehr als { $limit } Sätze Zugangsdaten
    .remedy = { finding-too-large.remedy }
finding-not-text = dies ist weder Text noch ein PKCS#12-Container noch ein Zip-Archiv
    .remedy = Öffnen Sie die Datei, die Sie vom API-Portal oder mit dem Serviceschlüssel erhalten haben.
finding-not-json = dies ist kein gültiges JSON: { $problem }
    .remedy = Kopieren Sie das Dokument noch einmal vollständig von {"{"} bis {"}"}, oder berichtigen Sie es an dieser Stelle.
finding-not-yaml = dies ist kein gültiges YAML: { $problem }
    .remedy = Kopieren Sie das Dokument noch einmal mit seinen Einrückungen, oder berichtigen Sie es an dieser Stelle.
finding-malformed = beschädigt ({ $syntax }): { $problem }
    .remedy = Kopieren Sie das Dokument noch einmal vollständig, oder berichtigen Sie es an dieser Stelle.
finding-no-credentials = in diesem Dokument sind keine Zugangsdaten
    .remedy = Drawbridge erwartet zum Beispiel url, tokenUrl, clientId und clientSecret oder url, tokenurl, certurl, certificate und key. Kopieren Sie das ganze Dokument aus dem API-Portal oder dem Serviceschlüssel.
finding-creation-parameters = dies sind die Parameter, mit denen ein Serviceschlüssel angelegt wird, nicht die Zugangsdaten
    .remedy = Legen Sie mit diesen Parametern den Serviceschlüssel an, und verwenden Sie dann das Dokument, das er zeigt.
finding-several = dieses Dokument enthält { $count } Zugangsdaten
    .remedy = Wählen Sie aus, welche Sie verwenden möchten.
    .cli = Befehle, die eines davon brauchen, nehmen seine Nummer oder seinen Namen mit --choose.
finding-password-needed = der Inhalt ist mit einem Kennwort geschützt
    .remedy = Geben Sie das Kennwort ein.
    .cli = Geben Sie die Datei mit dem Kennwort mit --password-file an.
finding-wrong-password = das Kennwort passt nicht
    .remedy = Geben Sie das Kennwort noch einmal ein; achten Sie auf Groß- und Kleinschreibung.
    .cli = Prüfen Sie die Datei von --password-file; achten Sie auf Groß- und Kleinschreibung.
finding-container-unreadable = beschädigt oder von einer Art, die nicht gelesen werden kann: { $what }
    .remedy = Exportieren Sie es noch einmal dort, wo es herkommt.
finding-missing-part = „{ $part }“ fehlt
    .remedy = { $part ->
        [url] Geben Sie die URL des API-Portals ein, oder kopieren Sie das vollständige Dokument noch einmal aus dem API-Portal.
       *[other] { remedy-complete-document }
    }
    .cli = { $part ->
        [url] Befehle, die die URL des API-Portals brauchen, nehmen sie mit --portal-url; oder kopieren Sie das vollständige Dokument noch einmal.
       *[other] { remedy-complete-document }
    }
remedy-no-urls = Eine Datei dieser Art enthält keine URLs. Übernehmen Sie Zertifikat und Schlüssel in ein Dokument mit url und certurl, oder verwenden Sie das Dokument, das das API-Portal generiert hat.
    .cli = Eine Datei dieser Art enthält keine URLs. Um ihre Zugangsdaten hinzuzufügen oder zu importieren, nehmen Sie sie in ein Dokument mit url und certurl auf.
remedy-complete-document = Kopieren Sie das vollständige Dokument noch einmal aus dem API-Portal oder dem Serviceschlüssel.
finding-empty-part = „{ $part }“ ist leer
    .remedy = { remedy-complete-document }
finding-not-a-text = der Wert von „{ $part }“ ist kein Text in Anführungszeichen
    .remedy = Setzen Sie den Wert in doppelte Anführungszeichen.
finding-placeholder = „{ $part }“ enthält noch den Platzhalter eines Musters
    .remedy = Ersetzen Sie das Muster durch die Zugangsdaten, die das API-Portal generiert hat.
finding-space-taken = Leerzeichen an den Enden von „{ $part }“ wurden entfernt
    .remedy = Prüfen Sie, ob beim Kopieren nichts verloren ging.
finding-control-character = „{ $part }“ enthält einen Zeilenumbruch oder ein anderes Steuerzeichen
    .remedy = Kopieren Sie den Wert noch einmal, in einer Zeile.
finding-not-a-url = „{ $part }“ ist keine vollständige URL
    .remedy = Geben Sie die vollständige URL an, beginnend mit https://.
finding-user-in-url = „{ $part }“ enthält einen Benutzernamen oder ein Kennwort
    .remedy = Entfernen Sie aus der URL den Teil vor dem @.
finding-query-in-url = „{ $part }“ enthält ein Fragezeichen oder eine Raute
    .remedy = Entfernen Sie aus der URL das ? oder # und alles dahinter.
finding-not-https = „{ $part }“ beginnt nicht mit https://
    .remedy = { finding-not-a-url.remedy }
finding-token-path-doubled = „{ $part }“ nennt den Pfad /oauth/token öfter als nötig; der Rest wurde entfernt
    .remedy = Testen Sie die Verbindung; berichtigen Sie die URL an ihrer Quelle, wenn sie auch woanders verwendet wird.
finding-token-path-missing = „tokenUrl“ hat keinen Pfad; /oauth/token wurde angehängt
    .remedy = { finding-token-path-doubled.remedy }
finding-regions-differ = die URLs nennen verschiedene Regionen
    .remedy = Prüfen Sie, ob alle Teile aus demselben Dokument stammen.
finding-both-kinds = das Dokument enthält Teile von Zugangsdaten mit Client-Secret und von solchen mit Zertifikat
    .remedy = Behalten Sie die Teile einer Art: entweder clientSecret oder certurl, certificate und key.
finding-neither-kind = das Dokument enthält weder „clientSecret“ noch „certificate“ und „key“
    .remedy = { remedy-complete-document }
finding-unreadable = „{ $part }“: { $problem }
    .remedy = { $remedy }
finding-key-mismatch = „key“ gehört nicht zu „certificate“
    .remedy = Verwenden Sie Zertifikat und Schlüssel aus demselben Dokument.
finding-expired = das Zertifikat ist am { $end } abgelaufen
    .remedy = Wählen Sie im API-Portal Regenerate Credentials, und verwenden Sie das neue Dokument.
finding-not-yet-valid = das Zertifikat ist erst ab { $start } gültig
    .remedy = Prüfen Sie die Uhr dieses Computers, oder warten Sie bis dahin.
finding-expiring = das Zertifikat läuft am { $end } ab: { $left }
    .remedy = Planen Sie ein, die Zugangsdaten vor diesem Tag neu zu generieren.
finding-issuer-ends-earlier = ein Aussteller in der Kette endet am { $end }, vor dem Zertifikat selbst
    .remedy = Generieren Sie die Zugangsdaten vor diesem Tag neu.
finding-issuer-expired = ein Aussteller in der Kette ist am { $end } abgelaufen
    .remedy = { finding-expired.remedy }
finding-weak-key = der Schlüssel ({ $key }) ist zu kurz, um sicher zu sein
    .remedy = Legen Sie die Zugangsdaten mit einem RSA-Schlüssel ab 2048 Bit oder mit P-256 neu an.
finding-weak-signature = ein Zertifikat der Kette ist mit { $algorithm } signiert
    .remedy = Bitten Sie den Aussteller um ein Zertifikat, das mit SHA-256 signiert ist.
finding-pem-repaired = „{ $part }“ wurde repariert: { $repairs }
    .remedy = { remedy-nothing }
remedy-nothing = Es ist nichts zu tun.
repair-escaped = als \n geschriebene Zeilenumbrüche
repair-doubly-escaped = als \\n geschriebene Zeilenumbrüche
repair-carriage-returns = Windows-Zeilenumbrüche
repair-missing-line-breaks = fehlende Zeilenumbrüche
repair-indentation = Leerzeichen um Zeilen
repair-surrounding-text = Text um die Blöcke
repair-base64 = base64 um den PEM-Text
finding-chain-reordered = die Zertifikate der Kette wurden in die richtige Reihenfolge gebracht
    .remedy = { remedy-nothing }
finding-root-left-out = das Wurzelzertifikat wird nicht mitgesendet
    .remedy = { remedy-nothing }
finding-stranger-left-out = ein Zertifikat, das zu keinem anderen der Kette gehört, wird weggelassen
    .remedy = Prüfen Sie, ob die Kette die zum Zertifikat gelieferte ist.
finding-no-client-id = „clientId“ fehlt, und der Inhaber des Zertifikats hat keinen Common Name, aus dem sie sich ergibt
    .remedy = Ergänzen Sie im Dokument die Client-ID als „clientid“.
finding-client-id-from-subject = die Client-ID wurde dem Inhaber des Zertifikats entnommen
    .remedy = Prüfen Sie, ob es die Client-ID des Serviceschlüssels ist.
finding-repeated = „{ $part }“ ist zweimal angegeben, mit verschiedenen Werten
    .remedy = Behalten Sie den richtigen Wert, und entfernen Sie den anderen.
finding-repeated-harmless = ein Schlüssel ist zweimal angegeben; der letzte zählt
    .remedy = Entfernen Sie einen davon, wenn das Dokument auch woanders verwendet wird.
finding-extra-keys = zusätzliche Felder werden aufbewahrt: { $names }
    .remedy = { remedy-nothing }
finding-extra-unknown = { $count ->
        [one] { $count } Schlüssel, den dieses Programm nicht kennt
       *[other] { $count } Schlüssel, die dieses Programm nicht kennt
    }
finding-extra-both = { $known } und { $unknown }
finding-other-url-given = das Dokument nennt eine andere URL des API-Portals als die, die daneben angegeben ist
    .remedy = Lassen Sie die URL daneben weg, oder prüfen Sie, ob dies das richtige Dokument ist.
    .cli = Lassen Sie --portal-url weg, oder prüfen Sie, ob dies das richtige Dokument ist.
finding-same-as-replaced = dies sind die Zugangsdaten, die ersetzt werden sollen
    .remedy = Generieren Sie zuerst im API-Portal die Zugangsdaten neu, und verwenden Sie dann das neue Dokument.

# What is wrong with a text. $kind is the parser's own name for it, $problem what the parser says, in English.

problem-json = { $kind ->
        [BareDecimalPointNumbersNotAllowed] Zahlen dürfen nicht mit einem Punkt beginnen oder enden
        [CommentsNotAllowed] Kommentare sind nicht erlaubt
        [ExpectedColonAfterObjectKey] nach dem Namen fehlt ein Doppelpunkt
        [ExpectedObjectValue] nach dem Doppelpunkt fehlt der Wert
        [ExpectedDigit] eine Ziffer fehlt
        [ExpectedDigitFollowingNegativeSign] nach dem Minuszeichen fehlt eine Ziffer
        [ExpectedPlusMinusOrDigitInNumberLiteral] in der Zahl fehlt ein Vorzeichen oder eine Ziffer
        [ExpectedStringObjectProperty] der Name muss in Anführungszeichen stehen
        [HexadecimalNumbersNotAllowed] hexadezimale Zahlen sind nicht erlaubt
        [ExpectedComma] ein Komma fehlt
        [MultipleRootJsonValues] der Text darf nur einen JSON-Wert enthalten
        [NonFiniteNumbersNotAllowed] Infinity und NaN sind nicht erlaubt
        [SingleQuotedStringsNotAllowed] einfache Anführungszeichen sind nicht erlaubt
        [TrailingCommasNotAllowed] ein Komma am Ende ist nicht erlaubt
        [UnaryPlusNumbersNotAllowed] ein Pluszeichen vor Zahlen ist nicht erlaubt
        [UnexpectedCloseBrace] unerwartete schließende geschweifte Klammer
        [UnexpectedCloseBracket] unerwartete schließende eckige Klammer
        [UnexpectedColon] unerwarteter Doppelpunkt
        [UnexpectedComma] unerwartetes Komma
        [UnexpectedToken] unerwartetes Zeichen
        [UnexpectedTokenInObject] unerwartetes Zeichen im Objekt
        [UnexpectedWord] unerwartetes Wort
        [UnterminatedArray] die Liste ist nicht geschlossen
        [UnterminatedCommentBlock] der Kommentar ist nicht geschlossen
        [UnterminatedObject] das Objekt ist nicht geschlossen
        [InvalidEscapeInSingleQuoteString] ungültiges Zeichen nach dem Backslash
        [InvalidEscapeInDoubleQuoteString] ungültiges Zeichen nach dem Backslash
        [ExpectedFourHexDigits] vier hexadezimale Ziffern fehlen
        [ExpectedTwoHexDigits] zwei hexadezimale Ziffern fehlen
        [InvalidEscape] ungültiges Zeichen nach dem Backslash
        [UnterminatedStringLiteral] die Zeichenkette ist nicht geschlossen
       *[other] hier stimmt die Form nicht ({ $problem })
    }
problem-json-missing-quote = das schließende Anführungszeichen fehlt
problem-json-unicode = ungültige Unicode-Angabe
problem-json-missing-brace = die öffnende geschweifte Klammer fehlt
problem-yaml = { $kind ->
        [UnexpectedEof] der Text endet zu früh
        [UnexpectedEofFlowSequence] die Liste ist nicht geschlossen
        [UnexpectedEofFlowMapping] das Objekt ist nicht geschlossen
        [UnexpectedEofImplicitFlowMapping] das Objekt ist nicht geschlossen
        [UnexpectedEofBlockSequence] die Liste endet zu früh
        [UnexpectedEofBlockMapping] das Objekt endet zu früh
        [ExpectedBlockMappingKey] hier wird ein Schlüssel erwartet
        [ExpectedFlowMappingSeparator] hier wird „,“ oder eine schließende geschweifte Klammer erwartet
        [ExpectedFlowSequenceSeparator] hier wird „,“ oder eine schließende eckige Klammer erwartet
        [ExpectedBlockSequenceEntry] hier wird „-“ erwartet
        [SimpleKeyExpected] nach dem Schlüssel wird „:“ erwartet
        [InvalidSimpleKey] der Schlüssel ist hier nicht erlaubt
        [InvalidIndentation] die Einrückung stimmt nicht
        [TabNotAllowed] Tabulatoren sind hier nicht erlaubt
        [TabInBlockIndentation] Tabulatoren sind als Einrückung nicht erlaubt
        [TabInIndentation] Tabulatoren sind als Einrückung nicht erlaubt
        [MisplacedFlowCollectionEnd] die Klammer ist hier fehl am Platz
        [UnclosedFlowCollection] eine Klammer ist nicht geschlossen
        [MismatchedFlowCollectionEnd] die Klammern passen nicht zusammen
        [UnclosedQuotedScalar] ein Anführungszeichen ist nicht geschlossen
        [InvalidTrailingSingleQuotedScalar] nach dem schließenden Anführungszeichen darf nichts folgen
        [InvalidTrailingDoubleQuotedScalar] nach dem schließenden Anführungszeichen darf nichts folgen
        [UnknownQuotedScalarEscape] ungültiges Zeichen nach dem Backslash
        [MappingKeyNotAllowed] Schlüssel sind hier nicht erlaubt
        [MappingValueNotAllowed] Werte mit Schlüssel sind hier nicht erlaubt
        [InvalidColonPlacement] der Doppelpunkt ist hier nicht erlaubt
        [BlockSequenceEntryNotAllowed] Listeneinträge sind hier nicht erlaubt
        [MultipleDocumentsUnsupported] mehrere Dokumente sind hier nicht möglich
       *[other] hier stimmt die Form nicht ({ $problem })
    }
problem-yaml-content = unerwarteter Inhalt
problem-yaml-tags = Tags (!) werden nicht gelesen; setzen Sie einen Wert, der mit ! beginnt, in Anführungszeichen
problem-yaml-merge = Merge-Schlüssel (<<) werden nicht gelesen
problem-yaml-key = ein Schlüssel muss ein Text sein
problem-yaml-alias = Anker und Aliasse (& und *) werden nicht gelesen; setzen Sie einen Wert, der damit beginnt, in Anführungszeichen
problem-yaml-quote = weiter oben fehlt ein schließendes Anführungszeichen
problem-yaml-character = unerwartetes Zeichen
problem-quote = das schließende Anführungszeichen fehlt
problem-name-value = erwartet wird NAME=Wert
problem-line-end = erwartet wird das Ende der Zeile
problem-hex-digits = nach \u werden vier hexadezimale Ziffern erwartet

# What is wrong with a certificate or private key.

certificate-not-pem = dies ist kein PEM-Zertifikat (ein Block von BEGIN CERTIFICATE bis END CERTIFICATE)
    .remedy = Kopieren Sie das vollständige Dokument noch einmal, mit jeder Zeile der PEM-Blöcke.
certificate-wrong-block = dies enthält einen PEM-Block namens { $found }, wo nur Zertifikate hingehören
    .remedy = { certificate-not-pem.remedy }
certificate-not-x509 = Zertifikat { $position } der Kette ist beschädigt
    .remedy = { certificate-not-pem.remedy }
certificate-key-not-pem = dies ist kein privater PEM-Schlüssel (ein Block von BEGIN … PRIVATE KEY bis END … PRIVATE KEY)
    .remedy = { certificate-not-pem.remedy }
certificate-key-encrypted = der private Schlüssel ist mit einem Kennwort verschlüsselt
    .remedy = Geben Sie sein Kennwort ein, oder verwenden Sie den Schlüssel ohne Kennwort, so wie das API-Portal ihn generiert hat.
certificate-wrong-key-password = das Kennwort öffnet den privaten Schlüssel nicht
    .remedy = { finding-wrong-password.remedy }
certificate-key-protection = der private Schlüssel ist in einer Form verschlüsselt, die hier nicht geöffnet werden kann
    .remedy = Wandeln Sie den Schlüssel mit openssl pkcs8 -topk8 -in old.pem -out new.pem um, und verwenden Sie die neue Datei.
certificate-key-too-short = der private Schlüssel ({ $key }) ist zu kurz, um sicher zu sein
    .remedy = { finding-weak-key.remedy }
certificate-key-of-other-kind = der private Schlüssel ist von der Art { $key }, die nicht unterstützt wird
    .remedy = { certificate-key-unusable.remedy }
certificate-key-unusable = der private Schlüssel ist beschädigt oder von einer Art, die nicht unterstützt wird
    .remedy = Verwenden Sie einen RSA-Schlüssel ab 2048 Bit oder einen Schlüssel auf P-256 oder P-384.
finding-too-much-protected = dies wurde nicht geöffnet: Die Teile davor, die ein Kennwort schützt, haben die eine Sekunde aufgebraucht, die ein Dokument dauern darf
    .remedy = Geben Sie diese Zugangsdaten in einem eigenen Dokument an.
finding-too-much-work = dies wurde nicht gelesen: Die Teile davor haben die eine Sekunde aufgebraucht, die ein Dokument dauern darf
    .remedy = { finding-too-much-protected.remedy }
finding-too-costly = dies wurde nicht geöffnet ({ $what }): { $ceiling }
    .remedy = Schützen Sie es noch einmal mit üblichen Einstellungen: einen Keystore so, wie OpenSSL oder keytool ihn exportieren, einen Schlüssel mit openssl pkcs8 -topk8 -in old.pem -out new.pem.
finding-stopped = dies wurde nicht zu Ende gelesen: Es wurde abgebrochen oder dauerte zu lange
    .remedy = Versuchen Sie es noch einmal, oder geben Sie nur die Zugangsdaten an, die gemeint sind.
ceiling-rounds = Der Kennwortschutz verlangt { $asked } Runden; erlaubt sind { $limit }
ceiling-memory = Der Kennwortschutz verlangt { $asked } MiB Speicher; erlaubt sind { $limit } MiB
ceiling-work = Der Kennwortschutz braucht länger als die erlaubte Sekunde
certificate-key-not-tried = der private Schlüssel wurde nicht geöffnet: Die Teile davor, die ein Kennwort schützt, haben die eine Sekunde aufgebraucht, die ein Dokument dauern darf
    .remedy = { finding-too-much-protected.remedy }
certificate-key-too-costly = der private Schlüssel wurde nicht geöffnet: { $ceiling }
    .remedy = { finding-too-costly.remedy }
finding-holds-secret = „{ $part }“ enthält das Client-Secret
    .remedy = Kopieren Sie das Dokument noch einmal: Was offen gezeigt wird, darf das Client-Secret nicht enthalten.
