// Starting once, twice, and after being killed.

import { once } from 'node:events'
import { chownSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { drivable } from '../support/binaries.ts'
import { journey } from '../support/journey.ts'
import { pause, until } from '../support/processes.ts'
import { Screens } from '../support/screens.ts'

const story = journey()

/** A zone in which it is another day now than in UTC. */
const ZONE = new Date().getUTCHours() < 11 ? { name: 'THERE12', hours: -12 } : { name: 'HERE-14', hours: 14 }
const dayThere = (days: number) => new Date(Date.now() + days * 86_400_000 + ZONE.hours * 3_600_000).toISOString().slice(0, 10)
/** How many days the authority is valid that signs the certificates of clients. */
const OF_AUTHORITY = 3650
let begun: string

test('the data folder is the one that the system has for applications', async () => {
  story.desktop.env['TZ'] = ZONE.name
  begun = dayThere(OF_AUTHORITY)
  const screens = new Screens(await story.app(), story.desktop)
  await screens.welcome('Alice Example', 'alice@example.com')
  await screens.createPortal('EU Shop', 'shop-prod')
  await screens.generate('RSA-2048')
  expect(statSync(`${story.desktop.dataFolder}/drawbridge.db`).mode & 0o077, 'it is nobody else’s business').toBe(0)
})

test('a day that the core tells is the one of the person (promise E6)', async () => {
  const app = await story.app()
  const screens = new Screens(app, story.desktop)
  await screens.go('Activity')
  const page = () => app.driver.executeScript<string>('return document.body.innerText')
  // Midnight may have come meanwhile.
  await expect.poll(page).toMatch(new RegExp(`Valid until (${begun}|${dayThere(OF_AUTHORITY)})`))
  await screens.openPortal('EU Shop')
})

test('a second start brings the first window forward and ends', async () => {
  const { desktop } = story
  const [window] = await desktop.windows('Drawbridge')
  await desktop.run('xdotool', ['windowminimize', window!])
  await until('the window to be minimized', () => desktop.isMinimized(window!))

  const second = desktop.processes.start(drivable(), [], { env: desktop.env })
  const [code] = (await once(second, 'exit')) as [number | null]
  expect(code, 'the second start ends by itself, as a success').toBe(0)
  await until('the first window to come back', async () => !(await desktop.isMinimized(window!)))
  await until('it to have the keyboard', async () => (await desktop.activeTitle()).includes('Drawbridge'))
  await expect.poll(() => desktop.windows('Drawbridge'), { message: 'there is still one window' }).toEqual([window])
})

test('a start elsewhere says where the window is, and another data folder has a window of its own', async () => {
  const { desktop } = story
  const elsewhere = desktop.processes.start(drivable(), [], { env: { ...desktop.env, DISPLAY: ':987' }, stdio: ['ignore', 'ignore', 'pipe'] })
  let said = ''
  elsewhere.stderr!.on('data', (data: Buffer) => (said += data))
  const [code] = (await once(elsewhere, 'close')) as [number | null]
  expect(code, said).toBe(0)
  expect(said, 'a person at another display sees nothing happen otherwise').toContain(
    `on the display ${desktop.env['DISPLAY']} (process ${(await story.app()).pid})`,
  )

  const folder = mkdtempSync(join(tmpdir(), 'drawbridge-other-data-'))
  const other = desktop.processes.start(drivable(), [], { env: { ...desktop.env, XDG_DATA_HOME: folder } })
  await until('the other window', async () => (await desktop.windows('Drawbridge')).length === 2, { within: 30_000 })
  expect(statSync(join(folder, 'io.drawbridge.desktop')).mode & 0o777, 'whatever creates the folder first').toBe(0o700)
  await desktop.processes.stop(other, 'SIGKILL')
  await until('it to be gone', async () => (await desktop.windows('Drawbridge')).length === 1)
  rmSync(folder, { recursive: true, force: true })
})

test.runIf(process.getuid?.() === 0)('root is refused over the data of somebody else, before anything is made (promise E3)', async () => {
  const { desktop } = story
  const folder = mkdtempSync(join(tmpdir(), 'drawbridge-of-somebody-else-'))
  chownSync(folder, 65_534, 65_534)
  // Where no dialog can be shown, it says so in the terminal and ends.
  const env = { ...desktop.env, XDG_DATA_HOME: folder, DISPLAY: ':987' }
  const refused = desktop.processes.start(drivable(), [], { env, stdio: ['ignore', 'ignore', 'pipe'] })
  let said = ''
  refused.stderr!.on('data', (data: Buffer) => (said += data))
  const [code] = (await once(refused, 'close')) as [number | null]
  expect(readdirSync(folder), 'the owner could not change what root makes there').toEqual([])
  expect(code, said).toBe(1)
  expect(said).toContain(`${folder} belongs to the user number 65534`)
  rmSync(folder, { recursive: true, force: true })
})

test('a first window that hangs is reported, and nobody waits for ever', async () => {
  const { desktop } = story
  const { pid } = await story.app()
  process.kill(pid, 'SIGSTOP')
  try {
    const second = desktop.processes.start(drivable(), [], { env: { ...desktop.env, DISPLAY: ':987' }, stdio: ['ignore', 'ignore', 'pipe'] })
    let said = ''
    second.stderr!.on('data', (data: Buffer) => (said += data))
    const [code] = (await once(second, 'close')) as [number | null]
    expect(code, 'it is no success').toBe(1)
    expect(said).toContain(`Drawbridge is open already (process ${pid}), but it does not answer.`)
  } finally {
    process.kill(pid, 'SIGCONT')
  }
})

test('killed and started again, everything is as before', async () => {
  const app = await story.app()
  const before = await app.textOf(await new Screens(app, story.desktop).card('Current'))
  await app.kill()
  const screens = new Screens(await story.restart(), story.desktop)
  await screens.openPortal('EU Shop')
  // The keychain tells its name a moment after the first screen.
  await until('the card to be as before', async () => (await screens.app.textOf(await screens.card('Current'))) === before)
  await screens.exportCurrent(`${story.desktop.exports}/after.json`)
})

test('closed and started again, the chosen theme stays', async () => {
  const theme = 'return document.documentElement.dataset.theme'
  const app = await story.app()
  await new Screens(app, story.desktop).chooseTheme('Evening Horizon (dark)')
  await expect.poll(() => app.driver.executeScript(theme)).toBe('evening')
  await pause(2_000) // WebKit writes down what a page stores after a moment
  await app.close()
  const again = await story.restart()
  await expect.poll(() => again.driver.executeScript(theme)).toBe('evening')
})
