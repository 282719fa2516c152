// The one file that talks to the core: a typed function for each command.
import { Channel, invoke } from '@tauri-apps/api/core'
import { t } from './messages/language.svelte'
import type {
  ActivityListView,
  AddConnectionCredentialRequest,
  AddExternalPortalRequest,
  ApiProxiesView,
  ChangeTokenServiceRequest,
  ChangeView,
  ConnectionCredentialAddedView,
  ConnectionExportFormatName,
  ConnectionView,
  CopyResponse,
  CreateHubRequest,
  CreatePortalRequest,
  CreateServiceInstanceRequest,
  CreateServiceKeyRequest,
  CredentialsRequest,
  DestinationView,
  DropEventView,
  EditConnectionCredentialRequest,
  ExportableView,
  ExportFormatView,
  ExportProgressView,
  ExportRequest,
  ExportResponse,
  GenerateKindRequest,
  HeldDocumentView,
  HubCreatedView,
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
  PingOneAccountListView,
  PingOneAccountPageView,
  PingOneAccountView,
  PortalConnectionView,
  PortalCreatedView,
  PortalListView,
  PreviewView,
  ProxyView,
  RequestListView,
  RequestView,
  RevealedSecretView,
  SecretStrengthView,
  ServiceInstancesView,
  SessionView,
  SettingsView,
  SubmitRequestRequest,
  TestEventView,
  TestOutcomeView,
  TestTargetRequest,
  UserError,
  VocabularyName,
} from './wire'

export type * from './wire'

