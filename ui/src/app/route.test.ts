import { describe, expect, it } from 'vitest'
import { href, parseRoute, samePlace, type Route } from './route'

const routes: Route[] = [
  { page: 'portals' },
  { page: 'portal', portalId: 'p 1/2', tab: 'configure' },
  { page: 'portal', portalId: 'p1', tab: 'connection' },
  { page: 'hubs' },
  { page: 'hub', hubId: 'h1', tab: 'rejected' },
  { page: 'submit', hubId: 'h1' },
  { page: 'submit', hubId: 'h1', confirmed: true },
  { page: 'requests', hubId: 'h1', list: 'establish' },
  { page: 'requests', hubId: 'h/1', list: 'manage' },
  { page: 'reestablish', hubId: 'h1', requestId: 'r/1' },
  { page: 'portal', portalId: 'p1', tab: 'instances' },
  { page: 'portal', portalId: 'p1', tab: 'apis' },
  { page: 'trackPortal' },
  { page: 'importCredentials', portalId: 'p/1' },
  { page: 'hub', hubId: 'h1', tab: 'destinations' },
  { page: 'connection', hubId: 'h1', requestId: 'r/1' },
  { page: 'activity' },
  { page: 'people' },
  { page: 'settings' },
]

describe('a route', () => {
  it.each(routes)('is found again from its address: $page', (route) => {
    expect(parseRoute(href(route)), 'a link must lead to where it says').toEqual(route)
  })

  it('leads to the start page from an empty or unknown address', () => {
    expect(parseRoute('')).toEqual({ page: 'start' })
    expect(parseRoute('#/nowhere/at/all')).toEqual({ page: 'start' })
  })

  it('falls back to the tab one wants first', () => {
    expect(parseRoute('#/hubs/h1/unknown')).toEqual({ page: 'hub', hubId: 'h1', tab: 'pending' })
    expect(parseRoute('#/portals/p1')).toEqual({ page: 'portal', portalId: 'p1', tab: 'connection' })
  })

  it('survives an address that is not well encoded', () => {
    expect(parseRoute('#/hubs/%E0%A4%A/pending')).toMatchObject({ page: 'hub', tab: 'pending' })
  })

  it('is the same place when only the tab differs, so that focus stays on the tab', () => {
    const pending: Route = { page: 'hub', hubId: 'h1', tab: 'pending' }
    expect(samePlace(pending, { ...pending, tab: 'approved' })).toBe(true)
    expect(samePlace(pending, { page: 'hub', hubId: 'h2', tab: 'pending' })).toBe(false)
    expect(samePlace(pending, { page: 'submit', hubId: 'h1' })).toBe(false)
  })
})
