// Generated from src-tauri/views by `make wire`. Do not edit.

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
 * What has to be confirmed.
 */
confirmation?: ConfirmationName, 
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
export type ErrorCode = "refused" | "roleMissing" | "invalidInput" | "notFound" | "needsConfirmation" | "keychain" | "failed";

/**
 * What a person can confirm. A request that is sent once more names what was confirmed.
 */
export type ConfirmationName = "exposure" | "newAddresses" | "vendorRules" | "ownPair";

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
export type FieldName = "name" | "email" | "roles" | "subaccount" | "alias" | "credentials" | "comment" | "irrevocable" | "reason" | "confirmation" | "address" | "host" | "port" | "mutualTlsPort" | "checkInterval" | "proxy" | "openApi" | "clientId" | "clientSecret" | "portalUrl" | "generatedAt" | "password" | "description" | "graceTime" | "region" | "hubAddress" | "submittedBy" | "submittedOn" | "decidedBy" | "decidedOn" | "note" | "ticket";

/**
 * Whether the person may do something, and if not, why and what to do instead.
 */
export type Permit = { 
/**
 * Whether it may be done.
 */
allowed: boolean, 
/**
 * What cannot be done, in a few words; empty if allowed.
 */
title: string, 
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
 * Which of the vendor's screens a hub or portal looks like.
 */
export type VocabularyName = "newDesign" | "classicDesign" | "developerHub";

/**
 * Where a portal, a hub or a connection is.
 */
export type KindName = "local" | "inSap";

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
 * Credentials as they were given, and what the person chose or added.
 */
export type CredentialsRequest = { 
/**
 * The document.
 */
document: DocumentRequest, 
/**
 * The password of a container or an encrypted key; empty for none.
 */
password: string, 
/**
 * Which of several credentials is meant, counted from 0; `null` if nothing was chosen.
 */
choice: number | null, 
/**
 * The portal's URL, where the document does not carry it; empty for none.
 */
portalUrl: string, };

/**
 * A document.
 */
export type DocumentRequest = { "source": "text", 
/**
 * The text.
 */
text: string, } | { "source": "held", 
/**
 * Its id.
 */
id: string, } | { "source": "current", 
/**
 * Id of the portal.
 */
portalId: string, } | { "source": "fields", 
/**
 * Id of the request.
 */
requestId: string, 
/**
 * *Client ID*.
 */
clientId: string, 
/**
 * *Client Secret*.
 */
clientSecret: ClientSecretRequest, };

/**
 * A client secret as a person gives it.
 */
export type ClientSecretRequest = { "source": "typed", 
/**
 * The secret.
 */
text: string, } | { "source": "held", 
/**
 * Identifies it.
 */
id: string, };

/**
 * A document that the core read.
 */
export type HeldDocumentView = { 
/**
 * Its id.
 */
id: string, 
/**
 * Where it comes from: a file name, or the clipboard.
 */
name: string, 
/**
 * Its text with every value hidden, so that every place keeps its line and column; `null` if it is no text.
 */
text: string | null, };

/**
 * A held document that the person chose to see, in order to edit it.
 */
export type ShownDocumentView = { 
/**
 * Its text, with its secrets.
 */
text: string, };

/**
 * What happens to a document that is dragged over the window, or pasted into it.
 */
export type DropEventView = { "event": "over" } | { "event": "left" } | { "event": "dropped", 
/**
 * The document.
 */
document: HeldDocumentView, } | { "event": "wiped", 
/**
 * Why.
 */
error: UserError, } | { "event": "refused", 
/**
 * Why.
 */
error: UserError, };

/**
 * What a document was recognised as; nothing of its secrets.
 */
export type InspectionView = { 
/**
 * How it is written, such as "JSON"; `null` if that cannot be told.
 */
syntax: string | null, 
/**
 * About the document as a whole, errors first.
 */
findings: Array<DocumentFindingView>, 
/**
 * The credentials in it; several leave a choice.
 */
candidates: Array<CandidateView>, 
/**
 * Whether it waits for a password.
 */
needsPassword: boolean, };

/**
 * One set of credentials of a document.
 */
export type CandidateView = { 
/**
 * Where it stands in the document; empty if it is the document.
 */
name: string, 
/**
 * Whose credentials they are, a stable name.
 */
shape: string, 
/**
 * The same in words, such as "XSUAA service key (certificate)".
 */
shapeName: string, 
/**
 * What was taken off around them, outermost first.
 */
wrappers: Array<string>, 
/**
 * The parts that were found.
 */
fields: Array<DocumentFieldView>, 
/**
 * What they prove themselves with; `null` if that cannot be read.
 */
kind: CredentialKindView | null, 
/**
 * Until when that can be used, as far as the document tells.
 */
validity: ValidityView | null, 
/**
 * The subdomain of the portal's subaccount, as far as the document tells.
 */
subdomain: string | null, 
/**
 * About these credentials, errors first, but what the question for the portal's URL says.
 */
findings: Array<DocumentFindingView>, 
/**
 * Whether the portal's URL is all that is missing.
 */
lacksOnlyUrl: boolean, 
/**
 * What is wrong with that URL as it was given.
 */
urlProblem: DocumentFindingView | null, 
/**
 * Whether they wait for a password.
 */
needsPassword: boolean, 
/**
 * Whether it has to be asked when they were generated: nobody knows, and they are not imported without an answer, or the
 * client id only lets it be guessed.
 */
asksLifetime: boolean, 
/**
 * What they would connect to; `null` if they cannot be used like this.
 */
usable: CredentialSummaryView | null, };

/**
 * A part of a document.
 */
export type DocumentFieldView = { 
/**
 * Its key, as published.
 */
key: string, 
/**
 * What may be shown of it; `null` for a secret.
 */
text: string | null, 
/**
 * Line, counted from 1; `null` if it has no place.
 */
line: number | null, 
/**
 * Column in characters, counted from 1.
 */
column: number | null, };

/**
 * Something to be said about a document.
 */
export type DocumentFindingView = { 
/**
 * How grave it is.
 */
severity: SeverityName, 
/**
 * Which kind.
 */
code: string, 
/**
 * What it is, one sentence.
 */
message: string, 
/**
 * What to do about it.
 */
hint: string, 
/**
 * Line, counted from 1; `null` if it has no place.
 */
line: number | null, 
/**
 * Column in characters, counted from 1.
 */
column: number | null, };

/**
 * How grave a finding is.
 */
export type SeverityName = "error" | "warning" | "note";

/**
 * What a person says about the time when credentials were generated.
 */
export type LifetimeRequest = { "lifetime": "fromDocument" } | { "lifetime": "ofServiceKey" } | { "lifetime": "generated", 
/**
 * When.
 */
at: string, } | { "lifetime": "unknown" };

/**
 * How long a client secret lives.
 */
export type LifetimeView = { "lifetime": "ofServiceKey" } | { "lifetime": "generated", 
/**
 * When.
 */
at: string, } | { "lifetime": "guessed", 
/**
 * When.
 */
at: string, } | { "lifetime": "unknown" };

/**
 * A format to export in.
 */
export type ExportFormatView = { 
/**
 * Which.
 */
format: FormatName, 
/**
 * What it is called.
 */
name: string, 
/**
 * Whether it needs a password with a .p12 keystore.
 */
takesPassword: boolean, 
/**
 * Whether it asks for the kind of keystore.
 */
takesKeystore: boolean, };

/**
 * A format by its name.
 */
export type FormatName = "connection" | "serviceKey" | "serviceKeyWrapped" | "destinationJson" | "destinationYaml" | "destinationProperties" | "pem" | "pemFiles" | "pkcs12" | "environment" | "kubernetesSecret" | "curl";

/**
 * The keystore of a destination with a certificate.
 */
export type KeyStoreName = "pkcs12" | "pem";

/**
 * What to export and how.
 */
export type ExportRequest = { 
/**
 * Ids of the credentials; several become one zip archive.
 */
ids: Array<string>, 
/**
 * The format.
 */
format: FormatName, 
/**
 * The password of a container; empty for none.
 */
password: string, 
/**
 * Whether a container is for old readers.
 */
legacy: boolean, 
/**
 * The keystore of a destination.
 */
keystore: KeyStoreName, };

/**
 * What an export would hold, with the secret hidden.
 */
export type PreviewView = { 
/**
 * Name of the file inside an archive; empty for a single file.
 */
name: string, 
/**
 * The text.
 */
text: string, };

/**
 * How far an export of several credentials is.
 */
export type ExportProgressView = { 
/**
 * How many are written.
 */
done: number, 
/**
 * How many there are in all.
 */
total: number, };

/**
 * A credential that can be exported.
 */
export type ExportableView = { 
/**
 * Id of its portal.
 */
portalId: string, 
/**
 * Name of its portal.
 */
portal: string, 
/**
 * Where that portal is.
 */
kind: KindName, 
/**
 * Id of the credential.
 */
id: string, 
/**
 * Client id.
 */
clientId: string, 
/**
 * Whether it is a certificate.
 */
certificate: boolean, 
/**
 * Whether it is the current one.
 */
current: boolean, 
/**
 * Whether others have taken its place.
 */
superseded: boolean, 
/**
 * When it was generated or imported.
 */
createdAt: string, };

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
problem: UserError | null, 
/**
 * What taking it over means, where it is not the keychain of this installation.
 */
takeOver: TakeOverView | null, };

