# Why a rule says no, and what to do instead.

refusal-no-person = in dieser Installation gibt es noch keine Person
    .remedy = Legen Sie die Person an, die diese Installation verwendet.
    .cli = Öffnen Sie einmal das Fenster von Drawbridge, und legen Sie die Person an, die diese Installation verwendet.
refusal-person-exists = diese Installation hat ihre erste Person schon
    .remedy = Fügen Sie weitere Personen unter „Personen und Rollen“ hinzu.
refusal-role-missing = { $person } ist nicht berechtigt, { $action }: { $count ->
        [one] { $roles } fehlt
       *[other] { $roles } fehlen
    }
    .remedy = Bitten Sie Ihre Administration um { $roles }, oder wechseln Sie zu einer Person, die { $count ->
        [one] diese Rolle hat
       *[other] diese Rollen hat
    }.
refusal-not-submitter = die Zugangsdaten der Anfrage { $alias } darf nur bearbeiten, wer sie eingereicht hat: { $submitter }
    .remedy = Bitten Sie { $submitter }, sie zu bearbeiten, oder die Hub-Administration, die Anfrage abzulehnen, damit sie neu eingereicht werden kann.
refusal-four-eyes = Sie haben die Anfrage { $alias } selbst eingereicht, und dieser Hub verlangt, dass jemand anderes sie genehmigt
    .remedy = Bitten Sie eine andere Person aus der Hub-Administration, sie zu genehmigen.
refusal-wrong-state = die Anfrage { $alias } { $state ->
        [pending] steht noch aus
        [approved] ist genehmigt
       *[rejected] ist abgelehnt
    }; deshalb ist es nicht möglich, { $action }
    .remedy = { $instead ->
        [destination] Eine Destination wird angelegt, wenn die Anfrage genehmigt wird.
        [edit] Wählen Sie Edit Credentials, um die Zugangsdaten einer ausstehenden Anfrage zu ersetzen.
        [reestablish] Wählen Sie Re-establish Connection, um die Zugangsdaten einer genehmigten Verbindung zu ersetzen.
        [nothing] Es ist nichts mehr zu entscheiden: Das Portal ist verbunden.
       *[submit] Reichen Sie eine neue Verbindungsanfrage ein.
    }
refusal-hub-full = der Hub { $hub } hat schon { $most } verbundene Portale; mehr kann ein Hub nicht haben
    .remedy = Verwenden Sie einen anderen Hub. Eine Verbindung lässt sich nicht trennen, um Platz zu schaffen.
refusal-portal-in-use = dieses Portal hat im Hub { $hub } schon die { $state ->
        [pending] ausstehende
        [approved] genehmigte
       *[rejected] abgelehnte
    } Anfrage { $alias }
    .remedy = { $state ->
        [pending] Bearbeiten Sie die Zugangsdaten dieser Anfrage, oder lassen Sie sie vorher ablehnen.
        [approved] Wählen Sie dort Re-establish Connection, um die Zugangsdaten zu ersetzen; eine Verbindung kann nicht zu einem anderen Hub verlegt werden.
       *[rejected] Reichen Sie eine neue Verbindungsanfrage ein.
    }
refusal-same-subaccount = das Portal { $portal } ist im selben Subaccount wie der Hub { $hub }; die beiden werden automatisch verbunden
    .remedy = Es ist keine Anfrage nötig. Wenn sie noch nicht verbunden sind, wählen Sie auf der Registerkarte Connection des Portals „Jetzt verbinden“.
refusal-bound-to-own-hub = das Portal { $portal } gehört zum Hub { $hub } in seinem eigenen Subaccount und kann nie mit einem anderen verbunden werden
    .remedy = Verwenden Sie den Hub { $hub }, oder verbinden Sie ein Portal eines anderen Subaccounts.
refusal-alias-taken = der Alias { $alias } wird in diesem Hub schon verwendet
    .remedy = Wählen Sie einen anderen Alias.
refusal-irrevocable = bestätigen Sie, dass diese Verbindung dauerhaft ist
    .remedy = Markieren Sie das Ankreuzfeld. Nach der Genehmigung kann die Verbindung weder getrennt noch zu einem anderen Hub verlegt werden.
refusal-other-portal = diese Zugangsdaten gehören zu { $found }, nicht zum Portal der Anfrage { $alias }
    .remedy = Verwenden Sie Zugangsdaten, die dieses Portal generiert hat.
