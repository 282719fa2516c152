# The box for access credentials

documents-give = Give the credentials
documents-paste = Paste
documents-paste-title = Drawbridge reads the clipboard itself: the text does not enter this page
documents-open-file = Open file…
documents-open-file-title = Drawbridge reads the file itself: its content does not enter this page
documents-clear = Clear
documents-content-held = content hidden
documents-text-held = values hidden
documents-held-why = They stay in Drawbridge itself. They reach this page only if you choose Edit as text.
documents-edit-as-text = Edit as text…
documents-ended = These credentials have ended. You can still record them: no test will pass, and Drawbridge shows them as expired.
documents-no-text = No text: a keystore or an archive
documents-no-box = What you pasted or dropped holds credentials. It goes into a box for credentials only, and is not shown here.
documents-drop = Drop the file here
documents-how = Paste the document that the API portal generated, open its file, or drop the file on this window. It is checked on this computer. Only a test sends it, to the addresses in it.
documents-which = Which credentials do you want to use?
documents-password = Password of the document
documents-password-opens = It unlocks the document.
documents-password-needed = The document, or the key in it, is protected. Enter its password.
documents-portal-url = API Portal URL
documents-portal-url-hint = It is missing in the document. It is the address of the portal in the browser, beginning with https://.
documents-recognised = Recognised
documents-recognised-as = { $verdict }: { $shape }.
documents-not-usable = Can't be used yet
documents-not-recognised = Not recognised
documents-several = { $count ->
    [one] 1 credential in this document
   *[other] { $count } credentials in this document
}
documents-protected = Protected by a password
documents-url-missing = The URL of the API portal is missing
documents-not-usable-yet = Can't be used yet
documents-read-as = , read as
documents-findings = Check results
documents-errors = { $count ->
    [one] 1 error
   *[other] { $count } errors
}
documents-warnings = { $count ->
    [one] 1 warning
   *[other] { $count } warnings
}
documents-place = Line { $line }, column { $column }:
documents-show-place = Show the place
documents-content = Fields ({ $count })
documents-hidden = hidden
documents-nothing-to-test = There are no credentials to test yet.
documents-nothing-to-test-hint = Add the document. Once it is recognised, you can test it.

# When a portal in SAP generated them

documents-generated-on-day = Generated on the { $tab } tab of the portal, on a known day
documents-generated-on-day-hint = Valid for a number of days from then on; Drawbridge warns before they end.
documents-of-service-key = From a service key
documents-of-service-key-hint = No expiry: ends with its service key.
documents-generated-unknown-hint = Drawbridge cannot warn you before they end. You can set the date later.
documents-generated-on = Generated on
documents-day-form = YYYY-MM-DD
documents-no-day = Enter the day as YYYY-MM-DD.
documents-generated-on-hint = The day on which the portal generated them, by UTC.

# Portals in SAP

documents-add-portal-subtitle = Track a portal in your SAP tenant: its credentials stay in your keychain, and you are reminded before they expire. Nothing is created or changed in SAP.
documents-add-portal-name-hint = Your own name for it.
documents-add-portal-subaccount-hint = The subaccount of the portal. A portal and a hub in the same subaccount are connected automatically.
documents-portal-added = The portal { $name } is tracked.

# "Generate new credentials in the portal, at <its address>, then give them here."

documents-import-how = Create a service key in the BTP cockpit, in the subaccount { $subaccount }, or generate credentials on the portal's own page. Then add them here.
documents-import = Import
documents-is-imported = The credentials are imported.
documents-is-imported-beside = The credentials are imported. The former ones stay until you remove them.

# Words that stand in many places

documents-not-known = Unknown

# Credentials

documents-api-portal = API portal
documents-not-here = Not in this installation
documents-client-id = Client ID
documents-client-secret = Client secret
documents-private-key = Private key
documents-token-url = Token URL
documents-fingerprint = Fingerprint
documents-kind = Kind
documents-certificate = Certificate
documents-certificate-with-key = Certificate, { $key }
documents-certificate-with-chain = { $count ->
    [1] Certificate, { $key }, without chain
   *[other] Certificate, { $key }, chain of { $count }
}
documents-generated = Generated
documents-generated-by-id = Probably { $day } (by the client id)
documents-guessed = Is it the secret of a service key? Those do not expire. Choose Set Date to say which it is.
documents-end-key-deleted = its service key was deleted
documents-end-instance-deleted = its service instance was deleted
documents-valid = Valid
documents-valid-until = Valid until
documents-until = until { $day }

# Testing a connection

documents-cancel-test = Cancel the test
documents-cancelling-test = Cancelling the test…
documents-test-cancelled = The test was cancelled
documents-test-failed = Test failed: { $cause }
documents-stages = Stages of the test
documents-stage-passed = Passed
documents-stage-failed = Failed
documents-stage-running = Running…
documents-stage-cancelled = Cancelled
documents-stage-waiting = Waiting
documents-stage-not-attempted = Not attempted
documents-seen = Seen:
documents-apis = { $count ->
    [0] no APIs
    [one] 1 API
   *[other] { $count } APIs
}

# Local, or in SAP

documents-portal-added-connected = The portal { $name } is tracked, and connected to the local hub { $hub } for good.
documents-use-current = Use Current Credentials
documents-use-current-of = Use the current credentials of { $portal }
documents-current-of = Current credentials of { $portal }
documents-current-held = They stay in the keychain and are not shown here.
documents-current-text = Taken from the portal’s current credentials