/**
 * What is lost when this keychain is used instead of the former one.
 */
export type TakeOverView = { 
/**
 * Whether it holds the secrets of another installation, and this one begins.
 */
beside: boolean, 
/**
 * What has to be typed: how many secrets are missing, or are another installation's.
 */
number: number, 
/**
 * Portals whose credentials are lost.
 */
portals: Array<string>, 
/**
 * Hubs that lose their copy, with the alias of the connection or request.
 */
connections: Array<string>, 
/**
 * PingOne accounts whose secrets are lost.
 */
accounts: Array<string>, 
/**
 * Whether the token service gets other keys.
 */
tokenService: boolean, };

/**
 * What a credential proves itself with, without the secret.
 */
export type CredentialKindView = { "kind": "clientSecret", 
/**
 * How long it lives.
 */
lifetime: LifetimeView, } | { "kind": "certificate", 
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
 * Until when credentials can be used.
 */
export type ValidityView = { 
/**
 * When they end by themselves; `null` if they do not, or if that is not known.
 */
until: string | null, 
/**
 * Whole days until then, not rounded up; negative from the second day after it on.
 */
daysLeft: number | null, 
/**
 * Whether that is so near that the day alone could mislead.
 */
near: boolean, 
/**
 * What is left, or why nothing is, in a few words.
 */
text: string, 
/**
 * What limits it, a sentence.
 */
why: string, 
/**
 * What follows from it now.
 */
standing: ValidityStandingName, };

/**
 * What the validity of credentials is now.
 */
export type ValidityStandingName = "notYetValid" | "valid" | "endsSoon" | "ended" | "noEnd" | "notKnown";

/**
 * Where a credential of a portal stands.
 */
export type CredentialStateView = { "state": "current" } | { "state": "superseded", 
/**
 * Since when.
 */
at: string, } | { "state": "additional" } | { "state": "retired", 
/**
 * Since when.
 */
at: string, 
/**
 * What ended it.
 */
end: CredentialEndName, };

/**
 * What ended a credential.
 */
export type CredentialEndName = "keyDeleted" | "instanceDeleted";

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
requestState: RequestStateName, 
/**
 * Whether the hub is local or in SAP.
 */
kind: KindName, 
/**
 * The vocabulary of the hub.
 */
vocabulary: VocabularyName, 
/**
 * What is known about the connection; `null` while there is none.
 */
health: HealthView | null, };

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
 * Where it comes from.
 */
