/** Where the window can be. Tabs are part of the address, so that going back returns to the former tab. */
export type Route =
  | { page: 'start' }
  | { page: 'portals' }
  | { page: 'portal'; portalId: string; tab: PortalTab }
  | { page: 'trackPortal' }
  | { page: 'importCredentials'; portalId: string }
  | { page: 'hubs' }
  | { page: 'hub'; hubId: string; tab: HubTab }
  /** The requests behind one of the tiles of the Classic Design. */
  | { page: 'requests'; hubId: string; list: RequestListName }
  /** `confirmed`: the dialog before it counts as the confirmation that a connection is for good. */
  | { page: 'submit'; hubId: string; confirmed?: boolean }
  | { page: 'reestablish'; hubId: string; requestId: string }
  | { page: 'connection'; hubId: string; requestId: string }
  | { page: 'accounts' }
  | { page: 'account'; accountId: string }
  | { page: 'activity' }
  | { page: 'people' }
  | { page: 'settings' }

export const PORTAL_TABS = ['configure', 'connection', 'instances', 'apis'] as const
export const HUB_TABS = ['pending', 'approved', 'rejected', 'destinations'] as const
export const REQUEST_LISTS = ['establish', 'manage'] as const
export type PortalTab = (typeof PORTAL_TABS)[number]
export type HubTab = (typeof HUB_TABS)[number]
export type RequestListName = (typeof REQUEST_LISTS)[number]

/** The address of a route, to be used as a link's `href`. */
export function href(route: Route): string {
  switch (route.page) {
    case 'start':
      return '#/'
    case 'portals':
    case 'hubs':
    case 'activity':
    case 'people':
    case 'settings':
      return `#/${route.page}`
    case 'accounts':
      return '#/pingone'
    case 'account':
      return `#/pingone/${encodeURIComponent(route.accountId)}`
    case 'portal':
      return `#/portals/${encodeURIComponent(route.portalId)}/${route.tab}`
    case 'trackPortal':
      return '#/portals/add'
    case 'importCredentials':
      return `#/portals/${encodeURIComponent(route.portalId)}/import`
    case 'hub':
      return `#/hubs/${encodeURIComponent(route.hubId)}/${route.tab}`
    case 'requests':
      return `#/hubs/${encodeURIComponent(route.hubId)}/requests/${route.list}`
    case 'submit':
      return `#/hubs/${encodeURIComponent(route.hubId)}/submit${route.confirmed ? '/confirmed' : ''}`
    case 'reestablish':
      return `#/hubs/${encodeURIComponent(route.hubId)}/reestablish/${encodeURIComponent(route.requestId)}`
    case 'connection':
      return `#/hubs/${encodeURIComponent(route.hubId)}/connection/${encodeURIComponent(route.requestId)}`
  }
}

/** The route of an address; an unknown address leads to the start page. */
export function parseRoute(hash: string): Route {
  const [area, id, third, fourth] = hash.replace(/^#\/?/, '').split('/').map(decode)
  switch (area) {
    case 'hubs':
      if (!id) return { page: 'hubs' }
      if (third === 'requests') return { page: 'requests', hubId: id, list: oneOf(REQUEST_LISTS, fourth) ?? 'manage' }
      if (third === 'submit') return { page: 'submit', hubId: id, ...(fourth === 'confirmed' && { confirmed: true }) }
      if (third === 'reestablish' && fourth) return { page: 'reestablish', hubId: id, requestId: fourth }
      if (third === 'connection' && fourth) return { page: 'connection', hubId: id, requestId: fourth }
      return { page: 'hub', hubId: id, tab: oneOf(HUB_TABS, third) ?? 'pending' }
    case 'portals':
      if (!id) return { page: 'portals' }
      if (id === 'add') return { page: 'trackPortal' }
      if (third === 'import') return { page: 'importCredentials', portalId: id }
      return { page: 'portal', portalId: id, tab: oneOf(PORTAL_TABS, third) ?? 'connection' }
    case 'pingone':
      return id ? { page: 'account', accountId: id } : { page: 'accounts' }
    case 'activity':
      return { page: 'activity' }
    case 'people':
      return { page: 'people' }
    case 'settings':
      return { page: 'settings' }
    default:
      return { page: 'start' }
  }
}

/** Two routes are the same place when only the tab differs: then focus stays where it is. */
export function samePlace(a: Route, b: Route): boolean {
  return placeOf(a) === placeOf(b)
}

function placeOf(route: Route): string {
  switch (route.page) {
    case 'portal':
      return href({ ...route, tab: 'connection' })
    case 'hub':
      return href({ ...route, tab: 'pending' })
    default:
      return href(route)
  }
}

function oneOf<T extends string>(names: readonly T[], name: string | undefined): T | undefined {
  return names.find((known) => known === name)
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
