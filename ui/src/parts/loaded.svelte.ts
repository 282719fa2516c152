import { asUserError, type UserError } from '../tauri'

/** What a screen shows, asked from the core: once at the start and again after each change. */
export class Loaded<Value> {
  value = $state.raw<Value | null>(null)
  error = $state.raw<UserError | null>(null)
  readonly #load: () => Promise<Value>

  constructor(load: () => Promise<Value>) {
    this.#load = load
    void this.reload()
  }

  async reload(): Promise<void> {
    try {
      this.value = await this.#load()
      this.error = null
    } catch (error) {
      this.error = asUserError(error)
    }
  }
}
