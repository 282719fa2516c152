import { asUserError, type UserError } from '../tauri'
import { changes, type Areas } from './changes.svelte'

/**
 * What a screen shows, asked from the core: once at the start, and again whenever something that it depends on has changed.
 * Made while a component is being created; it follows the changes for as long as that lives.
 */
export class Loaded<Value> {
  #value = $state.raw<Value | null>(null)
  error = $state.raw<UserError | null>(null)
  readonly #load: () => Promise<Value>
  /** Counts questions: a reply that is older than a newer one is dropped. */
  #question = 0

  constructor(dependsOn: Areas, load: () => Promise<Value>) {
    this.#load = load
    void this.reload()
    $effect(() => changes.subscribe(dependsOn, () => void this.reload()))
  }

  get value(): Value | null {
    return this.#value
  }

  set value(value: Value | null) {
    this.#question++
    this.#show(value)
  }

  async reload(): Promise<void> {
    const question = ++this.#question
    try {
      const value = await this.#load()
      if (question !== this.#question) return
      this.#show(value)
      this.error = null
    } catch (error) {
      if (question === this.#question) this.error = asUserError(error)
    }
  }

  /** The same value is no reason to draw anything: what the person does on the page is not disturbed. */
  #show(value: Value | null) {
    if (JSON.stringify(value) !== JSON.stringify(this.#value)) this.#value = value
  }
}
