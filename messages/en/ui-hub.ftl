# The list of hubs

hub-list-subtitle = A hub shows the APIs of its portals to developers.
hub-create = Create Local Hub
hub-is-created = The hub { $name } is created.
hub-created-unconnected = The hub { $name } is created, but not connected to the portal of its subaccount.
hub-created-unconnected-text = On the tab { $tab } of that portal, { $action } connects them.
hub-search = Search hubs
hub-connected-portals = Connected Portals
hub-waiting-requests = Pending
hub-none-matches = No hub matches
hub-no-hubs = No hubs yet
hub-no-hubs-text = Track the hub of your SAP tenant, or create a local hub, which Drawbridge itself runs.

# A hub

hub-hub = Hub
hub-subtitle = { $name } · Subaccount { $subaccount }
hub-subaccount = Subaccount { $subaccount }
hub-of-portals-connected = of { $limit } portals connected
hub-nothing-pending = No pending requests
hub-nothing-pending-text = Requests are listed here until a hub admin approves or rejects them.
hub-nothing-approved = No connected portals yet
hub-nothing-approved-text = Submit the credentials of a portal with { $action }. Once approved, the connection is listed here.
hub-nothing-rejected = No rejected requests
hub-nothing-established = No connection requests yet
hub-nothing-established-text = Submit the credentials of a portal with the plus icon, { $action }. The request and its outcome are listed here.
hub-nothing-to-manage = No connection requests yet
hub-nothing-to-manage-text = Requests are listed here until a hub admin approves or rejects them; afterwards they stay as history.

# Settings of a hub

hub-settings = Hub settings
hub-settings-title = Hub Settings
hub-portals-connected = { $count } of { $limit } connected
hub-four-eyes-on = Four-eyes principle: on
hub-four-eyes-off = Four-eyes principle: off
hub-four-eyes-text = When on, nobody may approve their own request.
hub-switch-on = Switch On
hub-switch-off = Switch Off
hub-four-eyes-is-on = Someone else now has to approve a request.
hub-four-eyes-is-off = Everyone with the roles may approve, including the submitter.
hub-delete-this = Delete this hub
hub-delete-this-text = All its requests and connections are deleted with it.
hub-delete = Delete Hub
hub-delete-title = Delete { $name }?
hub-delete-consequence = The hub is deleted with all its requests, connections and destinations, and its copies of the credentials. This cannot be undone.
hub-is-deleted = The hub { $name } is deleted.

# Destinations

hub-no-destination = None
hub-destination-present = Present
hub-destination-created = Created by { $person }, { $at }
hub-destination-of = { $action } of { $alias }
hub-no-destination-matches = No destination matches
hub-no-destinations = No destinations yet
hub-no-destinations-text = The hub creates the destination of a connection when its request is approved.

# Local, or in SAP

hub-create-intro = Drawbridge itself becomes the hub, on this computer. Nothing is created in SAP.
hub-is-created-connected = The hub { $name } is created, and connected to the portal { $portal } for good.
hub-place = Subaccount / Region
hub-track = Track a Hub in SAP
hub-track-intro = Track the hub of your SAP tenant, its connection requests and the credentials it holds. Nothing is created or changed in SAP.
hub-track-name-hint = Your own name for it.
hub-address = Address
hub-address-hint = As in the browser, such as https://hub.cfapps.eu10.hana.ondemand.com. “Open the Hub” opens it.
hub-region = Region
hub-region-hint = Such as eu10. Leave it empty to take it from the address.
hub-is-tracked = The hub { $name } is tracked.
hub-edit-title = Edit { $name }
hub-edit-intro = Correct what is recorded here. In SAP nothing changes.
hub-is-changed = The hub { $name } is changed.
hub-open = Open the Hub
hub-more = More actions
hub-in-sap-subtitle-region = { $address } · Region { $region }
hub-forget = Forget
hub-forget-title = Forget { $name }?
hub-forget-text = The hub is removed from Drawbridge with its records, and its copies of the credentials are deleted. In SAP nothing changes: its connections go on. This cannot be undone.
hub-is-forgotten = The hub { $name } is forgotten. In SAP nothing has changed.