refusal-subaccount-taken = der Subaccount { $subaccount } hat schon { $thing ->
        [hub] den API-Hub
       *[portal] das API-Portal
    } { $name }
    .remedy = Verwenden Sie { $name } oder einen anderen Subaccount.
refusal-credentials-exist = das Portal { $portal } hat schon Zugangsdaten
    .remedy = Wählen Sie Regenerate Credentials; die früheren bleiben gültig, bis Sie sie widerrufen.
refusal-no-credentials = das Portal { $portal } hat noch keine Zugangsdaten
    .remedy = Wählen Sie Generate Credentials.
refusal-retired = die Zugangsdaten { $client } werden nicht mehr aufbewahrt; ihr Geheimnis ist gelöscht
    .remedy = Verwenden Sie die aktuellen Zugangsdaten, oder generieren Sie sie neu.
refusal-unknown-credential = das Portal { $portal } hat diese Zugangsdaten nicht generiert, oder es wurde seitdem gelöscht und neu angelegt
    .remedy = Kopieren Sie die aktuellen Zugangsdaten von der Registerkarte Connection des Portals.
refusal-destination-deleted = die Destination von { $alias } ist schon gelöscht
    .remedy = Generieren Sie im Portal die Zugangsdaten neu, und stellen Sie dann die Verbindung wieder her: Dadurch wird sie neu angelegt.
refusal-instance-deleted = die Serviceinstanz { $name } wurde gelöscht
    .remedy = Legen Sie eine andere Serviceinstanz an.
refusal-weak-secret = ein eigenes Client-Secret braucht mindestens { $least } Zeichen
    .remedy = Verwenden Sie ein längeres, oder lassen Sie das Feld leer: Dann wird ein starkes generiert.
refusal-secret-characters = ein eigenes Client-Secret darf nur Buchstaben, Ziffern und Zeichen der Tastatur enthalten, keine Leerzeichen
    .remedy = Lassen Sie Leerzeichen, Umlaute und Zeilenumbrüche weg (RFC 6749, Anhang A.2).
refusal-addresses-in-use = { $count ->
        [one] eine Anfrage enthält
       *[other] { $count } Anfragen enthalten
    } Zugangsdaten mit anderen Adressen als diesen: { $aliases }
    .remedy = Bestätigen Sie die Änderung, und geben Sie diesen Anfragen danach die neuen Zugangsdaten (Edit Credentials, oder Re-establish Connection, wenn sie genehmigt sind), oder behalten Sie die bisherigen Adressen bei.
refusal-not-loopback = unter der Adresse { $address } können andere Computer den Token-Service erreichen
    .remedy = Bestätigen Sie, dass andere Computer ihn erreichen dürfen, oder verwenden Sie 127.0.0.1.
refusal-keychain-known = der Schlüsselbund ist der dieser Installation
    .remedy = Es gibt nichts zu ändern.
refusal-no-authority = es gibt noch kein CA-Zertifikat
    .remedy = Starten Sie zuerst den Token-Service.
refusal-clock-behind = die Uhr dieses Computers zeigt eine Zeit vor dem Beginn eines Zertifikats des Token-Service, { $start }: Sie geht jetzt nach, oder sie ging vor, als das Zertifikat entstand
    .remedy = Stellen Sie Datum und Uhrzeit dieses Computers richtig, wenn sie falsch sind. Wenn sie stimmen, wird das Zertifikat ersetzt, sobald die Uhr das lange genug gezeigt hat: mindestens zehn Minuten.
refusal-clock-ahead = die Uhr dieses Computers ist von { $from } auf { $to } gesprungen; ein Zertifikat des Token-Service wird nicht erneuert, bevor das sicher ist
    .remedy = Stellen Sie Datum und Uhrzeit dieses Computers richtig, wenn sie falsch sind. Wenn sie stimmen, etwa weil der Computer aus war, ist nichts zu tun: Das Zertifikat wird nach zehn Minuten erneuert.
refusal-not-open-api = dies ist kein OpenAPI-Dokument, das importiert werden kann: { $reason }
    .remedy = Wählen Sie ein Dokument mit OpenAPI 3 oder Swagger 2.0, in JSON oder YAML.
refusal-cancelled = der Test wurde abgebrochen
    .remedy = Sie können ihn jederzeit neu starten.