origin: CredentialOriginView, 
/**
 * The OAuth 2.0 client id.
 */
clientId: string, 
/**
 * What it proves itself with.
 */
kind: CredentialKindView, 
/**
 * When it was generated here, or imported.
 */
createdAt: string, 
/**
 * Who did that.
 */
createdBy: string, 
/**
 * Until when it can be used.
 */
validity: ValidityView, 
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
secretLabel: string | null, 
/**
 * Whether its secret is in the keychain, and if not, what to do.
 */
secretThere: Permit, };

/**
 * Where a credential comes from.
 */
export type CredentialOriginView = { "origin": "serviceKey", 
/**
 * Name of the service key that carries it.
 */
keyName: string, } | { "origin": "imported", 
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
certUrl: string | null, };

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
 * Until when they can be used.
 */
validity: ValidityView, 
/**
 * Name of the portal, if it is managed here.
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
mayCreate: Permit, 
/**
 * Whether the person may copy and export credentials.
 */
mayHandOver: Permit, };

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
applied: AppliedView, 
/**
 * Whether the person may see its credentials; if not, there is no current one here.
 */
mayOpen: Permit, };

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
 * Whether it is local or in SAP.
 */
kind: KindName, 
/**
 * The URL of one in SAP; `null` for a local one.
 */
address: string | null, 
/**
 * Which of the vendor's screens its page looks like.
 */
vocabulary: VocabularyName, 
/**
 * When it was created or added.
 */
createdAt: string, };

/**
 * A portal in SAP, as typed.
 */
export type TrackPortalRequest = { 
/**
 * Name.
 */
name: string, 
/**
 * Subaccount.
 */
subaccount: string, 
/**
 * The credentials that it generated.
 */
credentials: CredentialsRequest, 
/**
 * When that was.
 */
lifetime: LifetimeRequest, 
/**
 * What the person has confirmed.
 */
confirmed: Array<ConfirmationName>, };

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
subaccount: string, 
/**
 * What the person has confirmed.
 */
confirmed: Array<ConfirmationName>, };

/**
 * A portal that was created.
 */
export type PortalCreatedView = { 
/**
 * The portal.
 */
portal: PortalView, 
/**
 * The hub of its subaccount, to which it was connected for good.
 */
connected: string | null, 
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
 * The token endpoint for client secrets; `null` while that of a portal in SAP is not known.
 */
tokenUrl: string | null, 
/**
 * The base URL for certificates; `null` while that of a portal in SAP is not known.
 */
certUrl: string | null, 
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
 * Whether the person may change the portal's settings.
 */
mayChange: Permit, 
/**
 * Whether the person may generate and regenerate.
 */
mayGenerate: Permit, 
/**
 * Whether the person may import credentials, which a portal in SAP generates.
 */
mayImport: Permit, 
/**
 * Whether the person may retire credentials.
 */
mayRetire: Permit, 
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
 * Whether it is local or in SAP, with what belongs to that.
 */
home: HubHomeView, 
/**
 * Which of the vendor's screens its pages look like.
 */
vocabulary: VocabularyName, 
/**
 * How many portals can be connected.
 */
portalLimit: number, 
/**
 * When it was created or recorded.
 */
createdAt: string, };

/**
 * Where a hub is.
 */
export type HubHomeView = { "kind": "local", 
/**
 * Subaccount.
 */
subaccount: string, 
/**
 * Whether nobody may approve what he submitted himself.
 */
fourEyes: boolean, } | { "kind": "inSap", 
/**
 * Region; may be empty.
 */
region: string, 
/**
 * Where it opens in the browser.
 */
address: string, };

/**
 * What a person types about a hub in SAP.
 */
export type HubDetailsRequest = { 
/**
 * Name.
 */
name: string, 
/**
 * Region; where it is empty, the address may tell.
 */
region: string, 
/**
 * Where it opens in the browser.
 */
address: string, 
/**
 * Which of the vendor's screens it shows.
 */
vocabulary: VocabularyName, };

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
subaccount: string, 
/**
 * What the person has confirmed.
 */
