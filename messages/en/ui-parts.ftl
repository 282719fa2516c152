# Words that stand in many places

parts-cancel = Cancel
parts-close = Close
parts-save = Save
parts-delete = Delete
parts-edit = Edit
parts-create = Create
parts-add = Add
parts-retry = Retry
parts-dismiss = Dismiss
parts-open = Open { $name }
parts-name = Name
parts-email = E-mail
parts-subaccount = Subaccount
parts-search = Search
parts-clear-search = Clear search
parts-try-other-words = Try fewer or other words.
parts-loading = Loading
parts-cancelling = Cancelling…
parts-not-known = Not known
parts-done-of = { $done } of { $total }
parts-at-by = { $at } by { $person }
parts-keychain = keychain
parts-unforeseen = Something went wrong that Drawbridge did not foresee.
parts-error = Error
parts-warning = Warning
parts-note = Note
parts-information = Information
parts-success = Success

# Pages

parts-window-title = { $page } – Drawbridge
parts-path = Path
parts-back-to = { $list ->
    [portals] Back to the portals
    [hubs] Back to the hubs
    [connections] Back to the connections
   *[accounts] Back to the accounts
}

# Roles

parts-ask-for-role = Ask for the Role
parts-ask-for-role-button = Ask for the Role…
parts-not-possible = Not Possible Now
parts-role-request = Text for your administrator
parts-copy-text = Copy Text
parts-text-copied = The text is in the clipboard.
parts-role-collections = Role Collections
parts-technical-role = Never given to people: the technical user of the generated credentials carries it.

# Before something ends

parts-type-to-confirm = { $what ->
    [alias] Type the alias “{ $name }” to confirm
    [portal] Type the name of the portal “{ $name }” to confirm
    [hub] Type the name of the hub “{ $name }” to confirm
    [number] Type { $name } to confirm
   *[account] Type the name of the account “{ $name }” to confirm
}
parts-typed-wrong = { $what ->
    [alias] This is not the alias.
    [portal] This is not the name of the portal.
    [hub] This is not the name of the hub.
    [number] This is not the number.
   *[account] This is not the name of the account.
}
parts-hub-uses-elsewhere = { $what ->
    [credential] The hub { $hub } still uses this credential, for { $alias }.
    [keyOfInstance] The hub { $hub } still uses a key of this instance, for { $alias }.
   *[key] The hub { $hub } still uses this key, for { $alias }.
}
parts-hub-uses-elsewhere-text = It works until the portal deletes the key. Give the hub the new credentials first: { $action }.
parts-hub-uses-approved = { $what ->
    [credential] The hub { $hub } still uses this credential, for the approved connection { $alias }. This breaks it.
    [keyOfInstance] The hub { $hub } still uses a key of this instance, for the approved connection { $alias }. This breaks it.
   *[key] The hub { $hub } still uses this key, for the approved connection { $alias }. This breaks it.
}
parts-hub-uses-pending = { $what ->
    [credential] The hub { $hub } still holds this credential, in the pending request { $alias }. It could not be connected any more.
    [keyOfInstance] The hub { $hub } still holds a key of this instance, in the pending request { $alias }. It could not be connected any more.
   *[key] The hub { $hub } still holds this key, in the pending request { $alias }. It could not be connected any more.
}
parts-give-hub-first = Give the hub the new credentials first: { $action }.
parts-delete-destination-title = { $action } of { $alias }?
parts-connection-breaks = The connection { $alias } breaks at once.
parts-connection-breaks-text = Its credentials count as invalid then: to mend it, regenerate them in the portal and re-establish the connection.
parts-destination-deleted = The destination of { $alias } is deleted.

# Which hub uses credentials

parts-applied-as = As { $alias }
parts-applied-approved = Connected to { $hub }
parts-applied-rejected = Rejected by { $hub }

# Credentials

parts-api-portal = API portal
parts-not-here = Not in this installation
parts-client-id = Client ID
parts-client-secret = Client secret
parts-private-key = Private key
parts-service-key = Service key
parts-token-url = Token URL
parts-certificate-url = Certificate URL
parts-fingerprint = Fingerprint
parts-kind = Kind
parts-certificate = Certificate
parts-certificate-with-key = Certificate, { $key }
parts-certificate-with-chain = { $count ->
    [1] Certificate, { $key }, without chain
   *[other] Certificate, { $key }, chain of { $count }
}
parts-key = Key
parts-certificate-hint = Valid for 365 days. The consumer proves itself with a private key.
parts-client-secret-hint = Valid until it is retired. Prefer a certificate where the consumer takes one.
parts-rsa-hint = What the vendors issue: every consumer takes it.
parts-p256-hint = Elliptic curve: shorter and faster, where the consumer knows it.
parts-current = Current
parts-additional = Additional
parts-superseded = Superseded
parts-superseded-since = Since { $since }; still valid until it is retired
parts-retired = Retired
parts-retired-since = Since { $since }
parts-retire = Retire
parts-created = Created
parts-imported = Imported
parts-generated = Generated
parts-generated-by-id = { $day } (by the client id)
parts-ended = Ended
parts-end-key-deleted = its service key was deleted
parts-end-instance-deleted = its service instance was deleted
parts-valid = Valid
parts-valid-until = Valid until
parts-until = until { $day }
parts-used-by = Used by
parts-no-hub = No hub
parts-no-hub-yet = No hub yet
parts-secret-kept-in = Secret kept in
parts-secret-place = { $keychain }, as “{ $label }”
parts-deleted = Deleted
parts-set-date = Set Date
parts-copied = The credentials are in the clipboard for { $seconds } seconds.
parts-external = External
parts-add-external-portal = Add External Portal
parts-import-credentials = Import Credentials

# The token service

parts-token-service-off = The token service is switched off.
parts-token-service-fails = The token service is not running.
parts-token-service-text = These credentials cannot get tokens until it runs.
parts-open-settings = Open Settings

# Testing a connection

parts-not-tested = Not tested yet
parts-cancel-test = Cancel the test
parts-cancelling-test = Cancelling the test…
parts-test-cancelled = The test was cancelled
parts-test-failed = Test failed: { $cause }
parts-stages = Stages of the test
parts-stage-passed = Passed
parts-stage-failed = Failed
parts-stage-running = Running…
parts-stage-cancelled = Cancelled
parts-stage-waiting = Waiting
parts-stage-not-attempted = Not attempted
parts-seen = Seen:
parts-apis = { $count ->
    [0] no APIs
    [one] 1 API
   *[other] { $count } APIs
}
