settings-subtitle = The local token service, connection tests, secrets and the proxy.

# The token service

settings-token-service = Token Service
settings-token-service-text = Local OAuth server for the portals created here. It runs as long as Drawbridge does.
settings-status-off = Off
settings-status-not-needed = Not running: starts with your first portal
settings-status-starting = Starting
settings-status-running = Running
settings-status-failed = Not running
settings-switch-off = Switch Off
settings-switch-on = Switch On
settings-start = Start
settings-starting = Starting…
settings-running-since = Running since
settings-addresses = Addresses
settings-keys-not-renewed = The keys of the token service cannot be renewed. It keeps using the present ones.
settings-tokens-issued = Tokens issued
settings-requests-refused = Requests refused
settings-off = No credential gets a token until it is switched on.
settings-off-text = Tests and connections fail meanwhile.
settings-is-on = The token service is switched on.
settings-is-off = The token service is switched off.
settings-runs = The token service runs.
settings-off-question = Switch off the token service?
settings-off-question-text = No credential of this installation gets a token until it is switched on again, and every connection of its portals fails meanwhile.

# Where it listens

settings-listens = Network address
settings-reachable-from = Reachable from
settings-loopback = Only this computer (loopback)
settings-loopback-hint = Programs on other computers cannot reach it.
settings-other-address = Another address
settings-other-address-hint = For hubs and clients on other computers.
settings-exposed = Every computer that reaches this address can ask for tokens and try client secrets.
settings-exposed-text = Use it only in a network you trust, behind a firewall.
settings-address = Address
settings-address-hint = An IP address of this computer; 0.0.0.0 for all of them.
settings-host = Host Name
settings-host-hint = Used in the URLs of new credentials. Another host needs another CA certificate.
settings-port = Port
settings-port-hint = For client secrets and the portal API.
settings-mutual-tls-port = Port for Mutual TLS
settings-mutual-tls-port-hint = For certificates.
settings-not-saved = Not saved yet
settings-saved = The settings of the token service are saved.
settings-expose-question = Let other computers reach the token service?
settings-allow = Allow
settings-addresses-question = Change addresses that are in use?
settings-change = Change

# Its CA certificate

settings-authority = CA certificate
settings-authority-text = Give it to programs that use the token service and the portal API. A program that trusts it accepts servers with a certificate of this CA, for the names below and for loopback addresses only: nobody can pose as another host with it. Its key is in the keychain of this computer and never leaves it. Anyone who gets that key can pose as these names to every program that trusts the certificate. Trust it only where the token service is used, and remove it where it is no longer used.
settings-authority-names = Valid for
settings-authority-since = In use since
settings-authority-replaced = There is a new CA certificate
settings-authority-replaced-text = Until { $day } the token service shows a certificate by the former CA, so that programs which trust that one go on. Programs that trust only the new one are refused until then. Export it, have every program trust it, then take over.
settings-authority-take-over = Take Over Now
settings-authority-taken-over = The token service shows a certificate by the present CA.
settings-export-authority = Export CA Certificate…
settings-authority-exported = The CA certificate is exported to { $path }.
settings-no-authority = There is no CA certificate yet.
settings-no-authority-hint = It is created when the token service first starts.

# How often connections are tested

settings-connections = Connections
settings-test-every = Test Connections Every
settings-test-every-hint = From { $from } to { $to } hours. An approved connection is also tested when Drawbridge starts and after each change.
settings-hours = { $count ->
    [one] hour
   *[other] hours
}
settings-tested-every = { $count ->
    [one] Connections are tested every hour.
   *[other] Connections are tested every { $count } hours.
}

# The question before a secret leaves

settings-secrets = Secrets
settings-asks-text = The system asks you in a window of its own before a secret is copied or shown. After a yes, the same step with the same credentials is not asked about again for five minutes. Export… always asks where to save.
settings-asks-not-text = Secrets are copied and shown without asking. A program that takes over this page could do the same.
settings-stop-asking = Stop Asking…
settings-start-asking = Ask Again
settings-asks = The system asks before a secret is copied or shown.
settings-asks-no-more = Secrets are copied and shown without asking.

# The proxy

settings-proxy = Proxy
settings-proxy-by = Connect through
settings-proxy-system = The system's proxy
settings-proxy-system-hint = The environment variables HTTPS_PROXY, ALL_PROXY and NO_PROXY as curl reads them; without them the settings of macOS or Windows.
settings-proxy-never = No proxy
settings-proxy-never-hint = Connections are made directly.
settings-proxy-url = This proxy
settings-proxy-url-hint = For every host but this computer.
settings-proxy-address = URL of the Proxy
settings-proxy-address-hint = Such as http://proxy.example.com:3128, without user and password: put those in HTTPS_PROXY.
settings-proxy-saved = The proxy is saved. All connections are tested again.
