activity-subtitle = Wer wann was getan hat, das Neueste zuerst. Eine Aufzeichnung, kein Beweis: Eine Änderung von außerhalb von Drawbridge fällt nicht auf.
activity-search = Aktivitäten durchsuchen
activity-entries = { $count ->
    [one] 1 Eintrag
   *[other] { $count } Einträge
}
activity-when = Wann
activity-who = Wer
activity-what = Was
activity-subject = Objekt
activity-detail = Detail
activity-view = Anzeigen
activity-view-entry = Anzeigen: { $action }, { $subject }
activity-none-matches = Kein Eintrag gefunden
activity-nothing = Noch keine Aktivitäten
