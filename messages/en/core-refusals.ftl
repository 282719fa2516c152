# Why a rule says no, and what to do instead.

refusal-no-person = there is no person in this installation yet
    .remedy = Create the person who uses this installation.
    .cli = Open the window of Drawbridge once, and create the person who uses this installation.
refusal-person-exists = this installation already has its first person
    .remedy = Add more people under People & Roles.
refusal-role-missing = { $person } may not { $action }: { $roles } { $count ->
        [one] is missing
       *[other] are missing
    }
    .remedy = Ask an administrator for { $roles }, or switch to a person who has { $count ->
        [one] it
       *[other] them
    }.
refusal-not-submitter = only { $submitter }, who submitted the request { $alias }, may edit its credentials
    .remedy = Ask { $submitter } to edit them, or a hub admin to reject the request so that it can be submitted again.
refusal-four-eyes = you submitted the request { $alias } yourself, and this hub requires someone else to approve it
    .remedy = Ask another hub admin to approve it.
refusal-wrong-state = the request { $alias } is { $state ->
        [pending] pending
        [approved] approved
       *[rejected] rejected
    }, so it is not possible to { $action }
    .remedy = { $instead ->
        [destination] A destination is created when the request is approved.
        [edit] Choose Edit Credentials to replace the credentials of a pending request.
        [reestablish] Choose Re-establish Connection to replace the credentials of an approved connection.
        [nothing] There is nothing to decide any more: the portal is connected.
       *[submit] Submit a new connection request.
    }
refusal-hub-full = the hub { $hub } has { $most } connected portals already, which is the most a hub can have
    .remedy = Use another hub. A connection cannot be removed to make room.
refusal-portal-in-use = this portal already has the { $state ->
        [pending] pending
        [approved] approved
       *[rejected] rejected
    } request { $alias } in the hub { $hub }
    .remedy = { $state ->
        [pending] Edit the credentials of that request, or have it rejected first.
        [approved] Choose Re-establish Connection there to replace its credentials; a connection cannot move to another hub.
       *[rejected] Submit a new connection request.
    }
refusal-same-subaccount = the portal { $portal } is in the same subaccount as the hub { $hub }; such a pair is connected automatically
    .remedy = No request is needed. If they are not connected yet, choose Connect Now on the Connection tab of the portal.
refusal-bound-to-own-hub = the portal { $portal } belongs to the hub { $hub } in its own subaccount and can never join another one
    .remedy = Use the hub { $hub }, or connect a portal of another subaccount.
refusal-alias-taken = the alias { $alias } is in use in this hub already
    .remedy = Choose another alias.
refusal-irrevocable = confirm that this connection is permanent
    .remedy = Select the checkbox. Once approved, the connection cannot be severed or moved to another hub.
refusal-other-portal = these credentials belong to { $found }, not to the portal of the request { $alias }
    .remedy = Use credentials that this portal generated.
refusal-subaccount-taken = the subaccount { $subaccount } has the { $thing ->
        [hub] API hub
       *[portal] API portal
    } { $name } already
    .remedy = Use { $name }, or another subaccount.
refusal-credentials-exist = the portal { $portal } has credentials already
    .remedy = Choose Regenerate Credentials. The former ones stay valid until you revoke them.
refusal-no-credentials = the portal { $portal } has no credentials yet
    .remedy = Choose Generate Credentials.
refusal-retired = the credentials { $client } are no longer kept; their secret is deleted
    .remedy = Use the current credentials, or regenerate them.
refusal-unknown-credential = the portal { $portal } did not generate these credentials, or it was deleted and created again since
    .remedy = Copy the current credentials from the Connection tab of the portal.
refusal-destination-deleted = the destination of { $alias } is deleted already
    .remedy = Regenerate the credentials in the portal, then re-establish the connection: that creates it again.
refusal-instance-deleted = the service instance { $name } was deleted
    .remedy = Create another service instance.
refusal-weak-secret = your own client secret needs { $least } characters or more
    .remedy = Use a longer one, or leave the field empty to generate a strong one.
refusal-secret-characters = your own client secret may contain only letters, digits and keyboard signs, without spaces
    .remedy = Leave out spaces, accents and line breaks (RFC 6749, appendix A.2).
refusal-addresses-in-use = { $count ->
        [one] a request holds credentials
       *[other] { $count } requests hold credentials
    } with other addresses than these: { $aliases }
    .remedy = Confirm the change and give these requests the new credentials afterwards (Edit Credentials, or Re-establish Connection once they are approved), or keep the present addresses.
refusal-not-loopback = at the address { $address } other computers can reach the token service
    .remedy = Confirm that other computers may reach it, or use 127.0.0.1.
refusal-keychain-known = the keychain is the one of this installation
    .remedy = There is nothing to change.
refusal-no-authority = there is no CA certificate yet
    .remedy = Start the token service first.
