activity-subtitle = Who did what and when, newest first. A record, not proof: changes made outside Drawbridge are not noticed.
activity-search = Search activity
activity-entries = { $count ->
    [one] 1 entry
   *[other] { $count } entries
}
activity-when = When
activity-who = Who
activity-what = What
activity-subject = Subject
activity-detail = Detail
activity-view = View
activity-view-entry = View { $action }, { $subject }
activity-none-matches = No entry matches
activity-nothing = No activity yet