refusal-same-credential = der Hub hat diese Zugangsdaten für { $alias } schon
    .remedy = Generieren Sie im Portal die Zugangsdaten neu, und verwenden Sie die neuen.
refusal-still-applied = der Hub { $hub } verwendet diese Zugangsdaten noch für { $alias }
    .remedy = { $state ->
        [pending] Bearbeiten Sie zuerst die Zugangsdaten dieser Anfrage, oder geben Sie ihren Alias ein, um trotzdem fortzufahren.
       *[other] Stellen Sie zuerst diese Verbindung mit den aktuellen Zugangsdaten wieder her, oder geben Sie ihren Alias ein, um trotzdem fortzufahren: Eine Verbindung zu einem lokalen Portal fällt dann aus.
    }
refusal-portal-in-sap = das Portal { $portal } liegt in SAP; deshalb ist es hier nicht möglich, { $action }
    .remedy = { $then ->
        [nothing] Erledigen Sie das dort.
       *[import] Erledigen Sie das dort, und importieren Sie dann hier die neuen Zugangsdaten.
    }
    .cli = Erledigen Sie das dort, und übergeben Sie das neue Dokument dann drawbridge import.
refusal-portal-local = das Portal { $portal } ist lokal; seine Zugangsdaten werden hier generiert
    .remedy = Wählen Sie Generate Credentials oder Regenerate Credentials.
    .cli = Verwenden Sie drawbridge generate.
refusal-portal-known = das Portal unter { $url } gibt es hier schon: { $portal }
    .remedy = Öffnen Sie dieses Portal, und importieren Sie die Zugangsdaten dort.
refusal-wrong-portal = diese Zugangsdaten gehören zu { $found }, nicht zum Portal { $portal }
    .remedy = Importieren Sie sie in dem Portal, zu dem sie gehören, oder fügen Sie dieses Portal hinzu.
refusal-same-import = das Portal { $portal } hat diese Zugangsdaten schon
    .remedy = Generieren Sie im Portal neue, und importieren Sie diese.
refusal-export-cancelled = der Export wurde abgebrochen; es wurde nichts geschrieben
    .remedy = { refusal-cancelled.remedy }
refusal-lifetime-needed = aus dem Dokument geht nicht hervor, wann diese Zugangsdaten generiert wurden
    .remedy = Geben Sie das Datum der Generierung an, oder dass sie aus einem Serviceschlüssel stammen.
    .cli = Geben Sie mit --generated den Tag an, service-key, wenn sie aus einem Serviceschlüssel stammen, oder unknown, wenn es nicht bekannt ist.
refusal-lifetime-known = das Ende dieser Zugangsdaten ist bekannt: { $reason }
    .remedy = { remedy-nothing }
refusal-lifetime-known-here = sie wurden hier generiert
refusal-lifetime-known-certificate = das Zertifikat nennt es
refusal-generated-in-future = Zugangsdaten können nicht in der Zukunft generiert worden sein
    .remedy = Geben Sie das Datum an, an dem das Portal sie generiert hat.
failure-not-found = { $thing ->
        [portal] dieses Portal
        [hub] diesen Hub
        [person] diese Person
        [credential] diese Zugangsdaten
        [secret] dieses Geheimnis
        [API] diese API
        [connection-request] diese Verbindungsanfrage
        [service-instance] diese Serviceinstanz
        [PingOne-account] dieses PingOne-Konto
        [Connection-API-Credential] diese Zugangsdaten
       *[other] dies ({ $name })
    } gibt es nicht mehr
    .remedy = Wahrscheinlich wurde es inzwischen gelöscht. Gehen Sie zurück zur Liste.
    .cli = Wahrscheinlich wurde es inzwischen gelöscht. Siehe drawbridge list.
failure-issue = das Zertifikat konnte nicht ausgestellt werden: { $reason }
failure-clipboard = die Zwischenablage kann nicht verwendet werden: { $reason }
    .remedy = Versuchen Sie es noch einmal, oder wählen Sie stattdessen „Exportieren…“.
failure-file = die Datei { $path } kann nicht geschrieben werden: { $reason }
    .remedy = Wählen Sie einen anderen Ordner, oder schaffen Sie Platz auf dem Datenträger.

# The fields of forms.

