import { tick } from 'svelte'
import { unsaved } from '../kit/unsaved.svelte'
import { href, parseRoute, samePlace, type Route } from './route'

class Router {
  current = $state.raw<Route>(parseRoute(location.hash))
  /** The address to which the person has agreed to leave. */
  #agreed: string | null = null

  constructor() {
    addEventListener('hashchange', () => void this.#follow())
    // Before the address changes, so that the history keeps no step that was not taken.
    addEventListener('click', (event) => this.#askFirst(event), { capture: true })
  }

  /** Returns false if the person would rather stay. */
  async go(route: Route): Promise<boolean> {
    return this.#goTo(href(route))
  }

  async #goTo(address: string): Promise<boolean> {
    const leaves = !samePlace(this.current, parseRoute(address))
    if (leaves && unsaved.exists && !(await unsaved.mayLeave())) return false
    if (leaves) this.#agreed = address
    location.hash = address
    return true
  }

  #askFirst(event: MouseEvent) {
    const address = (event.target as Element | null)?.closest?.('a[href^="#/"]')?.getAttribute('href')
    if (!address || !unsaved.exists || samePlace(this.current, parseRoute(address))) return
    event.preventDefault()
    void this.#goTo(address)
  }

  /** The address has changed, perhaps by the keys for *Back* and *Forward*. */
  async #follow() {
    const next = parseRoute(location.hash)
    const moved = !samePlace(this.current, next)
    const agreed = this.#agreed === location.hash
    this.#agreed = null
    if (moved && !agreed && !(await unsaved.mayLeave())) {
      location.hash = href(this.current)
      return
    }
    // Something else may have been chosen while the question was open.
    this.current = parseRoute(location.hash)
    if (moved) void focusHeading()
  }

  /** Changes the address without a step in the history: for tabs, through which nobody wants to go back one by one. */
  replace(route: Route) {
    history.replaceState(null, '', href(route))
    this.current = route
  }
}

export const router = new Router()

/** Tells keyboard and screen reader users where they have arrived. */
export async function focusHeading() {
  await tick()
  document.querySelector<HTMLElement>('main h1')?.focus()
}
