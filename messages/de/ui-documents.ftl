# The box for access credentials

documents-give = Zugangsdaten angeben
documents-paste = Einfügen
documents-paste-title = Drawbridge liest die Zwischenablage selbst: Der Text gelangt nicht auf diese Seite
documents-open-file = Datei öffnen…
documents-open-file-title = Drawbridge liest die Datei selbst: Ihr Inhalt gelangt nicht auf diese Seite
documents-clear = Leeren
documents-content-held = Inhalt verborgen
documents-text-held = Werte verborgen
documents-held-why = Sie bleiben in Drawbridge selbst. Auf diese Seite gelangen sie nur, wenn Sie sie als Text bearbeiten.
documents-edit-as-text = Als Text bearbeiten…
documents-ended = Diese Zugangsdaten sind abgelaufen. Sie können sie trotzdem festhalten: Kein Test gelingt damit, und Drawbridge zeigt sie als abgelaufen.
documents-no-text = Kein Text: ein Keystore oder ein Archiv
documents-no-box = Was Sie eingefügt oder abgelegt haben, enthält Zugangsdaten. Es kommt nur in ein Feld für Zugangsdaten und wird hier nicht gezeigt.
documents-drop = Datei hier ablegen
documents-how = Fügen Sie das Dokument ein, das das API-Portal generiert hat, öffnen Sie seine Datei, oder legen Sie sie in diesem Fenster ab. Es wird auf diesem Computer geprüft. Nur ein Test sendet es, und zwar an die Adressen, die darin stehen.
documents-which = Welche Zugangsdaten wollen Sie verwenden?
documents-password = Kennwort des Dokuments
documents-password-opens = Es öffnet das Dokument.
documents-password-needed = Das Dokument oder der Schlüssel darin ist geschützt. Geben Sie das Kennwort ein.
documents-portal-url = URL des API-Portals
documents-portal-url-hint = Sie fehlt im Dokument. Es ist die Adresse des Portals im Browser; sie beginnt mit https://.
documents-recognised = Erkannt
documents-recognised-as = { $verdict }: { $shape }.
documents-not-usable = Noch nicht verwendbar
documents-not-recognised = Nicht erkannt
documents-several = { $count ->
    [one] 1 Satz Zugangsdaten in diesem Dokument
   *[other] { $count } Sätze Zugangsdaten in diesem Dokument
}
documents-protected = Mit Kennwort geschützt
documents-url-missing = Die URL des API-Portals fehlt
documents-not-usable-yet = Noch nicht verwendbar
documents-read-as = , gelesen als
documents-findings = Ergebnisse der Prüfung
documents-errors = { $count ->
    [one] 1 Fehler
   *[other] { $count } Fehler
}
documents-warnings = { $count ->
    [one] 1 Warnung
   *[other] { $count } Warnungen
}
documents-place = Zeile { $line }, Spalte { $column }:
documents-show-place = Stelle zeigen
documents-content = Felder ({ $count })
documents-hidden = verborgen
documents-nothing-to-test = Es gibt noch keine Zugangsdaten zu testen.
documents-nothing-to-test-hint = Geben Sie das Dokument an. Sobald es erkannt ist, können Sie es testen.

# When a portal in SAP generated them

documents-generated-on-day = Auf der Registerkarte { $tab } des Portals generiert, an einem bekannten Tag
documents-generated-on-day-hint = Ab diesem Tag befristet gültig; Drawbridge warnt vor dem Ablauf.
documents-of-service-key = Aus einem Serviceschlüssel
documents-of-service-key-hint = Läuft nicht ab: endet mit dem Serviceschlüssel.
documents-generated-unknown-hint = Drawbridge kann Sie nicht vor dem Ablauf warnen. Sie können das Datum später angeben.
documents-generated-on = Generiert am
documents-day-form = JJJJ-MM-TT
documents-no-day = Geben Sie den Tag als JJJJ-MM-TT an.
documents-generated-on-hint = Der Tag, an dem das Portal sie generiert hat, nach UTC.

# Portals in SAP

documents-add-portal-subtitle = Verfolgen Sie ein Portal Ihres SAP-Tenants: Seine Zugangsdaten bleiben in Ihrem Schlüsselbund, und Drawbridge erinnert Sie, bevor sie ablaufen. In SAP wird nichts angelegt oder geändert.
documents-add-portal-name-hint = Ihr eigener Name dafür.
documents-add-portal-subaccount-hint = Der Subaccount des Portals. Ein Portal und ein Hub im selben Subaccount werden automatisch verbunden.
documents-portal-added = Das Portal { $name } wird verfolgt.

# "Generate new credentials in the portal, at <its address>, then give them here."

documents-import-how = Legen Sie im BTP-Cockpit im Subaccount { $subaccount } einen Serviceschlüssel an, oder generieren Sie Zugangsdaten auf der Seite des Portals in SAP. Geben Sie sie dann hier an.
documents-import = Importieren
documents-is-imported = Die Zugangsdaten wurden importiert.
documents-is-imported-beside = Die Zugangsdaten wurden importiert. Die bisherigen bleiben, bis Sie sie entfernen.

# Words that stand in many places

documents-not-known = Unbekannt

# Credentials

documents-api-portal = API-Portal
documents-not-here = Nicht in dieser Installation
documents-client-id = Client-ID
documents-client-secret = Client-Secret
documents-private-key = Privater Schlüssel
documents-token-url = Token-URL
documents-fingerprint = Fingerabdruck
documents-kind = Art
documents-certificate = Zertifikat
documents-certificate-with-key = Zertifikat, { $key }
documents-certificate-with-chain = { $count ->
    [1] Zertifikat, { $key }, ohne Kette
   *[other] Zertifikat, { $key }, Kette aus { $count }
}
documents-generated = Generiert
documents-generated-by-id = Vermutlich { $day } (laut Client-ID)
documents-guessed = Ist es das Client-Secret eines Serviceschlüssels? Ein solches läuft nicht ab. Geben Sie mit „Datum angeben“ an, was zutrifft.
documents-end-key-deleted = ihr Serviceschlüssel wurde gelöscht
documents-end-instance-deleted = ihre Serviceinstanz wurde gelöscht
documents-valid = Gültig
documents-valid-until = Gültig bis
documents-until = bis { $day }

# Testing a connection

documents-cancel-test = Test abbrechen
documents-cancelling-test = Test wird abgebrochen…
documents-test-cancelled = Der Test wurde abgebrochen
documents-test-failed = Test fehlgeschlagen: { $cause }
documents-stages = Schritte des Tests
documents-stage-passed = Bestanden
documents-stage-failed = Fehlgeschlagen
documents-stage-running = Läuft…
documents-stage-cancelled = Abgebrochen
documents-stage-waiting = Wartet
documents-stage-not-attempted = Nicht ausgeführt
documents-seen = Beobachtet:
documents-apis = { $count ->
    [0] keine APIs
    [one] 1 API
   *[other] { $count } APIs
}

# Local, or in SAP

documents-portal-added-connected = Das Portal { $name } wird verfolgt und ist dauerhaft mit dem lokalen Hub { $hub } verbunden.
documents-use-current = Aktuelle Zugangsdaten verwenden
documents-use-current-of = Aktuelle Zugangsdaten von { $portal } verwenden
documents-current-of = Aktuelle Zugangsdaten von { $portal }
documents-current-held = Sie bleiben im Schlüsselbund und werden hier nicht angezeigt.
documents-current-text = Aus den aktuellen Zugangsdaten des Portals
