moment-not-valid-before = not valid before { $day }
moment-days-left = { $days ->
    [one] 1 day left
   *[other] { $days } days left
}
moment-expired-today = expired today
moment-expired-days-ago = { $days ->
    [one] expired 1 day ago
   *[other] expired { $days } days ago
}
