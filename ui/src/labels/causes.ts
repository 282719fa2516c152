import type { Messages } from '../messages/ids'
import { t } from '../messages/language.svelte'
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
  proxy_unreachable: 'parts-cause-proxy-unreachable',
  proxy_authentication: 'parts-cause-proxy-authentication',
  proxy_refused: 'parts-cause-proxy-refused',
  proxy_failed: 'parts-cause-proxy-failed',
  not_a_proxy: 'parts-cause-not-a-proxy',
  proxy_unusable: 'parts-cause-proxy-unusable',
  untrusted_server: 'parts-cause-untrusted-server',
  server_name_mismatch: 'parts-cause-server-name',
  server_certificate_expired: 'parts-cause-server-certificate-expired',
  server_issuer_expired: 'parts-cause-issuer-expired',
  server_certificate_not_yet_valid: 'parts-cause-server-certificate-early',
  client_certificate_required: 'parts-cause-certificate-required',
  client_certificate_expired: 'parts-cause-expired',
  client_certificate_refused: 'parts-cause-certificate-refused',
  client_key_not_taken: 'parts-cause-key-not-taken',
  not_tls: 'parts-cause-not-tls',
  tls_failed: 'parts-cause-tls-failed',
  other_http: 'parts-cause-other-http',
  tls_timeout: 'parts-cause-timeout',
  bad_credentials: 'parts-cause-bad-credentials',
  certificate_at_wrong_host: 'parts-cause-certificate-url',
  key_deleted: 'parts-cause-key-deleted',
  instance_deleted: 'parts-cause-instance-deleted',
  grant_refused: 'parts-cause-grant-refused',
  token_request_refused: 'parts-cause-token-request-refused',
  no_access_token: 'parts-cause-no-token',
  other_token_type: 'parts-cause-other-token-type',
  token_refused: 'parts-cause-token-refused',
  role_missing: 'parts-cause-role-missing',
  not_found: 'parts-cause-not-found',
  application_not_there: 'parts-cause-application-not-there',
  redirected: 'parts-cause-redirected',
  forbidden: 'parts-cause-forbidden',
  throttled: 'parts-cause-throttled',
  server_failed: 'parts-cause-server-failed',
  unexpected_status: 'parts-cause-unexpected',
  answer_timeout: 'parts-cause-timeout',
  cut_off: 'parts-cause-cut-off',
  too_large: 'parts-cause-too-large',
  unknown_coding: 'parts-cause-unknown-coding',
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

/** What mends a failing connection: other credentials, the settings of token service and proxy, or time. */
export type Repair = 'reestablish' | 'settings' | 'testAgain'

/** The hub can reach nobody, or nobody there can answer: other credentials would not help. */
const PASSES: ReadonlySet<string> = new Set([
  'not_yet_valid',
  'unknown_host',
  'unreachable',
  'connect_timeout',
  'proxy_unreachable',
  'proxy_refused',
  'proxy_failed',
  'untrusted_server',
  'server_certificate_expired',
  'server_issuer_expired',
  'server_certificate_not_yet_valid',
  'tls_failed',
  'other_http',
  'tls_timeout',
  'application_not_there',
  'forbidden',
  'throttled',
  'server_failed',
  'answer_timeout',
  'cut_off',
  'unknown_coding',
])

/** The token service's addresses and the proxy are settings. */
const SETTABLE: ReadonlySet<string> = new Set(['refused', 'proxy_authentication', 'not_a_proxy', 'proxy_unusable'])

/** The repair that fits what was found. */
export function repairOf({ code }: FindingView): Repair {
  if (SETTABLE.has(code)) return 'settings'
  return PASSES.has(code) ? 'testAgain' : 'reestablish'
}
