import { SvelteSet } from 'svelte/reactivity'

/** What is filled in and not saved, in forms and dialogs, and the question before it is lost. */
class Unsaved {
  readonly #forms = new SvelteSet<() => boolean>()
  /** How the question that is on the screen is answered; null while there is none. */
  #answer = $state.raw<((leave: boolean) => void) | null>(null)

  /** Something would be lost by leaving. */
  readonly exists = $derived([...this.#forms].some((isFilled) => isFilled()))

  get isAsking(): boolean {
    return this.#answer !== null
  }

  /** `isFilled` is asked until the returned function is called, as an `$effect` needs it. */
  watch(isFilled: () => boolean): () => void {
    this.#forms.add(isFilled)
    return () => this.#forms.delete(isFilled)
  }

  /** Whether the person wants to leave; asked only where something would be lost by it. */
  mayLeave(isFilled = this.exists): Promise<boolean> {
    if (!isFilled) return Promise.resolve(true)
    // A newer wish to leave takes the place of an older one.
    this.#answer?.(false)
    return new Promise((resolve) => {
      this.#answer = (leave) => {
        this.#answer = null
        resolve(leave)
      }
    })
  }

  answer(leave: boolean) {
    this.#answer?.(leave)
  }
}

export const unsaved = new Unsaved()
