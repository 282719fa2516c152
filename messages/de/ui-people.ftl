people-subtitle = Hält fest, welche Rollensammlungen jede Person in den Subaccounts hat. Das vergibt in SAP keine Rollen und schützt diesen Computer nicht: Wer dieses Benutzerkonto des Computers verwendet, kann zu jeder Person wechseln.
people-add = Person hinzufügen
people-current = Aktuelle Person
people-roles-of = Rollensammlungen von { $name }
people-no-roles = Keine Rollensammlungen
people-switch = Wechseln
people-switch-to = Wechseln zu { $name }
people-edit-person = Bearbeiten: { $name }
people-is-changed = { $name } wurde geändert.
people-is-added = { $name } wurde hinzugefügt.

# First start

people-welcome = Willkommen
people-welcome-title = Willkommen bei Drawbridge
people-welcome-text = Verbinden Sie API-Portale mit einem API-Hub, und bewahren Sie die Verbindungen vor Ausfällen. Wer verwendet diese Installation?
people-welcome-roles = Hier halten Sie nur fest, welche Rollensammlungen Sie in Ihren Subaccounts haben. Weitere Personen können Sie später unter „Personen und Rollen“ hinzufügen.
people-start = Starten

# Words that stand in many places

people-email = E-Mail

# Roles

people-role-collections = Rollensammlungen
people-technical-role = Nicht für Personen: Der technische Benutzer der generierten Zugangsdaten hat sie.

# Local, or in SAP

people-remove = Entfernen
people-remove-person = { $name } entfernen
people-remove-title = { $name } entfernen?
people-remove-text = Die Person kann hier nicht mehr gewählt werden. Was sie getan hat, bleibt in den Aktivitäten und in Anfragen stehen. In SAP ändert sich nichts.
people-is-removed = { $name } wurde entfernt.
