import { t } from '../app/language.svelte'
import type { Messages } from '../messages/ids'
import type { FindingView } from '../tauri'

type ShortCause = Exclude<Extract<keyof Messages, `parts-cause-${string}`>, 'parts-cause-stage-failed'>

/** The messages that say in two or three words why a test failed, for where the sentence of the core does not fit. */
const SHORT: Record<string, ShortCause> = {
  document: 'parts-cause-document',
  secret_missing: 'parts-cause-secret-missing',
  expired: 'parts-cause-expired',
  not_yet_valid: 'parts-cause-not-yet-valid',
  not_https: 'parts-cause-not-https',
  unknown_host: 'parts-cause-unknown-host',
  refused: 'parts-cause-refused',
  unreachable: 'parts-cause-unreachable',
  connect_timeout: 'parts-cause-timeout',
  untrusted_server: 'parts-cause-untrusted-server',
  server_name_mismatch: 'parts-cause-server-name',
  server_certificate_expired: 'parts-cause-server-certificate-expired',
  server_certificate_not_yet_valid: 'parts-cause-server-certificate-early',
  client_certificate_required: 'parts-cause-certificate-required',
  client_certificate_expired: 'parts-cause-expired',
  client_certificate_refused: 'parts-cause-certificate-refused',
  not_tls: 'parts-cause-not-tls',
  tls_failed: 'parts-cause-tls-failed',
  tls_timeout: 'parts-cause-timeout',
  bad_credentials: 'parts-cause-bad-credentials',
  certificate_at_wrong_host: 'parts-cause-certificate-url',
  key_deleted: 'parts-cause-key-deleted',
  instance_deleted: 'parts-cause-instance-deleted',
  grant_refused: 'parts-cause-grant-refused',
  token_request_refused: 'parts-cause-token-request-refused',
  no_access_token: 'parts-cause-no-token',
  token_refused: 'parts-cause-token-refused',
  role_missing: 'parts-cause-role-missing',
  not_found: 'parts-cause-not-found',
  redirected: 'parts-cause-redirected',
  forbidden: 'parts-cause-forbidden',
  throttled: 'parts-cause-throttled',
  server_failed: 'parts-cause-server-failed',
  unexpected_status: 'parts-cause-unexpected',
  answer_timeout: 'parts-cause-timeout',
  cut_off: 'parts-cause-cut-off',
  too_large: 'parts-cause-too-large',
  not_json: 'parts-cause-not-json',
  unexpected_answer: 'parts-cause-unexpected',
  not_http: 'parts-cause-not-http',
  destination_deleted: 'parts-cause-destination-deleted',
}

/** The finding in a few words; a cause that is not listed is told by its stage. */
export function shortCause({ code, stage }: FindingView): string {
  const short = SHORT[code]
  return short ? t(short) : t('parts-cause-stage-failed', { stage: stage.name })
}

/** What mends a failing connection: other credentials, the token service's settings, or time. */
export type Repair = 'reestablish' | 'settings' | 'testAgain'

/** The hub can reach nobody, or nobody there can answer: other credentials would not help. */
const PASSES: ReadonlySet<string> = new Set([
  'not_yet_valid',
  'unknown_host',
  'unreachable',
  'connect_timeout',
  'untrusted_server',
  'server_certificate_expired',
  'server_certificate_not_yet_valid',
  'tls_failed',
  'tls_timeout',
  'forbidden',
  'throttled',
  'server_failed',
  'answer_timeout',
  'cut_off',
])

/** The repair that fits what was found. */
export function repairOf({ code }: FindingView): Repair {
  if (code === 'refused') return 'settings'
  return PASSES.has(code) ? 'testAgain' : 'reestablish'
}
