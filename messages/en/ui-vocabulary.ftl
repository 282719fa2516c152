vocabulary-label = Vocabulary
vocabulary-hint = Which of the vendors’ designs these pages look like. The data stays the same.
