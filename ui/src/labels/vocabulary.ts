import type { RequestStateName } from '../tauri'

/**
 * The words on the screens that the vendors chose, in one vocabulary: spelled exactly as admins know them, in every
 * language. Words of our own stand in the message files.
 */
export interface Labels {
  /** What the vendors call the design itself. */
  vocabulary: string
  portal: {
    /** The steps from a portal to the page with its connection. */
    path: readonly string[]
    /** That page. */
    page: string
    configure: string
    connection: string
    notConnected: string
    connectSameSubaccount: string
    connectCentralized: string
    or: string
    generateCredentials: string
    regenerateCredentials: string
    copy: string
    serviceInstances: string
    serviceKeys: string
    apis: string
  }
  hub: {
    /** Where the pages about connections are. */
    area: string
    /** The page on which an admin decides about requests. */
    manageConnections: string
    pendingRequests: string
    approvedRequests: string
    /** The vendors' screens show no rejected requests; this word is formed like the other two. */
    rejectedRequests: string
    /** The steps from a hub to the form of a new request. */
    submissionPath: readonly string[]
    addNewConnection: string
    submitConnectionRequest: string
    alias: string
    credentials: string
    clientId: string
    clientSecret: string
    comment: string
    submit: string
    view: string
    actions: string
    editCredentials: string
    editCredentialsFor: (alias: string) => string
    save: string
    approve: string
    reject: string
    reestablish: string
    /** The page that *Re-establish Connection* leads to, and the button there. */
    reestablishPage: string
    reestablishButton: string
    destinations: string
    connection: string
  }
  /** Where a request stands. */
  states: Record<RequestStateName, string>
  /** The tiles of the area, and the dialog before a request; none where there are tabs instead. */
  tiles: { establish: string; manage: string; confirmation: string; ok: string } | null
  /** The same words at the portal, in the hub and on the command line. */
  test: { testConnection: string; connectionStatus: string; success: string }
  destination: {
    name: string
    type: string
    http: string
    url: string
    proxyType: string
    internet: string
    authentication: string
    clientId: string
    clientSecret: string
    tokenServiceUrl: string
    deleteDestination: string
  }
}
