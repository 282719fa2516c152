# Why the token service cannot start.

token-service-port-in-use = Port { $port } auf { $address } wird von einem anderen Programm verwendet
    .remedy = Beenden Sie das Programm, das den Port verwendet (es kann Drawbridge selbst sein: ein anderes Fenster oder `drawbridge serve`), oder wählen Sie einen anderen Port für den Token-Service. Vorher exportierte Zugangsdaten tragen den früheren Port.
token-service-port-not-permitted = dieser Benutzer darf Port { $port } auf { $address } nicht öffnen
    .remedy = Wählen Sie für den Token-Service einen anderen Port über 1023.
token-service-address-not-here = { $address } ist keine Adresse dieses Computers
    .remedy = Wählen Sie eine Adresse dieses Computers oder 127.0.0.1, wenn nur Programme auf diesem Computer ihn verwenden.
token-service-cannot-listen = der Token-Service kann unter { $address } keine Verbindungen annehmen: { $reason }
    .remedy = Prüfen Sie das Netz dieses Computers, und starten Sie dann den Token-Service noch einmal.
token-service-keys-unusable = der Token-Service kann seine Schlüssel nicht verwenden: { $reason }
    .remedy = Starten Sie den Token-Service noch einmal: Beschädigte Schlüssel werden durch neue ersetzt.
token-service-tls-certificate = das TLS-Zertifikat fehlt oder ist beschädigt
token-service-tls-key = der TLS-Schlüssel ist beschädigt oder von einer Art, die nicht unterstützt wird
token-service-tls-pair = der TLS-Schlüssel gehört nicht zum TLS-Zertifikat
token-service-signing-key = der Schlüssel, der Tokens signiert, ist beschädigt oder liegt nicht auf der Kurve P-256
token-service-client-authority = das Zertifikat einer Zertifizierungsstelle für Client-Zertifikate fehlt oder ist beschädigt
token-service-no-randomness = das System lieferte keine Zufallszahlen
