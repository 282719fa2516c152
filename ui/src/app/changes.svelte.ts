import { tauri } from '../tauri'

/** The core tells that something has changed, not what; a burst of changes is one reason to look. */
const GATHERED_MS = 150

/** Changes of the data by whomever: this window, the command line, a test in the background. */
export class Changes {
  readonly #listeners = new Set<() => void>()
  #timer: ReturnType<typeof setTimeout> | undefined

  /** Asks the core to tell about changes from now on. */
  async follow() {
    await tauri.followChanges(() => {
      this.#timer ??= setTimeout(() => {
        this.#timer = undefined
        this.tell()
      }, GATHERED_MS)
    })
  }

  /** Whoever shows data asks for it again. */
  tell() {
    for (const listener of this.#listeners) listener()
  }

  /** Calls `listener` after changes, until the function that this returns is called: what an `$effect` wants. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
}

export const changes = new Changes()
