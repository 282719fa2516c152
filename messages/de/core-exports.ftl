# The formats.

format-json = JSON
format-connection = Verbindungs-JSON
format-service-key = Serviceschlüssel als JSON
format-service-key-wrapped = Serviceschlüssel als JSON unter credentials
format-destination-json = BTP-Destination (JSON)
format-destination-yaml = BTP-Destination (YAML)
format-destination-properties = BTP-Destination (Properties)
format-pem = PEM, Kette und Schlüssel in einer Datei
format-pem-files = PEM, Kette und Schlüssel in zwei Dateien
format-pkcs12 = PKCS#12-Keystore
format-environment = Umgebungsdatei
format-kubernetes-secret = Kubernetes Secret (YAML)
format-curl = curl-Skript

# Why something cannot be exported.

export-certificates-only = dieses Format ist nur für Zertifikate
    .remedy = Wählen Sie ein anderes Format.
export-missing-part = dieses Format braucht „{ $part }“, das diese Zugangsdaten nicht haben
    .remedy = { export-certificates-only.remedy }
export-password-needed = ein PKCS#12-Container braucht ein Kennwort
    .remedy = Geben Sie ein Kennwort für den Container an.
export-password-unusable = kein Java-Programm öffnet einen PKCS#12-Container mit diesem Kennwort
    .remedy = Verwenden Sie darin nur Buchstaben ohne Umlaute und Akzente, Ziffern, Leerzeichen und die Satzzeichen von ASCII.
export-unwritable = „{ $part }“ enthält Zeichen, die in diesem Format nicht möglich sind
    .remedy = { export-certificates-only.remedy }
export-token-path = in diesem Format ist „{ $part }“ nur möglich, wenn es auf /oauth/token endet
    .remedy = { export-certificates-only.remedy }

# What a preview says of a container, and of what it hides.

export-container =
    PKCS#12-Container
    Alias: { $alias }
    Enthält: den privaten Schlüssel und { $count ->
        [one] sein Zertifikat
       *[other] seine { $count } Zertifikate
    }
    Inhaber: { $subject }
    Verschlüsselt: mit dem Kennwort, durch { $encryption }
export-encryption-modern = PBES2 mit AES-256
export-encryption-legacy = SHA-1 und 3DES, für alte Programme
export-hidden-members = … und weitere Angaben des Dokuments
