# The database.

database-disk-full = the disk is full
    .remedy = Make room on the disk, then try again. Nothing was changed.
database-not-writable = the database cannot be written: { $reason }
    .remedy = Check the rights on the data folder, then try again. Nothing was changed. If a start with sudo left files of root there, give them back with sudo chown -R, your user name and the folder.
database-of-another-user = { $path } belongs to the user number { $owner }, and Drawbridge runs as root here
    .remedy = Start it as that user, without sudo: root would leave files behind that the user cannot change. Nothing was changed.
database-file-of-another-user = { $reason }; { $path } belongs to { $owner ->
    [0] root
   *[other] the user number { $owner }
}
database-busy = the database is in use by another program
    .remedy = Another change is under way, in this window or another program; it may be waiting for the keychain. Try again in a moment. Nothing was changed.
database-too-new = the database was written by a newer version of Drawbridge (schema { $found }; this version knows { $known })
    .remedy = Install the newest version of Drawbridge.
database-damaged = the database is damaged: { $reason }
    .remedy = End Drawbridge everywhere, keep a copy of the data folder as it is, then put drawbridge.db from a backup into it; the files beside it (drawbridge.db-journal, drawbridge.db-wal) go with the damaged one. A backup knows no secret that was stored since, and secrets that were replaced or deleted since are gone.
database-conflict = someone else changed this in the meantime
    .remedy = Look at the current state, then try again. Nothing was changed.
database-failed = the database failed: { $reason }
database-not-one = the file is not a database
database-not-ours = the file is a database of another program
database-head-damaged = its beginning cannot be recognised any more
database-file-is-folder = { $file } is a folder
database-file-is-special = { $file } is not a file but a pipe, a socket or a device
database-structure-damaged = the parts of the file do not fit together ({ $found })
database-journal-damaged = a change was interrupted, and { $file }, by which it would be undone, is damaged too
database-entry-damaged = { $kind } { $name } is not as it was stored
database-entry-person = the person
database-entry-portal = the portal
database-entry-instance = the service instance
database-entry-credential = the credentials
database-entry-api = the API
database-entry-hub = the hub
database-entry-request = the connection request
database-entry-health = the test result of the connection
database-entry-authority = the certificate authority
database-entry-identity = the keys of the token service
database-entry-settings = the settings
database-entry-secret = the keychain entry
database-entry-event = the activity
database-entry-account = the PingOne account
database-entry-connection-credential = the Connection API Credentials
database-entry-other = the entry of { $table }
database-replaced = the database file was removed or replaced while Drawbridge was using it
    .remedy = End Drawbridge everywhere: its window, drawbridge serve, other commands. Put the right drawbridge.db into the data folder, then start again. Nothing was changed.
database-foreign-log = { $file } in the data folder belongs to another drawbridge.db than the one that lies there
    .remedy = It would spoil this file, so nothing was opened. If you have put a copy of drawbridge.db there, move the named file out of the data folder, then start again. Otherwise put the former drawbridge.db back.
database-notice-missing = The database lacks the last { $count ->
    [one] change
   *[other] { $count } changes
} that Drawbridge has made in it: an older copy was put in its place, or they were lost.
    .remedy = Compare it with what you know was done last. Secrets that were stored in those changes are still in the keychain, those that they replaced are not. If a newer copy of drawbridge.db exists, end Drawbridge everywhere and put it into the data folder. What is left over in the keychain is not deleted before { $days } days.
database-notice-other = This is another database than the one that Drawbridge used here last: that one was removed, or this one was put in its place.
    .remedy = If that was not meant, end Drawbridge everywhere and put the former drawbridge.db into the data folder. What is left over in the keychain is not deleted before { $days } days.
database-notice-damaged = The database is damaged: { $reason }.
    .remedy = { database-damaged.remedy }

# Errors of the app itself.

shell-unexpected = something went wrong
    .remedy = Try again. If it happens again, look for { $reference } in the log files of the data folder.
shell-unknown-id = this does not exist
    .remedy = Go back to the list.
shell-export-not-a-file = it is a link, a folder or a device
shell-export-not-replaced-at-once = a file in this folder cannot be replaced in one step ({ $reason }); delete the file first, or choose another name
shell-export-rename-left-both = renaming it left both names
shell-export-others-may-read = the file system of this folder lets others read the file (mode { $mode }); choose a folder of your own
shell-export-not-kept = the file system of this folder did not keep what was written
shell-export-removal-undone = it is there again
shell-export-stayed = { $trouble }. What was written stays at { $path } and has to be deleted by hand ({ $reason })
shell-export-stayed-empty = { $trouble }. An empty file stays at { $path } and can be deleted by hand ({ $reason })
shell-export-unfinished-in-the-way = an export that was interrupted, or that runs at the moment, stands at { $path }; delete that file if no export runs
shell-not-held = this document is no longer held
    .remedy = Paste it, or open its file, once more.
shell-file-unreadable = the file { $path } cannot be read: { $reason }
    .remedy = Check the rights on the file, or choose another one.
shell-not-a-file = { $path } is not a file
    .remedy = Choose the file with the credentials.
shell-clipboard-name = Clipboard
shell-clipboard-empty = there is no text in the clipboard
    .remedy = Copy the document in the API portal, then choose Paste again.
shell-paste = Paste
shell-several-dropped = several files were dropped
    .remedy = Drop the one that holds the credentials.

# The process of the screens.

page-ended = The screens stopped and were loaded again. What you had typed and not yet saved is lost; everything else is as it was.
page-ended-again = The screens stopped again. Drawbridge ends now; start it again. What was saved stays. The log files in the data folder say more.

# A second start.

instance-shown = Drawbridge is open already, on the display { $display } (process { $process }). Its window is in front there now.
    .remedy = End it there to open it here.
instance-silent = Drawbridge is open already (process { $process }), but it does not answer.
    .remedy = Wait a moment and try again, or end that process. What was saved stays.

# The titles of the system's own dialogs.

dialog-open = Open file…
dialog-export = Export…
dialog-export-authority = Export CA Certificate
dialog-import-api = Import OpenAPI Document
dialog-open-api-files = OpenAPI (JSON, YAML)
shell-not-replaced = { $path } is a link, a folder or a device, and is not replaced
    .remedy = Choose another name, or the file that the link leads to.

# What the system asks before a secret leaves.

question-title = Drawbridge asks
question-copy = Copy the secret credentials of { $owner } to the clipboard? Client ID: { $client }
question-copy-yes = Copy
question-reveal = Show the client secret of { $owner } on the screen? Client ID: { $client }
question-reveal-yes = Show
question-show-document = Show this document as text in the window, so that you can edit it? Its secrets can then be read on the screen.
question-no = Cancel
question-no-more = From now on, copy and show secrets without asking?
question-no-more-yes = Do Not Ask
question-is-open = Drawbridge is asking something already
    .remedy = Answer the open question first.

# The person goes.

absence-locked = the screen was locked, or the computer slept: the document was wiped
    .remedy = Paste it, or open its file, once more.
absence-left = the window was left for five minutes: the document was wiped
    .remedy = { absence-locked.remedy }

# The browser

browser-not-opened = the browser could not be opened
    .remedy = Open the hub by its address in your browser.
