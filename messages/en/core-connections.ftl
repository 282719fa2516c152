# The stages of a test.

stage-document = Document
stage-validity = Validity
stage-name-and-network = Name and network
stage-tls = TLS
stage-token = Token
stage-portal-api = Portal API
stage-destination = Destination

# For a cause that a later version has found.

stage-failed = { $stage } failed

# Why a stage fails: what is wrong, what to do, and the same in two or three words.

cause-document = { $finding }
    .remedy = { $remedy }
    .short = Document defective
cause-secret-missing = the hub's copy of the secret is not in the keychain any more
    .remedy = Give the hub the credentials again: regenerate them in the portal and use the new ones.
    .short = Secret missing
cause-expired = the certificate expired on { $end }
    .remedy = { remedy-renew-credentials }
    .short = Credentials expired
cause-not-yet-valid = the certificate is not valid before { $start }
    .remedy = Check the date and time of this computer, or wait until then.
    .short = Not valid yet
cause-not-https = the URL at { $host } is not https
    .remedy = Use the https URL of the portal: credentials are not sent unprotected.
    .short = Not https
cause-unknown-host = the host { $host } is unknown
    .remedy = Check the spelling of the URL, the network, and whether a VPN is needed, or a proxy (Settings).
    .short = Host unknown
cause-refused = the server { $host } takes no connection at port { $port }
    .remedy = Check the port in the URL, and whether the service runs; for a portal of this app, see Settings.
    .short = No connection
cause-unreachable = there is no way to { $host }
    .remedy = Check the network, whether a VPN or a proxy (Settings) is needed, and whether a firewall lets this connection pass.
    .short = Host unreachable
cause-connect-timeout = the server { $host } did not answer at port { $port } within { $seconds } seconds
    .remedy = { cause-unreachable.remedy }
    .short = No answer in time
cause-proxy-unreachable = the proxy { $proxy } of this network cannot be reached
    .remedy = Check the network, and which proxy is named: in Settings, or by the environment variables HTTPS_PROXY and ALL_PROXY.
    .short = Proxy unreachable
