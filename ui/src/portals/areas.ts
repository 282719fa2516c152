import type { Areas } from '../app/changes.svelte'

/**
 * What a page about portals shows: their credentials and secrets, who uses those, the addresses of the token service, and what
 * the person may do. Not whether connections work.
 */
export const PORTAL: Areas = ['portals', 'requests', 'hubs', 'keychain', 'settings', 'people']
