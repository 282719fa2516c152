import { tauri, type AreaName } from '../tauri'
import { keychain } from './keychain.svelte'

/** A burst of changes is one reason to look. */
const GATHERED_MS = 150

/** What something depends on: parts of the data, or anything. */
export type Areas = readonly AreaName[] | 'anything'

interface Listener {
  areas: Areas
  look: () => void
}

/** Changes of the data by this window, the command line, a test in the background. */
export class Changes {
  readonly #listeners = new Set<Listener>()
  #timer: ReturnType<typeof setTimeout> | undefined
  /** What has changed since the listeners were last called. */
  #changed: Areas = []

  /** Asks the core to report changes from now on. */
  async follow() {
    await tauri.followChanges((change) => {
      if (change.change === 'keychain') return keychain.follow(change.waits)
      const { areas } = change
      // The core does not know what another process has changed.
      this.#changed = areas === null || this.#changed === 'anything' ? 'anything' : [...this.#changed, ...areas]
      this.#timer ??= setTimeout(() => {
        this.#timer = undefined
        const changed = this.#changed
        this.#changed = []
        this.tell(changed)
      }, GATHERED_MS)
    })
  }

  /** Everything that shows something of these areas asks for it again. */
  tell(changed: Areas = 'anything') {
    for (const { areas, look } of [...this.#listeners]) if (overlap(areas, changed)) look()
  }

  /** Calls `look` after changes of these areas, until the returned function is called, as an `$effect` needs it. */
  subscribe(areas: Areas, look: () => void): () => void {
    const listener = { areas, look }
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
}

function overlap(areas: Areas, changed: Areas): boolean {
  return areas === 'anything' || changed === 'anything' || areas.some((area) => changed.includes(area))
}

export const changes = new Changes()
