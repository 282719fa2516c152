# What a document is.

shape-connection-secret = API portal connection (client secret)
shape-connection-certificate = API portal connection (certificate)
shape-api-access-certificate = apiportal-apiaccess service key (certificate)
shape-developer-key = developer application key
shape-on-premise-key = on-premise connectivity key
shape-xsuaa-secret = XSUAA service key (client secret)
shape-xsuaa-certificate = XSUAA service key (certificate)
shape-reuse-service = service key with XSUAA credentials under uaa
shape-cloud-integration = Cloud Integration service key
shape-service-manager = Service Manager key
shape-event-mesh = Event Mesh service key
shape-destination = BTP destination
shape-pem-blocks = PEM blocks
shape-pkcs12 = PKCS#12 keystore
shape-other = credentials of no known service
syntax-json = JSON
syntax-yaml = YAML
syntax-properties = properties
syntax-environment = environment file
syntax-pem = PEM
syntax-pkcs12 = PKCS#12
syntax-curl = curl command
syntax-zip = zip archive
wrapper-console = console output
wrapper-vcap-services = VCAP_SERVICES
wrapper-service-list = list of bindings
wrapper-credentials = credentials
wrapper-json-in-string = JSON in a string
wrapper-nested = nested credentials
wrapper-kubernetes = Kubernetes Secret
wrapper-code-fence = code fence
container-pkcs12 = PKCS#12 container
container-zip = zip archive
container-keystore = keystore
document-chain = { $subject }; { $key }; valid until { $until }; { $count ->
        [one] 1 certificate
       *[other] { $count } certificates
    }
document-private-key = private key

# What is to be said about a document.

finding-empty = there is no document
    .remedy = Paste the document that the API portal generated, or open its file.
finding-too-large = { $bytes } bytes are too many for a credential document; the limit is { $limit }
    .remedy = Give only the document with the credentials, as the API portal generated it.
finding-too-deep = this is nested deeper than any credential document
    .remedy = { finding-too-large.remedy }
finding-too-many = this document holds more than { $limit } credentials
    .remedy = { finding-too-large.remedy }
finding-not-text = this is neither text nor a PKCS#12 container nor a zip archive
    .remedy = Open the file that the API portal or the service key gave you.
finding-not-json = this is not valid JSON: { $problem }
    .remedy = Copy the document again, complete from {"{"} to {"}"}, or mend it at this place.
finding-not-yaml = this is not valid YAML: { $problem }
    .remedy = Copy the document again, with its indentation, or mend it at this place.
finding-malformed = this { $syntax } is damaged: { $problem }
    .remedy = Copy the document again, complete, or mend it at this place.
finding-no-credentials = there are no credentials in this document
    .remedy = Drawbridge expects, for example, url, tokenUrl, clientId and clientSecret, or url, tokenurl, certurl, certificate and key. Copy the whole document from the API portal or the service key.
finding-creation-parameters = these are the parameters for creating a service key, not the credentials
    .remedy = Create the service key with these parameters, then use the document that it shows.
finding-several = this document holds { $count } credentials
    .remedy = Choose the ones you want to use.
    .cli = Commands that need one of them take its number or name with --choose.
finding-password-needed = this is protected by a password
    .remedy = Enter its password.
    .cli = Give the file that holds its password with --password-file.
finding-wrong-password = the password does not open this
    .remedy = Enter the password again; mind upper and lower case.
    .cli = Check the file of --password-file; mind upper and lower case.
finding-container-unreadable = this { $what } is damaged, or of a kind that cannot be read
    .remedy = Export it again from where it comes from.
finding-missing-part = "{ $part }" is missing
    .remedy = { $part ->
        [url] Enter the URL of the API portal, or copy the complete document from the API portal again.
       *[other] { remedy-complete-document }
    }
    .cli = { $part ->
        [url] Commands that need the URL of the API portal take it with --portal-url; or copy the complete document again.
       *[other] { remedy-complete-document }
    }
remedy-no-urls = A file of this kind carries no URLs. Put its certificate and key into a document with url and certurl, or use the document that the API portal generated.
    .cli = A file of this kind carries no URLs. To add or import its credentials, put them into a document with url and certurl.
