# What the roles are for.

role-purpose-portal-administrator = Opens the Connection tab of a portal; generates, copies, exports and revokes its credentials.
role-purpose-portal-registration = Submits connection requests, edits the credentials of own requests, re-establishes connections.
role-purpose-hub-administrator = Views, approves and rejects connection requests; except in the Classic Design together with AuthGroup.APIPortalRegistration.
role-technical = { $role } belongs to the technical user of the generated credentials and is never given to people
    .remedy = Choose from: { $roles }.
role-unknown = there is no role collection named { $name }
    .remedy = { role-technical.remedy }

# What the roles of service instances are for.

role-purpose-catalog-integration = For the connection to an API hub: the hub reads the portal's APIs.
role-purpose-administrator = For programs that administer the portal; they can read its APIs too.
role-purpose-self-service = For onboarding the portal; it cannot read the portal's APIs.

# What a person does; it reads after "may not", "in order to" and "it is not possible to".

action-manage-portal = manage API portals
action-open-connection-tab = open the Connection tab
action-generate-credentials = generate credentials
action-import-credentials = import credentials
action-hand-over-credentials = copy or export credentials
action-test-credentials = test the connection of a portal
action-manage-service-instances = manage service instances and keys
action-manage-apis = manage the APIs of a portal
action-manage-token-service = manage the token service
action-manage-hub = manage API hubs
action-submit-request = submit connection requests
action-edit-credentials = edit the credentials of a request
action-view-request = view connection requests
action-approve-request = approve connection requests
action-reject-request = reject connection requests
action-reestablish = re-establish connections
action-test-document = test credentials before they are submitted
action-test-request = test connections
action-delete-destination = delete destinations
action-manage-checks = set how connections are tested
action-record-decision = record what was decided in SAP
action-change-record = correct the record
action-forget-record = forget the record

# The text by which a person asks for roles.

role-request =
    Subject: Request for { $count ->
        [one] role collection
       *[other] role collections
    }

    Hello,

    in order to { $action } I need the following { $count ->
        [one] role collection
       *[other] role collections
    }:

    { $roles }

    Please assign { $count ->
        [one] it
       *[other] them
    } to my user { $email } (Security > Users > Role Collections).

    Thank you
    { $name }
