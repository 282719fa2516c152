# The list of hubs

hub-list-subtitle = A hub shows the APIs of its portals to developers.
hub-create = Create Hub
hub-is-created = The hub { $name } is created.
hub-created-unconnected = The hub { $name } is created, but not connected to the portal of its subaccount.
hub-created-unconnected-text = On the tab { $tab } of that portal, { $action } makes up for it.
hub-search = Search hubs
hub-connected-portals = Connected Portals
hub-waiting-requests = Waiting Requests
hub-none-matches = No hub matches
hub-no-hubs = No hubs yet
hub-no-hubs-text = Create the hub that portals submit their connection requests to.

# A hub

hub-hub = Hub
hub-subtitle = { $name } · Subaccount { $subaccount }
hub-subaccount = Subaccount { $subaccount }
hub-of-portals-connected = of { $limit } portals connected
hub-nothing-pending = No pending requests
hub-nothing-pending-text = A request waits here until a hub admin approves or rejects it.
hub-nothing-approved = No connected portals yet
hub-nothing-approved-text = Submit the credentials of a portal with { $action }; once approved, the connection stands here.
hub-nothing-rejected = No rejected requests
hub-nothing-established = No connection requests yet
hub-nothing-established-text = Submit the credentials of a portal with the plus icon, { $action }; the request and what becomes of it stand here.
hub-nothing-to-manage = No connection requests yet
hub-nothing-to-manage-text = A request stands here until a hub admin approves or rejects it, and afterwards as history.

# Settings of a hub

hub-settings = Hub settings
hub-settings-title = Hub Settings
hub-portals-connected = { $count } of { $limit } connected
hub-four-eyes-on = Four-eyes principle: on
hub-four-eyes-off = Four-eyes principle: off
hub-four-eyes-text = When on, nobody may approve a request of their own.
hub-switch-on = Switch On
hub-switch-off = Switch Off
hub-four-eyes-is-on = From now on somebody else has to approve a request.
hub-four-eyes-is-off = Everybody with the roles may approve, the submitter included.
hub-delete-this = Delete this hub
hub-delete-this-text = Only a hub without open requests can be deleted.
hub-delete = Delete Hub
hub-delete-title = Delete { $name }?
hub-delete-consequence = The hub and the history of its rejected requests are deleted. This cannot be undone.
hub-is-deleted = The hub { $name } is deleted.

# Destinations

hub-no-destination = None
hub-destination-present = Present
hub-destination-created = Created by { $person }, { $at }
hub-destination-of = { $action } of { $alias }
hub-no-destination-matches = No destination matches
hub-no-destinations = No destinations yet
hub-no-destinations-text = The hub creates the destination of a connection when its request is approved.
