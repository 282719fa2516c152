# What was done, as it reads in the activity list.

activity-person-added = Person added
activity-person-changed = Person changed
activity-person-switched = Switched person
activity-portal-created = Portal created
activity-portal-added = Portal added
activity-portal-deleted = Portal deleted
activity-keychain-taken-over = Keychain changed
activity-credentials-generated = Credentials generated
activity-credentials-regenerated = Credentials regenerated
activity-credentials-imported = Credentials imported
activity-lifetime-set = Date of generation set
activity-credentials-copied = Credentials copied
activity-credentials-exported = Credentials exported
activity-hand-over-failed = Copy or export failed
activity-credentials-retired = Credentials revoked
activity-credentials-removed = Credentials removed from Drawbridge
activity-authority-generated = Certificate authority generated
activity-hub-created = Hub created
activity-hub-changed = Hub changed
activity-hub-deleted = Hub deleted
activity-request-submitted = Connection request submitted
activity-credentials-edited = Credentials edited
activity-request-approved = Connection request approved
activity-request-rejected = Connection request rejected
activity-connection-reestablished = Connection re-established
activity-connected-automatically = Connected automatically
activity-service-instance-created = Service instance created
activity-service-instance-deleted = Service instance deleted
activity-service-key-created = Service key created
activity-api-imported = API imported
activity-api-removed = API removed
activity-destination-deleted = Destination deleted
activity-connection-works = Connection works
activity-connection-fails = Connection fails
activity-token-service-changed = Token service changed
activity-proxy-changed = Proxy changed
activity-check-interval-changed = Test interval changed
activity-asking-changed = Question before secrets changed
activity-authority-exported = CA certificate exported
activity-interruption-repaired = Interrupted change repaired
activity-portal-changed = Portal changed

# What an entry is about, where that has no name of its own.

activity-of-keychain = Keychain
# The only authority there was once; entries from then name it.
activity-of-authority = Drawbridge CA
activity-of-server-authority = Drawbridge Server CA
activity-of-client-authority = Drawbridge Client CA
activity-of-secrets = Secrets
activity-of-token-service = Token service
activity-of-connections = Connections

# More about an entry.

activity-subaccount = Subaccount { $subaccount }
activity-portal-in-sap = { $url }, subaccount { $subaccount }
activity-vocabulary = SAP labels { $vocabulary }, formerly { $former }
activity-four-eyes-on = Four-eyes principle on
activity-four-eyes-off = Four-eyes principle off
activity-at-hub = Hub { $hub }
activity-at-hub-with = Hub { $hub }, { $what }
activity-rejected-because = Hub { $hub }: { $reason }
activity-same-subaccount = Hub { $hub }, same subaccount { $subaccount }
activity-works = { $apis ->
    [one] Hub { $hub }, { $apis } API
   *[other] Hub { $hub }, { $apis } APIs
}
activity-fails = Hub { $hub }, { $stage }: { $finding }
activity-valid-until = { $what }, valid until { $day }
activity-authority-until = Valid until { $day }
activity-authority-taken-over = Certificate by the new CA
activity-server-authority-until = For { $names }; valid until { $day }
activity-repaired = { $undone } undone, { $finished } finished
activity-set-aside = { $undone } undone, { $finished } finished; the keychain keeps what is left of them for { $days } days, in case the database has lost changes
activity-set-aside-deleted = { $count } { $count ->
    [one] secret that was
   *[other] secrets that were
} left over deleted from the keychain
activity-instance = { $instance }, plan { $plan }, role { $role }
activity-instance-alone = { $instance }, without service keys
activity-instance-with-keys = { $instance }, with { $clients }
activity-service-key = { $key } of { $instance }: { $what }
activity-token-service = { $state }, at { $address }, { $first } and { $second }
activity-on = On
activity-off = Off
activity-proxy-system = The one that the system names
activity-proxy-never = None
activity-proxy-url = { $url }
activity-every-hours = { $hours ->
    [one] Every hour
   *[other] Every { $hours } hours
}
activity-no-roles = { $email }, no role collections
activity-roles = { $email }, { $roles }
activity-exported-as = { $what } as { $format } to { $destination }
activity-secret-to = client secret of { $what } to { $destination }
activity-written-to = To { $destination }
activity-clipboard = clipboard
activity-standard-output = standard output
activity-formerly = Formerly { $name }
activity-without-credentials = Without credentials
activity-with-credentials = With { $clients }; PingOne itself still honours them
activity-with-local-credentials = With { $clients }
activity-local = { $name } (local)
activity-in-sap = { $name } (in SAP)
activity-in-pingone = { $name } (in PingOne)
activity-client-id-corrected = { $what }, formerly { $known }
activity-secret-chosen = { $what }, secret of one's own
activity-secret-generated = { $what }, secret generated
activity-former-kept = { $what }; the former one is kept until { $moment }
activity-former-deleted = { $what }; the former one is deleted

# Credentials in one line.

described-client-secret = { $client }, client secret
described-certificate = { $client }, certificate { $key }, SHA-256 { $fingerprint }
activity-given-up = { $count ->
    [one] 1 secret of the former keychain given up
   *[other] { $count } secrets of the former keychain given up
}
activity-beside = { $count ->
    [one] new beside 1 secret of another installation
   *[other] new beside { $count } secrets of another installation
}

# Local, or in SAP

activity-person-removed = Person removed
activity-portal-renamed = { $name }, subaccount { $subaccount }
activity-portal-forgotten = Portal in SAP forgotten
activity-hub-renamed = Hub renamed
activity-hub-tracked = Hub in SAP recorded
activity-hub-forgotten = Hub in SAP forgotten
activity-request-recorded = Request in SAP recorded
activity-approval-recorded = Approval in SAP recorded
activity-rejection-recorded = Rejection in SAP recorded
activity-record-changed = Record of a request in SAP corrected
activity-record-forgotten = Record of a request in SAP forgotten
activity-renamed = Now { $name }
activity-hub-in-sap = { $address }
activity-hub-in-sap-region = { $address }, region { $region }
activity-portal-was-renamed = Portal renamed
