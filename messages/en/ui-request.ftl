# Lists of requests

request-alias = Alias
request-state = State
request-submitted = Submitted
request-submitted-by = Submitted By
request-reason = Reason
request-search = Search { $list }
request-matches = { $count ->
    [one] { $number } match
   *[other] { $number } matches
}
request-none-matches = No request matches
request-actions-for = { $actions } for { $alias }
request-applied-pending = { $state } in { $hub }

# A request

request-by-at = by { $person }, { $at }
request-no-comment = No comment.
request-comment-by = { $comment } by { $person }
request-reason-of-rejection = Reason of the rejection
request-credentials = Credentials
request-credentials-given = Credentials given
request-copy-of-hub = The hub’s copy of the credentials
request-approval-is-for-good = Approving cannot be undone: the connection can neither be severed nor moved to another hub.
request-rejection = { $person } sees the reason and may submit the portal again. The hub deletes its copy of the credentials.
request-is-connected = { $alias } is connected.
request-is-rejected = { $alias } is rejected.
request-credentials-saved = The credentials for { $alias } are saved.

# Submitting

request-alias-hint = The name of this connection in the hub. It must be unique there.
request-comment-hint = The hub admin reads it before approving.
request-irrevocable = I understand that the connection cannot be severed or moved to another hub.
request-irrevocable-question = Once it is approved, the connection can neither be severed nor moved to another hub. Do you want to submit a connection request?
request-is-submitted = The request { $alias } is submitted. A hub admin has to approve it.

# Re-establishing

request-reestablishes = { $action }: { $alias }
request-reestablish-how = Generate new credentials in the portal, then give them to the hub here. They take effect at once, without another approval.
request-held-now = What the hub holds now
request-is-reestablished = The connection { $alias } is re-established.
request-give-by = New credentials
request-by-fields = { $id } and { $secret }
request-by-document = { $credentials } as a document
request-client-id-hint = Both as the portal generated them. The URLs stay the same.
request-fields-missing = Fill in both fields; then they can be tested.

# A connection

request-connection-subtitle = API portal { $portal } · Hub { $hub }
request-not-reached = Not reached
request-not-reached-until = It could not be tested. It is tested again at { $at }.
request-stale = Last test too old
request-testing-soon = Testing soon
request-last-tested = Last tested
request-last-success = Last success
request-never = Never
request-tested-again-soon = Something has changed since; it is tested again soon.
request-tested-soon = It is tested for the first time soon.
request-open-portal = Open Portal { $name }
request-apis = APIs of the portal
request-last-fetched = Last fetched { $at }
request-refresh = Refresh
request-not-fetched = The APIs could not be fetched.
request-portal-without-apis = The portal has no APIs
request-portal-without-apis-text = Once some are imported there, { $refresh } fetches them.
request-no-apis-yet = No APIs fetched yet
request-no-apis-yet-text = The hub fetches them as soon as the connection works.
request-destination = Destination
request-repair = Repair
request-repair-destination = Regenerate the credentials in the portal, then re-establish the connection: that creates the destination again.
request-request = Connection Request
request-not-approved = { $alias } is not an approved connection
request-not-approved-text = It can be tested and repaired once its request is approved.
request-open = Open the request

# Before something ends

request-delete-destination-title = { $action } of { $alias }?
request-connection-breaks = The connection { $alias } breaks at once.
request-connection-breaks-text = Its credentials become invalid. To repair it, regenerate them in the portal and re-establish the connection.
request-destination-deleted = The destination of { $alias } is deleted.

# Testing a connection

request-not-tested = Not tested yet
request-holds-former = The hub still holds former credentials of the portal
request-holds-former-pending = Give it the current ones: { $action }.
request-holds-former-approved = Give it the current ones: { $action }. Until then the connection depends on the former ones.
