import { tick } from 'svelte'
import { showField } from '../kit/attempt.svelte'
import { language, type Language } from '../messages/language.svelte'
import { asUserError, type ConfirmationName, type FieldName, type UserError } from '../tauri'
import { keychain } from './keychain.svelte'

/** What is typed in the fields of a form that show their own errors. */
type Fields = Partial<Record<FieldName, unknown>>

/** One attempt to change something: whether it is under way, and why the core refused it. */
export class Sending {
  busy = $state(false)
  /** What was entered has reached the core, which took it: nothing is lost by leaving. */
  taken = $state(false)
  /** With the language that it was said in, and what was in its field when the form was sent. */
  #refusal = $state.raw<{ error: UserError; language: Language; sent?: string; all: string } | null>(null)
  /** How often the form was cleared: a later answer belongs to a form that no longer exists. */
  #cleared = 0
  readonly #fields: () => Fields

  constructor(fields: () => Fields = () => ({})) {
    this.#fields = fields
  }

  /** Shown until its field changes; in another language the core would have to say it again. */
  get error(): UserError | null {
    if (!this.#refusal || this.#refusal.language !== language.current) return null
    const { error, sent, all } = this.#refusal
    // A confirmation is asked about what was sent, and about nothing else.
    if (error.code === 'needsConfirmation' && all !== JSON.stringify(this.#fields())) return null
    const field = error.place?.field
    return sent !== undefined && field && sent !== JSON.stringify(this.#fields()[field]) ? null : error
  }

  /** Returns what `work` returns, or undefined when the core refused; then `error` has the refusal. */
  async run<Result>(work: () => Promise<Result>): Promise<{ done: Result } | undefined> {
    // A second click while the first is under way must not do it twice.
    if (this.busy) return undefined
    this.busy = true
    this.taken = false
    this.clear()
    const [cleared, spoken] = [this.#cleared, language.current]
    const sent = Object.entries(this.#fields()).map(([field, value]) => [field, JSON.stringify(value)] as const)
    try {
      const done = await work()
      this.taken = true
      return { done }
    } catch (error) {
      if (cleared === this.#cleared) this.refuse(error, Object.fromEntries(sent), spoken)
      return undefined
    } finally {
      this.busy = false
    }
  }

  /** A refusal of something that was asked beside the form counts as the form's refusal. */
  refuse(reason: unknown, sent: Partial<Record<string, string>> = {}, spoken = language.current) {
    const error = asUserError(reason)
    const field = error.place?.field
    this.#refusal = { error, language: spoken, all: JSON.stringify(this.#fields()), ...(field && field in sent && { sent: sent[field] }) }
    if (field) void focusFirstInvalid()
    // The banner says it too, and stays until the keychain can be used again.
    if (error.code === 'keychain') void keychain.check()
  }

  /** Forgets the refusal and what was sent, which may be a secret. */
  clear() {
    this.#cleared++
    this.#refusal = null
  }

  /** The message for the field it belongs to. */
  errorOf(field: FieldName): string | null {
    const error = this.errorFor(field)
    return error && [error.message, error.hint].filter(Boolean).join(' ')
  }

  /** The whole error of a field, for controls that show more than a sentence. */
  errorFor(...fields: FieldName[]): UserError | null {
    const { error } = this
    return error?.place?.field && fields.includes(error.place.field) ? error : null
  }

  /** What the core wants confirmed before it does what was sent. */
  get question(): UserError | null {
    const { error } = this
    return error?.code === 'needsConfirmation' ? error : null
  }

  /** What the person confirms by sending the form once more, with the question in sight. */
  get confirmed(): ConfirmationName[] {
    const confirmation = this.question?.confirmation
    return confirmation ? [confirmation] : []
  }

  /** The error if it belongs to none of the fields of the form. */
  get errorBeside(): UserError | null {
    const { error } = this
    return error?.place?.field && error.place.field in this.#fields() ? null : error
  }
}

/** Moves the focus to the field that has to be corrected. */
async function focusFirstInvalid() {
  await tick()
  const invalid = document.querySelector<HTMLElement>('[aria-invalid="true"]')
  if (invalid) showField(invalid)
}
