# The database.

database-disk-full = der Datenträger ist voll
database-disk-full-remedy = Schaffen Sie Platz auf dem Datenträger, und versuchen Sie es dann noch einmal. Es wurde nichts geändert.
database-not-writable = in die Datenbank kann nicht geschrieben werden: { $reason }
database-not-writable-remedy = Prüfen Sie die Rechte am Datenordner, und versuchen Sie es dann noch einmal. Es wurde nichts geändert.
database-busy = die Datenbank wird von einem anderen Programm verwendet
database-busy-remedy = Eine andere Änderung ist im Gange, in diesem Fenster oder einem anderen Programm; vielleicht wartet sie auf den Schlüsselbund. Versuchen Sie es gleich noch einmal. Es wurde nichts geändert.
database-too-new = die Datenbank wurde von einer neueren Version von Drawbridge geschrieben (Schema { $found }; diese Version kennt { $known })
database-too-new-remedy = Installieren Sie die neueste Version von Drawbridge.
database-damaged = die Datenbank ist beschädigt: { $reason }
database-damaged-remedy = Stellen Sie den Datenordner aus einer Sicherung wieder her.
database-conflict = dies wurde inzwischen von jemand anderem geändert
database-conflict-remedy = Sehen Sie sich den aktuellen Stand an, und versuchen Sie es dann noch einmal. Es wurde nichts geändert.
database-failed = Fehler der Datenbank: { $reason }
database-not-one = die Datei ist keine Datenbank
database-not-ours = die Datei ist eine Datenbank eines anderen Programms

# Errors of the app itself.

shell-gone-remedy = Wahrscheinlich wurde es inzwischen gelöscht. Gehen Sie zurück zur Liste.
shell-unexpected = etwas ist schiefgegangen
shell-unexpected-remedy = Versuchen Sie es noch einmal. Wenn es wieder geschieht, suchen Sie { $reference } in den Protokolldateien des Datenordners.
shell-unknown-id = dies gibt es nicht
shell-unknown-id-remedy = Gehen Sie zurück zur Liste.
shell-clipboard-remedy = Versuchen Sie es noch einmal, oder wählen Sie stattdessen Exportieren…
shell-file-remedy = Wählen Sie einen anderen Ordner, oder schaffen Sie Platz auf dem Datenträger. Es ist keine halb geschriebene Datei zurückgeblieben.
shell-not-held = dieses Dokument ist nicht mehr verfügbar
shell-not-held-remedy = Fügen Sie es noch einmal ein, oder öffnen Sie seine Datei noch einmal.
shell-file-unreadable = die Datei { $path } kann nicht gelesen werden: { $reason }
shell-file-unreadable-remedy = Prüfen Sie die Rechte an der Datei, oder wählen Sie eine andere.
shell-not-a-file = { $path } ist keine Datei
shell-not-a-file-remedy = Wählen Sie die Datei mit den Zugangsdaten.
shell-clipboard-name = Zwischenablage
shell-clipboard-empty = in der Zwischenablage ist kein Text
shell-clipboard-empty-remedy = Kopieren Sie das Dokument im API-Portal, und wählen Sie dann noch einmal Einfügen.
shell-paste = Einfügen
shell-several-dropped = es wurden mehrere Dateien abgelegt
shell-several-dropped-remedy = Legen Sie nur die Datei ab, die die Zugangsdaten enthält.

# The process of the screens.

page-ended = Die Anzeige ist ausgefallen und wurde neu geladen. Was Sie eingegeben und noch nicht gespeichert hatten, ist verloren; alles andere ist, wie es war.
page-ended-again = Die Anzeige ist noch einmal ausgefallen. Drawbridge wird jetzt beendet; starten Sie es neu. Was gespeichert wurde, bleibt erhalten. Mehr steht in den Protokolldateien im Datenordner.

# A second start.

instance-shown = Drawbridge ist schon geöffnet, auf dem Bildschirm { $display } (Prozess { $process }). Sein Fenster liegt dort jetzt vorn.
instance-shown-remedy = Beenden Sie es dort, um es hier zu öffnen.
instance-silent = Drawbridge ist schon geöffnet (Prozess { $process }), antwortet aber nicht.
instance-silent-remedy = Warten Sie einen Moment und versuchen Sie es noch einmal, oder beenden Sie diesen Prozess. Was gespeichert wurde, bleibt erhalten.

# The titles of the system's own dialogs.

dialog-open = Datei öffnen…
dialog-export = Exportieren…
dialog-export-authority = CA-Zertifikat exportieren
dialog-import-api = OpenAPI-Dokument importieren
dialog-open-api-files = OpenAPI (JSON, YAML)
shell-not-replaced = { $path } ist ein Link, ein Ordner oder ein Gerät und wird nicht ersetzt
shell-not-replaced-remedy = Wählen Sie einen anderen Namen oder die Datei, auf die der Link verweist.

# Was das System fragt, bevor ein Geheimnis hinausgeht.

question-title = Drawbridge fragt
question-copy = Die geheimen Zugangsdaten von { $owner } in die Zwischenablage kopieren? Client-ID: { $client }
question-copy-yes = Kopieren
question-reveal = Das Client-Secret von { $owner } auf dem Bildschirm zeigen? Client-ID: { $client }
question-reveal-yes = Zeigen
question-no = Abbrechen
question-no-more = Von nun an Geheimnisse ohne Rückfrage kopieren und zeigen?
question-no-more-yes = Nicht mehr fragen
question-is-open = Drawbridge fragt bereits etwas
question-is-open-remedy = Beantworten Sie zuerst die offene Frage.

# Die Person geht.

absence-locked = der Bildschirm war gesperrt, oder der Computer hat geschlafen: das Dokument wurde gelöscht
absence-left = das Fenster war fünf Minuten lang verlassen: das Dokument wurde gelöscht
absence-remedy = Fügen Sie es noch einmal ein, oder öffnen Sie seine Datei.
