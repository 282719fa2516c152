import { href, type RequestListName } from '../app/route'
import type { Labels } from '../labels/vocabulary'
import { t } from '../messages/language.svelte'

type Path = { label: string; href?: string }[]

/** The way from the list of hubs to the pages about connections of the hub with this name. */
export function pathToArea(hub: string | undefined, labels: Labels): Path {
  return [{ label: t('app-hubs'), href: href({ page: 'hubs' }) }, ...(hub ? [{ label: hub }] : []), { label: labels.hub.area }]
}

/** The way to a page below a list of requests; with tiles, `list` is the one of them that leads there. */
export function pathToRequests(hubId: string, hub: string | undefined, labels: Labels, list: RequestListName): Path {
  if (!labels.tiles) return [...pathToArea(hub, labels), { label: labels.hub.manageConnections, href: href({ page: 'hub', hubId, tab: 'approved' }) }]
  const area = { label: labels.hub.area, href: href({ page: 'hub', hubId, tab: 'pending' }) }
  return [...pathToArea(hub, labels).slice(0, -1), area, { label: labels.tiles[list], href: href({ page: 'requests', hubId, list }) }]
}

/** The way to a page of a hub in SAP, which has one page of its own. */
export function pathToHubInSap(hubId: string, hub: string): Path {
  return [
    { label: t('app-hubs'), href: href({ page: 'hubs' }) },
    { label: hub, href: href({ page: 'hub', hubId, tab: 'pending' }) },
  ]
}