refusal-clock-behind = the clock of this computer shows a time before a certificate of the token service begins, { $start }: it is behind now, or was ahead when the certificate was made
    .remedy = Set the date and time of this computer if they are wrong. If they are right, the certificate is replaced once the clock has shown that for long enough: at least ten minutes.
refusal-clock-ahead = the clock of this computer went from { $from } to { $to }; a certificate of the token service is not renewed before that is certain
    .remedy = Set the date and time of this computer if they are wrong. If they are right, because the computer was off, say, there is nothing to do: the certificate is renewed after ten minutes.
refusal-not-open-api = this is not an OpenAPI document that can be imported: { $reason }
    .remedy = Choose a document of OpenAPI 3 or Swagger 2.0, in JSON or YAML.
refusal-cancelled = the test was cancelled
    .remedy = Start it again when you want.
refusal-same-credential = the hub holds these credentials for { $alias } already
    .remedy = Regenerate the credentials in the portal and use the new ones.
refusal-still-applied = the hub { $hub } still uses this credential for { $alias }
    .remedy = { $state ->
        [pending] Edit the credentials of that request first, or type its alias to go on anyway.
       *[other] Re-establish that connection with the current credentials first, or type its alias to go on anyway: a connection to a local portal then breaks.
    }
refusal-portal-in-sap = the portal { $portal } is in SAP, so it is not possible to { $action } here
    .remedy = { $then ->
        [nothing] Do it there.
       *[import] Do it there, then import the new credentials here.
    }
    .cli = Do it there, then give the new document to drawbridge import.
refusal-portal-local = the portal { $portal } is local; its credentials are generated here
    .remedy = Choose Generate Credentials or Regenerate Credentials.
    .cli = Use drawbridge generate.
refusal-portal-known = the portal at { $url } is here already: { $portal }
    .remedy = Open that portal and import the credentials there.
refusal-wrong-portal = these credentials lead to { $found }, not to the portal { $portal }
    .remedy = Import them in the portal that they belong to, or add that portal.
refusal-same-import = the portal { $portal } has these credentials already
    .remedy = Generate new ones in the portal, then import those.
refusal-export-cancelled = the export was cancelled; nothing was written
    .remedy = { refusal-cancelled.remedy }
refusal-lifetime-needed = the document does not say when these credentials were generated
    .remedy = Enter the date of generation, or say that they come from a service key.
    .cli = Say with --generated on which day that was, or that they are of a service-key, or that it is unknown.
refusal-lifetime-known = the end of these credentials is known: { $reason }
    .remedy = { remedy-nothing }
refusal-lifetime-known-here = they were generated here
refusal-lifetime-known-certificate = the certificate names it
refusal-generated-in-future = credentials cannot have been generated in the future
    .remedy = Give the date on which the portal generated them.
failure-not-found = this { $thing ->
       *[other] { $name }
    } does not exist any more
    .remedy = It was probably deleted in the meantime. Go back to the list.
    .cli = It was probably deleted in the meantime. See drawbridge list.
failure-issue = the certificate could not be issued: { $reason }
failure-clipboard = the clipboard cannot be used: { $reason }
    .remedy = Try again, or choose Export… instead.
failure-file = the file { $path } cannot be written: { $reason }
    .remedy = Choose another folder, or make room on the disk.

# The fields of forms.

field-name = Name
field-email = E-mail
field-roles = Role Collections
field-subaccount = Subaccount
field-alias = API Portal Alias Name
field-credentials = API Portal Access Credentials
field-comment = Comment
field-confirmation = Confirmation
field-reason = Reason
field-address = Address
field-host = Host Name
field-port = Port
field-mutual-tls-port = Port for Mutual TLS
field-proxy = Proxy
field-check-interval = Test Connections Every
field-open-api = OpenAPI Document
field-client-secret = Client Secret
field-portal-url = API Portal URL
field-generated-at = Generated
field-password = Password

# What is wrong with something that was typed.

input-empty = { $what ->
    [name] enter a name
    [email] enter an e-mail address
    [subaccount] enter a subaccount
    [alias] enter an alias
    [reason] enter a reason
   *[other] fill in { $field }
}
input-too-long = { $field } has { $length } characters; at most { $limit } are possible
    .remedy = Shorten it to { $limit } characters.
input-control-character = { $field } contains a line break or another control character
    .remedy = Enter it on one line.
input-invisible-character = { $field } contains an invisible character ({ $character }, character number { $position })
    .remedy = Two texts that differ in it look alike. Delete it, or type the text by hand.
input-not-an-email = this is not an e-mail address
    .remedy = Enter an address such as name@example.com.
input-email-taken = { $name } already has this e-mail address
    .remedy = Use another address, or change that person instead.
input-name-taken = the name { $name } is in use already
    .remedy = Choose another name.
