// The programs under test; `make journeys` builds them.

import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

export const ROOT = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '')

function built(name: string): string {
  const path = `${ROOT}/target/e2e/${name}`
  if (!existsSync(path)) throw new Error(`${path} is missing; "make e2e-binaries" builds it`)
  return path
}

/** The app, built so that a WebDriver may drive it; otherwise the same as the one that ships. */
export const drivable = (): string => built('drawbridge-automation')

/** The app as it ships. */
export const shipped = (): string => built('drawbridge-plain')

/** Fills a database: `seed <path> <number of requests>`. */
export const seed = (): string => built('seed')

/** Creates and deletes service keys: `service_keys <data folder>`. */
export const serviceKeys = (): string => built('service_keys')

/** Asks the token service for tokens as fast as it can. */
export const load = (): string => built('load')
