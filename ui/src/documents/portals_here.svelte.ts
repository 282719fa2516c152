import { Loaded } from '../app/loaded.svelte'
import { tauri, type CredentialView, type PortalListView } from '../tauri'
import type { PortalName } from './given_credentials.svelte'

/** A portal, and its current credentials. */
export interface PortalHere extends PortalName {
  current: CredentialView
}

/** The portals whose current credentials the person may use. Made while a component is being created. */
export class PortalsHere {
  readonly #list = new Loaded<PortalListView>(['portals', 'people'], tauri.listPortals)

  /** All of them, or the one with this id. */
  find(only?: string | null): PortalHere[] {
    const portals = this.#list.value?.portals ?? []
    return portals.flatMap(({ portal, current }) =>
      current && (only === undefined || portal.id === only) ? [{ id: portal.id, name: portal.name, current }] : [],
    )
  }
}
