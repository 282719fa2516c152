// Who may read the program's memory.

import { spawnSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import type { App } from '../support/app.ts'
import { drivable } from '../support/binaries.ts'
import { journey, WITHOUT_RIGHTS } from '../support/journey.ts'
import { until } from '../support/processes.ts'
import { Screens } from '../support/screens.ts'

const story = journey({ withoutRights: true })
let app: App

/** What another program of the same person finds out about a process, without any right beyond that person's. */
function canLookInto(pid: number): boolean {
  const [command, ...args] = [...WITHOUT_RIGHTS(), 'cat', `/proc/${pid}/environ`]
  return spawnSync(command!, args, { stdio: 'ignore' }).status === 0
}

describe('promise A5: other programs of the same person cannot read the memory', () => {
  test('neither that of the window', async () => {
    app = await story.app()
    await new Screens(app, story.desktop).welcome('Alice Example', 'alice@example.com')
    expect(canLookInto(app.driverPid), 'a program that does not forbid it is looked into').toBe(true)
    expect(canLookInto(app.pid)).toBe(false)
  })

  test('nor that of a server without one', async () => {
    const [command, ...args] = [...WITHOUT_RIGHTS(), drivable(), 'serve', '--json']
    const server = story.desktop.processes.start(command!, args, { env: story.desktop.env }, 'serve')
    try {
      // It says "no" from its first moment on, and a process that has ended says "no", too.
      await until('the server to forbid it', () => !canLookInto(server.pid!))
      expect(server.exitCode, 'it runs').toBeNull()
    } finally {
      await story.desktop.processes.stop(server)
    }
  })
})
