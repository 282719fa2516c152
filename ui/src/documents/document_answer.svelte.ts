import type { Sending } from '../app/sending.svelte'
import { t } from '../messages/language.svelte'
import type { DocumentFindingView, UserError } from '../tauri'
import type { GivenCredentials } from './given_credentials.svelte'

/** Where something is asked, or said to be wrong: in a field below the box, else at the box itself. */
type Where = 'choice' | 'password' | 'url' | 'box'

/** What it comes to, in a word. */
interface Verdict {
  tone: 'good' | 'bad' | 'open'
  icon: string
  text: string
}

/** What the core says about the given credentials: what it recognised, and why it refused them when they were sent. */
export class DocumentAnswer {
  readonly #given: GivenCredentials
  readonly #sending: () => Sending | undefined

  constructor(given: GivenCredentials, sending: () => Sending | undefined) {
    this.#given = given
    this.#sending = sending
  }

  /** The refusal that is about them. */
  readonly #refusal = $derived.by(() => this.#sending()?.errorFor('credentials', 'password', 'portalUrl') ?? null)

  readonly #where = $derived.by<Where>(() => {
    const given = this.#given
    const field = this.#refusal?.place?.field
    if (given.wantsChoice && given.choice === null) return 'choice'
    if (given.waitsForPassword || (given.wantsPassword && field === 'password')) return 'password'
    if (given.wantsUrl && (!this.usable || field === 'portalUrl')) return 'url'
    return 'box'
  })

  /** The gravest first. What a field below the box says is not among them. */
  readonly findings = $derived.by<DocumentFindingView[]>(() => {
    const found = this.#given.findings
    if (!this.#refusal || this.#where !== 'box') return found
    const first = asFinding(this.#refusal)
    // The core refuses with a finding that it had before, and knew more about it then.
    const isKnown = found.some(({ message, line }) => message === first.message && line === first.line)
    return isKnown ? found : [first, ...found]
  })
  readonly errors = $derived.by(() => this.findings.filter(({ severity }) => severity === 'error'))
  readonly #warnings = $derived.by(() => this.findings.filter(({ severity }) => severity === 'warning'))

  /** There is something to show. */
  readonly isThere = $derived.by(() => this.#given.inspection !== null || this.findings.length > 0)
  readonly isWrong = $derived.by(() => this.errors.length > 0 && !this.#given.stale)

  /** The credentials as they can be used. */
  get usable() {
    return this.#given.candidate?.usable ?? null
  }

  /** How it was read: "JSON · Kubernetes Secret". */
  readonly trail = $derived.by(() =>
    [this.#given.inspection?.syntax, ...(this.#given.candidate?.wrappers ?? [])].filter(Boolean).join(' · '),
  )

  readonly verdict = $derived.by<Verdict>(() => {
    const given = this.#given
    if (this.usable && this.errors.length === 0) return { tone: 'good', icon: 'sap-icon--sys-enter-2', text: t('documents-recognised') }
    if (this.errors.length > 0)
      return { tone: 'bad', icon: 'sap-icon--error', text: t(given.candidate ? 'documents-not-usable' : 'documents-not-recognised') }
    if (given.wantsChoice && !given.candidate)
      return { tone: 'open', icon: 'sap-icon--pending', text: t('documents-several', { count: given.candidates.length }) }
    if (given.wantsPassword) return { tone: 'open', icon: 'sap-icon--locked', text: t('documents-protected') }
    if (given.wantsUrl) return { tone: 'open', icon: 'sap-icon--pending', text: t('documents-url-missing') }
    return { tone: 'open', icon: 'sap-icon--pending', text: t('documents-not-usable-yet') }
  })

  /** All of it in a breath, for those who hear it. */
  readonly spoken = $derived.by(() => {
    const { candidate, inspection, stale } = this.#given
    if (!this.isThere || stale) return ''
    const [errors, warnings] = [this.errors, this.#warnings]
    const numbers = [
      errors.length > 0 && t('documents-errors', { count: errors.length }),
      warnings.length > 0 && t('documents-warnings', { count: warnings.length }),
    ]
    const first = errors[0] ?? warnings[0]
    const place = first && this.hasPlace(first) ? `${spellPlace(first)} ` : ''
    const parts = [
      inspection && (candidate ? t('documents-recognised-as', { verdict: this.verdict.text, shape: candidate.shapeName }) : `${this.verdict.text}.`),
      numbers.some(Boolean) && `${numbers.filter(Boolean).join(', ')}.`,
      first && `${place}${first.message}`,
    ]
    return parts.filter(Boolean).join(' ')
  })

  /** It is about a place in the text that the box shows. */
  hasPlace({ line }: DocumentFindingView): boolean {
    return line !== null && !this.#given.isBinary
  }

  /** The refusal, where it is said in this field. */
  refusedIn(field: Where): string | null {
    return this.#refusal && this.#where === field ? sentenceOf(this.#refusal) : null
  }
}

export function sentenceOf({ message, hint }: { message: string; hint: string }): string {
  return `${message} ${hint}`
}

/** Line and column are no numbers to be grouped. */
export function spellPlace({ line, column }: DocumentFindingView): string {
  return t('documents-place', { line: String(line), column: String(column ?? 1) })
}

function asFinding({ message, hint, place }: UserError): DocumentFindingView {
  return { severity: 'error', code: 'refused', message, hint, line: place?.line ?? null, column: place?.column ?? null }
}
