# The formats.

format-json = JSON
format-connection = Connection JSON
format-service-key = Service key JSON
format-service-key-wrapped = Service key JSON under credentials
format-destination-json = BTP destination (JSON)
format-destination-yaml = BTP destination (YAML)
format-destination-properties = BTP destination (properties)
format-pem = PEM, chain and key in one file
format-pem-files = PEM, chain and key in two files
format-pkcs12 = PKCS#12 keystore
format-environment = Environment file
format-kubernetes-secret = Kubernetes Secret (YAML)
format-curl = curl script

# Why something cannot be exported.

export-certificates-only = this format is for certificates only
    .remedy = Choose another format.
export-missing-part = this format needs "{ $part }", which these credentials do not have
    .remedy = { export-certificates-only.remedy }
export-password-needed = a PKCS#12 container needs a password
    .remedy = Give a password for the container.
export-password-unusable = no Java program opens a PKCS#12 container with this password
    .remedy = Use only letters without accents or umlauts, digits, spaces and the punctuation of ASCII in it.
export-unwritable = "{ $part }" holds characters that this format cannot carry
    .remedy = { export-certificates-only.remedy }
export-token-path = this format can only carry a "{ $part }" that ends in /oauth/token
    .remedy = { export-certificates-only.remedy }

# What a preview says of a container, and of what it hides.

export-container =
    PKCS#12 container
    Alias: { $alias }
    Holds: the private key and its { $count ->
        [one] certificate
       *[other] { $count } certificates
    }
    Subject: { $subject }
    Encrypted with: the password, by { $encryption }
export-encryption-modern = PBES2 with AES-256
export-encryption-legacy = SHA-1 and 3DES, for old readers
export-hidden-members = … and further members of the document