cause-proxy-authentication = the proxy { $proxy } demands a user name and a password
    .remedy = Name the proxy with user and password in the environment variable HTTPS_PROXY (http://user:password@host:port, special characters as %-codes) and choose the system's proxy in Settings. Only the method Basic is supported; for others, run a local proxy that logs in.
    .short = Proxy demands a login
cause-proxy-refused = the proxy { $proxy } does not let connections to { $host } pass
    .remedy = Ask the operator of the proxy to let connections to this host pass, or add the host to NO_PROXY if this network is left without it.
    .short = Proxy refuses the host
cause-proxy-failed = the proxy { $proxy } got no connection to { $host }
    .remedy = Check the spelling of the URL; if it is right, ask the operator of the proxy. Add the host to NO_PROXY if it is reached without the proxy.
    .short = Proxy gets no connection
cause-not-a-proxy = what answers at { $proxy } is not a proxy for https
    .remedy = Check host and port of the proxy: in Settings, or in the environment variables HTTPS_PROXY and ALL_PROXY. It has to take CONNECT to this port.
    .short = Not a proxy
cause-proxy-unusable = the proxy of this network is named in a way that cannot be used
    .remedy = Write it as http://host:port or https://host:port. SOCKS proxies are not supported.
    .short = Proxy unusable
cause-untrusted-server = the certificate of { $host } is not trusted on this computer
    .remedy = Have the authority that issued it added to the trusted certificates of this computer, if it is your company's own; otherwise somebody may be listening in.
    .short = Server not trusted
cause-server-name-mismatch = the certificate that the server showed is not for { $host }
    .remedy = Check the host in the URL; the server may be known by another name.
    .short = Server name differs
cause-server-certificate-expired = the certificate of { $host } has expired
    .remedy = Ask the operator of the server to renew its certificate.
    .short = Server certificate expired
cause-server-issuer-expired = the certificate of { $host } is valid, but the one above it, { $issuer }, has expired
    .remedy = Ask the operator of the server to send the present certificate of this issuer along; renewing the server's own certificate does not help.
    .short = Issuer expired
cause-server-certificate-not-yet-valid = the certificate of { $host } is not valid yet
    .remedy = Check the date and time of this computer; if they are right, ask the operator of the server.
    .short = Server certificate not valid yet
cause-client-certificate-required = the server { $host } demands a client certificate
    .remedy = Use certificate credentials, or the token URL for client secrets if these are a client secret.
    .short = Certificate required
cause-client-certificate-expired = the server { $host } says that the client certificate has expired
    .remedy = { remedy-renew-credentials }
    .short = { cause-expired.short }
cause-client-certificate-refused = the server { $host } does not accept the client certificate
    .remedy = Check that certurl belongs to the same portal as the certificate, and that the chain is complete.
    .short = Certificate refused
cause-client-key-not-taken = the server { $host } does not take a client key of the kind { $key }
    .remedy = Generate the certificate with an RSA key (2048 bits or more), or with a P-256 or P-384 key.
    .short = Client key not taken
cause-not-tls = the server { $host } does not speak TLS at port { $port }
    .remedy = Check the port in the URL.
    .short = No TLS
cause-tls-failed = no secure connection to { $host } could be made
    .remedy = Check whether a proxy or firewall stands in between; ask the operator of the server.
    .short = TLS failed
cause-other-http = the server { $host } does not speak HTTP/1.1
    .remedy = Ask the operator of the server to allow HTTP/1.1 beside HTTP/2.
    .short = No HTTP/1.1
cause-tls-timeout = the server { $host } did not finish the TLS handshake within { $seconds } seconds
    .remedy = { cause-tls-failed.remedy }
    .short = { cause-connect-timeout.short }
cause-bad-credentials = the token service does not accept these credentials
    .remedy = Check that they were copied completely and are the portal's current ones; if they were retired or their service key was deleted, regenerate them.
    .short = Bad credentials
cause-certificate-at-wrong-host = a certificate credential was used at the host for client secrets
    .remedy = Check certurl: for a certificate it has to name the host with "cert" or the port for mutual TLS.
    .short = Wrong certificate URL
cause-key-deleted = the service key of these credentials was deleted
    .remedy = { remedy-renew-credentials }
    .short = Service key deleted
cause-instance-deleted = the service instance of these credentials was deleted
    .remedy = { remedy-renew-credentials }
    .short = Service instance deleted
cause-grant-refused = the token service does not allow client credentials to this client
    .remedy = Ask the operator of the token service to allow the grant client_credentials.
    .short = Grant refused
cause-token-request-refused = the token service refused the request
    .remedy = Check the client id and the token URL of the credentials.
    .short = Token refused
cause-no-access-token = the token service answered without an access token of type bearer
    .remedy = Check that the token URL is a token endpoint of OAuth 2.0.
    .short = No access token
cause-other-token-type = the token service gave a token of the type { $type }, which this app cannot use
    .remedy = Ask the operator of the token service to give this client bearer tokens (RFC 6750).
    .short = Other token type
cause-token-refused = the portal API does not accept the access token
    .remedy = Check that url and token URL belong to the same portal.
    .short = Token not accepted
cause-role-missing = the portal API refuses these credentials: the role { $role } is missing
    .remedy = Generate credentials from a service instance that has this role, and use those.
    .short = Role missing
cause-not-found = there is nothing at { $url }
    .remedy = Check the path of the URL in the credentials.
    .short = Nothing at the URL
cause-application-not-there = Cloud Foundry has no running application at { $host }
    .remedy = The application was deleted, stopped or renamed. Check the host in the URL, and in the cockpit whether the application runs and the portal is still subscribed.
    .short = Application not there
cause-redirected = the server at { $url } sends elsewhere, where credentials are not sent along
    .remedy = Use the address of the portal itself; a redirect often leads to a login page or a proxy.
    .short = Redirected
cause-forbidden = the server at { $url } refuses everybody
    .remedy = Check whether a proxy or firewall stands in between, and whether this network may use the service.
    .short = Access refused
cause-throttled = the server at { $url } has had too many requests
    .remedy = Wait a few minutes, then test again.
    .short = Too many requests
cause-throttled-seconds = the server at { $url } asks to wait { $seconds ->
        [one] { $seconds } second
       *[other] { $seconds } seconds
    }
    .remedy = Wait that long, then test again.
    .short = { cause-throttled.short }
cause-throttled-minutes = the server at { $url } asks to wait { $minutes } minutes
    .remedy = { cause-throttled-seconds.remedy }
    .short = { cause-throttled.short }
cause-server-failed = the server failed at { $url } (HTTP { $status })
    .remedy = Test again later; if it stays, ask the operator of the server.
    .short = Server failed
cause-unexpected-status = the server at { $url } answered with HTTP { $status }
    .remedy = Check that the URL is that of an API portal; ask the operator of the server.
    .short = Unexpected answer
cause-answer-timeout = the server at { $url } did not answer within { $seconds } seconds
    .remedy = Test again; if it stays, ask the operator of the server or the network.
    .short = { cause-connect-timeout.short }
cause-cut-off = the connection was cut before { $url } had answered
    .remedy = { cause-answer-timeout.remedy }
    .short = Connection cut
cause-too-large = the answer of { $url } is larger than { $limit } MB
    .remedy = Check that the URL is that of an API portal.
    .short = Answer too large
cause-unknown-coding = the answer of { $url } is compressed in an unknown way ({ $coding })
    .remedy = Ask the operator of the server to answer uncompressed or with gzip, as the request demands.
    .short = Unknown compression
cause-not-json = the server at { $url } did not answer with JSON
    .remedy = Check that the URL is that of an API portal, and whether a login page or a proxy answers instead.
    .short = Answer is no JSON
cause-unexpected-answer = the answer of { $url } has another form than expected
    .remedy = { cause-unexpected-status.remedy }
    .short = { cause-unexpected-status.short }
cause-not-http = what answers at { $url } does not speak HTTP
    .remedy = Check host and port of the URL.
    .short = Answer is no HTTP
cause-destination-deleted = the destination of this connection was deleted
    .remedy = Regenerate the credentials in the portal, then re-establish the connection: that creates the destination again.
    .short = Destination deleted

# What to do for several causes.

remedy-renew-credentials = Regenerate the credentials in the portal and give the hub the new ones: Edit Credentials while the request is undecided, Re-establish Connection once it is approved.

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
found-apis-of = { $taken } of { $count } APIs
found-apis-more = { $found }; the portal sends more, { $reason }
found-apis-fewer = { $found }; the portal sends no more
found-more-elsewhere = but from another address, to which the token is not sent
found-more-circle = but its pages go in a circle
found-more-time = for which the time of this stage is too short
found-more-limit = which is beyond the limit of this app
found-address = { $address }, port { $port }
found-proxy = through the proxy { $proxy }
found-two-hosts = { $way }; the token comes from { $token }, the APIs from { $portal }
found-tls-not-asked = { $version }; the server did not ask for the certificate
found-tls-with-certificate = { $version }, with the certificate
found-token = of type bearer
found-token-typeless = the answer does not say its type
found-token-type = the type is spelled "{ $type }"
found-token-unencoded = the token service takes id and secret unencoded only, as curl -u sends them
found-token-in-body = the token service takes the secret in the body only
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
seen-no-address = its name has no address
seen-connect-timeout = it did not answer within { $seconds } seconds
proxy-of-settings = the one in Settings
seen-proxy-silent = the proxy did not answer in time
seen-proxy-asks = HTTP 407, it asks for { $schemes }
seen-damaged-coding = the answer cannot be decompressed
seen-tls-nothing-common = it offers nothing that this app accepts
seen-tls-broken = it does not keep to the rules of TLS
seen-bad-signature = its signature is wrong
seen-not-for-servers = it is not for servers
seen-is-authority = it is the certificate of an authority, not of a server
seen-issuer-no-authority = its issuer is no authority
seen-name-forbidden = its issuer may not vouch for this name
seen-unknown-demand = it demands something that is unknown here
seen-unknown-signature = its signature is of a kind that is not accepted
seen-revocation-unknown = whether it was revoked is not known
seen-not-acceptable = it is not acceptable
seen-both-forms = { $seen }; the same unencoded, as curl -u sends it
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
seen-without-token = HTTP { $status }, without the text "access_token"
seen-empty-token = HTTP { $status }, "access_token" is empty
seen-token-characters = HTTP { $status }, "access_token" has characters that no header can carry
