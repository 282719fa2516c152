import type { FindingView } from '../tauri'

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
