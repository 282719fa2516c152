app-theme = Theme
app-theme-system = Follow system
app-theme-morning = Morning Horizon (light)
app-theme-evening = Evening Horizon (dark)
app-theme-contrast-white = High Contrast White
app-theme-contrast-black = High Contrast Black
app-language = Language
app-language-system = Follow system
app-switch-person = Switch person
app-current-person = Current person:
app-people = People & Roles
app-start = Home
app-portals = Portals
app-hubs = Hubs
app-accounts = PingOne
app-activity = Activity
app-settings = Settings
app-areas = Areas
app-skip = Skip to the page
app-starting = Starting

# Another keychain than before, or another installation's.

keychain-waits = Waiting for the keychain: { $keychain }
keychain-waits-where = It may be asking for its password in a window of its own.
keychain-take-over = Use This Keychain
keychain-taken-over = This installation uses this keychain from now on.
keychain-begin-beside = Start New Beside It
keychain-begun-beside = This installation begins new. The secrets of the other one stay as they are.
keychain-beside-text = { $count ->
    [one] The secret of the other installation stays in the keychain as it is; this installation will not use it. If it was yours and its database was moved or deleted, cancel, and put the database back first.
   *[other] The { $count } secrets of the other installation stay in the keychain as they are; this installation will not use them. If they were yours and their database was moved or deleted, cancel, and put the database back first.
}
keychain-lost = { $count ->
    [one] 1 secret is given up.
   *[other] { $count } secrets are given up.
}
keychain-lost-text = Do this only if the former keychain is gone for good. As long as it can be started or restored, nothing is lost.
keychain-lost-portals = Portals: generate or import their credentials again, then apply them
keychain-lost-connections = Hubs lose their copy: re-establish the connection, or edit the credentials of the request
keychain-lost-accounts = PingOne accounts: set another secret, here and in PingOne
keychain-lost-token-service = Token service: it gets new keys and a new CA certificate
keychain-lost-token-service-text = Issued tokens end. Programs that trust the CA certificate need the new one.

# Words that stand in many places

app-keychain = keychain
app-unforeseen = Something unexpected went wrong.

# Pages

app-back-to = { $list ->
    [portals] Back to the portals
    [hubs] Back to the hubs
    [connections] Back to the connections
   *[accounts] Back to the accounts
}

# Roles

app-ask-for-role = Ask for the Role
app-ask-for-role-button = Ask for the Role…
app-role-request = Text for your administrator
app-copy-text = Copy Text
app-text-copied = The text is in the clipboard.

# Before something ends

app-type-to-confirm = { $what ->
    [alias] Type the alias “{ $name }” to confirm
    [portal] Type the name of the portal “{ $name }” to confirm
    [hub] Type the name of the hub “{ $name }” to confirm
    [number] Type { $name } to confirm
   *[account] Type the name of the account “{ $name }” to confirm
}
app-leave-question = Leave without saving?
app-leave-text = What you entered is lost.
app-leave-stay = Stay
app-leave-yes = Leave
app-copy-word = Copy This Text
app-word-not-copied = The text cannot be copied here. Select it and press Ctrl+C.
app-typed-wrong = { $what ->
    [alias] This is not the alias.
    [portal] This is not the name of the portal.
    [hub] This is not the name of the hub.
    [number] This is not the number.
   *[account] This is not the name of the account.
}

# The token service

app-open-settings = Open Settings
