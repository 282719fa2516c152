keychain-missing = der Schlüsselbund hat keinen solchen Eintrag
keychain-locked = der Schlüsselbund ist gesperrt
    .remedy = Entsperren Sie den Schlüsselbund Ihres Betriebssystems, und versuchen Sie es dann noch einmal. Es wurde nichts geändert.
keychain-keyring-locked = der Schlüsselbund „{ $keyring }“, in dem das Geheimnis liegt, ist gesperrt
    .remedy = Entsperren Sie den Schlüsselbund „{ $keyring }“, und versuchen Sie es dann noch einmal. Es wurde nichts geändert.
keychain-not-allowed = { $by } hat Drawbridge nicht erlaubt, das Geheimnis zu verwenden
    .remedy = Versuchen Sie es noch einmal, und erlauben Sie den Zugriff, wenn { $by } fragt. Falls Sie ihn für die Zukunft verweigert haben, starten Sie Drawbridge vorher neu. Es wurde nichts geändert.
keychain-denied = der Zugriff auf den Schlüsselbund wurde verweigert
    .remedy = Erlauben Sie Drawbridge in den Einstellungen Ihres Betriebssystems, den Schlüsselbund zu verwenden, und versuchen Sie es dann noch einmal. Es wurde nichts geändert.
keychain-none = es ist kein Schlüsselbund verfügbar
    .remedy = Starten Sie einen Schlüsselbund (unter Linux einen Secret Service wie GNOME Keyring oder KWallet), und versuchen Sie es dann noch einmal. Drawbridge legt Geheimnisse nie ersatzweise in Dateien ab. Es wurde nichts geändert.
keychain-too-large = das Geheimnis mit { $bytes } Bytes ist zu groß für den Schlüsselbund (höchstens { $limit } Bytes)
    .remedy = Verwenden Sie einen kleineren Schlüssel oder eine kürzere Kette.
keychain-broken = Fehler des Schlüsselbunds: { $reason }
    .remedy = Prüfen Sie die Schlüsselbund-App Ihres Betriebssystems, und versuchen Sie es dann noch einmal.
keychain-secret-gone = das Geheimnis ist nicht in diesem Schlüsselbund
    .remedy = Wenn ein anderer Schlüsselbund es enthält, starten Sie diesen. Generieren oder importieren Sie die Zugangsdaten sonst noch einmal, und verwenden Sie sie.
keychain-changed-secret = das Client-Secret von { $client } wurde von einem anderen Programm geändert
keychain-changed-key = der private Schlüssel von { $client } wurde von einem anderen Programm geändert

# The keychain is not the one of this installation.

keychain-another = dies ist ein anderer Schlüsselbund als vorher: { $missing } der { $of } Geheimnisse dieser Installation sind nicht darin
    .remedy = Starten Sie den früheren Schlüsselbund (ein anderer Desktop kann einen anderen verwenden), oder stellen Sie ihn aus einer Sicherung wieder her; dann ist alles wie vorher. Ist er endgültig verloren, verwenden Sie von nun an diesen: Wählen Sie das im Fenster oder mit drawbridge keychain. Es wurde nichts geändert.
keychain-foreign = { $found ->
    [one] im Schlüsselbund liegt 1 Geheimnis einer anderen Installation von Drawbridge, das diese Datenbank nicht kennt
   *[other] im Schlüsselbund liegen { $found } Geheimnisse einer anderen Installation von Drawbridge, die diese Datenbank nicht kennt
}
    .remedy = Wurde ihre Datenbank verschoben, geleert oder gelöscht, legen Sie drawbridge.db wieder in den Datenordner. Soll dies eine zweite Installation sein, beginnen Sie im Fenster oder mit drawbridge keychain daneben neu. Es wurde nichts geändert.

# What a keychain did wrong.

