// A screen of 1366 × 768 that shows everything at twice its size, and screens whose process dies.

import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { journey } from '../support/journey.ts'
import { until } from '../support/processes.ts'
import { Screens } from '../support/screens.ts'

const SCREEN = { width: 1366, height: 768 }
// Screens that die and come again, and a window at twice its size: drawn as on a person's screen.
const story = journey({ screen: SCREEN, inDetail: true })

/** The processes that draw the screens of the app with the process number `pid`. */
function pageProcesses(pid: number): number[] {
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .filter((entry) => {
      try {
        const [, command, rest] = /^\d+ \((.*)\) (.*)$/.exec(readFileSync(`/proc/${entry}/stat`, 'utf8').trim())!
        return command!.startsWith('WebKitWebProces') && Number(rest!.split(' ')[1]) === pid
      } catch {
        return false // gone meanwhile
      }
    })
    .map(Number)
}

test('the window fits a small screen at 200 %, and its buttons can be reached', async () => {
  const { desktop } = story
  desktop.env['GDK_SCALE'] = '2'
  const app = await story.app()
  const screens = new Screens(app, desktop)
  const [window] = await desktop.windows('Drawbridge')
  const shell = await desktop.run('xdotool', ['getwindowgeometry', '--shell', window!])
  const [x, y, width, height] = ['X', 'Y', 'WIDTH', 'HEIGHT'].map((name) => Number(new RegExp(`^${name}=(.*)$`, 'm').exec(shell)![1]))
  expect(x! + width!, shell).toBeLessThanOrEqual(SCREEN.width)
  expect(y! + height!, shell).toBeLessThanOrEqual(SCREEN.height)

  // Each of these presses the last button of a page or a dialog.
  await screens.welcome('Alice Example', 'alice@example.com')
  await screens.createPortal('EU Shop', 'shop-prod')
  await screens.generate('P-256')
  await app.see('Current')
})

test('screens whose process dies are loaded again; if they die again at once, the program ends', async () => {
  const { desktop } = story
  const app = await story.app()
  const { pid } = app
  const [first] = pageProcesses(pid)
  // A line through the app's logo and name; without the screens it has one colour.
  const colours = () => {
    const row = desktop.screen.row(75)
    return new Set(Array.from({ length: 260 }, (_, x) => row.readUInt32LE((40 + x) * 4))).size
  }
  process.kill(first!, 'SIGKILL')
  await until('the dialog that says so', async () => (await desktop.windows('Drawbridge')).length === 2)
  await desktop.press('Return')
  await until('it to be closed', async () => (await desktop.windows('Drawbridge')).length === 1)
  await until('other screens', () => colours() > 3 && pageProcesses(pid)[0] !== first)
  const [second, ...others] = pageProcesses(pid)
  expect(second).not.toBe(first)
  expect(others).toEqual([])

  // An empty window would be all that is left.
  process.kill(second!, 'SIGKILL')
  await until('the dialog that says so', async () => (await desktop.windows('Drawbridge')).length === 2)
  await desktop.press('Return')
  await until('the program to end', () => !app.running)
})