confirmed: Array<ConfirmationName>, };

/**
 * A hub that was created.
 */
export type HubCreatedView = { 
/**
 * The hub.
 */
hub: HubView, 
/**
 * The portal of its subaccount, to which it was connected for good.
 */
connected: string | null, 
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
 * The start page.
 */
export type LaunchpadView = { 
/**
 * How many portals are managed.
 */
portals: number, 
/**
 * How many hubs there are.
 */
hubs: number, 
/**
 * How many PingOne accounts are kept.
 */
accounts: number, 
/**
 * How many requests wait for a decision, in all hubs.
 */
pending: number, 
/**
 * How many connections there are.
 */
connections: number, 
/**
 * Whether the person may create and track portals.
 */
mayCreate: Permit, 
/**
 * How many days before their end credentials need attention.
 */
endsSoonDays: number, 
/**
 * What needs attention, the most urgent first.
 */
attention: Array<AttentionView>, };

/**
 * Something that needs attention.
 */
export type AttentionView = { 
/**
 * How urgent it is.
 */
urgency: UrgencyName, 
/**
 * What it is.
 */
matter: MatterView, };

/**
 * How urgent something is.
 */
export type UrgencyName = "broken" | "uncertain" | "endsSoon" | "waits";

/**
 * What needs attention.
 */
export type MatterView = { "matter": "databaseNoticed", 
/**
 * What was noticed.
 */
message: string, 
/**
 * What to do about it.
 */
remedy: string, } | { "matter": "keychain", 
/**
 * What is wrong, and what to do.
 */
problem: UserError, } | { "matter": "secretsGone", 
/**
 * What is wrong, and what to do.
 */
problem: UserError, } | { "matter": "tokenService", 
/**
 * What is wrong, and what to do.
 */
problem: UserError, } | { "matter": "connectionFails", 
/**
 * Which one.
 */
connection: ConnectionNameView, 
/**
 * What was found.
 */
finding: FindingView, } | { "matter": "notKnown", 
/**
 * Which one.
 */
connection: ConnectionNameView, 
/**
 * Why not.
 */
doubt: DoubtView, } | { "matter": "noneReached", 
/**
 * How many there are.
 */
count: number, 
/**
 * A hub.
 */
hubId: string, 
/**
 * What was found for the first.
 */
finding: FindingView, } | { "matter": "connectionEnds", 
/**
 * Which one.
 */
connection: ConnectionNameView, 
/**
 * What is left of them, in a few words.
 */
validity: string, 
/**
 * Whether the portal has newer ones, which the hub has to be given.
 */
renewal: RenewalName, } | { "matter": "credentialsEnd", 
/**
 * The portal.
 */
portalId: string, 
/**
 * Its name.
 */
portal: string, 
/**
 * What is left of them, in a few words.
 */
validity: string, } | { "matter": "formerCredentialsEnd", 
/**
 * The portal.
 */
portalId: string, 
/**
 * Its name.
 */
portal: string, 
/**
 * Their client id.
 */
clientId: string, 
/**
 * What is left of them, in a few words.
 */
validity: string, } | { "matter": "credentialsNotVisible", 
/**
 * How many portals there are.
 */
portals: number, 
/**
 * What the person lacks, and what to do.
 */
problem: UserError, } | { "matter": "notApplied", 
/**
 * The portal.
 */
portalId: string, 
/**
 * Its name.
 */
portal: string, 
/**
 * The request that holds the former ones.
 */
connection: ConnectionNameView, 
/**
 * Where it stands.
 */
state: RequestStateName, } | { "matter": "requestsWait", 
/**
 * The hub.
 */
hubId: string, 
/**
 * Its name.
 */
hub: string, 
/**
 * How many.
 */
count: number, 
/**
 * What can be decided about them.
 */
decision: PendingDecisionName, } | { "matter": "requestRejected", 
/**
 * Which one.
 */
connection: ConnectionNameView, 
/**
 * Why.
 */
reason: string, 
/**
 * Whether its hub is local or in SAP.
 */
kind: KindName, } | { "matter": "clientIdsMissing", 
/**
 * The account.
 */
accountId: string, 
/**
 * Its name.
 */
account: string, 
/**
 * How many.
 */
count: number, } | { "matter": "formerSecretEnds", 
/**
 * The account.
 */
accountId: string, 
/**
 * Its name.
 */
account: string, 
/**
 * What the credentials are called.
 */
credential: string, 
/**
 * When.
 */
until: string, };

/**
 * Whether a portal has credentials that last longer than those that end.
 */
export type RenewalName = "there" | "missing" | "notVisible";

/**
 * What can be decided about the pending requests of a hub.
 */
export type PendingDecisionName = "any" | "rejectOnly" | "inSap";

/**
 * A request and its hub.
 */
export type ConnectionNameView = { 
/**
 * The hub.
 */
hubId: string, 
/**
 * Its name.
 */
hub: string, 
/**
 * The request.
 */
requestId: string, 
/**
 * Its alias.
 */
alias: string, 
/**
 * Whether it is local or in SAP.
 */
kind: KindName, };

/**
 * Which requests are wanted.
 */
export type ListRequestsRequest = { 
/**
 * Id of the hub.
 */
hubId: string, 
/**
 * Their state; `null` for all of them.
 */
state: RequestStateName | null, 
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
 * Name of the hub.
 */
hub: string, 
/**
 * Whether the hub, and so the request and the connection, is local or in SAP.
 */
kind: KindName, 
/**
 * The vocabulary of the hub.
 */
vocabulary: VocabularyName, 
/**
 * Id of the portal; `null` if it is not in this installation.
 */
portalId: string | null, 
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
 * What was reported about it, if its hub is in SAP.
 */
report: ReportView | null, 
/**
 * Where it stands.
 */
state: RequestStateView, 
/**
 * The hub's copy of the credentials, redacted.
 */
credentials: CredentialSummaryView, 
/**
 * Whether its portal has other current credentials than the hub's copy, as far as the person may see.
 */
holdsFormer: boolean, 
/**
 * What is known about the connection; `null` while there is none.
 */
health: HealthView | null, 
/**
 * What the person may do with it.
 */
permits: RequestPermitsView, };

/**
 * What was reported about a request in SAP.
 */
export type ReportView = { 
/**
 * Who made the record.
 */
recordedBy: string, 
/**
 * Who decided it; may be empty.
 */
decidedBy: string, 
/**
 * A note of one's own.
 */
note: string, 
/**
 * A ticket.
 */
ticket: string, };

/**
 * What a person types about a request in SAP.
 */
export type RecordDetailsRequest = { 
/**
 * *API Portal Alias Name*.
 */
alias: string, 
/**
 * *Comment*.
 */
comment: string, 
/**
 * Who submitted it; empty for the person who records it.
 */
submittedBy: string, 
/**
 * On which day, as its beginning by UTC.
 */
submittedOn: string, 
/**
 * Who decided it; may be empty.
 */
decidedBy: string, 
/**
 * On which day; `null` while it is pending.
 */
decidedOn: string | null, 
/**
 * A note of one's own.
 */
note: string, 
/**
 * A ticket.
 */
ticket: string, 
/**
 * What the person has confirmed.
 */
confirmed: Array<ConfirmationName>, };

/**
 * What was decided in SAP.
 */
export type DecisionRequest = { 
/**
 * Why it was rejected; `null` if it was approved.
 */
rejectedBecause: string | null, 
/**
 * By whom; may be empty.
 */
by: string, 
/**
 * On which day, as its beginning by UTC.
 */
on: string, };

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
reestablish: Permit, 
/**
 * *Test Connection*.
 */
test: Permit, 
/**
 * Record what was decided in SAP.
 */
recordDecision: Permit, 
/**
 * Correct a record.
 */
changeRecord: Permit, 
/**
 * Forget a record.
 */
forget: Permit, };

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
 * *API Portal Access Credentials*.
 */
