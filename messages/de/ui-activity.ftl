activity-subtitle = Wer was wann getan hat, Neuestes zuerst. Ein Protokoll, kein Beweis: Änderungen außerhalb von Drawbridge werden nicht bemerkt.
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
