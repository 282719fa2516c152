moment-not-valid-before = gültig erst ab { $day }
moment-days-left = { $days ->
    [one] noch 1 Tag
   *[other] noch { $days } Tage
}
moment-expired-today = heute abgelaufen
moment-expired-days-ago = { $days ->
    [one] vor 1 Tag abgelaufen
   *[other] vor { $days } Tagen abgelaufen
}
