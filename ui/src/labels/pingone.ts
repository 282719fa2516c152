/** The words on PingOne's page *Account* > *Integration* > *Connection API Credentials*, spelled as they are there. */
export const pingone = {
  account: 'Account',
  integration: 'Integration',
  connectionApiCredentials: 'Connection API Credentials',
  addSecret: 'Add Secret',
  shortDescription: 'Short Description',
  next: 'Next',
  clientId: 'Client ID',
  clientSecret: 'Client Secret',
  done: 'Done',
} as const
