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
shell-file-remedy = Choose another folder, or make room on the disk.
shell-export-not-a-file = it is a link, a folder or a device
shell-export-not-replaced-at-once = a file in this folder cannot be replaced in one step ({ $reason }); delete the file first, or choose another name
shell-export-rename-left-both = renaming it left both names
shell-export-others-may-read = the file system of this folder lets others read the file (mode { $mode }); choose a folder of your own
shell-export-not-kept = the file system of this folder did not keep what was written
shell-export-removal-undone = it is there again
shell-export-stayed = { $trouble }. What was written stays at { $path } and has to be deleted by hand ({ $reason })
shell-export-stayed-empty = { $trouble }. An empty file stays at { $path } and can be deleted by hand ({ $reason })
shell-export-unfinished-in-the-way = an export that was interrupted, or that runs at the moment, stands at { $path }; delete that file if no export runs
shell-not-held = this document is not held any more
shell-not-held-remedy = Paste it, or open its file, once more.
shell-file-unreadable = the file { $path } cannot be read: { $reason }
shell-file-unreadable-remedy = Check the rights on the file, or choose another one.
shell-not-a-file = { $path } is not a file
shell-not-a-file-remedy = Choose the file with the credentials.
shell-clipboard-name = Clipboard
shell-clipboard-empty = there is no text in the clipboard
shell-clipboard-empty-remedy = Copy the document in the API portal, then choose Paste again.
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