credentials: CredentialsRequest, 
/**
 * *Comment*.
 */
comment: string, 
/**
 * The mandatory checkbox.
 */
irrevocable: boolean, };

/**
 * The service instances of a portal.
 */
export type ServiceInstancesView = { 
/**
 * Those that exist, oldest first; empty if the person may not see them.
 */
instances: Array<ServiceInstanceView>, 
/**
 * The service plan of all of them.
 */
plan: string, 
/**
 * The roles that an instance can have.
 */
roles: Array<ServiceRoleView>, 
/**
 * The least number of characters of a client secret that a person chooses.
 */
minChosenSecret: number, 
/**
 * Whether the person may create and delete.
 */
mayManage: Permit, };

/**
 * A service instance.
 */
export type ServiceInstanceView = { 
/**
 * Identifies the instance.
 */
id: string, 
/**
 * Its name.
 */
name: string, 
/**
 * The role that its credentials carry.
 */
role: string, 
/**
 * When it was created.
 */
createdAt: string, 
/**
 * Who created it.
 */
createdBy: string, 
/**
 * Its keys, newest first.
 */
keys: Array<CredentialView>, 
/**
 * The request that deleting the instance would break.
 */
applied: AppliedView, };

/**
 * A role that a service instance can have.
 */
export type ServiceRoleView = { 
/**
 * Its name.
 */
name: string, 
/**
 * What it is for.
 */
purpose: string, };

/**
 * A service instance as typed.
 */
export type CreateServiceInstanceRequest = { 
/**
 * Id of the portal.
 */
portalId: string, 
/**
 * Its name.
 */
name: string, 
/**
 * Name of its role.
 */
role: string, };

/**
 * A service key as typed.
 */
export type CreateServiceKeyRequest = { 
/**
 * Id of the service instance.
 */
instanceId: string, 
/**
 * Its name.
 */
name: string, 
/**
 * What is to be generated.
 */
kind: GenerateKindRequest, 
/**
 * A client secret of one's own instead of a generated one; empty for none.
 */
clientSecret: ClientSecretRequest, };

/**
 * The APIs of a portal.
 */
export type ApiProxiesView = { 
/**
 * The API proxies, by name.
 */
proxies: Array<ApiProxyView>, 
/**
 * Whether the person may import and remove.
 */
mayManage: Permit, };

/**
 * An API proxy of a portal.
 */
export type ApiProxyView = { 
/**
 * Identifies the API proxy.
 */
id: string, 
/**
 * Its name.
 */
name: string, 
/**
 * Its title.
 */
title: string, 
/**
 * Its version.
 */
version: string, 
/**
 * What it is for; may be empty.
 */
description: string, 
/**
 * The path below which it answers.
 */
basePath: string, 
/**
 * Which version of OpenAPI the document was written in.
 */
openapiVersion: string, 
/**
 * When it was imported.
 */
importedAt: string, 
/**
 * Who imported it.
 */
importedBy: string, };

