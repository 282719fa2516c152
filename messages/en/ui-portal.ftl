# A portal

portal-portal = API Portal
portal-subtitle = { $name } · Subaccount { $subaccount }
portal-where = Kind
portal-lives-in-sap = Managed in SAP Integration Suite. Drawbridge keeps and watches its credentials.
portal-added = Added
portal-urls = URLs in the credentials
portal-url = API portal URL
portal-url-not-known = Unknown: no current credentials name it
portal-delete-this = Delete this portal
portal-delete-text = Its credentials and secrets, its APIs, and its requests and connections at local hubs are deleted with it.
portal-forget-text = Its credentials and their secrets are deleted here. Nothing changes in SAP: the portal still accepts them.
portal-delete = Delete Portal
portal-delete-title = Delete { $name }?
portal-delete-consequence = The portal is deleted with its credentials and their secrets, its service instances, its APIs, and its requests and connections at local hubs. This cannot be undone.
portal-forget-consequence = The portal is removed from Drawbridge, with its credentials and their secrets. In SAP, at { $url }, nothing changes. This cannot be undone.
portal-is-deleted = The portal { $name } is deleted.
portal-apis-in-sap = Its APIs are managed in SAP
portal-apis-in-sap-text = Import and remove them in SAP Integration Suite. A connected hub fetches them from { $url }.
portal-open-cockpit = Open the BTP Cockpit
portal-instances-in-sap = Service instances are managed in the BTP cockpit
portal-instances-in-sap-text = Open the subaccount { $subaccount } in the BTP cockpit. Create and delete service instances and service keys there; the URL in the credentials answers API calls only. Import here the credentials that you get there.

# Its connection

portal-own-hub-unconnected = The hub { $hub } is in the same subaccount, but the connection could not be made yet.
portal-connect-now = Connect Now
portal-is-connected = The portal is connected.
portal-nothing-imported = No credentials imported yet
portal-nothing-imported-text = Create a service key in the BTP cockpit, in the subaccount { $subaccount }, or generate credentials on the portal's own page. Then import them here.
portal-same-subaccount = For a hub in the same subaccount, { $subaccount }.
portal-own-hub = The hub { $hub } is in this subaccount.
portal-no-own-hub = They are connected as soon as the hub exists. Such a portal can never join another hub.
portal-go-to-hubs = Go to the hubs
portal-other-subaccount = For a hub in another subaccount.
portal-step-generate = Generate the access credentials of this portal.
portal-step-copy = Copy them, or export them to a file.
portal-step-submit = Submit them in the hub, with a connection request.
portal-next = Next: copy or export the credentials, then submit them in the hub.

# Its credentials

portal-generate = Generate
portal-generating = Generating…
portal-stay-valid = The present credentials stay valid until you revoke them. They are marked as superseded.
portal-stay-valid-text = Connections that use them keep working.
portal-is-generated = The credentials are generated.
portal-is-regenerated = New credentials are generated. The former ones stay valid until you revoke them.
portal-retire = Revoke these credentials?
portal-retire-used = Revoke credentials in use?
portal-retire-consequence = They stop working at once, and so do tokens already issued. Their secret is deleted from the { $keychain }. This cannot be undone.
portal-retire-in-sap-consequence = Only Drawbridge forgets them: their secret is deleted from the { $keychain }. The portal accepts them until you delete their service key in the BTP cockpit, in the subaccount { $subaccount }. This cannot be undone.
portal-credential-is-retired = The credentials are revoked, and their secret is deleted.
portal-credential-is-removed = The credentials are removed from Drawbridge. Delete their service key in the BTP cockpit, too.
portal-date-is-noted = The date is saved.

# Its service instances

portal-create-instance = Create Service Instance
portal-create-key = Create Service Key
portal-create-key-title = Create Service Key for { $name }
portal-for = for { $name }
portal-creating = Creating…
portal-instance-is-created = The service instance { $name } is created.
portal-instance-is-deleted = The service instance { $name } is deleted.
portal-key-is-created = The service key { $name } is created.
portal-key-is-deleted = The service key { $name } is deleted.
portal-no-instances = No service instances yet
portal-no-instances-text = A service instance gives programs access to this portal. Each of its service keys has its own credentials. { $generate } creates one automatically.
portal-deleting-ends = Deleting a service instance or a key ends its credentials at once.
portal-created-at-by = Created { $at } by { $person }
portal-plan = Plan
portal-role = Role
portal-no-keys = No service keys: nobody can use this instance yet.
portal-current-hint = The credentials on the { $tab } tab
portal-own-secret-hint = Leave it empty to generate a strong one. Your own needs at least { $least } characters: letters, digits and signs, no spaces.
portal-for-good = This cannot be undone.
portal-delete-instance-title = Delete the service instance { $name }?
portal-delete-instance-consequence = { $count ->
    [one] With it goes its service key. The credential stops working at once, tokens already issued included, and its secret is deleted from the { $keychain }. This cannot be undone.
   *[other] With it go its { $count } service keys. The credentials stop working at once, tokens already issued included, and their secrets are deleted from the { $keychain }. This cannot be undone.
}
portal-delete-key-title = Delete the service key { $name }?
portal-delete-key-consequence = Its credential stops working at once, tokens already issued included, and its secret is deleted from the { $keychain }. This cannot be undone.

