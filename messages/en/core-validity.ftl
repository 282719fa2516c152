# Until when credentials can be used. What is left is never rounded up, and told in hours below two days: there are no single days.

left-days = { $days } days left
left-hours = { $hours ->
    [0] less than an hour left
    [one] { $hours } hour left
   *[other] { $hours } hours left
}
expired-days-ago = expired { $days } days ago
expired-hours-ago = { $hours ->
    [0] expired less than an hour ago
    [one] expired { $hours } hour ago
   *[other] expired { $hours } hours ago
}
# Near the end: how long, and the moment with its time zone.
left-until = { $left }, until { $end }
# The end follows from a guess.
validity-probably = probably { $validity }
validity-not-before = not valid before { $start }
validity-not-known = end unknown
validity-no-end = no expiry

# What limits it.

validity-why-certificate = The certificate itself says when it ends.
validity-why-issuer = A certificate above it in the chain ends first: { $issuer }.
validity-why-generated = A client secret that a portal has generated is valid for { $days } days.
validity-why-guessed = The client id reads as if a portal had generated it; a client secret from there is valid for { $days } days. Nobody has confirmed the date, and a client secret of a service key does not expire by itself. Set Date says which it is.
validity-why-service-key = A client secret of a service key does not expire by itself. It ends when the key is deleted.
validity-why-not-known = The date of generation is unknown, so Drawbridge cannot warn you before they expire.
