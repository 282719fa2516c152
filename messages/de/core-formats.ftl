# How days, times, places and lists are written. The patterns of days and times are those of chrono's strftime.

format-day = %d.%m.%Y
format-moment = %d.%m.%Y %H:%M
list = { $items }
list-comma = {", "}
list-and = {" und "}
list-semicolon = {"; "}
placed = Zeile { $line }, Spalte { $column }: { $message }
finding-placed = { placed }
    .remedy = { $remedy }
    .cli = { $cli }