keychain-unknown-error = ein Fehler unbekannter Art
keychain-macos-status = macOS meldete den Status { $code }
keychain-windows-error = Windows meldete den Fehler { $code }
keychain-item-not-text = der Eintrag ist kein Text
keychain-item-malformed = die Daten des Eintrags haben nicht die richtige Form
keychain-item-damaged = der Eintrag ist beschädigt
keychain-store-malformed = die Daten des Schlüsselbunds selbst haben nicht die richtige Form
keychain-too-long = { $what } ist länger als die Grenze von { $limit }
keychain-not-accepted = der Schlüsselbund akzeptiert { $what } nicht
keychain-several-items = { $count } Einträge haben dieselbe Kennung
keychain-not-opened = es wurde kein Schlüsselbund geöffnet
keychain-not-supported = der Schlüsselbund unterstützt dies nicht
keychain-label = die Bezeichnung konnte nicht gesetzt werden: { $reason }
keychain-some-parts = er hat nur einige Teile des Geheimnisses angenommen: { $reason }
keychain-part-missing = Teil { $number } von { $count } des Geheimnisses fehlt
keychain-part-too-long = Teil { $number } von { $count } des Geheimnisses ist zu lang
keychain-part-damaged = ein Teil des Geheimnisses ist beschädigt
keychain-head-damaged = der Kopf eines Geheimnisses in Teilen ist beschädigt
keychain-not-unlocked = er wurde nicht entsperrt
keychain-prompt-closed = die Verbindung wurde während einer Abfrage geschlossen
keychain-not-decrypted = ein Geheimnis konnte auf dem Weg aus dem Schlüsselbund nicht entschlüsselt werden
keychain-other-type = seine Antwort hat einen anderen Typ
keychain-no-answer-in-time = er hat nicht rechtzeitig geantwortet
keychain-no-answer-within = er hat nicht innerhalb von { $limit } geantwortet
keychain-connection-failed-because = die Verbindung ist gescheitert: { $reason }
keychain-connection-failed = die Verbindung ist gescheitert
keychain-replied-error = er antwortete mit dem Fehler { $name }
keychain-not-kept = er bewahrt etwas anderes auf, als ihm gegeben wurde
keychain-not-read-back = was er gespeichert hat, lässt sich nicht zurücklesen: { $reason }
keychain-not-written = er konnte seine eigene Datei nicht schreiben. Vielleicht ist ihr Datenträger voll, oder die Datei ist geschützt
keychain-refused-item = er hat den Eintrag nicht angenommen
keychain-not-running = sein Arbeitsthread läuft nicht
keychain-ended = der Aufruf endete ohne Antwort

# What the keychain is called.

keychain-name-linux = Schlüsselbund des Systems (Secret Service)
keychain-name-macos = macOS-Schlüsselbund
keychain-name-windows = Windows Credential Manager

# What the items are called in the keychain's own app.

secret-client-secret = Client-Secret
secret-private-key = privater Schlüssel
secret-label-portal = Drawbridge: { $kind } von { $client } (Portal { $portal })
secret-label-extra = Drawbridge: weitere Angaben aus dem Dokument von { $client } (Portal { $portal })
secret-label-hub = Drawbridge: { $kind } von { $client } (Hub { $hub }, Verbindung { $alias })
secret-label-server-authority = Drawbridge: privater Schlüssel der Server-CA
secret-label-client-authority = Drawbridge: privater Schlüssel der Client-CA
secret-label-witness = Drawbridge: erkennt diesen Schlüsselbund wieder (nicht löschen)
secret-label-signing-key = Drawbridge: Schlüssel, der die Tokens des Token-Service signiert
secret-label-tls-key = Drawbridge: privater Schlüssel des TLS-Zertifikats des Token-Service
secret-label-pingone = Drawbridge: Client-Secret von { $client } (PingOne-Konto { $account }, { $moment })
secret-label-pingone-new = Drawbridge: Client-Secret für PingOne (Konto { $account }, { $moment })

# What needs attention about it.

matter-secrets-gone = { $count ->
    [one] 1 Geheimnis ist nicht mehr im Schlüsselbund: { $labels }
   *[other] { $count } Geheimnisse sind nicht mehr im Schlüsselbund: { $labels }
}
    .remedy = Generieren oder importieren Sie die betroffenen Zugangsdaten neu, und verwenden Sie dann die neuen. Seine eigenen Schlüssel erzeugt Drawbridge selbst wieder: die des TLS-Zertifikats und der Tokens beim nächsten Start des Token-Service, den einer CA, zusammen mit der CA, wenn sie das nächste Mal ein Zertifikat signieren muss.
matter-secrets-gone-more = { $labels } und { $count } weitere
matter-token-service = der Token-Service läuft nicht: { $reason }
matter-keys-not-renewed = der Token-Service läuft mit Schlüsseln, die nicht erneuert werden können: { $reason }
