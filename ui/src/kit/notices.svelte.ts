/** Long enough to read a sentence; a notice never carries what one must act on. */
const SHOWN_MS = 6000

/** Short confirmations of what has just been done. Failures are shown where they happened instead. */
class Notices {
  current = $state<string | null>(null)
  #timer: ReturnType<typeof setTimeout> | undefined

  show(text: string) {
    this.current = text
    this.resume()
  }

  /** Stops the clock while the pointer rests on the notice. */
  pause() {
    clearTimeout(this.#timer)
  }

  resume() {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.dismiss(), SHOWN_MS)
  }

  dismiss() {
    clearTimeout(this.#timer)
    this.current = null
  }
}

export const notices = new Notices()
