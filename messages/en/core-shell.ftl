# The database.

database-disk-full = the disk is full
database-disk-full-remedy = Make room on the disk, then try again. Nothing was changed.
database-not-writable = the database cannot be written: { $reason }
database-not-writable-remedy = Check the rights on the data folder, then try again. Nothing was changed.
database-busy = the database is in use by another program
database-busy-remedy = Another change is under way, in this window or another program; it may be waiting for the keychain. Try again in a moment. Nothing was changed.
database-too-new = the database was written by a newer version of Drawbridge (schema { $found }; this version knows { $known })
database-too-new-remedy = Install the newest version of Drawbridge.
database-damaged = the database is damaged: { $reason }
database-damaged-remedy = Restore the data folder from a backup.
database-conflict = this was changed by somebody else in the meantime
database-conflict-remedy = Look at the current state, then try again. Nothing was changed.
database-failed = the database failed: { $reason }
database-not-one = the file is not a database
database-not-ours = the file is a database of another program

# Errors of the app itself.

shell-gone-remedy = It was probably deleted in the meantime. Go back to the list.
shell-unexpected = something went wrong
shell-unexpected-remedy = Try again. If it happens again, look for { $reference } in the log files of the data folder.
shell-unknown-id = this does not exist
shell-unknown-id-remedy = Go back to the list.
shell-clipboard-remedy = Try again, or choose Export… instead.
shell-file-remedy = Choose another folder, or make room on the disk. Nothing was left half-written.
shell-not-held = this document is not held any more
shell-not-held-remedy = Paste it, or open its file, once more.
shell-file-unreadable = the file { $path } cannot be read: { $reason }
shell-file-unreadable-remedy = Check the rights on the file, or choose another one.
shell-not-a-file = { $path } is not a file
shell-not-a-file-remedy = Choose the file with the credentials.
shell-clipboard-name = Clipboard
shell-clipboard-empty = there is no text in the clipboard
shell-clipboard-empty-remedy = Copy the document in the API portal, then choose Paste again.
shell-paste = Paste
shell-several-dropped = several files were dropped
shell-several-dropped-remedy = Drop the one that holds the credentials.

# The process of the screens.

page-ended = The screens stopped and were loaded again. What you had typed and not yet saved is lost; everything else is as it was.
page-ended-again = The screens stopped again. Drawbridge ends now; start it again. What was saved stays. The log files in the data folder say more.

# A second start.

instance-shown = Drawbridge is open already, on the display { $display } (process { $process }). Its window is in front there now.
instance-shown-remedy = End it there to open it here.
instance-silent = Drawbridge is open already (process { $process }), but it does not answer.
instance-silent-remedy = Wait a moment and try again, or end that process. What was saved stays.

# The titles of the system's own dialogs.

dialog-open = Open file…
dialog-export = Export…
dialog-export-authority = Export CA Certificate
dialog-import-api = Import OpenAPI Document
dialog-open-api-files = OpenAPI (JSON, YAML)
shell-not-replaced = { $path } is a link, a folder or a device, and is not replaced
shell-not-replaced-remedy = Choose another name, or the file that the link leads to.

# What the system asks before a secret leaves.

question-title = Drawbridge asks
question-copy = Copy the secret credentials of { $owner } to the clipboard? Client ID: { $client }
question-copy-yes = Copy
question-reveal = Show the client secret of { $owner } on the screen? Client ID: { $client }
question-reveal-yes = Show
question-no = Cancel
question-no-more = From now on, copy and show secrets without asking?
question-no-more-yes = Do Not Ask
question-is-open = Drawbridge is asking something already
question-is-open-remedy = Answer the open question first.

# The person goes.

absence-locked = the screen was locked, or the computer slept: the document was wiped
absence-left = the window was left for five minutes: the document was wiped
absence-remedy = Paste it, or open its file, once more.
