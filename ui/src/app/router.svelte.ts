import { tick } from 'svelte'
import { href, parseRoute, samePlace, type Route } from './route'

class Router {
  current = $state.raw<Route>(parseRoute(location.hash))

  constructor() {
    addEventListener('hashchange', () => {
      const next = parseRoute(location.hash)
      const moved = !samePlace(this.current, next)
      this.current = next
      if (moved) void focusHeading()
    })
  }

  go(route: Route) {
    location.hash = href(route)
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
