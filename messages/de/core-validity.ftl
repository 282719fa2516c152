# Until when credentials can be used. What is left is never rounded up, and told in hours below two days: there are no single days.

left-days = noch { $days } Tage
left-hours = { $hours ->
    [0] noch weniger als eine Stunde
    [one] noch { $hours } Stunde
   *[other] noch { $hours } Stunden
}
expired-days-ago = vor { $days } Tagen abgelaufen
expired-hours-ago = { $hours ->
    [0] vor weniger als einer Stunde abgelaufen
    [one] vor { $hours } Stunde abgelaufen
   *[other] vor { $hours } Stunden abgelaufen
}
# Nahe am Ende: wie lange noch, und der Zeitpunkt mit seiner Zeitzone.
left-until = { $left }, bis { $end }
# Das Ende folgt aus einer Vermutung.
validity-probably = vermutlich { $validity }
validity-not-before = gültig erst ab { $start }
validity-not-known = Ende unbekannt
validity-no-end = läuft nicht ab

# What limits it.

validity-why-certificate = Das Zertifikat gibt sein Ende selbst an.
validity-why-issuer = Ein Zertifikat darüber in der Kette endet zuerst: { $issuer }.
validity-why-generated = Ein Client-Secret, das ein Portal generiert hat, ist { $days } Tage gültig.
validity-why-guessed = Die Client-ID sieht so aus, als hätte ein Portal sie generiert; ein Client-Secret von dort ist { $days } Tage gültig. Niemand hat das Datum bestätigt, und das Client-Secret eines Serviceschlüssels läuft nicht von selbst ab. „Datum angeben“ legt fest, was zutrifft.
validity-why-service-key = Das Client-Secret eines Serviceschlüssels läuft nicht von selbst ab. Es endet, wenn der Schlüssel gelöscht wird.
validity-why-not-known = Das Datum der Generierung ist unbekannt; deshalb kann Drawbridge Sie nicht vor dem Ablauf warnen.
