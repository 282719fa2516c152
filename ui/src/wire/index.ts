// Generated from src-tauri/src/wire by `make wire`. Do not edit.

/**
 * What happened and what to do about it. The screens act on `code` and `place`, never on the sentences.
 */
export type UserError = { 
/**
 * Which kind of error; only kinds that the screens treat differently have one of their own.
 */
code: ErrorCode, 
/**
 * What happened, one sentence.
 */
message: string, 
/**
 * What to do about it, one or two sentences.
 */
hint: string, 
/**
 * Where in the form it happened.
 */
place?: PlaceView, 
/**
 * The text by which the person asks an administrator for the missing roles.
 */
roleRequest?: string, };

/**
 * Which kind of error it is.
 */
export type ErrorCode = "refused" | "roleMissing" | "invalidInput" | "notFound" | "keychain" | "failed";

/**
 * A place in a form.
 */
export type PlaceView = { 
/**
 * The field.
 */
field: FieldName, 
/**
 * Line in the field's text, counted from 1.
 */
line?: number, 
/**
 * Column in characters, counted from 1.
 */
column?: number, };

/**
 * A field of a form.
 */
export type FieldName = "name" | "email" | "roles" | "subaccount" | "alias" | "credentials" | "comment" | "irrevocable" | "reason" | "confirmation";

/**
 * Whether the person may do something, and if not, why and what to do instead.
 */
export type Permit = { 
/**
 * Whether it may be done.
 */
allowed: boolean, 
/**
 * Why not; empty if allowed.
 */
reason: string, 
/**
 * What to do instead; empty if allowed.
 */
hint: string, 
/**
 * The text by which the person asks an administrator for the missing roles.
 */
roleRequest: string | null, };

/**
 * Who uses the installation.
 */
export type SessionView = { 
/**
 * The person; `null` before the first one exists: then the welcome is shown.
 */
person: PersonView | null, 
/**
 * Everybody, by name.
 */
people: Array<PersonView>, 
/**
 * The role collections that people can have.
 */
roles: Array<RoleView>, 
/**
 * The technical user's role, which people never have.
 */
technicalRole: string, };

/**
 * A person.
 */
export type PersonView = { 
/**
 * Identifies the person.
 */
id: string, 
/**
 * Name.
 */
name: string, 
/**
 * E-mail address.
 */
email: string, 
/**
 * Names of the role collections.
 */
roles: Array<string>, };

/**
 * A role collection.
 */
export type RoleView = { 
/**
 * Its name.
 */
name: string, 
/**
 * What it is for.
 */
purpose: string, };

/**
 * A person as typed.
 */
export type PersonRequest = { 
/**
 * Name.
 */
name: string, 
/**
 * E-mail address.
 */
email: string, 
/**
 * Names of the role collections.
 */
roles: Array<string>, };

/**
 * In which condition the keychain is.
 */
export type KeychainView = { 
/**
 * What it is called on this operating system.
 */
name: string, 
/**
 * Whether it can be used now.
 */
available: boolean, 
/**
 * Why not; `null` if it can.
 */
problem: UserError | null, };

/**
 * What a credential proves itself with, without the secret.
 */
export type CredentialKindView = { "kind": "clientSecret" } | { "kind": "certificate", 
/**
 * SHA-256 of the leaf, hexadecimal with colons.
 */
fingerprint: string, 
/**
 * Subject of the leaf.
 */
subject: string, 
/**
 * Issuer of the leaf.
 */
issuer: string, 
/**
 * Start of validity.
 */
notBefore: string, 
/**
 * End of validity.
 */
notAfter: string, 
/**
 * The key, such as "RSA 2048".
 */
publicKey: string, 
/**
 * How many certificates the chain has.
 */
chainLength: number, };

/**
 * Where a credential of a portal stands.
 */
export type CredentialStateView = { "state": "current" } | { "state": "superseded", 
/**
 * Since when.
 */
at: string, } | { "state": "retired", 
/**
 * Since when.
 */
at: string, };

/**
 * Where a credential or a portal is in use.
 */
export type AppliedView = { "applied": "nowhere" } | { "applied": "to", 
/**
 * Id of the request.
 */
requestId: string, 
/**
 * Id of the hub.
 */
hubId: string, 
/**
 * Name of the hub.
 */
hub: string, 
/**
 * Alias of the request.
 */
alias: string, 
/**
 * Where it stands.
 */
requestState: RequestStateName, };

/**
 * The state of a request, by its name.
 */
export type RequestStateName = "pending" | "approved" | "rejected";

/**
 * A credential of a portal.
 */
export type CredentialView = { 
/**
 * Identifies the credential.
 */
id: string, 
/**
 * The OAuth 2.0 client id.
 */
clientId: string, 
/**
 * What it proves itself with.
 */
kind: CredentialKindView, 
/**
 * When it was generated.
 */
createdAt: string, 
/**
 * Who generated it.
 */
createdBy: string, 
/**
 * When it expires by itself; `null` for a client secret.
 */
validUntil: string | null, 
/**
 * Days until then, a begun one counted; 0 or less once it has expired.
 */
daysLeft: number | null, 
/**
 * Whether it is the current one.
 */
state: CredentialStateView, 
/**
 * Which hub holds a copy of it.
 */
applied: AppliedView, 
/**
 * Label of the secret's item in the keychain; `null` once retired.
 */
secretLabel: string | null, };

