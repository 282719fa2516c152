# A portal

portal-portal = API Portal
portal-subtitle = { $name } · Subaccount { $subaccount }
portal-where = Kind
portal-lives-in-sap = Managed in SAP Integration Suite. Drawbridge keeps and watches its credentials.
portal-added = Added
portal-urls = URLs in the credentials
portal-url = API portal URL
portal-url-not-known = Not known: no current credentials name it
portal-delete-this = Delete this portal
portal-delete-text = Its credentials and their secrets go with it, its APIs, and its requests and connections at local hubs.
portal-forget-text = Its credentials and their secrets are deleted here. In SAP nothing changes: the portal goes on accepting them.
portal-delete = Delete Portal
portal-delete-title = Delete { $name }?
portal-delete-consequence = The portal is deleted with its credentials and their secrets, its service instances, its APIs, and its requests and connections at local hubs. This cannot be undone.
portal-forget-consequence = The portal is removed from Drawbridge, with its credentials and their secrets. In SAP, at { $url }, nothing changes. This cannot be undone.
portal-is-deleted = The portal { $name } is deleted.
portal-apis-in-sap = Its APIs are managed in SAP
portal-apis-in-sap-text = Import and remove them in SAP Integration Suite. A connected hub fetches them from { $url }.
portal-instances-in-sap = Service instances are managed in the BTP cockpit
portal-instances-in-sap-text = Open the subaccount { $subaccount } in the BTP cockpit (https://cockpit.btp.cloud.sap). Create and delete service instances and service keys there; the URL in the credentials answers API calls only. Import here the credentials that you get there.

# Its connection

portal-own-hub-unconnected = The hub { $hub } is in the same subaccount, but the connection could not be made yet.
portal-connect-now = Connect Now
portal-is-connected = The portal is connected.
portal-nothing-imported = No credentials imported yet
portal-nothing-imported-text = Generate access credentials in the portal, at { $url }, then import them here.
portal-same-subaccount = For a hub in the same subaccount, { $subaccount }.
portal-own-hub = The hub { $hub } is in this subaccount.
portal-no-own-hub = The two are connected as soon as the hub exists. Such a portal can never join another hub.
portal-go-to-hubs = Go to the hubs
portal-other-subaccount = For a hub in another subaccount.
portal-step-generate = Generate the access credentials of this portal.
portal-step-copy = Copy them, or export them to a file.
portal-step-submit = Submit them in the hub, with a connection request.
portal-next = Next: copy or export the credentials, then submit them in the hub.

# Its credentials

portal-generate = Generate
portal-generating = Generating…
portal-stay-valid = The present credentials stay valid, marked as superseded, until you retire them.
portal-stay-valid-text = Nothing breaks in between.
portal-is-generated = The credentials are generated.
portal-is-regenerated = New credentials are generated. The former ones stay valid until you retire them.
portal-retire = Retire this credential?
portal-retire-used = Retire a credential in use
portal-retire-consequence = It stops working at once, tokens already issued included, and its secret is deleted from the { $keychain }. This cannot be undone.
portal-retire-in-sap-consequence = This removes it here only: its secret is deleted from the { $keychain }. The portal goes on accepting it until its service key is deleted in the BTP cockpit, in the subaccount { $subaccount }. This cannot be undone.
portal-credential-is-retired = The credential is retired and its secret deleted.
portal-credential-is-removed = The credentials were removed here. Delete their service key in the BTP cockpit, too.
portal-date-is-noted = It is noted when the credentials were generated.

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
portal-no-instances-text = A service instance gives programs access to this portal; each of its service keys carries a credential. { $generate } creates one by itself.
portal-deleting-ends = Deleting a service instance or one of its keys ends their credentials at once.
portal-created-at-by = Created { $at } by { $person }
portal-plan = Plan
portal-role = Role
portal-no-keys = No service keys: nobody can use this instance yet.
portal-current-hint = The credentials on the tab { $tab }
portal-own-secret-hint = Leave it empty, and a strong one is generated. One of your own needs at least { $least } characters: letters, digits and signs, no spaces.
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
portal-no-apis-text = Import the OpenAPI document of an API, in JSON or YAML. A connected hub fetches what stands here and shows it to developers.
portal-remove = Remove
portal-remove-named = Remove { $name }
portal-remove-title = Remove { $name }?
portal-remove-consequence = { $portal } does not publish { $api } any more, and a connected hub drops it at its next fetch. You can import the document again.

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
portal-certificate-hint = Valid for 365 days. The consumer proves itself with a private key.
portal-client-secret-hint = Valid until it is retired. Prefer a certificate where the consumer takes one.
portal-rsa-hint = What the vendors issue: every consumer takes it.
portal-p256-hint = Elliptic curve: shorter and faster, where the consumer knows it.
portal-current = Current
portal-additional = Additional
portal-superseded = Superseded
portal-superseded-since = Since { $since }; still valid until it is retired
portal-retired = Retired
portal-retired-since = Since { $since }
portal-retire-now = Retire
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