field-name = Name
field-email = E-Mail
field-roles = Rollensammlungen
field-subaccount = Subaccount
field-alias = API Portal Alias Name
field-credentials = API Portal Access Credentials
field-comment = Comment
field-confirmation = Bestätigung
field-reason = Grund
field-address = Adresse
field-host = Hostname
field-port = Port
field-mutual-tls-port = Port für Mutual TLS
field-proxy = Proxy
field-check-interval = Verbindungen testen alle
field-open-api = OpenAPI-Dokument
field-client-secret = Client Secret
field-portal-url = URL des API-Portals
field-generated-at = Generiert
field-password = Kennwort

# What is wrong with something that was typed.

input-empty = { $what ->
    [name] geben Sie einen Namen ein
    [email] geben Sie eine E-Mail-Adresse ein
    [subaccount] geben Sie einen Subaccount ein
    [alias] geben Sie einen Alias ein
    [reason] geben Sie einen Grund ein
   *[other] füllen Sie { $field } aus
}
input-too-long = { $field } hat { $length } Zeichen; höchstens { $limit } sind möglich
    .remedy = Kürzen Sie den Text auf { $limit } Zeichen.
input-control-character = { $field } enthält einen Zeilenumbruch oder ein anderes Steuerzeichen
    .remedy = Geben Sie den Text in einer Zeile ein.
input-invisible-character = { $field } enthält ein unsichtbares Zeichen ({ $character }, Zeichen Nummer { $position })
    .remedy = Zwei Texte, die sich nur darin unterscheiden, sehen gleich aus. Löschen Sie es, oder tippen Sie den Text ein.
input-not-an-email = dies ist keine E-Mail-Adresse
    .remedy = Geben Sie eine Adresse wie name@example.com ein.
input-email-taken = { $name } hat diese E-Mail-Adresse schon
    .remedy = Verwenden Sie eine andere Adresse, oder ändern Sie stattdessen diese Person.
input-name-taken = der Name { $name } wird schon verwendet
    .remedy = Wählen Sie einen anderen Namen.
input-wrong-confirmation = der eingegebene Text lautet nicht { $expected }
    .remedy = Geben Sie { $expected } genau so ein, wie es angezeigt wird.
input-not-an-address = { $text } ist keine IP-Adresse
    .remedy = Geben Sie eine Adresse wie 127.0.0.1, 0.0.0.0 oder ::1 ein.
input-not-a-host = { $text } ist kein Hostname
    .remedy = Geben Sie einen Namen wie portal.example.com ein, ohne https:// und ohne Port.
input-not-a-port = { $field } muss eine Zahl von 1024 bis 65535 sein
    .remedy = Geben Sie eine Zahl wie 28443 ein.
input-same-port = die beiden Ports müssen verschieden sein
    .remedy = Wählen Sie für einen davon einen anderen Port.
input-not-a-proxy = dies ist nicht die URL eines Proxys
    .remedy = Geben Sie sie als http://host:port oder https://host:port ein. SOCKS-Proxys werden nicht unterstützt.
input-user-in-proxy = Benutzer und Kennwort eines Proxys werden hier nicht aufbewahrt
    .remedy = Lassen Sie sie weg. Wenn der Proxy danach fragt, geben Sie ihn stattdessen in der Umgebungsvariablen HTTPS_PROXY an, und wählen Sie den Proxy des Systems.
input-not-an-interval = das Intervall muss zwischen { $least } und { $most } Stunden liegen
    .remedy = Geben Sie eine Anzahl Stunden ein, etwa 6.

# What is wrong with an OpenAPI document.

open-api-too-large = seine { $bytes } Bytes sind mehr als die { $limit } MB, die gelesen werden
open-api-empty = es ist leer
open-api-page = es ist eine Seite in HTML oder XML
open-api-list = es ist eine Liste, kein Objekt mit „openapi“ und „info“
open-api-text = es ist ein bloßer Text, kein Objekt mit „openapi“ und „info“
open-api-version = „openapi“ nennt eine unbekannte Version: Es muss 3.x sein
open-api-swagger-version = „swagger“ nennt eine unbekannte Version: Es muss 2.0 sein
open-api-async = es ist ein AsyncAPI-Dokument
open-api-swagger-1 = es ist ein Swagger-Dokument einer Version vor 2.0
open-api-no-version = es hat weder „openapi“ noch „swagger“ mit einer Version
open-api-no-info = „info“ fehlt
open-api-info = „info“ ist kein Objekt
open-api-no-title = „title“ in „info“ fehlt
open-api-no-info-version = „version“ in „info“ fehlt
open-api-json = { $kind ->
        [eof] das Dokument endet zu früh
       *[other] hier stimmt die Form des JSON nicht ({ $problem })
    }
