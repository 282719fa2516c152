import type { FindingView } from '../tauri'

/** The causes of a failed test in two or three words, for where the sentence of the core does not fit. */
const SHORT: Record<string, string> = {
  document: 'Document defective',
  secret_missing: 'Secret missing',
  expired: 'Credentials expired',
  not_yet_valid: 'Not valid yet',
  not_https: 'Not https',
  unknown_host: 'Host unknown',
  refused: 'No connection',
  unreachable: 'Host unreachable',
  connect_timeout: 'No answer in time',
  untrusted_server: 'Server not trusted',
  server_name_mismatch: 'Server name differs',
  server_certificate_expired: 'Server certificate expired',
  server_certificate_not_yet_valid: 'Server certificate not valid yet',
  client_certificate_required: 'Certificate required',
  client_certificate_expired: 'Credentials expired',
  client_certificate_refused: 'Certificate refused',
  not_tls: 'No TLS',
  tls_failed: 'TLS failed',
  tls_timeout: 'No answer in time',
  bad_credentials: 'Bad credentials',
  certificate_at_wrong_host: 'Wrong certificate URL',
  key_deleted: 'Service key deleted',
  instance_deleted: 'Service instance deleted',
  grant_refused: 'Grant refused',
  token_request_refused: 'Token refused',
  no_access_token: 'No access token',
  token_refused: 'Token not accepted',
  role_missing: 'Role missing',
  not_found: 'Nothing at the URL',
  redirected: 'Redirected',
  forbidden: 'Access refused',
  throttled: 'Too many requests',
  server_failed: 'Server failed',
  unexpected_status: 'Unexpected answer',
  answer_timeout: 'No answer in time',
  cut_off: 'Connection cut',
  too_large: 'Answer too large',
  not_json: 'Answer is no JSON',
  unexpected_answer: 'Unexpected answer',
  not_http: 'Answer is no HTTP',
  destination_deleted: 'Destination deleted',
}

/** The finding in a few words; a cause that is not listed is told by its stage. */
export function shortCause({ code, stage }: FindingView): string {
  return SHORT[code] ?? `${stage.name} failed`
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