remedy-complete-document = Copy the complete document from the API portal or the service key again.
finding-empty-part = "{ $part }" is empty
    .remedy = { remedy-complete-document }
finding-not-a-text = the value of "{ $part }" is not a text in quotes
    .remedy = Put the value in double quotes.
finding-placeholder = "{ $part }" still contains the sample's placeholder
    .remedy = Replace the sample by the credentials that the API portal generated.
finding-space-taken = white space at the ends of "{ $part }" was removed
    .remedy = Check that nothing was lost when it was copied.
finding-control-character = "{ $part }" contains a line break or another control character
    .remedy = Copy the value again, on one line.
finding-not-a-url = "{ $part }" is not a complete URL
    .remedy = Enter the complete URL, beginning with https://.
finding-user-in-url = "{ $part }" contains a user name or password
    .remedy = Remove the part before @ from the URL.
finding-query-in-url = "{ $part }" contains a question mark or a number sign
    .remedy = Remove the ? or # and everything after it from the URL.
finding-not-https = "{ $part }" does not begin with https://
    .remedy = { finding-not-a-url.remedy }
finding-token-path-doubled = "{ $part }" names the path /oauth/token more often than it is needed; the rest was taken off
    .remedy = Test the connection; correct the URL at its source if it is used elsewhere.
finding-token-path-missing = "tokenUrl" has no path; /oauth/token was appended
    .remedy = { finding-token-path-doubled.remedy }
finding-regions-differ = the URLs name different regions
    .remedy = Check that all parts come from the same document.
finding-both-kinds = the document holds parts of a client secret and of a certificate credential
    .remedy = Keep the parts of one kind: either clientSecret, or certurl, certificate and key.
finding-neither-kind = the document holds neither "clientSecret" nor "certificate" and "key"
    .remedy = { remedy-complete-document }
finding-unreadable = "{ $part }": { $problem }
    .remedy = { $remedy }
finding-key-mismatch = "key" does not belong to "certificate"
    .remedy = Use certificate and key from the same document.
finding-expired = the certificate expired on { $end }
    .remedy = Choose Regenerate Credentials in the API portal and use the new document.
finding-not-yet-valid = the certificate is not valid before { $start }
    .remedy = Check the clock of this computer, or wait until then.
finding-expiring = the certificate expires on { $end }: { $left }
    .remedy = Plan to regenerate the credentials before that day.
finding-issuer-ends-earlier = an issuer in the chain ends on { $end }, before the certificate does
    .remedy = Regenerate the credentials before that day.
finding-issuer-expired = an issuer in the chain expired on { $end }
    .remedy = { finding-expired.remedy }
finding-weak-key = the key ({ $key }) is too short to be safe
    .remedy = Create the credentials again with an RSA key of 2048 bits or more, or P-256.
finding-weak-signature = a certificate of the chain is signed with { $algorithm }
    .remedy = Ask the issuer of the certificate for one signed with SHA-256.
finding-pem-repaired = "{ $part }" was repaired: { $repairs }
    .remedy = { remedy-nothing }
remedy-nothing = No action needed.
repair-escaped = line breaks written as \n
repair-doubly-escaped = line breaks written as \\n
repair-carriage-returns = line breaks of Windows
repair-missing-line-breaks = missing line breaks
repair-indentation = white space around lines
repair-surrounding-text = text around the blocks
repair-base64 = base64 around the PEM text
finding-chain-reordered = the certificates of the chain were put in order
    .remedy = { remedy-nothing }
finding-root-left-out = the root certificate is left out of what is sent
    .remedy = { remedy-nothing }
finding-stranger-left-out = a certificate that belongs to no other of the chain is left out
    .remedy = Check that the chain is the one that came with the certificate.
finding-no-client-id = "clientId" is missing, and the certificate's subject has no common name to take it from
    .remedy = Add the client id to the document as "clientid".
finding-client-id-from-subject = the client id was taken from the certificate's subject
    .remedy = Check that it is the client id of the service key.
finding-repeated = "{ $part }" is given twice, with different values
    .remedy = Keep the one that is right and remove the other.
finding-repeated-harmless = a key is given twice; the last one counts
    .remedy = Remove one of them if the document is used elsewhere.
finding-extra-keys = extra fields are kept: { $names }
    .remedy = { remedy-nothing }
