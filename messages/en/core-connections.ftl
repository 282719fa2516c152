# The stages of a test.

stage-document = Document
stage-validity = Validity
stage-name-and-network = Name and network
stage-tls = TLS
stage-token = Token
stage-portal-api = Portal API
stage-destination = Destination

# Why a stage fails.

cause-secret-missing = the hub's copy of the secret is not in the keychain any more
cause-expired = the certificate expired on { $end }
cause-not-yet-valid = the certificate is not valid before { $start }
cause-not-https = the URL at { $host } is not https
cause-unknown-host = the host { $host } is unknown
cause-refused = the server { $host } takes no connection at port { $port }
cause-unreachable = there is no way to { $host }
cause-connect-timeout = the server { $host } did not answer at port { $port } within { $seconds } seconds
cause-untrusted-server = the certificate of { $host } is not trusted on this computer
cause-server-name-mismatch = the certificate that the server showed is not for { $host }
cause-server-certificate-expired = the certificate of { $host } has expired
cause-server-certificate-not-yet-valid = the certificate of { $host } is not valid yet
cause-client-certificate-required = the server { $host } demands a client certificate
cause-client-certificate-expired = the server { $host } says that the client certificate has expired
cause-client-certificate-refused = the server { $host } does not accept the client certificate
cause-not-tls = the server { $host } does not speak TLS at port { $port }
cause-tls-failed = no secure connection to { $host } could be made
cause-tls-timeout = the server { $host } did not finish the TLS handshake within { $seconds } seconds
cause-bad-credentials = the token service does not accept these credentials
cause-certificate-at-wrong-host = a certificate credential was used at the host for client secrets
cause-key-deleted = the service key of these credentials was deleted
cause-instance-deleted = the service instance of these credentials was deleted
cause-grant-refused = the token service does not allow client credentials to this client
cause-token-request-refused = the token service refused the request
cause-no-access-token = the token service answered without an access token of type bearer
cause-token-refused = the portal API does not accept the access token
cause-role-missing = the portal API refuses these credentials: the role { $role } is missing
cause-not-found = there is nothing at { $url }
cause-redirected = the server at { $url } sends elsewhere, where credentials are not sent along
cause-forbidden = the server at { $url } refuses everybody
cause-throttled = the server at { $url } has had too many requests
cause-server-failed = the server failed at { $url } (HTTP { $status })
cause-unexpected-status = the server at { $url } answered with HTTP { $status }
cause-answer-timeout = the server at { $url } did not answer within { $seconds } seconds
cause-cut-off = the connection was cut before { $url } had answered
cause-too-large = the answer of { $url } is larger than { $limit } MB
cause-not-json = the server at { $url } did not answer with JSON
cause-unexpected-answer = the answer of { $url } has another form than expected
cause-not-http = what answers at { $url } does not speak HTTP
cause-destination-deleted = the destination of this connection was deleted

# What to do.

