// Generated from src-tauri/src/commands by `make wire`. Do not edit.
import { Channel, invoke } from '@tauri-apps/api/core'
import type {
  ActivityListView,
  AddConnectionCredentialRequest,
  ApiProxiesView,
  ChangeTokenServiceRequest,
  ChangeView,
  ClientSecretRequest,
  ConnectionCredentialAddedView,
  ConnectionExportFormatName,
  ConnectionView,
  CopyResponse,
  CreateHubRequest,
  CreatePortalRequest,
  CreateServiceInstanceRequest,
  CreateServiceKeyRequest,
  CredentialsRequest,
  DecisionRequest,
  DestinationView,
  DropEventView,
  EditConnectionCredentialRequest,
  ExportFormatView,
  ExportProgressView,
  ExportRequest,
  ExportResponse,
  ExportableView,
  GenerateKindRequest,
  HeldDocumentView,
  HubCreatedView,
  HubDetailsRequest,
  HubListView,
  HubPageView,
  HubView,
  ImportApiResponse,
  InspectionView,
  KeychainView,
  LaunchpadView,
  LifetimeRequest,
  ListActivityRequest,
  ListRequestsRequest,
  PersonRequest,
  PersonView,
  PingOneAccountKindName,
  PingOneAccountListView,
  PingOneAccountPageView,
  PingOneAccountView,
  PortalConnectionView,
  PortalCreatedView,
  PortalListView,
  PreviewView,
  ProxyView,
  RecordConnectionCredentialRequest,
  RecordDetailsRequest,
  RequestListView,
  RequestView,
  RevealedSecretView,
  SecretStrengthView,
  ServiceInstancesView,
  SessionView,
  SettingsView,
  ShownDocumentView,
  SubmitRequestRequest,
  TestEventView,
  TestOutcomeView,
  TestTargetRequest,
  TrackPortalRequest,
  VocabularyName,
} from '.'

