/**
 * The words on the screens that the vendors chose: vocabulary "New Design" (2023-06 to 2024-10). They are spelled exactly
 * as admins know them. Words of our own stand in the screens.
 */
export const labels = {
  portal: {
    onboardingSettings: 'Onboarding Settings',
    configure: 'Configure',
    connection: 'Connection',
    notConnected: 'It seems you have not created a connection yet!',
    connectSameSubaccount: 'Connect the API Portal to the API Business Hub Enterprise',
    connectCentralized: 'Connect the API Portal to the centralized API Business Hub Enterprise',
    or: 'OR',
    generateCredentials: 'Generate Credentials',
    regenerateCredentials: 'Regenerate Credentials',
    copy: 'Copy',
  },
  hub: {
    enterpriseManager: 'Enterprise Manager',
    manageConnections: 'Manage Connections',
    pendingRequests: 'Pending Requests',
    approvedRequests: 'Approved Requests',
    rejectedRequests: 'Rejected Requests',
    addNewConnection: 'Add New Connection',
    submitConnectionRequest: 'Submit Connection Request',
    alias: 'API Portal Alias Name',
    credentials: 'API Portal Access Credentials',
    comment: 'Comment',
    submit: 'Submit',
    view: 'View',
    actions: 'Actions',
    editCredentials: 'Edit Credentials',
    editCredentialsFor: (alias: string) => `Edit Credentials for ${alias}`,
    save: 'Save',
    approve: 'Approve',
    reject: 'Reject',
    reestablish: 'Re-establish Connection',
  },
} as const
