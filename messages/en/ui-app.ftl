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

keychain-take-over = Take Over
keychain-taken-over = This keychain is the one of this installation from now on.
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
keychain-lost-token-service-text = Tokens already issued end, and programs that trust the CA certificate need the new one.
