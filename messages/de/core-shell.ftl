# The database.

database-disk-full = der Datenträger ist voll
    .remedy = Schaffen Sie Platz auf dem Datenträger, und versuchen Sie es dann noch einmal. Es wurde nichts geändert.
database-not-writable = in die Datenbank kann nicht geschrieben werden: { $reason }
    .remedy = Prüfen Sie die Rechte am Datenordner, und versuchen Sie es dann noch einmal. Es wurde nichts geändert. Wenn ein Start mit sudo dort Dateien von root hinterlassen hat, geben Sie sie mit sudo chown -R, Ihrem Benutzernamen und dem Ordner zurück.
database-of-another-user = { $path } gehört dem Benutzer Nummer { $owner }, und Drawbridge läuft hier als root
    .remedy = Starten Sie es als dieser Benutzer, ohne sudo: root würde Dateien hinterlassen, die der Benutzer nicht ändern kann. Es wurde nichts geändert.
database-file-of-another-user = { $reason }; { $path } gehört { $owner ->
    [0] root
   *[other] dem Benutzer Nummer { $owner }
}
database-busy = die Datenbank wird von einem anderen Programm verwendet
    .remedy = Eine andere Änderung ist im Gange, in diesem Fenster oder einem anderen Programm; vielleicht wartet sie auf den Schlüsselbund. Versuchen Sie es gleich noch einmal. Es wurde nichts geändert.
database-too-new = die Datenbank wurde von einer neueren Version von Drawbridge geschrieben (Schema { $found }; diese Version kennt { $known })
    .remedy = Installieren Sie die neueste Version von Drawbridge.
database-damaged = die Datenbank ist beschädigt: { $reason }
    .remedy = Beenden Sie Drawbridge überall, heben Sie eine Kopie des Datenordners so auf, wie er ist, und legen Sie dann drawbridge.db aus einer Sicherung hinein; die Dateien daneben (drawbridge.db-journal, drawbridge.db-wal) gehören zur beschädigten. Eine Sicherung kennt kein Geheimnis, das seither gespeichert wurde; seither ersetzte oder gelöschte Geheimnisse sind verloren.
database-conflict = dies wurde inzwischen von jemand anderem geändert
    .remedy = Sehen Sie sich den aktuellen Stand an, und versuchen Sie es dann noch einmal. Es wurde nichts geändert.
database-failed = Fehler der Datenbank: { $reason }
database-not-one = die Datei ist keine Datenbank
database-not-ours = die Datei ist eine Datenbank eines anderen Programms
database-head-damaged = ihr Anfang ist nicht mehr zu erkennen
database-file-is-folder = { $file } ist ein Ordner
database-file-is-special = { $file } ist keine Datei, sondern eine Pipe, ein Socket oder ein Gerät
database-structure-damaged = die Teile der Datei passen nicht zusammen ({ $found })
database-journal-damaged = eine Änderung wurde unterbrochen, und auch { $file }, womit sie rückgängig gemacht würde, ist beschädigt
database-entry-damaged = ein Eintrag ist nicht mehr so, wie er gespeichert wurde ({ $kind } { $name })
database-entry-person = die Person
database-entry-portal = das Portal
database-entry-instance = die Serviceinstanz
database-entry-credential = die Zugangsdaten
database-entry-api = die API
database-entry-hub = der Hub
database-entry-request = die Verbindungsanfrage
database-entry-health = das Testergebnis der Verbindung
database-entry-authority = die Zertifizierungsstelle
database-entry-identity = die Schlüssel des Token-Service
database-entry-settings = die Einstellungen
database-entry-secret = der Schlüsselbundeintrag
database-entry-event = die Aktivität
database-entry-account = das PingOne-Konto
database-entry-connection-credential = die Connection API Credentials
database-entry-other = der Eintrag in { $table }
database-replaced = die Datenbankdatei wurde entfernt oder ersetzt, während Drawbridge sie verwendet hat
    .remedy = Beenden Sie Drawbridge überall: das Fenster, drawbridge serve, andere Befehle. Legen Sie die richtige drawbridge.db in den Datenordner, und starten Sie dann neu. Es wurde nichts geändert.
database-foreign-log = { $file } im Datenordner gehört zu einer anderen drawbridge.db als der, die dort liegt
    .remedy = Sie würde die Datenbank beschädigen; deshalb wurde nichts geöffnet. Wenn Sie eine Kopie von drawbridge.db dorthin gelegt haben, verschieben Sie die genannte Datei aus dem Datenordner, und starten Sie dann neu. Legen Sie andernfalls die frühere drawbridge.db zurück.
database-notice-missing = Der Datenbank { $count ->
    [one] fehlt die letzte Änderung, die Drawbridge darin vorgenommen hat
   *[other] fehlen die letzten { $count } Änderungen, die Drawbridge darin vorgenommen hat
}: Eine ältere Kopie hat die Datenbank ersetzt, oder Änderungen gingen verloren.
    .remedy = Vergleichen Sie sie mit dem, was zuletzt getan wurde. Geheimnisse, die dabei gespeichert wurden, sind noch im Schlüsselbund, die dabei ersetzten nicht mehr. Gibt es eine neuere Kopie von drawbridge.db, beenden Sie Drawbridge überall, und legen Sie diese in den Datenordner. Was im Schlüsselbund übrig ist, wird frühestens nach { $days } Tagen gelöscht.
database-notice-other = Dies ist eine andere Datenbank als die, die Drawbridge hier zuletzt verwendet hat: Die frühere wurde entfernt, oder diese wurde an ihre Stelle gelegt.
    .remedy = Wenn das nicht beabsichtigt war, beenden Sie Drawbridge überall, und legen Sie die frühere drawbridge.db in den Datenordner. Was im Schlüsselbund übrig ist, wird frühestens nach { $days } Tagen gelöscht.
