import { t } from '../messages/language.svelte'
import { formatUtcDay } from '../messages/moments'
import type { CredentialEndName, CredentialKindView, CredentialView, LifetimeView } from '../tauri'

/** "Certificate, RSA 2048" */
export function describeKind(kind: CredentialKindView): string {
  return kind.kind === 'certificate' ? t('documents-certificate-with-key', { key: kind.publicKey }) : t('documents-client-secret')
}

/** What ended a credential. */
export function describeEnd(end: CredentialEndName): string {
  switch (end) {
    case 'keyDeleted':
      return t('documents-end-key-deleted')
    case 'instanceDeleted':
      return t('documents-end-instance-deleted')
  }
}

/** Name of the service key that carries it, or null if it was imported. */
export function keyNameOf({ origin }: CredentialView): string | null {
  return origin.origin === 'serviceKey' ? origin.keyName : null
}

/** How long a client secret lives; null for a certificate, which states its own end. */
export function lifetimeOf(kind: CredentialKindView): LifetimeView | null {
  return kind.kind === 'clientSecret' ? kind.lifetime : null
}

/** "2024-01-15", or "probably 2024-01-15 (by the client id)"; null where no time of generation is known. */
export function describeGeneration(lifetime: LifetimeView | null): string | null {
  switch (lifetime?.lifetime) {
    case 'generated':
      return formatUtcDay(lifetime.at)
    case 'guessed':
      return t('documents-generated-by-id', { day: formatUtcDay(lifetime.at) })
    case 'ofServiceKey':
    case 'unknown':
    case undefined:
      return null
  }
}
