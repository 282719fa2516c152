launchpad-title = Home
launchpad-areas = Overview
launchpad-portals-text = API portals and their credentials
launchpad-hubs-text = API hubs and connection requests
launchpad-pending = { $count ->
    [one] 1 request waits
   *[other] { $count } requests wait
}
launchpad-attention = Needs Attention
launchpad-well-title = Nothing needs attention
launchpad-well-text = Every connection passed its last test, no current credentials expire within { $days } days, and no request is waiting for you.
launchpad-begin-title = Nothing here yet
launchpad-begin-text = Track the portal and the hub of your SAP tenant, or create local ones to try things out.
launchpad-connection-fails = The connection { $alias } of the hub { $hub } fails
launchpad-not-known = The connection { $alias } of the hub { $hub } is not known to work
launchpad-never-tested = It has not been tested yet.
launchpad-changed = It has changed since its last test and will be tested again soon.
launchpad-too-old = It was last tested on { $at }.
launchpad-none-reached = None of the { $count } connections reach their portals
launchpad-connection-ends = The credentials of the connection { $alias } of the hub { $hub }: { $validity }
launchpad-credentials-end = The credentials of the portal { $portal }: { $validity }
launchpad-not-applied = The hub { $hub } still holds former credentials of the portal { $portal }
launchpad-not-applied-pending = Edit the credentials of the request { $alias }.
launchpad-not-applied-approved = Re-establish the connection { $alias } with the current ones.
launchpad-regenerate = Regenerate them, then re-establish the connection.
launchpad-renew = Regenerate them; for a portal in SAP, import new ones.
launchpad-requests-wait = { $count ->
    [one] 1 connection request waits for a decision in the hub { $hub }
   *[other] { $count } connection requests wait for a decision in the hub { $hub }
}
launchpad-requests-wait-hint = View, approve or reject them.
launchpad-former-ends = The former secret of { $name } in the PingOne account { $account } is kept until { $until } only
launchpad-former-ends-hint = Until then the replacement can be undone.
launchpad-broken = Failing
launchpad-uncertain = Unknown
launchpad-ends-soon = Expiring
launchpad-waits = Waiting for you
launchpad-renewed = The portal has newer credentials. Re-establish the connection { $alias } with them: until then the hub uses the old ones.
launchpad-former-credentials-end = Former credentials { $client } of the portal { $portal }: { $validity }
launchpad-former-credentials-end-hint = It is unknown who uses them. Record the connection that does, or remove them from Drawbridge once they are no longer used.
launchpad-not-visible = { $count ->
    [one] You may not see the credentials of 1 portal
   *[other] You may not see the credentials of { $count } portals
}
launchpad-requests-wait-full = The hub is full. You can view and reject the requests.
launchpad-requests-wait-in-sap = SAP decides them. Record the decision here.
launchpad-rejected = Your request { $alias } in the hub { $hub } was rejected
launchpad-rejected-hint = Reason: { $reason }
launchpad-rejected-in-sap-hint = Reason: { $reason } Submit it again in the hub in SAP, then record that here.
launchpad-submit-again = Submit Again
launchpad-well-unconnected = There is no connection yet. No credentials expire within { $days } days, and no request is waiting for you.
launchpad-renewal-not-visible = You may not see whether the portal has newer ones. Ask somebody who may, then re-establish the connection { $alias } with them.
launchpad-client-ids-missing = { $count ->
    [one] { $count } client secret of the PingOne account { $account } waits for its client ID
   *[other] { $count } client secrets of the PingOne account { $account } wait for their client IDs
}
launchpad-client-ids-missing-hint = Enter the client secret in PingOne, then enter here the client ID that PingOne shows.
