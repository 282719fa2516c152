# How days, times, places and lists are written. The patterns of days and times are those of chrono's strftime.

format-day = %Y-%m-%d
format-moment = %Y-%m-%d %H:%M UTC
format-exact = %Y-%m-%dT%H:%M:%SZ
list-comma = {", "}
list-and = {" and "}
list-semicolon = {"; "}
placed = line { $line }, column { $column }: { $message }
