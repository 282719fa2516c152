# Words that stand in many places

kit-cancel = Cancel
kit-close = Close
kit-save = Save
kit-delete = Delete
kit-edit = Edit
kit-create = Create
kit-add = Add
kit-retry = Retry
kit-dismiss = Dismiss
kit-open = Open { $name }
kit-name = Name
kit-search = Search
kit-clear-search = Clear search
kit-try-other-words = Try fewer or other words.
kit-loading = Loading
kit-cancelling = Cancelling…
kit-done-of = { $done } of { $total }
kit-missing = Fill in this field.
kit-missing-tick = Select this checkbox.
kit-error = Error
kit-warning = Warning
kit-note = Note
kit-information = Information
kit-success = Success

# Pages

kit-window-title = { $page } – Drawbridge
kit-path = Path

# Credentials

kit-created = Created
kit-deleted = Deleted

# Local, or in SAP

kit-local = Local
kit-local-hint = Local: in this Drawbridge only, which stands in for the vendor
kit-in-sap = In SAP
kit-in-sap-hint = In SAP: Drawbridge keeps a record of it
kit-in-pingone = In PingOne
kit-in-pingone-hint = In PingOne: Drawbridge keeps a record of it