/**
 * What the import did.
 */
export type ImportApiResponse = { 
/**
 * The API proxy; `null` if the dialog was cancelled.
 */
api: ApiProxyView | null, };

/**
 * An approved connection.
 */
export type ConnectionView = { 
/**
 * What is known about it.
 */
health: HealthView, 
/**
 * The APIs that the hub fetched last, by name.
 */
apis: Array<FetchedApiView>, 
/**
 * The hub's destination.
 */
destination: DestinationView, };

/**
 * What is known about an approved connection.
 */
export type HealthView = { 
/**
 * What the last test found that got to the portal.
 */
outcome: HealthOutcomeView, 
/**
 * What prevented the last test, if anything did; then it is repeated soon.
 */
postponed: PostponedView | null, 
/**
 * When it was last tested; `null` before the first time.
 */
checkedAt: string | null, 
/**
 * When the hub last fetched the portal's APIs.
 */
lastSuccess: string | null, 
/**
 * Whether something has changed since, so that it is about to be tested.
 */
due: boolean, 
/**
 * Why it is not known whether the connection works; `null` where that is known.
 */
doubt: DoubtView | null, };

/**
 * A test that did not get to the portal, or was asked to come back later.
 */
export type PostponedView = { 
/**
 * What was in the way.
 */
finding: FindingView, 
/**
 * When it is made again.
 */
until: string, };

/**
 * What a test of a connection found.
 */
export type HealthOutcomeView = { "outcome": "unknown" } | { "outcome": "success" } | { "outcome": "stale" } | { "outcome": "failing", 
/**
 * What is wrong.
 */
finding: FindingView, };

/**
 * Why it is not known whether a connection works.
 */
export type DoubtView = { "doubt": "neverTested" } | { "doubt": "changed" } | { "doubt": "tooOld", 
/**
 * When it was tested last.
 */
testedAt: string | null, } | { "doubt": "postponed", 
/**
 * What was in the way.
 */
finding: FindingView, };

/**
 * What is wrong with a connection.
 */
export type FindingView = { 
/**
 * The stage that failed.
 */
stage: StageView, 
/**
 * Code of the cause.
 */
code: string, 
/**
 * What is wrong, as a sentence.
 */
message: string, 
/**
 * The same in two or three words, for where the sentence does not fit.
 */
short: string, 
/**
 * What to do.
 */
remedy: string, 
/**
 * What was seen; may be empty.
 */
seen: string, 
/**
 * What mends it.
 */
repair: RepairName, };

/**
 * What mends a connection that fails.
 */
export type RepairName = "reestablish" | "settings" | "testAgain";

/**
 * A stage of the test.
 */
export type StageView = { 
/**
 * Identifies the stage.
 */
code: string, 
/**
 * What a person reads.
 */
name: string, };

/**
 * An API of a portal, as the hub fetched it.
 */
export type FetchedApiView = { 
/**
 * Its name.
 */
name: string, 
/**
 * Its title.
 */
title: string, 
/**
 * Its version.
 */
version: string, 
/**
 * Its description.
 */
description: string, 
/**
 * The path below which it answers.
 */
basePath: string, };

/**
 * A destination of a hub.
 */
export type DestinationView = { 
/**
 * Id of the request whose connection it serves.
 */
requestId: string, 
/**
 * Alias of that request.
 */
alias: string, 
/**
 * Whether it is there.
 */
state: DestinationStateView, 
/**
 * *URL*.
 */
url: string, 
/**
 * *Token Service URL*.
 */
tokenServiceUrl: string, 
/**
 * *Authentication*.
 */
authentication: string, 
/**
 * The client id in it.
 */
clientId: string, 
/**
 * Whether it proves itself with a certificate; with a client secret otherwise.
 */
certificate: boolean, 
/**
 * Whether the person may delete it.
 */
mayDelete: Permit, };

/**
 * Whether a hub has the destination of a connection.
 */
export type DestinationStateView = { "state": "present", 
/**
 * Its name.
 */
name: string, 
/**
 * When it was created.
 */
createdAt: string, 
/**
 * Who created it.
 */
createdBy: string, } | { "state": "deleted", 
/**
 * When.
 */
at: string, 
/**
 * Who.
 */
by: string, } | { "state": "inSap" };

/**
 * What happens during a test.
 */
export type TestEventView = { "event": "planned", 
/**
 * In their order.
 */
stages: Array<StageView>, } | { "event": "started", 
/**
 * Code of the stage.
 */
stage: string, } | { "event": "passed", 
/**
 * Code of the stage.
 */
stage: string, 
/**
 * What was found, in a few words.
 */
found: string, 
/**
 * How long it took.
 */
milliseconds: number, } | { "event": "failed", 
/**
 * Code of the stage.
 */
stage: string, 
/**
 * What is wrong.
 */
finding: FindingView, 
/**
 * How long it took.
 */
milliseconds: number, };

/**
 * What a test found.
 */
export type TestOutcomeView = { "outcome": "passed", 
/**
 * The portal's APIs.
 */
apis: Array<FetchedApiView>, } | { "outcome": "failed", 
/**
 * What.
 */
finding: FindingView, } | { "outcome": "cancelled" };