/**
 * Credentials that were recognised in a document, redacted.
 */
export type CredentialSummaryView = { 
/**
 * The portal's URL.
 */
url: string, 
/**
 * The token endpoint.
 */
tokenUrl: string, 
/**
 * The base URL for certificates; `null` for a client secret.
 */
certUrl: string | null, 
/**
 * The OAuth 2.0 client id.
 */
clientId: string, 
/**
 * What they prove themselves with.
 */
kind: CredentialKindView, 
/**
 * When they expire by themselves.
 */
validUntil: string | null, 
/**
 * Whole days until then.
 */
daysLeft: number | null, 
/**
 * Name of the portal, if it lives in this installation.
 */
portalName: string | null, };

/**
 * What is to be generated.
 */
export type GenerateKindRequest = "certificateRsa2048" | "certificateP256" | "clientSecret";

/**
 * The list of portals.
 */
export type PortalListView = { 
/**
 * The portals, by name.
 */
portals: Array<PortalSummaryView>, 
/**
 * Whether the person may create one.
 */
mayCreate: Permit, };

/**
 * A portal in the list.
 */
export type PortalSummaryView = { 
/**
 * The portal.
 */
portal: PortalView, 
/**
 * Its current credential.
 */
current: CredentialView | null, 
/**
 * The hub it is, or wants to be, connected to.
 */
applied: AppliedView, };

/**
 * A portal.
 */
export type PortalView = { 
/**
 * Identifies the portal.
 */
id: string, 
/**
 * Name.
 */
name: string, 
/**
 * Subaccount.
 */
subaccount: string, 
/**
 * When it was created.
 */
createdAt: string, };

/**
 * A portal as typed.
 */
export type CreatePortalRequest = { 
/**
 * Name.
 */
name: string, 
/**
 * Subaccount.
 */
subaccount: string, };

/**
 * A portal that was created.
 */
export type PortalCreatedView = { 
/**
 * The portal.
 */
portal: PortalView, 
/**
 * Why it could not be connected to the hub of its subaccount; it is there all the same.
 */
notConnected: UserError | null, };

/**
 * The portal's page.
 */
export type PortalConnectionView = { 
/**
 * The portal.
 */
portal: PortalView, 
/**
 * The portal's own URL.
 */
url: string, 
/**
 * The token endpoint for client secrets.
 */
tokenUrl: string, 
/**
 * The base URL for certificates.
 */
certUrl: string, 
/**
 * Its credentials, newest first; empty if the person may not see them.
 */
credentials: Array<CredentialView>, 
/**
 * The hub it is, or wants to be, connected to.
 */
applied: AppliedView, 
/**
 * The hub in its own subaccount.
 */
ownHub: OwnHubView | null, 
/**
 * Whether the person may open the *Connection* tab.
 */
mayOpen: Permit, 
/**
 * Whether the person may generate, regenerate and retire.
 */
mayGenerate: Permit, 
/**
 * Whether the person may copy and export.
 */
mayHandOver: Permit, 
/**
 * Whether the person may delete the portal.
 */
mayDelete: Permit, };

/**
 * The hub in a portal's own subaccount.
 */
export type OwnHubView = { 
/**
 * Id of the hub.
 */
hubId: string, 
/**
 * Name of the hub.
 */
hub: string, 
/**
 * Whether the portal is connected to it.
 */
connected: boolean, };

/**
 * What *Copy* did.
 */
export type CopyResponse = { 
/**
 * After how many seconds the clipboard is cleared.
 */
clearsInSeconds: number, };

/**
 * What *Export…* did.
 */
export type ExportResponse = { 
/**
 * The file; `null` if the dialog was cancelled.
 */
path: string | null, };

/**
 * The list of hubs.
 */
export type HubListView = { 
/**
 * The hubs, by name.
 */
hubs: Array<HubSummaryView>, 
/**
 * Whether the person may create one.
 */
mayCreate: Permit, };

/**
 * A hub in the list.
 */
export type HubSummaryView = { 
/**
 * The hub.
 */
hub: HubView, 
/**
 * How many requests of each state it has.
 */
counts: RequestCountsView, };

/**
 * A hub.
 */
export type HubView = { 
/**
 * Identifies the hub.
 */
id: string, 
/**
 * Name.
 */
name: string, 
/**
 * Subaccount.
 */
subaccount: string, 
/**
 * Whether nobody may approve what he submitted himself.
 */
fourEyes: boolean, 
/**
 * How many portals can be connected.
 */
portalLimit: number, 
/**
 * When it was created.
 */
createdAt: string, };

/**
 * How many requests of each state a hub has.
 */
