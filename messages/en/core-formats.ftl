# How days, times, places and lists are written. The patterns of days and times are those of chrono's strftime; the name of the
# zone follows a time.

format-day = %Y-%m-%d
format-moment = %Y-%m-%d %H:%M
list = { $items }
list-comma = {", "}
list-and = {" and "}
list-semicolon = {"; "}
placed = line { $line }, column { $column }: { $message }
finding-placed = { placed }
    .remedy = { $remedy }
    .cli = { $cli }