/**
 * What is to be tested.
 */
export type TestTargetRequest = { "target": "document", 
/**
 * As given.
 */
credentials: CredentialsRequest, } | { "target": "credential", 
/**
 * Its id.
 */
id: string, } | { "target": "request", 
/**
 * Id of the request.
 */
id: string, };

/**
 * The list of PingOne accounts.
 */
export type PingOneAccountListView = { 
/**
 * The accounts, by name.
 */
accounts: Array<PingOneAccountSummaryView>, 
/**
 * How many credentials each of them can have.
 */
credentialLimit: number, };

/**
 * A PingOne account in the list.
 */
export type PingOneAccountSummaryView = { 
/**
 * The account.
 */
account: PingOneAccountView, 
/**
 * How many credentials it has.
 */
credentials: number, 
/**
 * Of how many of them a former secret is kept.
 */
formerSecrets: number, 
/**
 * How many of them wait for the client id that PingOne shows.
 */
waiting: number, };

/**
 * Where the credentials of an account are real.
 */
export type PingOneAccountKindName = "local" | "inPingOne";

/**
 * A PingOne account.
 */
export type PingOneAccountView = { 
/**
 * Identifies the account.
 */
id: string, 
/**
 * Name.
 */
name: string, 
/**
 * Where its credentials are real.
 */
kind: PingOneAccountKindName, 
/**
 * When it was created here.
 */
createdAt: string, };

/**
 * The account's page.
 */
export type PingOneAccountPageView = { 
/**
 * The account.
 */
account: PingOneAccountView, 
/**
 * Its credentials, oldest first.
 */
credentials: Array<ConnectionCredentialView>, 
/**
 * How many it can have.
 */
credentialLimit: number, 
/**
 * Whether there is room for another one; if not, why.
 */
mayAdd: Permit, 
/**
 * That PingOne will refuse another one, which can be recorded nevertheless.
 */
warning: PingOneWarningView | null, 
/**
 * The longest description, in characters.
 */
maxDescription: number, 
/**
 * The longest secret, in characters.
 */
maxSecret: number, 
/**
 * For how many hours a replaced secret is kept unless somebody says otherwise.
 */
defaultGraceHours: number, 
/**
 * The longest time, in hours, that it can be kept; the shortest is 0.
 */
maxGraceHours: number, 
/**
 * The formats to export in.
 */
formats: Array<ConnectionExportFormatView>, };

/**
 * What PingOne will not allow.
 */
export type PingOneWarningView = { 
/**
 * What is so.
 */
text: string, 
/**
 * What to do about it.
 */
hint: string, };

/**
 * Connection API Credentials, without their secret.
 */
export type ConnectionCredentialView = { 
/**
 * Identifies the credentials.
 */
id: string, 
/**
 * Client id; `null` until the one that PingOne shows is entered.
 */
clientId: string | null, 
/**
 * *Short Description*; may be empty.
 */
description: string, 
/**
 * Whether a person chose the secret, instead of having it generated.
 */
secretChosen: boolean, 
/**
 * Since when this secret is the current one.
 */
secretChangedAt: string, 
/**
 * What the secret is called in the keychain.
 */
secretLabel: string | null, 
/**
 * Whether the secret is in the keychain, and if not, what to do.
 */
secretThere: Permit, 
/**
 * The secret before, as long as it is kept.
 */
former: FormerSecretView | null, 
/**
 * When the credentials were added.
 */
createdAt: string, 
/**
 * Who added them.
 */
createdBy: string, };

/**
 * A secret that was replaced and is kept for a while.
 */
export type FormerSecretView = { 
/**
 * Whether a person chose it.
 */
chosen: boolean, 
/**
 * When it was replaced.
 */
replacedAt: string, 
/**
 * From when on it counts as deleted.
 */
until: string, 
/**
 * How long that is from now, in a few words.
 */
left: string, };

/**
 * Credentials that were added.
 */
export type ConnectionCredentialAddedView = { 
/**
 * Id of the credentials.
 */
id: string, 
/**
 * The account's page with them.
 */
page: PingOneAccountPageView, };

/**
 * New credentials as typed.
 */
export type AddConnectionCredentialRequest = { 
/**
 * Id of the account.
 */
accountId: string, 
/**
 * *Short Description*; may be empty.
 */
description: string, 
/**
 * A client secret of one's own instead of a generated one; empty for none.
 */
clientSecret: ClientSecretRequest, };

/**
 * Credentials as PingOne shows them.
 */
export type RecordConnectionCredentialRequest = { 
/**
 * Id of the account.
 */
accountId: string, 
/**
 * *Client ID*.
 */
clientId: string, 
/**
 * *Short Description*; may be empty.
 */
description: string, 
/**
 * *Client Secret*.
 */
clientSecret: ClientSecretRequest, };

/**
 * Credentials as edited.
 */
export type EditConnectionCredentialRequest = { 
/**
 * Id of the credentials.
 */
id: string, 
/**
 * *Short Description*; may be empty. `null`: it stays what it is by now.
 */
description: string | null, 
/**
 * What becomes of the secret.
 */
secret: SecretEditName, 
/**
 * The secret if one is chosen; else empty.
 */
clientSecret: ClientSecretRequest, 
/**
 * For how many hours the present secret is kept if it is replaced.
 */
graceHours: number, };