# Its APIs

portal-api-title = Title
portal-api-version = Version
portal-api-base-path = Base Path
portal-api-description = Description
portal-api-openapi = OpenAPI
portal-api-imported-by = Imported By
portal-import-api = Import OpenAPI Document…
portal-api-is-imported = { $title } { $version } is imported as { $name }.
portal-api-is-removed = The API { $name } is removed.
portal-search-apis = Search APIs
portal-no-api-matches = No API matches
portal-no-apis = No APIs yet
portal-no-apis-text = Import the OpenAPI document of an API, in JSON or YAML. A connected hub fetches the APIs from here and shows them to developers.
portal-remove = Remove
portal-remove-named = Remove { $name }
portal-remove-title = Remove { $name }?
portal-remove-consequence = { $portal } stops publishing { $api }. A connected hub drops it at its next fetch. You can import the document again.

# Words that stand in many places

portal-at-by = { $at } by { $person }

# Before something ends

portal-hub-uses-in-sap = { $what ->
    [credential] The hub { $hub } still uses this credential, for { $alias }.
    [keyOfInstance] The hub { $hub } still uses a key of this instance, for { $alias }.
   *[key] The hub { $hub } still uses this key, for { $alias }.
}
portal-hub-uses-in-sap-text = It works until its service key is deleted in SAP. Give the hub the new credentials first: { $action }.
portal-hub-uses-approved = { $what ->
    [credential] The hub { $hub } still uses this credential, for the approved connection { $alias }. This breaks it.
    [keyOfInstance] The hub { $hub } still uses a key of this instance, for the approved connection { $alias }. This breaks it.
   *[key] The hub { $hub } still uses this key, for the approved connection { $alias }. This breaks it.
}
portal-hub-uses-pending = { $what ->
    [credential] The hub { $hub } still holds this credential, in the pending request { $alias }. It could not be connected any more.
    [keyOfInstance] The hub { $hub } still holds a key of this instance, in the pending request { $alias }. It could not be connected any more.
   *[key] The hub { $hub } still holds this key, in the pending request { $alias }. It could not be connected any more.
}
portal-give-hub-first = Give the hub the new credentials first: { $action }.

# Which hub uses credentials

portal-applied-as = As { $alias }
portal-applied-approved = Connected to { $hub }
portal-applied-rejected = Rejected by { $hub }

# Credentials

portal-service-key = Service key
portal-certificate-url = Certificate URL
portal-key = Key
portal-certificate-hint = Mutual TLS, valid 365 days.
portal-client-secret-hint = Valid until you revoke it. Use a certificate where you can.
portal-rsa-hint = SAP's default, works everywhere.
portal-p256-hint = Elliptic curve: shorter and faster. Use it where the consumer supports it.
portal-current = Current
portal-additional = Additional
portal-not-tested-here = Not tested since the window opened
portal-superseded = Superseded
portal-superseded-since = Since { $since }; not revoked
portal-retired = Revoked
portal-retired-since = Since { $since }
portal-retire-now = Revoke
portal-retire-button = Revoke…
portal-retire-in-sap-button = Remove from Drawbridge…
portal-retire-in-sap = Remove these credentials from Drawbridge?
portal-removed = Removed
portal-imported = Imported
portal-ended = Ended
portal-used-by = Used by
portal-no-hub = No hub
portal-no-hub-yet = No hub yet
portal-secret-kept-in = Secret kept in
portal-secret-place = { $keychain }, as “{ $label }”
portal-set-date = Set Date
portal-copied = The credentials are in the clipboard for { $seconds } seconds.
portal-track = Track a Portal in SAP
portal-import-credentials = Import Credentials

# The token service

portal-token-service-off = The token service is switched off.
portal-token-service-fails = The token service is not running.
portal-token-service-text = These credentials cannot get tokens until it runs.
portal-tested-at = Last tested on { $at }
portal-former-use-unknown = It is not known which hub uses the former credentials
portal-former-use-unknown-text = Record that connection and give it the new ones: { $action }. Remove the former ones here once nobody uses them.

# Local, or in SAP

portal-is-local = Drawbridge itself is this portal, on this computer.
portal-forget = Forget
portal-forget-this = Forget this portal
portal-forget-title = Forget { $name }?
portal-is-forgotten = The portal { $name } is forgotten. In SAP nothing has changed.
