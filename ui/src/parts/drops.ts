import { tauri, type DropEventView } from '../tauri'

/** Files that are dragged over the window go to the box that was shown last. */
class Drops {
  readonly #takers: ((event: DropEventView) => void)[] = []

  /** Lets `taker` hear of them until the function that this returns is called: what an `$effect` wants. */
  take(taker: (event: DropEventView) => void): () => void {
    this.#takers.push(taker)
    // The core tells the last one who asked; a window that was loaded anew has to ask again. Without an answer, *Open
    // file…* does the same.
    if (this.#takers.length === 1) tauri.followDrops((event) => this.#tell(event)).catch(() => {})
    return () => {
      this.#takers.splice(this.#takers.indexOf(taker), 1)
    }
  }

  #tell(event: DropEventView) {
    const taker = this.#takers.at(-1)
    if (taker) taker(event)
    else if (event.event === 'dropped') release(event.document.id)
  }
}

export const drops = new Drops()

/** Lets the core wipe a document. Should that fail, it is wiped when others take its place, or at the end. */
export function release(id: string) {
  tauri.releaseDocument(id).catch(() => {})
}