export const tauri = {
  getSession: () => invoke<SessionView>('get_session'),
  /** In which language the core answers: "en" or "de". */
  setLanguage: (language: string) => invoke<void>('set_language', { language }),
  checkKeychain: () => invoke<KeychainView>('check_keychain'),
  takeOverKeychain: (confirmation: string) => invoke<KeychainView>('take_over_keychain', { confirmation }),

  createFirstPerson: (request: PersonRequest) => invoke<PersonView>('create_first_person', { request }),
  addPerson: (request: PersonRequest) => invoke<PersonView>('add_person', { request }),
  changePerson: (id: string, request: PersonRequest) => invoke<PersonView>('change_person', { id, request }),
  switchPerson: (id: string) => invoke<PersonView>('switch_person', { id }),

  getLaunchpad: () => invoke<LaunchpadView>('get_launchpad'),

  listPortals: () => invoke<PortalListView>('list_portals'),
  createPortal: (request: CreatePortalRequest) => invoke<PortalCreatedView>('create_portal', { request }),
  getPortalConnection: (id: string) => invoke<PortalConnectionView>('get_portal_connection', { id }),
  setPortalVocabulary: (id: string, vocabulary: VocabularyName) => invoke<PortalConnectionView>('set_portal_vocabulary', { id, vocabulary }),
  connectOwnHub: (id: string) => invoke<PortalConnectionView>('connect_own_hub', { id }),
  deletePortal: (id: string, confirmation: string) => invoke<void>('delete_portal', { id, confirmation }),

  generateCredentials: (id: string, kind: GenerateKindRequest) => invoke<PortalConnectionView>('generate_credentials', { id, kind }),
  regenerateCredentials: (id: string, kind: GenerateKindRequest) => invoke<PortalConnectionView>('regenerate_credentials', { id, kind }),
  /** Null if the person said no to the system. */
  copyCredentials: (id: string) => invoke<CopyResponse | null>('copy_credentials', { id }),
  retireCredential: (id: string, confirmation: string) => invoke<void>('retire_credential', { id, confirmation }),

  addExternalPortal: (request: AddExternalPortalRequest) => invoke<PortalCreatedView>('add_external_portal', { request }),
  importCredentials: (id: string, credentials: CredentialsRequest, lifetime: LifetimeRequest) =>
    invoke<PortalConnectionView>('import_credentials', { id, credentials, lifetime }),
  setLifetime: (id: string, lifetime: LifetimeRequest) => invoke<void>('set_lifetime', { id, lifetime }),

  listExportable: () => invoke<ExportableView[]>('list_exportable'),
  listExportFormats: (ids: string[]) => invoke<ExportFormatView[]>('list_export_formats', { ids }),
  previewExport: (request: ExportRequest) => invoke<PreviewView[]>('preview_export', { request }),
  /** `run` is a name for `cancelRun`; `onProgress` follows the credentials as they are written. */
  exportCredentials: (run: string, request: ExportRequest, onProgress: (progress: ExportProgressView) => void) =>
    invoke<ExportResponse>('export_credentials', { run, request, progress: new Channel(onProgress) }),

  /** Reads the clipboard in the core; the reply holds no value of the text. */
  pasteDocument: () => invoke<HeldDocumentView>('paste_document'),
  /** Null if the dialog was cancelled. */
  openDocument: () => invoke<HeldDocumentView | null>('open_document'),
  releaseDocument: (id: string) => invoke<void>('release_document', { id }),
  /** Calls `onDrop` for whatever is dragged over the window or pasted into it, until somebody else follows. */
  followDrops: (onDrop: (event: DropEventView) => void) => invoke<void>('follow_drops', { drops: new Channel(onDrop) }),
  /** `replaces` is the request whose credentials the document is to replace. */
  inspectDocument: (credentials: CredentialsRequest, replaces: string | null) =>
    invoke<InspectionView>('inspect_document', { credentials, replaces }),

  listHubs: () => invoke<HubListView>('list_hubs'),
  createHub: (request: CreateHubRequest) => invoke<HubCreatedView>('create_hub', { request }),
  getHubPage: (id: string) => invoke<HubPageView>('get_hub_page', { id }),
  setFourEyes: (id: string, fourEyes: boolean) => invoke<HubView>('set_four_eyes', { id, fourEyes }),
  setHubVocabulary: (id: string, vocabulary: VocabularyName) => invoke<HubView>('set_hub_vocabulary', { id, vocabulary }),
  deleteHub: (id: string, confirmation: string) => invoke<void>('delete_hub', { id, confirmation }),

  listRequests: (request: ListRequestsRequest) => invoke<RequestListView>('list_requests', { request }),
  getRequest: (id: string) => invoke<RequestView>('get_request', { id }),
  submitRequest: (request: SubmitRequestRequest) => invoke<RequestView>('submit_request', { request }),
  editCredentials: (id: string, credentials: CredentialsRequest) => invoke<RequestView>('edit_credentials', { id, credentials }),
  approveRequest: (id: string, confirmation: string) => invoke<RequestView>('approve_request', { id, confirmation }),
  rejectRequest: (id: string, reason: string) => invoke<RequestView>('reject_request', { id, reason }),
  reestablishConnection: (id: string, credentials: CredentialsRequest) => invoke<RequestView>('reestablish_connection', { id, credentials }),

  listServiceInstances: (portalId: string) => invoke<ServiceInstancesView>('list_service_instances', { portalId }),
  createServiceInstance: (request: CreateServiceInstanceRequest) => invoke<void>('create_service_instance', { request }),
  createServiceKey: (request: CreateServiceKeyRequest) => invoke<void>('create_service_key', { request }),
  deleteServiceInstance: (id: string, confirmation: string) => invoke<void>('delete_service_instance', { id, confirmation }),

  listApis: (portalId: string) => invoke<ApiProxiesView>('list_apis', { portalId }),
  importApi: (portalId: string) => invoke<ImportApiResponse>('import_api', { portalId }),
  removeApi: (id: string) => invoke<void>('remove_api', { id }),

  getConnection: (id: string) => invoke<ConnectionView | null>('get_connection', { id }),
  listDestinations: (hubId: string) => invoke<DestinationView[]>('list_destinations', { hubId }),
  deleteDestination: (id: string, confirmation: string) => invoke<void>('delete_destination', { id, confirmation }),

  /** `run` is a name for `cancelRun`; `onEvent` follows the stages. */
  testConnection: (run: string, target: TestTargetRequest, onEvent: (event: TestEventView) => void) =>
    invoke<TestOutcomeView>('test_connection', { run, target, events: new Channel(onEvent) }),
  cancelRun: (run: string) => invoke<void>('cancel_run', { run }),

  listPingOneAccounts: () => invoke<PingOneAccountListView>('list_pingone_accounts'),
  createPingOneAccount: (name: string) => invoke<PingOneAccountView>('create_pingone_account', { name }),
  renamePingOneAccount: (id: string, name: string) => invoke<PingOneAccountView>('rename_pingone_account', { id, name }),
  removePingOneAccount: (id: string, confirmation: string) => invoke<void>('remove_pingone_account', { id, confirmation }),
  getPingOneAccount: (id: string) => invoke<PingOneAccountPageView>('get_pingone_account', { id }),
  addConnectionCredential: (request: AddConnectionCredentialRequest) =>
    invoke<ConnectionCredentialAddedView>('add_connection_credential', { request }),
  editConnectionCredential: (request: EditConnectionCredentialRequest) =>
    invoke<PingOneAccountPageView>('edit_connection_credential', { request }),
  /** `seen` is since when the secret on the screen has been the current one. */
  undoSecretReplacement: (id: string, seen: string) => invoke<PingOneAccountPageView>('undo_secret_replacement', { id, seen }),
  dropFormerSecret: (id: string, seen: string) => invoke<PingOneAccountPageView>('drop_former_secret', { id, seen }),
  /** Rejects where the secret would be refused. */
  judgeClientSecret: (accountId: string, clientSecret: string) =>
    invoke<SecretStrengthView>('judge_client_secret', { accountId, clientSecret }),
  /** The one reply that carries a secret: show it, keep it nowhere. */
  /** Null if the person said no to the system. */
  revealClientSecret: (id: string) => invoke<RevealedSecretView | null>('reveal_client_secret', { id }),
  /** Null if the person said no to the system. */
  copyClientSecret: (id: string) => invoke<CopyResponse | null>('copy_client_secret', { id }),
  previewConnectionExport: (id: string, format: ConnectionExportFormatName) =>
    invoke<PreviewView>('preview_connection_export', { id, format }),
  exportConnectionCredential: (id: string, format: ConnectionExportFormatName) =>
    invoke<ExportResponse>('export_connection_credential', { id, format }),

  getSettings: () => invoke<SettingsView>('get_settings'),
  changeTokenService: (request: ChangeTokenServiceRequest) => invoke<SettingsView>('change_token_service', { request }),
  startTokenService: () => invoke<SettingsView>('start_token_service'),
  /** That it does not ask any more, the system asks first; the settings come back as they were if the person says no. */
  changeAsking: (asks: boolean) => invoke<SettingsView>('change_asking', { asks }),
  changeCheckInterval: (hours: number) => invoke<SettingsView>('change_check_interval', { hours }),
  takeOverAuthority: () => invoke<SettingsView>('take_over_authority'),
  changeProxy: (proxy: ProxyView) => invoke<SettingsView>('change_proxy', { proxy }),
  exportAuthority: () => invoke<ExportResponse>('export_authority'),

  /** Calls `onChange` whenever the data has changed, by this window, the command line or a test in the background. */
  followChanges: (onChange: (change: ChangeView) => void) => invoke<void>('follow_changes', { changes: new Channel(onChange) }),

  listActivity: (request: ListActivityRequest) => invoke<ActivityListView>('list_activity', { request }),
}

/** What a command rejected with. Anything but a `UserError` is a defect in the program, and says so calmly. */
export function asUserError(error: unknown): UserError {
  if (typeof error === 'object' && error !== null && 'code' in error && 'message' in error) return error as UserError
  return { code: 'failed', message: t('parts-unforeseen'), hint: String(error) }
}
