// What every journey needs around it: a desktop of its own, and a picture of the window when a step fails.

import { copyFileSync, existsSync, mkdirSync } from 'node:fs'
import { basename } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest'
import { App } from './app.ts'
import { ROOT } from './binaries.ts'
import { Desktop, type DesktopOptions } from './desktop.ts'
import { OwnNetwork } from './own_network.ts'

export interface Journey {
  readonly desktop: Desktop
  /** The network that only the app is in; with the option `ownNetwork`. */
  readonly network: OwnNetwork
  /** The running app; starts it when there is none. */
  app(): Promise<App>
  /** Starts the app again after `kill` or `close`. */
  restart(): Promise<App>
}

/** The command that gives a program no rights but those of its user, also where that is root. */
export const WITHOUT_RIGHTS = (): string[] =>
  process.getuid?.() === 0 ? ['setpriv', '--bounding-set=-all', '--inh-caps=-all'] : []

interface JourneyOptions extends DesktopOptions {
  /** The app is in a network of its own. */
  ownNetwork?: boolean
  /** The app has no rights but those of its user, also where that is root. */
  withoutRights?: boolean
}

/**
 * Opens a private desktop before the tests of a file and closes it after them. The tests of the file are the steps of
 * one story: after a step has failed, those that follow are skipped. What helps to understand a failure is left in
 * `target/journeys/`.
 */
export function journey(options: JourneyOptions = {}): Journey {
  let network: OwnNetwork | undefined
  let desktop: Desktop | undefined
  let app: App | undefined
  let failed = false

  beforeAll(async () => {
    desktop = await Desktop.open(options)
    if (options.ownNetwork) network = new OwnNetwork(desktop, 'network')
  })

  beforeEach((context) => {
    if (failed) context.skip('an earlier step of this journey failed')
  })

  afterEach(async ({ task }) => {
    if (task.result?.state === 'pass' && app?.running) {
      expect(await app.complaints(), 'the window breaks its own policy, or stumbles unseen').toEqual([])
    }
    if (task.result?.state !== 'fail' || failed) return
    failed = true
    const folder = `${ROOT}/target/journeys`
    const name = `${basename(task.file.name, '.test.ts')} - ${task.name}`.replace(/[^\w -]+/g, '').slice(0, 120)
    mkdirSync(folder, { recursive: true })
    // The whole screen: native dialogs may be part of the story, and a window that hangs can still be seen.
    desktop?.screen.save(`${folder}/${name}.png`)
    const output = desktop?.processes.outputOf('WebKitWebDriver')
    if (output && existsSync(output)) copyFileSync(output, `${folder}/${name}.log`)
    console.error(`left in ${folder}: ${name}.png and .log`)
  })

  afterAll(async () => {
    await app?.stop().catch(() => {})
    await desktop?.close()
  })

  const start = async (): Promise<App> => (app = await App.start(journey.desktop, { network, under: options.withoutRights ? WITHOUT_RIGHTS() : [] }))
  const journey: Journey = {
    get desktop() {
      if (!desktop) throw new Error('the desktop is open only while tests run')
      return desktop
    },
    get network() {
      if (!network) throw new Error('this journey has no network of its own')
      return network
    },
    app: async () => app ?? (await start()),
    restart: start,
  }
  return journey
}
