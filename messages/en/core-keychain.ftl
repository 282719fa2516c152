keychain-missing = the keychain has no such item
keychain-locked = the keychain is locked
    .remedy = Unlock the keychain of your operating system, then try again. Nothing was changed.
keychain-keyring-locked = the keyring “{ $keyring }”, which holds the secret, is locked
    .remedy = Unlock the keyring “{ $keyring }”, then try again. Nothing was changed.
keychain-not-allowed = { $by } did not allow Drawbridge to use the secret
    .remedy = Try again, and choose “Allow Selected” when { $by } asks. If you chose “Deny All & Future” before, restart Drawbridge first. Nothing was changed.
keychain-denied = access to the keychain was denied
    .remedy = Allow Drawbridge to use the keychain in the settings of your operating system, then try again. Nothing was changed.
keychain-none = no keychain is available
    .remedy = Start a keychain (on Linux a Secret Service such as GNOME Keyring or KWallet), then try again. Drawbridge never keeps secrets in files instead. Nothing was changed.
keychain-too-large = the secret of { $bytes } bytes is too large for the keychain (at most { $limit } bytes)
    .remedy = Use a smaller key or chain.
keychain-broken = the keychain failed: { $reason }
    .remedy = Check the keychain app of your operating system, then try again.
keychain-secret-gone = the secret is not in this keychain
    .remedy = If another keychain holds it, start that one. Otherwise generate or import the credentials again, and apply them.
keychain-changed-secret = the client secret of { $client } was changed by another program
keychain-changed-key = the private key of { $client } was changed by another program

# The keychain is not the one of this installation.

keychain-another = this is another keychain than before: { $missing } of the { $of } secrets of this installation are not in it
    .remedy = Start the former keychain (another desktop may use another one), or restore it from a backup; then all is as before. If it is gone for good, use this one from now on: choose so in the window, or with drawbridge keychain. Nothing was changed.
keychain-foreign = { $found ->
    [one] the keychain holds 1 secret of another installation of Drawbridge, which this database does not know
   *[other] the keychain holds { $found } secrets of another installation of Drawbridge, which this database does not know
}
    .remedy = If its database was moved, emptied or deleted, put drawbridge.db back into the data folder. If this is to be a second installation, start new beside them in the window, or with drawbridge keychain. Nothing was changed.

# What a keychain did wrong.

keychain-unknown-error = an error of an unknown kind
keychain-macos-status = macOS gave the status { $code }
keychain-windows-error = Windows gave the error { $code }
keychain-item-not-text = the item is not text
keychain-item-malformed = the item's data is malformed
keychain-item-damaged = the item is damaged
keychain-store-malformed = the keychain's own data is malformed
keychain-too-long = the { $what } is longer than the limit of { $limit }
keychain-not-accepted = the keychain does not accept the { $what }
keychain-several-items = { $count } items carry the same id
keychain-not-opened = no keychain was opened
keychain-not-supported = the keychain does not support this
keychain-label = the label could not be set: { $reason }
keychain-some-parts = it took only some parts of the secret: { $reason }
keychain-part-missing = part { $number } of { $count } of the secret is missing
keychain-part-too-long = part { $number } of { $count } of the secret is too long
keychain-part-damaged = a part of the secret is damaged
keychain-head-damaged = the head of a secret in parts is damaged
keychain-not-unlocked = it was not unlocked
keychain-prompt-closed = the connection was closed during a prompt
keychain-not-decrypted = a secret could not be decrypted on its way from the keychain
keychain-other-type = its reply has another type
keychain-no-answer-in-time = it did not answer in time
keychain-no-answer-within = it did not answer within { $limit }
keychain-connection-failed-because = the connection failed: { $reason }
keychain-connection-failed = the connection failed
keychain-replied-error = it replied with the error { $name }
keychain-not-kept = it keeps something else than it was given
keychain-not-read-back = what it stored cannot be read back: { $reason }
keychain-not-written = it could not write its own file. Its disk may be full, or the file is protected
keychain-refused-item = it refused to store the item
keychain-not-running = its worker thread is not running
keychain-ended = the call ended without an answer

# What the keychain is called.

keychain-name-linux = system keychain (Secret Service)
keychain-name-macos = macOS Keychain
keychain-name-windows = Windows Credential Manager

# What the items are called in the keychain's own app.

secret-client-secret = client secret
secret-private-key = private key
secret-label-portal = Drawbridge: { $kind } of { $client } (portal { $portal })
secret-label-extra = Drawbridge: further members of the document of { $client } (portal { $portal })
secret-label-hub = Drawbridge: { $kind } of { $client } (hub { $hub }, connection { $alias })
secret-label-server-authority = Drawbridge: private key of the server CA
secret-label-client-authority = Drawbridge: private key of the client CA
secret-label-witness = Drawbridge: recognises this keychain (do not delete)
secret-label-signing-key = Drawbridge: key that signs the tokens of the token service
secret-label-tls-key = Drawbridge: private key of the token service's TLS certificate
secret-label-pingone = Drawbridge: client secret of { $client } (PingOne account { $account }, { $moment })
secret-label-pingone-new = Drawbridge: client secret for PingOne (account { $account }, { $moment })

# What needs attention about it.

matter-secrets-gone = { $count ->
    [one] 1 secret is not in the keychain any more: { $labels }
   *[other] { $count } secrets are not in the keychain any more: { $labels }
}
    .remedy = Regenerate or import what they belong to, then apply it. Drawbridge makes its own keys again: those of the TLS certificate and the tokens when the token service starts next, the key of a CA, with the CA, when it has to sign a certificate next.
matter-secrets-gone-more = { $labels } and { $count } more
matter-token-service = the token service cannot run: { $reason }
matter-keys-not-renewed = the token service runs with keys that cannot be renewed: { $reason }
