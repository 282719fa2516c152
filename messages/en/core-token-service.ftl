# Why the token service cannot start.

token-service-port-in-use = port { $port } at { $address } is in use by another program
    .remedy = Stop the program that uses the port (it may be Drawbridge itself: another window, or `drawbridge serve`), or choose another port for the token service. Credentials that were exported before carry the former port.
token-service-port-not-permitted = this user may not open port { $port } at { $address }
    .remedy = Choose another port above 1023 for the token service.
token-service-address-not-here = { $address } is not an address of this computer
    .remedy = Choose an address of this computer, or 127.0.0.1 when only programs on this computer use it.
token-service-cannot-listen = the token service cannot listen at { $address }: { $reason }
    .remedy = Check the network of this computer, then start the token service again.
token-service-keys-unusable = the token service cannot use its keys: { $reason }
    .remedy = Start the token service again: keys that are damaged are replaced by new ones.
token-service-tls-certificate = the TLS certificate is missing or damaged
token-service-tls-key = the TLS key is damaged or of a kind that is not supported
token-service-tls-pair = the TLS key does not belong to the TLS certificate
token-service-signing-key = the key that signs tokens is damaged or not on the curve P-256
token-service-client-authority = the certificate of an authority for client certificates is missing or damaged
token-service-no-randomness = the system gave no random numbers