open-api-not-json = dies ist kein gültiges JSON
open-api-expected = erwartet wird: { $what }
open-api-second = hier beginnt ein zweites Dokument
open-api-ends-early = das Dokument endet zu früh
open-api-too-deep = es ist zu tief verschachtelt, oder seine Aliasse machen es zu groß
open-api-anchor = dieser Alias hat keinen Anker
open-api-not-yaml = dies ist kein gültiges YAML
open-api-unreadable = { $path } kann nicht gelesen werden: { $reason }
open-api-not-utf8 = { $path } ist kein Text in UTF-8
field-client-id = Client ID

# Lokal oder in SAP

kind-local = Lokal
kind-in-sap = In SAP
refusal-hub-in-sap = der Hub { $hub } liegt in SAP; dort werden seine Anfragen eingereicht und entschieden
    .remedy = Erledigen Sie das in SAP, und halten Sie es hier fest.
refusal-hub-local = der Hub { $hub } ist lokal und entscheidet selbst über seine Anfragen
    .remedy = Reichen Sie bei ihm eine Verbindungsanfrage ein.
refusal-request-in-sap = die Anfrage { $alias } ist ein Eintrag über eine Anfrage in SAP; deshalb ist es hier nicht möglich, { $action }
    .remedy = Erledigen Sie das in SAP, und halten Sie es hier fest.
refusal-request-local = die Anfrage { $alias } gehört zu einem lokalen Hub; deshalb ist es nicht möglich, { $action }
    .remedy = Nur Anfragen an einem Hub in SAP werden festgehalten.
refusal-sap-will-refuse = SAP wird das ablehnen: { $doubts }
    .remedy = Bestätigen Sie es, wenn SAP die Anfrage trotzdem angenommen hat.
refusal-will-be-connected = das Portal { $portal } und der Hub { $hub } liegen in einem Subaccount; deshalb werden sie dauerhaft verbunden, sobald es beide gibt
    .remedy = Bestätigen Sie, dass diese Verbindung dauerhaft ist, oder wählen Sie einen anderen Subaccount.
refusal-subaccount-fixed = der Subaccount des lokalen Portals { $portal } lässt sich nicht ändern
    .remedy = Legen Sie im anderen Subaccount ein weiteres Portal an.
refusal-person-in-use = { $name } verwendet diese Installation gerade
    .remedy = Wechseln Sie zuerst zu einer anderen Person.
doubt-alias = der Hub { $hub } hat schon eine offene Anfrage mit dem Alias { $alias }
doubt-portal-in-use = das Portal hat schon die offene Anfrage { $alias } am Hub { $hub }
doubt-hub-full = der Hub { $hub } hat schon { $most } verbundene Portale; mehr kann ein Hub nicht haben
doubt-portal-local = das Portal { $portal } liegt auf diesem Computer, wo SAP es nicht erreicht
field-region = Region
field-hub-address = Adresse
field-submitted-by = Eingereicht von
field-submitted-on = Eingereicht am
field-decided-by = Entschieden von
field-decided-on = Entschieden am
field-note = Notiz
field-ticket = Ticket
input-not-a-hub-address = { $text } ist keine Adresse, die ein Browser über https öffnet
    .remedy = Kopieren Sie die Adresse aus dem Browser, etwa https://hub.cfapps.eu10.hana.ondemand.com.
input-day-in-future = { $field } liegt in der Zukunft
    .remedy = Geben Sie einen Tag ein, der schon begonnen hat.
input-decided-before-submitted = eine Anfrage kann nicht entschieden werden, bevor sie eingereicht ist
    .remedy = Berichtigen Sie einen der beiden Tage.

# The title of a refusal, where a button cannot be used.

refusal-cannot = Es ist nicht möglich, { $action }
refusal-cannot-request = { $what ->
    [edit] Sie können diese Anfrage nicht bearbeiten
    [approve] Sie können diese Anfrage nicht genehmigen
    [reject] Sie können diese Anfrage nicht ablehnen
    [reestablish] Sie können diese Verbindung nicht wiederherstellen
   *[other] Es ist nicht möglich, { $action }
}
refusal-not-possible = Das ist derzeit nicht möglich
