vocabulary-label = Vocabulary
vocabulary-hint = Which of the vendors’ designs these pages look like. The data stays the same.
vocabulary-classic-hint = Here AuthGroup.API.Admin alone suffices to view, approve and reject requests.