cause-renew-remedy = Regenerate the credentials in the portal and give the hub the new ones: Edit Credentials while the request is undecided, Re-establish Connection once it is approved.
cause-secret-missing-remedy = Give the hub the credentials again: regenerate them in the portal and use the new ones.
cause-not-yet-valid-remedy = Check the date and time of this computer, or wait until then.
cause-not-https-remedy = Use the https URL of the portal: credentials are not sent unprotected.
cause-unknown-host-remedy = Check the spelling of the URL, the network, and whether a VPN is needed.
cause-refused-remedy = Check the port in the URL, and whether the service runs; for a portal of this app, see Settings.
cause-unreachable-remedy = Check the network, whether a VPN is needed, and whether a firewall lets this connection pass.
cause-untrusted-server-remedy = Have the authority that issued it added to the trusted certificates of this computer, if it is your company's own; otherwise somebody may be listening in.
cause-server-name-mismatch-remedy = Check the host in the URL; the server may be known by another name.
cause-server-certificate-expired-remedy = Ask whoever runs the server to renew its certificate.
cause-server-certificate-not-yet-valid-remedy = Check the date and time of this computer; if they are right, ask whoever runs the server.
cause-client-certificate-required-remedy = Use certificate credentials, or the token URL for client secrets if these are a client secret.
cause-client-certificate-refused-remedy = Check that certurl belongs to the same portal as the certificate, and that the chain is complete.
cause-not-tls-remedy = Check the port in the URL.
cause-tls-failed-remedy = Check whether a proxy or firewall stands in between; ask whoever runs the server.
cause-bad-credentials-remedy = Check that they were copied completely and are the portal's current ones; if they were retired or their service key was deleted, regenerate them.
cause-certificate-at-wrong-host-remedy = Check certurl: for a certificate it has to name the host with "cert" or the port for mutual TLS.
cause-grant-refused-remedy = Ask whoever runs the token service to allow the grant client_credentials.
cause-token-request-refused-remedy = Check the client id and the token URL of the credentials.
cause-no-access-token-remedy = Check that the token URL is a token endpoint of OAuth 2.0.
cause-token-refused-remedy = Check that url and token URL belong to the same portal.
cause-role-missing-remedy = Generate credentials from a service instance that has this role, and use those.
cause-not-found-remedy = Check the path of the URL in the credentials.
cause-redirected-remedy = Use the address of the portal itself; a redirect often leads to a login page or a proxy.
cause-forbidden-remedy = Check whether a proxy or firewall stands in between, and whether this network may use the service.
cause-throttled-remedy = Wait a few minutes, then test again.
cause-server-failed-remedy = Test again later; if it stays, ask whoever runs the server.
cause-unexpected-remedy = Check that the URL is that of an API portal; ask whoever runs the server.
cause-no-answer-remedy = Test again; if it stays, ask whoever runs the server or the network.
cause-too-large-remedy = Check that the URL is that of an API portal.
cause-not-json-remedy = Check that the URL is that of an API portal, and whether a login page or a proxy answers instead.
cause-not-http-remedy = Check host and port of the URL.
cause-destination-deleted-remedy = Regenerate the credentials in the portal, then re-establish the connection: that creates the destination anew.

# What was found where a stage passed.

found-client-secret = client secret credentials
found-certificate = certificate credentials
found-end-unknown = nobody knows when the client secret was generated, so its end is not known
found-no-end = a client secret does not expire by itself
found-ended = by the date of its generation the client secret ended on { $end }
found-until = until { $end }, { $days ->
        [one] the last day
       *[other] { $days } days left
    }
found-apis = { $count ->
        [0] no APIs
        [one] { $count } API
       *[other] { $count } APIs
    }
found-first-apis = the first { $taken } of { $count } APIs
found-address = { $address }, port { $port }
found-no-tls = not used (this computer)
found-tls-not-asked = { $version }; the server did not ask for the certificate
found-tls-with-certificate = { $version }, with the certificate
found-token = of type bearer
found-token-expires = expires in { $seconds } s
found-token-scope = scope { $scope }

# What was seen where a stage failed.

seen-deleted = deleted by { $name } on { $at }
seen-no-url = this is not a URL with a host
seen-no-end = the answer began but did not end
seen-ended-early = the answer ended too early
seen-no-answer = the connection ended without an answer
seen-redirect = HTTP { $status } to { $place }
seen-page = HTTP { $status }, a page "{ $title }"
seen-empty = HTTP { $status }, empty
seen-name-service = the name service did not answer in time
seen-no-list = there is no list in it
seen-nameless = entry { $number } has no name
seen-key-unusable = the private key cannot be used for TLS
seen-no-trust = this computer has no trusted certificates
seen-no-tls = TLS 1.2 and 1.3 are not available
seen-impossible-name = no certificate can be for this name
seen-hung-up-after-asking = the server asked for a certificate, then closed the connection
seen-hung-up = the server closed the connection during the handshake
seen-for-names = it is for { $names }
seen-ended-on = it ended on { $end }
seen-begins-on = it begins on { $start }
seen-revoked = it was revoked
seen-self-signed = it is self-signed: { $subject }
seen-issued-by = it is issued by { $issuer }
seen-unreadable = it cannot be read
seen-and = { $seen }; { $reason }
seen-alert = TLS alert { $name }
seen-no-certurl = there is no certurl
seen-not-asked = { $seen }; the server did not ask for the certificate
seen-without-texts = HTTP { $status }, without the texts "access_token" and "token_type"
seen-empty-token = HTTP { $status }, "access_token" is empty
seen-other-type = HTTP { $status }, "token_type" is "{ $type }"
seen-token-characters = HTTP { $status }, "access_token" has characters that no header can carry
