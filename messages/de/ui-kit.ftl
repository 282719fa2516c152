# Words that stand in many places

kit-cancel = Abbrechen
kit-close = Schließen
kit-save = Speichern
kit-delete = Löschen
kit-edit = Bearbeiten
kit-create = Anlegen
kit-add = Hinzufügen
kit-retry = Wiederholen
kit-dismiss = Ausblenden
kit-open = { $name } öffnen
kit-name = Name
kit-search = Suchen
kit-clear-search = Suche leeren
kit-try-other-words = Versuchen Sie es mit weniger oder anderen Wörtern.
kit-loading = Wird geladen
kit-cancelling = Wird abgebrochen…
kit-done-of = { $done } von { $total }
kit-missing = Füllen Sie dieses Feld aus.
kit-missing-tick = Markieren Sie dieses Ankreuzfeld.
kit-error = Fehler
kit-warning = Warnung
kit-note = Hinweis
kit-information = Information
kit-success = Erfolg

# Pages

kit-window-title = { $page } – Drawbridge
kit-path = Pfad

# Credentials

kit-created = Angelegt
kit-deleted = Gelöscht

# Local, or in SAP

kit-local = Lokal
kit-local-hint = Lokal: nur in diesem Drawbridge, das den Hersteller vertritt
kit-in-sap = In SAP
kit-in-sap-hint = In SAP: Drawbridge führt einen Eintrag darüber
kit-in-pingone = In PingOne
kit-in-pingone-hint = In PingOne: Drawbridge führt einen Eintrag darüber
