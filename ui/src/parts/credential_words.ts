import type { CredentialEndName, CredentialKindView } from '../tauri'

/** "Certificate, RSA 2048" */
export function describeKind(kind: CredentialKindView): string {
  return kind.kind === 'certificate' ? `Certificate, ${kind.publicKey}` : 'Client secret'
}

/** What ended a credential. */
export function describeEnd(end: CredentialEndName): string {
  switch (end) {
    case 'keyDeleted':
      return 'its service key was deleted'
    case 'instanceDeleted':
      return 'its service instance was deleted'
  }
}
