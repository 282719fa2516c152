import { release } from '../app/drops'
import { asUserError, tauri, type ClientSecretRequest, type DropEventView, type HeldDocumentView, type UserError } from '../tauri'

/** A client secret as a form is given it: typed, or pasted, which the core holds, so that its text never comes here. */
export class GivenSecret {
  /** Why the clipboard could not be read. */
  failure = $state.raw<UserError | null>(null)
  /** Counts what the person changed: a refusal holds until the next change. */
  revision = $state(0)

  #text = $state('')
  #held = $state.raw<HeldDocumentView | null>(null)
  /** Counts beginnings: what is read for a form that was left is not kept for the next one. */
  #beginning = 0

  get request(): ClientSecretRequest {
    return this.#held ? { source: 'held', id: this.#held.id } : { source: 'typed', text: this.#text }
  }

  get isHeld(): boolean {
    return this.#held !== null
  }

  get isEmpty(): boolean {
    return this.#held === null && this.#text === ''
  }

  get text(): string {
    return this.#text
  }

  set text(text: string) {
    this.#text = text
    this.revision++
  }

  /** *Paste*: the core reads the clipboard. */
  async paste() {
    const beginning = this.#beginning
    this.failure = null
    try {
      const document = await tauri.pasteDocument()
      if (!document) return
      if (beginning === this.#beginning) this.#hold(document)
      else release(document.id)
    } catch (error) {
      if (beginning === this.#beginning) this.failure = asUserError(error)
    }
  }

  /** What is dragged over the window, or pasted into it, while the form is open. */
  follow(event: DropEventView) {
    switch (event.event) {
      case 'dropped':
        this.failure = null
        this.#hold(event.document)
        break
      case 'wiped':
        if (!this.#held) break
        this.clear()
        this.failure = event.error
        break
      case 'refused':
        this.failure = event.error
        break
      case 'over':
      case 'left':
        break
    }
  }

  /** Empty again; what is held is wiped. */
  clear() {
    this.#beginning++
    this.#text = ''
    this.#release()
    this.failure = null
    this.revision++
  }

  #hold(document: HeldDocumentView) {
    this.#release()
    this.#text = ''
    this.#held = document
    this.revision++
  }

  #release() {
    if (this.#held) release(this.#held.id)
    this.#held = null
  }
}
