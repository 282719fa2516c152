import { notices } from '../kit/notices.svelte'
import { t } from '../messages/language.svelte'
import { tauri, type DropEventView, type HeldDocumentView } from '../tauri'
import { router } from './router.svelte'
import { session } from './session.svelte'

/**
 * Documents that are dragged over the window or pasted into it go to the box that was shown last. Where no box is shown, the
 * form opens that tracks a portal by its credentials.
 */
class Drops {
  /** For the box of the form that is being opened. */
  #waiting: HeldDocumentView | null = null
  readonly #takers: ((event: DropEventView) => void)[] = []
  readonly #wiped = new Set<() => void>()

  /** Asks the core to report them from now on. If that fails, *Paste* and *Open file…* do the same. */
  async follow() {
    await tauri.followDrops((event) => this.#tell(event)).catch(() => {})
  }

  /** `taker` receives them until the returned function is called, as an `$effect` needs it. */
  take(taker: (event: DropEventView) => void): () => void {
    this.#takers.push(taker)
    const document = this.#waiting
    this.#waiting = null
    if (document) taker({ event: 'dropped', document })
    return () => {
      this.#takers.splice(this.#takers.indexOf(taker), 1)
    }
  }

  /** Whatever is pasted from now on is held by the core, until the returned function is called. */
  holdPastes(): () => void {
    // If the core cannot be told, it still holds what looks like credentials.
    const tell = (holds: boolean) => void tauri.tellCaret(holds).catch(() => {})
    tell(true)
    return () => tell(false)
  }

  /** Calls `listener` when the person has left, until the returned function is called. */
  whenWiped(listener: () => void): () => void {
    this.#wiped.add(listener)
    return () => this.#wiped.delete(listener)
  }

  #tell(event: DropEventView) {
    if (event.event === 'wiped') for (const listener of this.#wiped) listener()
    const taker = this.#takers.at(-1)
    if (taker) return taker(event)
    if (event.event === 'refused') return notices.show(`${event.error.message} ${event.error.hint}`)
    if (event.event === 'wiped') return this.#forgetWaiting()
    if (event.event === 'dropped') void this.#open(event.document)
  }

  async #open(document: HeldDocumentView) {
    this.#forgetWaiting()
    this.#waiting = document
    const opens = session.current !== null && (await router.go({ page: 'trackPortal' }))
    if (opens || this.#waiting !== document) return
    this.#forgetWaiting()
    notices.show(t('documents-no-box'))
  }

  #forgetWaiting() {
    if (this.#waiting) release(this.#waiting.id)
    this.#waiting = null
  }
}

export const drops = new Drops()

/** Lets the core wipe a document. If that fails, it is wiped when others take its place, or at the end. */
export function release(id: string) {
  tauri.releaseDocument(id).catch(() => {})
}
