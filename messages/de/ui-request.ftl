# Lists of requests

request-alias = Alias
request-state = Status
request-submitted = Eingereicht
request-submitted-by = Eingereicht von
request-reason = Grund
request-search = { $list } durchsuchen
request-matches = { $count ->
   *[other] { $number } Treffer
}
request-none-matches = Keine Anfrage gefunden
request-actions-for = { $actions } für { $alias }
request-applied-pending = { $state } in { $hub }

# A request

request-by-at = von { $person }, { $at }
request-no-comment = Kein Kommentar.
request-comment-by = { $comment } von { $person }
request-reason-of-rejection = Grund der Ablehnung
request-credentials = Zugangsdaten
request-credentials-given = Zugangsdaten übergeben
request-copy-of-hub = Die Kopie der Zugangsdaten im Hub
request-approval-is-for-good = Eine Genehmigung lässt sich nicht rückgängig machen: Die Verbindung kann weder getrennt noch zu einem anderen Hub verlegt werden.
request-rejection = { $person } sieht den Grund und darf das Portal erneut einreichen. Der Hub löscht seine Kopie der Zugangsdaten.
request-is-connected = { $alias } ist verbunden.
request-is-rejected = { $alias } wurde abgelehnt.
request-credentials-saved = Die Zugangsdaten für { $alias } wurden gespeichert.

# Submitting

request-alias-hint = Der Name dieser Verbindung im Hub. Er muss dort eindeutig sein.
request-comment-hint = Die Hub-Administration liest ihn vor der Genehmigung.
request-irrevocable = Mir ist bewusst, dass die Verbindung weder getrennt noch zu einem anderen Hub verlegt werden kann.
request-irrevocable-question = Nach der Genehmigung kann die Verbindung weder getrennt noch zu einem anderen Hub verlegt werden. Möchten Sie eine Verbindungsanfrage einreichen?
request-is-submitted = Die Anfrage { $alias } wurde eingereicht. Die Hub-Administration muss sie genehmigen.

# Re-establishing

request-reestablishes = { $action }: { $alias }
request-reestablish-how = Generieren Sie im Portal neue Zugangsdaten und geben Sie sie hier dem Hub. Sie gelten sofort, ohne weitere Genehmigung.
request-held-now = Was der Hub jetzt verwendet
request-is-reestablished = Die Verbindung { $alias } wurde wiederhergestellt.
request-give-by = Neue Zugangsdaten
request-by-fields = { $id } und { $secret }
request-by-document = { $credentials } als Dokument
request-client-id-hint = Beides, wie das Portal es generiert hat. Die URLs bleiben gleich.
request-fields-missing = Füllen Sie beide Felder aus; dann können sie getestet werden.

# A connection

request-connection-subtitle = API-Portal { $portal } · Hub { $hub }
request-not-reached = Nicht erreicht
request-not-reached-until = Sie konnte nicht getestet werden. Sie wird um { $at } erneut getestet.
request-stale = Letzter Test zu alt
request-testing-soon = Test folgt bald
request-last-tested = Zuletzt getestet
request-last-success = Letzter Erfolg
request-never = Nie
request-tested-again-soon = Seitdem hat sich etwas geändert; sie wird bald wieder getestet.
request-tested-soon = Sie wird bald zum ersten Mal getestet.
request-open-portal = Portal { $name } öffnen
request-apis = APIs des Portals
request-last-fetched = Zuletzt abgerufen: { $at }
request-refresh = Aktualisieren
request-not-fetched = Die APIs konnten nicht abgerufen werden.
request-portal-without-apis = Das Portal hat keine APIs
request-portal-without-apis-text = Sobald dort welche importiert sind, ruft „{ $refresh }“ sie ab.
request-no-apis-yet = Noch keine APIs abgerufen
request-no-apis-yet-text = Der Hub ruft sie ab, sobald die Verbindung funktioniert.
request-destination = Destination
request-repair = Abhilfe
request-repair-destination = Generieren Sie die Zugangsdaten im Portal neu und stellen Sie dann die Verbindung wieder her: Dabei wird die Destination neu angelegt.
request-request = Verbindungsanfrage
request-not-approved = { $alias } ist keine genehmigte Verbindung
request-not-approved-text = Sie lässt sich testen und reparieren, sobald ihre Anfrage genehmigt ist.
request-open = Anfrage öffnen

# Before something ends

request-delete-destination-title = { $action } von { $alias }?
request-connection-breaks = Die Verbindung { $alias } fällt sofort aus.
request-connection-breaks-text = Ihre Zugangsdaten werden ungültig. Generieren Sie sie im Portal neu, und stellen Sie die Verbindung wieder her, um sie zu reparieren.
request-destination-deleted = Die Destination von { $alias } wurde gelöscht.

# Testing a connection

request-not-tested = Noch nicht getestet
request-holds-former = Der Hub verwendet noch frühere Zugangsdaten des Portals
request-holds-former-pending = Geben Sie ihm die aktuellen: { $action }.
request-holds-former-approved = Geben Sie ihm die aktuellen: { $action }. Bis dahin hängt die Verbindung von den früheren ab.
