import { notices } from '../kit/notices.svelte'
import { t } from '../messages/language.svelte'
import { tauri, type DropEventView } from '../tauri'

/** Documents that are dragged over the window or pasted into it go to the box that was shown last. */
class Drops {
  readonly #takers: ((event: DropEventView) => void)[] = []
  readonly #wiped = new Set<() => void>()

  /** Asks the core to tell about them from now on. Without an answer, *Paste* and *Open file…* do the same. */
  async follow() {
    await tauri.followDrops((event) => this.#tell(event)).catch(() => {})
  }

  /** Lets `taker` hear of them until the function that this returns is called: what an `$effect` wants. */
  take(taker: (event: DropEventView) => void): () => void {
    this.#takers.push(taker)
    return () => {
      this.#takers.splice(this.#takers.indexOf(taker), 1)
    }
  }

  /** Calls `listener` when the person went, until the function that this returns is called. */
  whenWiped(listener: () => void): () => void {
    this.#wiped.add(listener)
    return () => this.#wiped.delete(listener)
  }

  #tell(event: DropEventView) {
    if (event.event === 'wiped') for (const listener of this.#wiped) listener()
    const taker = this.#takers.at(-1)
    if (taker) return taker(event)
    if (event.event !== 'dropped') return
    release(event.document.id)
    notices.show(t('documents-no-box'))
  }
}

export const drops = new Drops()

/** Lets the core wipe a document. Should that fail, it is wiped when others take its place, or at the end. */
export function release(id: string) {
  tauri.releaseDocument(id).catch(() => {})
}
