// Who may read the program's memory, and what of a secret is left in it after its time. The figures are upper bounds.

import { execFileSync, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { App } from '../support/app.ts'
import { drivable, ROOT } from '../support/binaries.ts'
import { journey, WITHOUT_RIGHTS } from '../support/journey.ts'
import { processTree } from '../support/memory.ts'
import { pause, until } from '../support/processes.ts'
import { Screens } from '../support/screens.ts'

const isRoot = process.getuid?.() === 0
// What the engine keeps may depend on how it draws.
const story = journey({ withoutRights: true, inDetail: true })
let app: App
let screens: Screens

/**
 * The most copies that may be left; fewer are better. Measured on Debian 12: 1 after *Copy*, which the token service does not add
 * to; 0 or 1 in the core and 61 in the engine after *Reveal*, most of those by these tests, which read the page's text again and
 * again. In the core the engine's library has a memory allocator of its own: two of its buffers carry a reply to the page and a
 * WebDriver's messages, and hold them until they are used again.
 */
const MOST = { afterCopy: 1, afterTokens: 1, afterReveal: 2, inEngineAfterReveal: 120 }

interface SecretDocument {
  tokenUrl: string
  clientId: string
  clientSecret: string
}
let copied: SecretDocument

/** What another program of the same person finds out about a process, without any right beyond that person's. */
function canLookInto(pid: number): boolean {
  const [command, ...args] = [...WITHOUT_RIGHTS(), 'cat', `/proc/${pid}/environ`]
  return spawnSync(command!, args, { stdio: 'ignore' }).status === 0
}

/** Copies in the program itself, and in the processes of the web engine. */
function count(secret: string): { core: number; engine: number } {
  const script = `${ROOT}/tests/support/count_copies.py`
  const printed = execFileSync('/usr/bin/python3', [script, ...processTree(app.pid).map(String)], { input: secret, encoding: 'utf8' })
  const [core, ...engine] = printed.trim().split('\n').map(Number)
  return { core: core!, engine: engine.reduce((sum, copies) => sum + copies, 0) }
}

/** What `look` counts once it is no more than `most`, or at last: what is let go is gone in a moment, not at once. */
async function settled<T extends Record<string, number>>(most: T, look: () => T): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    const counted = look()
    if (attempt === 5 || Object.entries(most).every(([where, copies]) => counted[where]! <= copies)) return counted
    await pause(1_000)
  }
}

describe('promise A5: other programs of the same person cannot read the memory', () => {
  test('neither that of the window', async () => {
    app = await story.app()
    screens = new Screens(app, story.desktop)
    await screens.welcome('Alice Example', 'alice@example.com')
    // Other journeys run beside this one.
    await screens.useFreePorts()
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

describe.skipIf(!isRoot)('promise A8: no secret is left in memory (looking takes the rights of root)', () => {
  test('after *Copy*, once another program has copied something', async () => {
    await screens.createPortal('EU Shop', 'eu-shop')
    await screens.generate('Client secret')
    copied = (await screens.copyCurrent<SecretDocument>()).document
    const { core, engine } = count(copied.clientSecret)
    expect(core, 'the scan sees what is there: the clipboard serves it from here').toBeGreaterThan(0)
    expect(engine, 'the page never has it').toBe(0)
    await story.desktop.copyElsewhere('something else')
    // The connection to the display keeps the buffer from which it last wrote.
    const left = await settled({ core: MOST.afterCopy, engine: 0 }, () => count(copied.clientSecret))
    expect(left.engine).toBe(0)
    expect(left.core).toBeLessThanOrEqual(MOST.afterCopy)
  })

  test('after requests to the token service', async () => {
    const { tokenUrl, clientId, clientSecret } = copied
    // On standard input: an error names the arguments.
    for (const credentials of [
      `user = "${clientId}:${clientSecret}"`,
      `data-urlencode = "client_id=${clientId}"\ndata-urlencode = "client_secret=${clientSecret}"`,
    ])
      for (let each = 0; each < 5; each++) {
        const config = `data = "grant_type=client_credentials"\n${credentials}\n`
        const reply = await story.desktop.run('curl', ['--silent', '--insecure', '--config', '-', tokenUrl], config)
        expect(JSON.parse(reply)).toHaveProperty('access_token')
      }
    const encoded = Buffer.from(`${clientId}:${clientSecret}`).toString('base64')
    const copies = await settled({ plain: MOST.afterTokens, basic: 0 }, () => ({ plain: count(clientSecret).core, basic: count(encoded).core }))
    expect(copies.plain).toBeLessThanOrEqual(MOST.afterTokens)
    expect(copies.basic, 'as it stood in the header').toBe(0)
  })

  test('after *Reveal*, once it is hidden', async () => {
    await story.desktop.run(drivable(), ['pingone', 'create', 'Acme', '--local'])
    // Chosen by another program, so that no field of the page ever held it.
    const secret = randomBytes(24).toString('base64url')
    await story.desktop.run(drivable(), ['pingone', 'add', 'Acme', '--description', 'Sync', '--secret-file', '-'], secret)
    expect(count(secret), 'before').toEqual({ core: 0, engine: 0 })

    await screens.go('PingOne')
    await app.click('link', 'Acme')
    await app.click('button', /Sync/, { state: { expanded: false } })
    await app.click('button', 'Reveal')
    await story.desktop.answerQuestion('yes')
    await app.see('Hide')
    expect(count(secret).engine, 'a page that keeps it is seen').toBeGreaterThan(0)
    // On a busy machine the scan takes longer than a revealed secret stays.
    for (const hide of await app.all('button', 'Hide')) await app.press(hide).catch(() => undefined)
    await app.gone('button', 'Hide')
    // The copy that these tests keep of each reply is not the page's.
    await app.driver.executeScript('window.__journey.replies.length = 0')
    const { core, engine } = await settled({ core: MOST.afterReveal, engine: MOST.inEngineAfterReveal }, () => count(secret))
    expect(core).toBeLessThanOrEqual(MOST.afterReveal)
    // The web engine wipes nothing: its pages, buffers and collector are not ours.
    expect(engine).toBeLessThanOrEqual(MOST.inEngineAfterReveal)
  })
})