export type RequestCountsView = { 
/**
 * Waiting.
 */
pending: number, 
/**
 * Connected.
 */
approved: number, 
/**
 * Turned down.
 */
rejected: number, };

/**
 * A hub as typed.
 */
export type CreateHubRequest = { 
/**
 * Name.
 */
name: string, 
/**
 * Subaccount.
 */
subaccount: string, };

/**
 * A hub that was created.
 */
export type HubCreatedView = { 
/**
 * The hub.
 */
hub: HubView, 
/**
 * Why it could not be connected to the portal of its subaccount; it is there all the same.
 */
notConnected: UserError | null, };

/**
 * The hub's page.
 */
export type HubPageView = { 
/**
 * The hub.
 */
hub: HubView, 
/**
 * How many requests of each state it has.
 */
counts: RequestCountsView, 
/**
 * Whether the person may submit a request here.
 */
maySubmit: Permit, 
/**
 * Whether the person may change the hub's settings.
 */
mayChange: Permit, 
/**
 * Whether the person may delete the hub.
 */
mayDelete: Permit, };

/**
 * Which requests are wanted.
 */
export type ListRequestsRequest = { 
/**
 * Id of the hub.
 */
hubId: string, 
/**
 * Their state.
 */
state: RequestStateName, 
/**
 * Words that all have to occur; empty for all.
 */
search: string, 
/**
 * What they are sorted by.
 */
sort: RequestSortName, 
/**
 * Whether the last comes first.
 */
descending: boolean, 
/**
 * How many to leave out at the start.
 */
offset: number, 
/**
 * How many to return at most.
 */
limit: number, };

/**
 * What requests are sorted by.
 */
export type RequestSortName = "alias" | "submittedBy" | "submittedAt" | "validUntil";

/**
 * A page of requests.
 */
export type RequestListView = { 
/**
 * How many match in all.
 */
matching: number, 
/**
 * The page.
 */
rows: Array<RequestView>, };

/**
 * A connection request.
 */
export type RequestView = { 
/**
 * Identifies the request.
 */
id: string, 
/**
 * Id of the hub.
 */
hubId: string, 
/**
 * *API Portal Alias Name*.
 */
alias: string, 
/**
 * *Comment*.
 */
comment: string, 
/**
 * Who submitted it.
 */
submittedBy: string, 
/**
 * When.
 */
submittedAt: string, 
/**
 * Where it stands.
 */
state: RequestStateView, 
/**
 * The hub's copy of the credentials, redacted.
 */
credentials: CredentialSummaryView, 
/**
 * What the person may do with it.
 */
permits: RequestPermitsView, };

/**
 * Where a request stands, with what belongs to that state.
 */
export type RequestStateView = { "state": "pending", 
/**
 * When the hub took the credentials.
 */
appliedAt: string, 
/**
 * Who gave them.
 */
appliedBy: string, } | { "state": "approved", 
/**
 * Who approved it.
 */
approvedBy: string, 
/**
 * When.
 */
approvedAt: string, 
/**
 * When the hub took the credentials.
 */
appliedAt: string, 
/**
 * Who gave them.
 */
appliedBy: string, } | { "state": "rejected", 
/**
 * Who rejected it.
 */
rejectedBy: string, 
/**
 * When.
 */
rejectedAt: string, 
/**
 * Why.
 */
reason: string, };

/**
 * What a person may do with a request.
 */
export type RequestPermitsView = { 
/**
 * *View*.
 */
view: Permit, 
/**
 * *Edit Credentials*.
 */
editCredentials: Permit, 
/**
 * *Approve*.
 */
approve: Permit, 
/**
 * *Reject*.
 */
reject: Permit, 
/**
 * *Re-establish Connection*.
 */
reestablish: Permit, };

/**
 * A request as typed.
 */
export type SubmitRequestRequest = { 
/**
 * Id of the hub.
 */
hubId: string, 
/**
 * *API Portal Alias Name*.
 */
alias: string, 
/**
 * *API Portal Access Credentials*, as pasted.
 */
credentials: string, 
/**
 * *Comment*.
 */
comment: string, 
/**
 * The mandatory checkbox.
 */
irrevocable: boolean, };

/**
 * Which entries are wanted.
 */
export type ListActivityRequest = { 
/**
 * Words that all have to occur; empty for all.
 */
search: string, 
/**
 * How many to leave out at the start.
 */
offset: number, 
/**
 * How many to return at most.
 */
limit: number, };

/**
 * A page of the activity list, newest first.
 */
export type ActivityListView = { 
/**
 * How many match in all.
 */
matching: number, 
/**
 * The page.
 */
rows: Array<ActivityView>, };

/**
 * An entry of the activity list.
 */
export type ActivityView = { 
/**
 * Identifies the entry.
 */
id: string, 
/**
 * When.
 */
at: string, 
/**
 * Who.
 */
person: string, 
/**
 * What, in words.
 */
action: string, 
/**
 * To which portal, request, hub or person.
 */
subject: string, 
/**
 * More about it; may be empty.
 */
detail: string, };
