portals-subtitle = Portals own APIs. Credentials connect them to a hub.
portals-create = Create Local Portal
portals-subaccount-hint = A portal and a hub in the same subaccount are connected automatically.
portals-is-created = The portal { $name } is created.
portals-search = Search portals
portals-connection = Connection
portals-credentials = Credentials
portals-not-connected = Not connected
portals-no-credentials = None
portals-not-visible = Not visible
portals-none-matches = No portal matches
portals-nothing = No portals yet
portals-nothing-text = Track the portal of your SAP tenant by the credentials that it generated, or create a local portal, which Drawbridge itself runs.
portals-last-test = Last Test

# Local, or in SAP

portals-create-intro = Drawbridge itself becomes the portal, on this computer: it generates credentials and honours them. Nothing is created in SAP.
portals-is-created-connected = The portal { $name } is created, and connected to the hub { $hub } for good.
portals-secret-gone = Secret missing