export const commands = {
  /** Who uses the installation. */
  getSession: () => invoke<SessionView>('get_session'),
  /** The welcome: creates the first person. */
  createFirstPerson: (request: PersonRequest) => invoke<PersonView>('create_first_person', { request }),
  /** Adds a person. */
  addPerson: (request: PersonRequest) => invoke<PersonView>('add_person', { request }),
  /** Changes a person's name, e-mail and role collections. */
  changePerson: (id: string, request: PersonRequest) => invoke<PersonView>('change_person', { id, request }),
  /** From now on this person uses the installation. */
  switchPerson: (id: string) => invoke<PersonView>('switch_person', { id }),
  /** Removes a person who does not use the installation. */
  removePerson: (id: string) => invoke<void>('remove_person', { id }),
  /** The state of the keychain; repairs what waited for it. Takes as long as the keychain does. */
  checkKeychain: () => invoke<KeychainView>('check_keychain'),
  /**
   * From now on this keychain is the one of this installation; `confirmation` is the number as the person typed it.
   * Answers when the token service has keys again.
   */
  takeOverKeychain: (confirmation: string) => invoke<KeychainView>('take_over_keychain', { confirmation }),
  /** What there is, and what needs attention. */
  getLaunchpad: () => invoke<LaunchpadView>('get_launchpad'),
  /** All portals. */
  listPortals: () => invoke<PortalListView>('list_portals'),
  /** Creates a portal. */
  createPortal: (request: CreatePortalRequest) => invoke<PortalCreatedView>('create_portal', { request }),
  /** Gives a portal another name, and one in SAP another subaccount. */
  renamePortal: (id: string, name: string, subaccount: string | null) =>
    invoke<PortalConnectionView>('rename_portal', { id, name, subaccount }),
  /** Forgets a portal in SAP. */
  forgetPortal: (id: string) => invoke<void>('forget_portal', { id }),
  /** Deletes a local portal as a whole; `confirmation` is its name, typed. */
  deletePortal: (id: string, confirmation: string) => invoke<void>('delete_portal', { id, confirmation }),
  /** The portal's page. */
  getPortalConnection: (id: string) => invoke<PortalConnectionView>('get_portal_connection', { id }),
  /** Which of the vendor's screens the portal's page looks like. */
  setPortalVocabulary: (id: string, vocabulary: VocabularyName) =>
    invoke<PortalConnectionView>('set_portal_vocabulary', { id, vocabulary }),
  /** Connects the portal to the hub of its own subaccount. */
  connectOwnHub: (id: string) => invoke<PortalConnectionView>('connect_own_hub', { id }),
  /** *Generate Credentials*. */
  generateCredentials: (id: string, kind: GenerateKindRequest) => invoke<PortalConnectionView>('generate_credentials', { id, kind }),
  /** *Regenerate Credentials*. */
  regenerateCredentials: (id: string, kind: GenerateKindRequest) => invoke<PortalConnectionView>('regenerate_credentials', { id, kind }),
  /** *Retire*; `confirmation` is the alias of the request that still uses it, as the person typed it, or empty. */
  retireCredential: (id: string, confirmation: string) => invoke<void>('retire_credential', { id, confirmation }),
  /**
   * *Copy*: the document goes from the core to the clipboard, if the person agrees when the system asks; the reply
   * carries nothing of it. `null` if the person refuses.
   */
  copyCredentials: (id: string) => invoke<CopyResponse | null>('copy_credentials', { id }),
  /** Adds a portal in SAP, by its credentials. */
  trackPortal: (request: TrackPortalRequest) => invoke<PortalCreatedView>('track_portal', { request }),
  /** Imports credentials that a portal in SAP generated. */
  importCredentials: (id: string, credentials: CredentialsRequest, lifetime: LifetimeRequest) =>
    invoke<PortalConnectionView>('import_credentials', { id, credentials, lifetime }),
  /** Says when imported credentials were generated. */
  setLifetime: (id: string, lifetime: LifetimeRequest) => invoke<void>('set_lifetime', { id, lifetime }),
  /** *Open the BTP Cockpit*: opens it in the browser. */
  openCockpit: () => invoke<void>('open_cockpit'),
  /** Everything that can be exported. */
  listExportable: () => invoke<ExportableView[]>('list_exportable'),
  /** The formats in which these credentials can be written. */
  listExportFormats: (ids: string[]) => invoke<ExportFormatView[]>('list_export_formats', { ids }),
  /** What the export of the first of the credentials would hold, with the secret hidden. */
  previewExport: (request: ExportRequest) => invoke<PreviewView[]>('preview_export', { request }),
  /**
   * *Export…*: the system's own Save dialog, then the file; the reply carries its path only. `run` names it for
   * `cancel_run`.
   */
  exportCredentials: (run: string, request: ExportRequest, progress: (event: ExportProgressView) => void) =>
    invoke<ExportResponse>('export_credentials', { run, request, progress: new Channel(progress) }),
  /** All hubs. */
  listHubs: () => invoke<HubListView>('list_hubs'),
  /** Creates a hub. */
  createHub: (request: CreateHubRequest) => invoke<HubCreatedView>('create_hub', { request }),
  /** Records a hub in SAP. */
  trackHub: (request: HubDetailsRequest) => invoke<HubView>('track_hub', { request }),
  /** Corrects what is recorded about a hub in SAP. */
  changeTrackedHub: (id: string, request: HubDetailsRequest) => invoke<HubView>('change_tracked_hub', { id, request }),
  /** Forgets a hub in SAP with its records. */
  forgetHub: (id: string) => invoke<void>('forget_hub', { id }),
  /** Gives a hub another name. */
  renameHub: (id: string, name: string) => invoke<HubView>('rename_hub', { id, name }),
  /** Deletes a local hub as a whole; `confirmation` is its name, typed. */
  deleteHub: (id: string, confirmation: string) => invoke<void>('delete_hub', { id, confirmation }),
  /** The hub's page. */
  getHubPage: (id: string) => invoke<HubPageView>('get_hub_page', { id }),
  /** *Open the hub*: opens the address of a hub in SAP in the browser. */
  openHub: (id: string) => invoke<void>('open_hub', { id }),
  /** Sets whether a person may not approve a request that the same person submitted. */
  setFourEyes: (id: string, fourEyes: boolean) => invoke<HubView>('set_four_eyes', { id, fourEyes }),
  /** Which of the vendor's screens the hub's pages look like. */
  setHubVocabulary: (id: string, vocabulary: VocabularyName) => invoke<HubView>('set_hub_vocabulary', { id, vocabulary }),
  /** One page of a hub's requests. */
  listRequests: (request: ListRequestsRequest) => invoke<RequestListView>('list_requests', { request }),
  /** One request. */
  getRequest: (id: string) => invoke<RequestView>('get_request', { id }),
  /** *Submit Connection Request*. */
  submitRequest: (request: SubmitRequestRequest) => invoke<RequestView>('submit_request', { request }),
  /** Records a request that was submitted at a hub in SAP. */
  recordRequest: (hubId: string, details: RecordDetailsRequest, credentials: CredentialsRequest) =>
    invoke<RequestView>('record_request', { hubId, details, credentials }),
  /** Records what was decided in SAP. */
  recordDecision: (id: string, decision: DecisionRequest) => invoke<RequestView>('record_decision', { id, decision }),
  /** Corrects what was typed about a record. */
  changeRecord: (id: string, details: RecordDetailsRequest) => invoke<RequestView>('change_record', { id, details }),
  /** Forgets a record. */
  forgetRecord: (id: string) => invoke<void>('forget_record', { id }),
  /** *Edit Credentials*. */
  editCredentials: (id: string, credentials: CredentialsRequest) => invoke<RequestView>('edit_credentials', { id, credentials }),
  /** *Approve*; `confirmation` is the alias, typed. */
  approveRequest: (id: string, confirmation: string) => invoke<RequestView>('approve_request', { id, confirmation }),
  /** *Reject*. */
  rejectRequest: (id: string, reason: string) => invoke<RequestView>('reject_request', { id, reason }),
  /** *Re-establish Connection*. */
  reestablishConnection: (id: string, credentials: CredentialsRequest) =>
    invoke<RequestView>('reestablish_connection', { id, credentials }),
  /** The service instances of a portal. */
  listServiceInstances: (portalId: string) => invoke<ServiceInstancesView>('list_service_instances', { portalId }),
  /** Creates a service instance. */
  createServiceInstance: (request: CreateServiceInstanceRequest) => invoke<void>('create_service_instance', { request }),
  /** Creates a service key. */
  createServiceKey: (request: CreateServiceKeyRequest) => invoke<void>('create_service_key', { request }),
  /**
   * Deletes a service instance; `confirmation` is the alias of the request that this breaks, as the person typed it, or
   * empty.
   */
  deleteServiceInstance: (id: string, confirmation: string) => invoke<void>('delete_service_instance', { id, confirmation }),
  /** The APIs of a portal. */
  listApis: (portalId: string) => invoke<ApiProxiesView>('list_apis', { portalId }),
  /** Imports an OpenAPI document that the user chooses in the system's own Open dialog. */
  importApi: (portalId: string) => invoke<ImportApiResponse>('import_api', { portalId }),
  /** Removes an API from its portal. */
  removeApi: (id: string) => invoke<void>('remove_api', { id }),
  /** An approved connection; `null` while the request is pending or rejected. */
  getConnection: (id: string) => invoke<ConnectionView | null>('get_connection', { id }),
  /** The destinations of a hub. */
  listDestinations: (hubId: string) => invoke<DestinationView[]>('list_destinations', { hubId }),
  /** Deletes the destination of a connection; `confirmation` is the alias as the person typed it. */
  deleteDestination: (id: string, confirmation: string) => invoke<void>('delete_destination', { id, confirmation }),
  /** *Test Connection*. `run` names it for `cancel_run`; what happens comes over `events`. */
  testConnection: (run: string, target: TestTargetRequest, events: (event: TestEventView) => void) =>
    invoke<TestOutcomeView>('test_connection', { run, target, events: new Channel(events) }),
  /** Cancels a run; one that has ended is no error. */
  cancelRun: (run: string) => invoke<void>('cancel_run', { run }),
  /**
   * What a document is recognised as, redacted. `replaces` is the request whose credentials it is to replace. A newer call
   * cancels an older one, and `cancel_run` of "inspection" the latest.
   */
  inspectDocument: (credentials: CredentialsRequest, replaces: string | null) =>
    invoke<InspectionView>('inspect_document', { credentials, replaces }),
  /** *Paste*: reads the clipboard, without its text entering the webview. */
  pasteDocument: () => invoke<HeldDocumentView>('paste_document'),
  /** *Open file…*: the system's own dialog, then the file; `null` if the dialog was cancelled. */
  openDocument: () => invoke<HeldDocumentView | null>('open_document'),
  /** Wipes a document that the screen does not need any more. */
  releaseDocument: (id: string) => invoke<void>('release_document', { id }),
  /** From now on the screen hears over `drops` of documents that are dragged over the window, dropped or pasted. */
  followDrops: (drops: (event: DropEventView) => void) => invoke<void>('follow_drops', { drops: new Channel(drops) }),
  /** Whether the caret is in a box for credentials or a field for a secret now: whatever is pasted there is held by the core. */
  tellCaret: (inBox: boolean) => invoke<void>('tell_caret', { inBox }),
  /**
   * *Edit as text…*: the text of a held document with its secrets, if the person agrees when the system asks. `null` if the
   * person refuses.
   */
  showDocument: (id: string) => invoke<ShownDocumentView | null>('show_document', { id }),
  /** All accounts. */
  listPingoneAccounts: () => invoke<PingOneAccountListView>('list_pingone_accounts'),
  /** Adds an account. */
  createPingoneAccount: (name: string, kind: PingOneAccountKindName) =>
    invoke<PingOneAccountView>('create_pingone_account', { name, kind }),
  /** Gives an account another name. */
  renamePingoneAccount: (id: string, name: string) => invoke<PingOneAccountView>('rename_pingone_account', { id, name }),
  /** Removes an account with its secrets here; `confirmation` is its name as the person typed it. */
  removePingoneAccount: (id: string, confirmation: string) => invoke<void>('remove_pingone_account', { id, confirmation }),
  /** The account's page. */
  getPingoneAccount: (id: string) => invoke<PingOneAccountPageView>('get_pingone_account', { id }),
  /** *Add Secret*; the reply carries the credentials without their secret. */
  addConnectionCredential: (request: AddConnectionCredentialRequest) =>
    invoke<ConnectionCredentialAddedView>('add_connection_credential', { request }),
  /** Records credentials that PingOne has. */
  recordConnectionCredential: (request: RecordConnectionCredentialRequest) =>
    invoke<ConnectionCredentialAddedView>('record_connection_credential', { request }),
  /** Enters the client id that PingOne shows, or corrects it. */
  enterClientId: (id: string, clientId: string) => invoke<PingOneAccountPageView>('enter_client_id', { id, clientId }),
  /** Deletes credentials here; at PingOne nothing changes. */
  forgetConnectionCredential: (id: string) => invoke<void>('forget_connection_credential', { id }),
  /** *Pencil*: another description, and another secret if one is given. */
  editConnectionCredential: (request: EditConnectionCredentialRequest) =>
    invoke<PingOneAccountPageView>('edit_connection_credential', { request }),
  /**
   * The former secret becomes the current one, and the current one the former. `seen` is since when the secret on the
   * screen has been the current one.
   */
  undoSecretReplacement: (id: string, seen: string) => invoke<PingOneAccountPageView>('undo_secret_replacement', { id, seen }),
  /** Deletes the former secret now; `seen` as for `undo_secret_replacement`. */
  dropFormerSecret: (id: string, seen: string) => invoke<PingOneAccountPageView>('drop_former_secret', { id, seen }),
  /** How hard a secret would be to guess; an error where it would be refused. */
  judgeClientSecret: (accountId: string, clientSecret: ClientSecretRequest) =>
    invoke<SecretStrengthView>('judge_client_secret', { accountId, clientSecret }),
  /**
   * *Reveal*: the one reply that carries a secret, if the person agrees when the system asks. Show it, and keep it
   * nowhere. `null` if the person refuses.
   */
  revealClientSecret: (id: string) => invoke<RevealedSecretView | null>('reveal_client_secret', { id }),
  /**
   * *Copy*: the secret goes from the core to the clipboard, if the person agrees when the system asks; the reply carries
   * nothing of it. `null` if the person refuses.
   */
  copyClientSecret: (id: string) => invoke<CopyResponse | null>('copy_client_secret', { id }),
  /** What an export would hold, with the secret hidden. */
  previewConnectionExport: (id: string, format: ConnectionExportFormatName) =>
    invoke<PreviewView>('preview_connection_export', { id, format }),
  /** *Export…*: the system's own Save dialog, then the file; the reply carries its path only. */
  exportConnectionCredential: (id: string, format: ConnectionExportFormatName) =>
    invoke<ExportResponse>('export_connection_credential', { id, format }),
  /** The page *Settings*. */
  getSettings: () => invoke<SettingsView>('get_settings'),
  /** Changes where the token service listens, and whether it runs; answers once it does. */
  changeTokenService: (request: ChangeTokenServiceRequest) => invoke<SettingsView>('change_token_service', { request }),
  /** Tries again to start a token service that could not start. */
  startTokenService: () => invoke<SettingsView>('start_token_service'),
  /** Changes how often connections are tested. */
  changeCheckInterval: (hours: number) => invoke<SettingsView>('change_check_interval', { hours }),
  /**
   * Changes whether the system asks before a secret is copied or revealed. Switching it off is itself asked, because a
   * script in the page could do it otherwise. If the person refuses, nothing changes.
   */
  changeAsking: (asks: boolean) => invoke<SettingsView>('change_asking', { asks }),
  /** Changes by which proxy connections are tested. */
  changeProxy: (proxy: ProxyView) => invoke<SettingsView>('change_proxy', { proxy }),
  /** *Export CA Certificate*: the system's own Save dialog, then the file. */
  exportAuthority: () => invoke<ExportResponse>('export_authority'),
  /** *Take Over Now*: the token service shows a certificate by the present authority from now on. */
  takeOverAuthority: () => invoke<SettingsView>('take_over_authority'),
  /** From now on the window uses that language (a tag such as `de` or `de-AT`); English if there are no texts in it. */
  setLanguage: (language: string) => invoke<void>('set_language', { language }),
  /** From now on the page hears over `changes` that something has changed. */
  followChanges: (changes: (event: ChangeView) => void) => invoke<void>('follow_changes', { changes: new Channel(changes) }),
  /** Whether the page wants to be told over `closing` before the window is closed: once, until it says so again. */
  askBeforeClosing: (asks: boolean, closing: (event: void) => void) =>
    invoke<void>('ask_before_closing', { asks, closing: new Channel(closing) }),
  /** Closes the window: the person was asked, and wants to leave. */
  closeWindow: () => invoke<void>('close_window'),
  /** One page of what was done, newest first. */
  listActivity: (request: ListActivityRequest) => invoke<ActivityListView>('list_activity', { request }),
}
