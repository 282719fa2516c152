import type { ChangeTokenServiceRequest, ConfirmationName, TokenServiceSettingsView } from '../tauri'

/** What "only this computer" means unless another loopback address is set. */
const LOOPBACK = '127.0.0.1'

/** The largest number that a port can be. */
const LAST_PORT = 65_535

/** Where the token service listens, as typed. Follows the settings until somebody types; then what was typed stays. */
export class TokenServiceForm {
  place = $state<'loopback' | 'other'>('loopback')
  address = $state('')
  host = $state('')
  port = $state('')
  mutualTlsPort = $state('')

  /** The settings as they were last heard of. */
  #stored = $state.raw<TokenServiceSettingsView | null>(null)
  /** The settings that what stands in the fields began with. */
  #begun = $state.raw<TokenServiceSettingsView | null>(null)

  /** Whether something was typed that is not saved. */
  readonly changed = $derived(this.#begun !== null && !sameFields(this.#fields(), fieldsOf(this.#begun)))

  /** Takes over the settings, unless that would take away what was typed. */
  follow(settings: TokenServiceSettingsView) {
    const untouched = !this.changed
    this.#stored = settings
    if (untouched) this.reset()
  }

  /** Back to what is saved. */
  reset() {
    const stored = this.#stored
    if (!stored) return
    this.#begun = stored
    Object.assign(this, fieldsOf(stored))
  }

  /** The settings as typed; `confirmed` says what the person was asked and has confirmed. */
  request(confirmed: ConfirmationName[]): ChangeTokenServiceRequest {
    return {
      enabled: this.#stored?.enabled ?? true,
      address: this.place === 'other' ? this.address : loopbackOf(this.#stored),
      host: this.host,
      port: parsePort(this.port),
      mutualTlsPort: parsePort(this.mutualTlsPort),
      confirmed,
    }
  }

  #fields(): Fields {
    const { place, address, host, port, mutualTlsPort } = this
    return { place, address, host, port, mutualTlsPort }
  }
}

type Fields = Pick<TokenServiceForm, 'place' | 'address' | 'host' | 'port' | 'mutualTlsPort'>

function fieldsOf({ loopback, address, host, port, mutualTlsPort }: TokenServiceSettingsView): Fields {
  return {
    place: loopback ? 'loopback' : 'other',
    address: loopback ? '' : address,
    host,
    port: String(port),
    mutualTlsPort: String(mutualTlsPort),
  }
}

function sameFields(one: Fields, other: Fields): boolean {
  return (
    one.place === other.place &&
    // An address that is not asked for makes no difference.
    (one.place === 'loopback' || one.address === other.address) &&
    one.host === other.host &&
    one.port === other.port &&
    one.mutualTlsPort === other.mutualTlsPort
  )
}

function loopbackOf(stored: TokenServiceSettingsView | null): string {
  return stored?.loopback ? stored.address : LOOPBACK
}

/** The port as a number; 0 for anything that is not one, which the core refuses. */
export function parsePort(text: string): number {
  const number = parseWhole(text)
  return number <= LAST_PORT ? number : 0
}

/** A whole number as typed; 0 for anything else, and for numbers that are too long for the core. */
export function parseWhole(text: string): number {
  return /^\s*\d{1,9}\s*$/.test(text) ? Number(text) : 0
}
