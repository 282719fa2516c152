import type { Areas } from '../app/changes.svelte'

/** What a page about hubs and their connections shows: with the names of portals, what the tests found, and what the person may do. */
export const CONNECTIONS: Areas = ['hubs', 'requests', 'health', 'portals', 'keychain', 'settings', 'people']

/** How often a page asks again without any change: tests grow old, and days pass. */
export const AGES_EVERY_MS = 60_000
