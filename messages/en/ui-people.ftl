people-subtitle = Records the role collections of each person in the subaccounts. It grants nothing in SAP and does not protect this computer: anyone who uses this computer account can switch to any person.
people-add = Add Person
people-current = Current person
people-roles-of = Role Collections of { $name }
people-no-roles = No role collections
people-switch = Switch
people-switch-to = Switch to { $name }
people-edit-person = Edit { $name }
people-is-changed = { $name } is changed.
people-is-added = { $name } is added.

# First start

people-welcome = Welcome
people-welcome-title = Welcome to Drawbridge
people-welcome-text = Connect API portals to an API hub, and keep the connections from breaking. Who uses this installation?
people-welcome-roles = These record the role collections that you have in your subaccounts. More people can be added later under People & Roles.
people-start = Start

# Words that stand in many places

people-email = E-mail

# Roles

people-role-collections = Role Collections
people-technical-role = Not for people: the technical user of the generated credentials has it.

# Local, or in SAP

people-remove = Remove
people-remove-person = Remove { $name }
people-remove-title = Remove { $name }?
people-remove-text = The person can no longer be chosen here. What this person did stays in the activity list and in requests. In SAP nothing changes.
people-is-removed = { $name } is removed.