input-wrong-confirmation = the typed text is not { $expected }
    .remedy = Enter { $expected } exactly as shown.
input-not-an-address = { $text } is not an IP address
    .remedy = Enter an address such as 127.0.0.1, 0.0.0.0 or ::1.
input-not-a-host = { $text } is not a host name
    .remedy = Enter a name such as portal.example.com, without https:// and without a port.
input-not-a-port = { $field } must be a number from 1024 to 65535
    .remedy = Enter a number such as 28443.
input-same-port = the two ports must be different
    .remedy = Choose another port for one of them.
input-not-a-proxy = this is not the URL of a proxy
    .remedy = Enter it as http://host:port or https://host:port. SOCKS proxies are not supported.
input-user-in-proxy = a proxy's user and password are not kept here
    .remedy = Leave them out. Where the proxy asks for them, name it in the environment variable HTTPS_PROXY instead and choose the system's proxy.
input-not-an-interval = the interval must be from { $least } to { $most } hours
    .remedy = Enter a number of hours such as 6.

# What is wrong with an OpenAPI document.

open-api-too-large = its { $bytes } bytes are more than the { $limit } MB that are read
open-api-empty = it is empty
open-api-page = it is a page in HTML or XML
open-api-list = it is a list, not an object with "openapi" and "info"
open-api-text = it is plain text, not an object with "openapi" and "info"
open-api-version = the version in "openapi" is unknown: it must be 3.x
open-api-swagger-version = the version in "swagger" is unknown: it must be 2.0
open-api-async = it is an AsyncAPI document
open-api-swagger-1 = it is a Swagger document of a version before 2.0
open-api-no-version = it has neither "openapi" nor "swagger" with a version
open-api-no-info = "info" is missing
open-api-info = "info" is not an object
open-api-no-title = "title" in "info" is missing
open-api-no-info-version = "version" in "info" is missing
open-api-json = { $kind ->
       *[other] { $problem }
    }
open-api-not-json = this is not valid JSON
open-api-expected = expected { $what }
open-api-second = a second document begins here
open-api-ends-early = the document ends too early
open-api-too-deep = it is nested too deep, or its aliases make too much of it
open-api-anchor = this alias has no anchor
open-api-not-yaml = this is not valid YAML
open-api-unreadable = { $path } cannot be read: { $reason }
open-api-not-utf8 = { $path } is not a text in UTF-8
field-client-id = Client ID

# Local, or in SAP

kind-local = Local
kind-in-sap = In SAP
refusal-hub-in-sap = the hub { $hub } is in SAP: requests are submitted and decided there
    .remedy = Do it in SAP, and record it here.
refusal-hub-local = the hub { $hub } is local and decides its requests itself
    .remedy = Submit a connection request to it.
refusal-request-in-sap = the request { $alias } is a record of one in SAP, so it is not possible to { $action } here
    .remedy = Do it in SAP, and record it here.
refusal-request-local = the request { $alias } belongs to a local hub, so it is not possible to { $action }
    .remedy = Only requests at a hub in SAP are recorded.
refusal-sap-will-refuse = SAP will refuse this: { $doubts }
    .remedy = Confirm it if SAP has accepted the request all the same.
refusal-will-be-connected = the portal { $portal } and the hub { $hub } are in one subaccount, so they are connected for good as soon as both are there
    .remedy = Confirm that this connection is permanent, or choose another subaccount.
refusal-subaccount-fixed = the subaccount of the local portal { $portal } cannot be changed
    .remedy = Create another portal in the other subaccount.
refusal-person-in-use = { $name } is using this installation
    .remedy = Switch to another person first.
doubt-alias = the hub { $hub } has an open request with the alias { $alias } already
doubt-portal-in-use = the portal has the open request { $alias } at the hub { $hub } already
doubt-hub-full = the hub { $hub } has { $most } connected portals already, which is the most a hub can have
doubt-portal-local = the portal { $portal } is on this computer, where SAP cannot reach it
field-region = Region
field-hub-address = Address
field-submitted-by = Submitted By
field-submitted-on = Submitted On
field-decided-by = Decided By
field-decided-on = Decided On
field-note = Note
field-ticket = Ticket
input-not-a-hub-address = { $text } is not an address that a browser opens over https
    .remedy = Copy the address from the browser, such as https://hub.cfapps.eu10.hana.ondemand.com.
input-day-in-future = { $field } is in the future
    .remedy = Enter a day that has begun.
input-decided-before-submitted = a request cannot be decided before it is submitted
    .remedy = Correct one of the two days.

# The title of a refusal, where a button cannot be used.

refusal-cannot = You can’t { $action }
refusal-cannot-request = { $what ->
    [edit] You can’t edit this request
    [approve] You can’t approve this request
    [reject] You can’t reject this request
    [reestablish] You can’t re-establish this connection
   *[other] You can’t { $action }
}
refusal-not-possible = This is not possible now