finding-extra-unknown = { $count ->
        [one] { $count } key that this program does not know
       *[other] { $count } keys that this program does not know
    }
finding-extra-both = { $known } and { $unknown }
finding-other-url-given = the document names another URL of the API portal than the one that was given beside it
    .remedy = Leave out the URL beside it, or check that this is the right document.
    .cli = Leave out --portal-url, or check that this is the right document.
finding-same-as-replaced = these are the credentials that they are to replace
    .remedy = Regenerate the credentials in the API portal first, then use the new document.

# What is wrong with a text. $kind is the parser's own name for it, $problem what the parser says, in English.

problem-json = { $kind ->
       *[other] { $problem }
    }
problem-json-missing-quote = Missing closing quote
problem-json-unicode = Invalid unicode escape sequence
problem-json-missing-brace = Missing opening brace
problem-yaml = { $kind ->
       *[other] { $problem }
    }
problem-yaml-content = unexpected content
problem-yaml-tags = tags (!) are not read; put a value that begins with ! in quotes
problem-yaml-merge = merge keys (<<) are not read
problem-yaml-key = a key must be a text
problem-yaml-alias = anchors and aliases (& and *) are not read; put a value that begins with one of them in quotes
problem-yaml-quote = a closing quote is missing above
problem-yaml-character = unexpected character
problem-quote = missing closing quote
problem-name-value = expected NAME=value
problem-line-end = expected the end of the line
problem-hex-digits = expected four hex digits behind \u

# What is wrong with a certificate or private key.

certificate-not-pem = this is not a PEM certificate (a block from BEGIN CERTIFICATE to END CERTIFICATE)
    .remedy = Copy the complete document again, with every line of the PEM blocks.
certificate-wrong-block = this holds a PEM block named { $found } where only certificates belong
    .remedy = { certificate-not-pem.remedy }
certificate-not-x509 = certificate { $position } of the chain is damaged
    .remedy = { certificate-not-pem.remedy }
certificate-key-not-pem = this is not a PEM private key (a block from BEGIN … PRIVATE KEY to END … PRIVATE KEY)
    .remedy = { certificate-not-pem.remedy }
certificate-key-encrypted = the private key is encrypted with a password
    .remedy = Enter its password, or use the key without one, as the API portal generated it.
certificate-wrong-key-password = the password does not open the private key
    .remedy = { finding-wrong-password.remedy }
certificate-key-protection = the private key is encrypted in a form that cannot be opened here
    .remedy = Convert the key with openssl pkcs8 -topk8 -in old.pem -out new.pem, and use the new file.
certificate-key-too-short = the private key ({ $key }) is too short to be safe
    .remedy = { finding-weak-key.remedy }
certificate-key-of-other-kind = the private key is of the kind { $key }, which is not supported
    .remedy = { certificate-key-unusable.remedy }
certificate-key-unusable = the private key is damaged or of a kind that is not supported
    .remedy = Use an RSA key of 2048 bits or more, or a P-256 or P-384 key.
finding-too-much-protected = this was not opened: the password-protected parts before it have used up the one second that a document may take
    .remedy = Put these credentials in a document of their own.
finding-too-much-work = this was not read: the parts before it have used up the one second that a document may take
    .remedy = { finding-too-much-protected.remedy }
finding-too-costly = this { $what } was not opened: { $ceiling }
    .remedy = Protect it again with ordinary settings: a keystore as OpenSSL or keytool exports it, a key with openssl pkcs8 -topk8 -in old.pem -out new.pem.
finding-stopped = this was not read to its end: it was cancelled, or took too long
    .remedy = Try it again, or give only the credentials that are meant.
ceiling-rounds = its password protection asks for { $asked } rounds; the limit is { $limit }
ceiling-memory = its password protection asks for { $asked } MiB of memory; the limit is { $limit } MiB
ceiling-work = its password protection takes longer than the limit of one second
certificate-key-not-tried = the private key was not opened: the password-protected parts before it have used up the one second that a document may take
    .remedy = { finding-too-much-protected.remedy }
certificate-key-too-costly = the private key was not opened: { $ceiling }
    .remedy = { finding-too-costly.remedy }
finding-holds-secret = "{ $part }" holds the client secret
    .remedy = Copy the document again: what is shown openly must not hold the secret.
