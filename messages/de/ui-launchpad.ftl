launchpad-title = Startseite
launchpad-areas = Überblick
launchpad-portals-text = API-Portale und ihre Zugangsdaten
launchpad-hubs-text = API-Hubs und Verbindungsanfragen
launchpad-pending = { $count ->
    [one] 1 Anfrage wartet
   *[other] { $count } Anfragen warten
}
launchpad-attention = Zu erledigen
launchpad-well-title = Nichts zu erledigen
launchpad-well-text = Jede Verbindung hat ihren letzten Test bestanden, keine aktuellen Zugangsdaten laufen in den nächsten { $days } Tagen ab, und keine Anfrage wartet auf Sie.
launchpad-begin-title = Noch ist hier nichts
launchpad-begin-text = Verfolgen Sie das Portal und den Hub Ihres SAP-Tenants, oder legen Sie lokale an, um etwas auszuprobieren.
launchpad-connection-fails = Die Verbindung { $alias } des Hubs { $hub } ist gestört
launchpad-not-known = Ob die Verbindung { $alias } des Hubs { $hub } funktioniert, ist nicht bekannt
launchpad-never-tested = Sie wurde noch nicht getestet.
launchpad-changed = Sie wurde seit ihrem letzten Test geändert und wird bald erneut getestet.
launchpad-too-old = Sie wurde zuletzt am { $at } getestet.
launchpad-none-reached = Keine der { $count } Verbindungen erreicht ihr Portal
launchpad-connection-ends = Die Zugangsdaten der Verbindung { $alias } des Hubs { $hub }: { $validity }
launchpad-credentials-end = Die Zugangsdaten des Portals { $portal }: { $validity }
launchpad-not-applied = Der Hub { $hub } verwendet noch frühere Zugangsdaten des Portals { $portal }
launchpad-not-applied-pending = Bearbeiten Sie die Zugangsdaten der Anfrage { $alias }.
launchpad-not-applied-approved = Stellen Sie die Verbindung { $alias } mit den aktuellen wieder her.
launchpad-regenerate = Generieren Sie sie neu und stellen Sie dann die Verbindung wieder her.
launchpad-renew = Generieren Sie sie neu; für ein Portal in SAP importieren Sie neue.
launchpad-requests-wait = { $count ->
    [one] 1 Verbindungsanfrage wartet im Hub { $hub } auf eine Entscheidung
   *[other] { $count } Verbindungsanfragen warten im Hub { $hub } auf eine Entscheidung
}
launchpad-requests-wait-hint = Sehen Sie sie an, genehmigen Sie sie oder lehnen Sie sie ab.
launchpad-former-ends = Das frühere Client-Secret von { $name } im PingOne-Konto { $account } wird nur bis { $until } aufbewahrt
launchpad-former-ends-hint = Bis dahin lässt sich das Ersetzen rückgängig machen.
launchpad-broken = Gestört
launchpad-uncertain = Unbekannt
launchpad-ends-soon = Läuft ab
launchpad-waits = Wartet auf Sie
launchpad-renewed = Das Portal hat neuere Zugangsdaten. Stellen Sie die Verbindung { $alias } damit wieder her: Bis dahin verwendet der Hub die alten.
launchpad-former-credentials-end = Frühere Zugangsdaten { $client } des Portals { $portal }: { $validity }
launchpad-former-credentials-end-hint = Es ist unbekannt, wer sie verwendet. Halten Sie die Verbindung fest, die sie verwendet, oder entfernen Sie sie aus Drawbridge, sobald niemand sie mehr verwendet.
launchpad-not-visible = { $count ->
    [one] Sie dürfen die Zugangsdaten von 1 Portal nicht sehen
   *[other] Sie dürfen die Zugangsdaten von { $count } Portalen nicht sehen
}
launchpad-requests-wait-full = Der Hub ist voll. Sie können die Anfragen ansehen und ablehnen.
launchpad-requests-wait-in-sap = SAP entscheidet darüber. Halten Sie die Entscheidung hier fest.
launchpad-rejected = Ihre Anfrage { $alias } im Hub { $hub } wurde abgelehnt
launchpad-rejected-hint = Grund: { $reason }
launchpad-rejected-in-sap-hint = Grund: { $reason } Reichen Sie sie im Hub in SAP erneut ein, und halten Sie das dann hier fest.
launchpad-submit-again = Erneut einreichen
launchpad-well-unconnected = Es gibt noch keine Verbindung. Keine Zugangsdaten laufen in den nächsten { $days } Tagen ab, und keine Anfrage wartet auf Sie.
launchpad-renewal-not-visible = Sie dürfen nicht sehen, ob das Portal neuere hat. Fragen Sie jemanden, der es darf, und stellen Sie die Verbindung { $alias } dann damit wieder her.
launchpad-client-ids-missing = { $count ->
    [one] { $count } Client-Secret des PingOne-Kontos { $account } wartet auf seine Client-ID
   *[other] { $count } Client-Secrets des PingOne-Kontos { $account } warten auf ihre Client-IDs
}
launchpad-client-ids-missing-hint = Geben Sie das Client-Secret in PingOne ein, dann hier die Client-ID, die PingOne zeigt.