database-notice-damaged = Die Datenbank ist beschädigt: { $reason }.
    .remedy = { database-damaged.remedy }

# Errors of the app itself.

shell-unexpected = etwas ist schiefgegangen
    .remedy = Versuchen Sie es noch einmal. Wenn es wieder geschieht, suchen Sie { $reference } in den Protokolldateien des Datenordners.
shell-unknown-id = dies gibt es nicht
    .remedy = Gehen Sie zurück zur Liste.
shell-export-not-a-file = es ist ein Link, ein Ordner oder ein Gerät
shell-export-not-replaced-at-once = eine Datei in diesem Ordner kann nicht in einem Schritt ersetzt werden ({ $reason }); löschen Sie die Datei vorher, oder wählen Sie einen anderen Namen
shell-export-rename-left-both = nach dem Umbenennen waren beide Namen da
shell-export-others-may-read = das Dateisystem dieses Ordners lässt andere die Datei lesen (Modus { $mode }); wählen Sie einen eigenen Ordner
shell-export-not-kept = das Dateisystem dieses Ordners hat nicht behalten, was geschrieben wurde
shell-export-removal-undone = sie ist wieder da
shell-export-stayed = { $trouble }. Das Geschriebene bleibt unter { $path } und muss von Hand gelöscht werden ({ $reason })
shell-export-stayed-empty = { $trouble }. Eine leere Datei bleibt unter { $path } und kann von Hand gelöscht werden ({ $reason })
shell-export-unfinished-in-the-way = ein Export, der unterbrochen wurde oder gerade läuft, steht unter { $path }; löschen Sie diese Datei, wenn kein Export läuft
shell-not-held = dieses Dokument ist nicht mehr verfügbar
    .remedy = Fügen Sie es noch einmal ein, oder öffnen Sie seine Datei.
shell-file-unreadable = die Datei { $path } kann nicht gelesen werden: { $reason }
    .remedy = Prüfen Sie die Rechte an der Datei, oder wählen Sie eine andere.
shell-not-a-file = { $path } ist keine Datei
    .remedy = Wählen Sie die Datei mit den Zugangsdaten.
shell-clipboard-name = Zwischenablage
shell-clipboard-empty = in der Zwischenablage ist kein Text
    .remedy = Kopieren Sie das Dokument im API-Portal, und wählen Sie dann noch einmal „Einfügen“.
shell-paste = Einfügen
shell-several-dropped = es wurden mehrere Dateien abgelegt
    .remedy = Legen Sie nur die Datei ab, die die Zugangsdaten enthält.

# The process of the screens.

page-ended = Die Anzeige ist ausgefallen und wurde neu geladen. Was Sie eingegeben und noch nicht gespeichert hatten, ist verloren; alles andere ist, wie es war.
page-ended-again = Die Anzeige ist noch einmal ausgefallen. Drawbridge wird jetzt beendet; starten Sie es neu. Was gespeichert wurde, bleibt erhalten. Mehr steht in den Protokolldateien im Datenordner.

# A second start.

instance-shown = Drawbridge ist schon geöffnet, auf dem Bildschirm { $display } (Prozess { $process }). Sein Fenster liegt dort jetzt vorn.
    .remedy = Beenden Sie es dort, um es hier zu öffnen.
instance-silent = Drawbridge ist schon geöffnet (Prozess { $process }), antwortet aber nicht.
    .remedy = Warten Sie einen Moment und versuchen Sie es noch einmal, oder beenden Sie diesen Prozess. Was gespeichert wurde, bleibt erhalten.

# The titles of the system's own dialogs.

dialog-open = Datei öffnen…
dialog-export = Exportieren…
dialog-export-authority = CA-Zertifikat exportieren
dialog-import-api = OpenAPI-Dokument importieren
dialog-open-api-files = OpenAPI (JSON, YAML)
shell-not-replaced = { $path } ist ein Link, ein Ordner oder ein Gerät und wird nicht ersetzt
    .remedy = Wählen Sie einen anderen Namen oder die Datei, auf die der Link verweist.

# Was das System fragt, bevor ein Geheimnis hinausgeht.

question-title = Drawbridge fragt
question-copy = Die geheimen Zugangsdaten von { $owner } in die Zwischenablage kopieren? Client-ID: { $client }
question-copy-yes = Kopieren
question-reveal = Das Client-Secret von { $owner } auf dem Bildschirm anzeigen? Client-ID: { $client }
question-reveal-yes = Anzeigen
question-show-document = Dieses Dokument als Text im Fenster anzeigen, damit Sie es bearbeiten können? Seine Geheimnisse sind dann auf dem Bildschirm zu lesen.
question-no = Abbrechen
question-no-more = Von nun an Geheimnisse ohne Rückfrage kopieren und anzeigen?
question-no-more-yes = Nicht mehr fragen
question-is-open = Drawbridge hat schon eine Frage gestellt
    .remedy = Beantworten Sie zuerst die offene Frage.

# Die Person geht.

absence-locked = der Bildschirm war gesperrt, oder der Computer hat geschlafen: Das Dokument wurde gelöscht
    .remedy = Fügen Sie es noch einmal ein, oder öffnen Sie seine Datei.
absence-left = das Fenster war fünf Minuten lang verlassen: Das Dokument wurde gelöscht
    .remedy = { absence-locked.remedy }

# Der Browser

browser-not-opened = der Browser ließ sich nicht öffnen
    .remedy = Öffnen Sie den Hub über seine Adresse in Ihrem Browser.
