import { tick } from 'svelte'
import { keychain } from '../app/keychain.svelte'
import { asUserError, type FieldName, type UserError } from '../tauri'

/** One attempt to change something: whether it is under way, and what the core had against it. */
export class Sending {
  busy = $state(false)
  error = $state.raw<UserError | null>(null)

  /** Returns what `work` returns, or undefined when the core refused; the refusal is in `error` then. */
  async run<Result>(work: () => Promise<Result>): Promise<{ done: Result } | undefined> {
    // A second click while the first is under way must not do it twice.
    if (this.busy) return undefined
    this.busy = true
    this.error = null
    try {
      return { done: await work() }
    } catch (error) {
      this.error = asUserError(error)
      if (this.error.place) void focusFirstInvalid()
      // The banner says it too, and stays until the keychain can be used again.
      if (this.error.code === 'keychain') void keychain.check()
      return undefined
    } finally {
      this.busy = false
    }
  }

  clear() {
    this.error = null
  }

  /** The message for the field it belongs to. */
  errorOf(field: FieldName): string | null {
    const error = this.errorFor(field)
    return error && `${error.message} ${error.hint}`
  }

  /** The whole error of a field, for controls that show more than a sentence. */
  errorFor(field: FieldName): UserError | null {
    return this.error?.place?.field === field ? this.error : null
  }

  /** The error if it belongs to none of these fields of the form. */
  errorBeside(...fields: FieldName[]): UserError | null {
    const field = this.error?.place?.field
    return field && fields.includes(field) ? null : this.error
  }
}

/** Brings whoever filled in the form to what has to be mended. */
async function focusFirstInvalid() {
  await tick()
  const invalid = document.querySelector<HTMLElement>('[aria-invalid="true"]')
  // A group of radio buttons takes no focus itself.
  const radio = invalid?.matches('[role=radiogroup]') && (invalid.querySelector<HTMLElement>('input:checked') ?? invalid.querySelector('input'))
  ;(radio || invalid)?.focus()
}