/**
 * What becomes of the secret when credentials are edited.
 */
export type SecretEditName = "keep" | "generate" | "choose";

/**
 * A format to export Connection API Credentials in.
 */
export type ConnectionExportFormatView = { 
/**
 * Which.
 */
format: ConnectionExportFormatName, 
/**
 * What it is called.
 */
name: string, };

/**
 * A format by its name.
 */
export type ConnectionExportFormatName = "json" | "environment" | "curl";

/**
 * A client secret that the person chose to see: the one reply that carries a secret.
 */
export type RevealedSecretView = { 
/**
 * Its client id.
 */
clientId: string | null, 
/**
 * The secret.
 */
clientSecret: string, };

/**
 * How hard a secret is to guess.
 */
export type SecretStrengthView = { 
/**
 * From 0, guessed at once, to `maxScore`.
 */
score: number, 
/**
 * The best score.
 */
maxScore: number, 
/**
 * The score in words.
 */
word: string, 
/**
 * Whether the person should be warned.
 */
weak: boolean, 
/**
 * What makes it easy to guess, if one thing does.
 */
warning: StrengthAdviceView | null, 
/**
 * What would make it harder.
 */
suggestions: Array<StrengthAdviceView>, };

/**
 * A piece of advice about a secret.
 */
export type StrengthAdviceView = { 
/**
 * Stable name.
 */
code: string, 
/**
 * A sentence.
 */
text: string, };

/**
 * The page *Settings*.
 */
export type SettingsView = { 
/**
 * Where the token service listens.
 */
tokenService: TokenServiceSettingsView, 
/**
 * What the token service does.
 */
status: TokenServiceStatusView, 
/**
 * After how many hours an approved connection is tested again.
 */
checkIntervalHours: number, 
/**
 * The shortest interval.
 */
minCheckIntervalHours: number, 
/**
 * The longest interval.
 */
maxCheckIntervalHours: number, 
/**
 * Whether the system asks the person before a secret is copied or revealed.
 */
asksBeforeSecrets: boolean, 
/**
 * By which proxy connections are tested.
 */
proxy: ProxyView, 
/**
 * The CA certificate that can be exported, once there is one.
 */
authority: ServerAuthorityView | null, 
/**
 * Whether the person may change the token service and export the CA certificate.
 */
mayManageTokenService: Permit, 
/**
 * Whether the person may set how connections are tested.
 */
mayManageChecks: Permit, };

/**
 * The authority of the token service.
 */
export type ServerAuthorityView = { 
/**
 * The host names and addresses that it can certify.
 */
names: Array<string>, 
/**
 * Since when it is the present one.
 */
since: string, 
/**
 * Until when the token service still shows a certificate by a former one; `null` where it shows one by this.
 */
takesOverAt: string | null, };

/**
 * By which proxy connections are tested.
 */
export type ProxyView = { "choice": "system" } | { "choice": "never" } | { "choice": "url", 
/**
 * The URL, without user and password.
 */
url: string, };

/**
 * Where the token service listens and what it is called in URLs.
 */
export type TokenServiceSettingsView = { 
/**
 * Whether it is to run.
 */
enabled: boolean, 
/**
 * The address to listen at.
 */
address: string, 
/**
 * Whether only programs on this computer can reach it.
 */
loopback: boolean, 
/**
 * Host name in the URLs.
 */
host: string, 
/**
 * Port for client secrets and the portal API.
 */
port: number, 
/**
 * Port that demands a client certificate.
 */
mutualTlsPort: number, };

/**
 * What the token service does.
 */
export type TokenServiceStatusView = { "status": "off" } | { "status": "notNeeded" } | { "status": "starting" } | { "status": "running", 
/**
 * Addresses with their ports.
 */
addresses: Array<string>, 
/**
 * Since when.
 */
since: string, 
/**
 * How many tokens it has issued since then.
 */
tokensIssued: number, 
/**
 * How many requests it has refused since then.
 */
refused: number, 
/**
 * Why it does not have the keys that it should have by now, and what to do; `None` if it has.
 */
keysProblem: UserError | null, } | { "status": "failed", 
/**
 * Why, and what to do.
 */
problem: UserError, };

/**
 * The settings of the token service as typed.
 */
export type ChangeTokenServiceRequest = { 
/**
 * Whether it is to run.
 */
enabled: boolean, 
/**
 * The address to listen at.
 */
address: string, 
/**
 * Host name in the URLs.
 */
host: string, 
/**
 * Port for client secrets and the portal API.
 */
port: number, 
/**
 * Port that demands a client certificate.
 */
mutualTlsPort: number, 
/**
 * What the person was asked and said yes to.
 */
confirmed: Array<ConfirmationName>, };

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

/**
 * What the window is told of without asking.
 */
export type ChangeView = { "change": "data", 
/**
 * The parts that are others now; `null` if another process made it, and it may be all of them.
 */
areas: Array<AreaName> | null, } | { "change": "keychain", 
/**
 * A call waits, perhaps for the password; false when it has ended.
 */
waits: boolean, };

/**
 * A part of the data.
 */
export type AreaName = "people" | "portals" | "hubs" | "requests" | "health" | "pingOne" | "keychain" | "settings" | "activity";
