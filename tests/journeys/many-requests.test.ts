// Ten thousand requests in one hub.

import { execFileSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { Key } from 'selenium-webdriver'
import { beforeAll, expect, test } from 'vitest'
import { ROOT, seed } from '../support/binaries.ts'
import { journey } from '../support/journey.ts'
import { findMisfits } from '../support/layout.ts'
import { until } from '../support/processes.ts'
import { Screens } from '../support/screens.ts'

const story = journey()
let screens: Screens

beforeAll(async () => {
  mkdirSync(story.desktop.dataFolder, { recursive: true })
  execFileSync(seed(), [`${story.desktop.dataFolder}/drawbridge.db`, '10000'])
  screens = new Screens(await story.app(), story.desktop)
})

test('the list opens, and only the rows in sight are in the document', async () => {
  const { app } = screens
  await screens.go('Hubs')
  await app.press(await app.find('link', 'API Business Hub'))
  await app.find('heading', 'Manage Connections')
  await screens.openTab('Pending Requests')
  const grid = await app.find('grid', 'Pending Requests')
  expect(Number(await grid.getAttribute('aria-rowcount'))).toBeGreaterThan(5_000)
  expect((await app.all('row')).length, 'ten thousand rows in the document would be slow').toBeLessThan(80)
  await app.screenshot(`${ROOT}/target/journeys/many-requests-1.png`)
})

test('three rows of each list are in sight in a small window, and at 200 %', async () => {
  const { app } = screens
  // The made up secrets are in no keychain, and every page says so: taken over, that is over.
  await app.click('button', 'Use This Keychain…')
  const dialog = await app.find('dialog', 'Use This Keychain')
  const [label] = await app.all('textbox', /^Type \d+ to confirm/, { in: dialog })
  const number = /\d+/.exec(await app.driver.executeScript<string>('return arguments[0].labels[0].textContent', label))![0]
  await app.fill(/to confirm/, number, { in: dialog })
  await app.click('button', 'Use This Keychain', { in: dialog })
  await app.gone('dialog')
  await app.click('button', 'Dismiss')
  /** How many rows of the list stand wholly in the window. */
  const inSight = `
    const scroller = document.querySelector('table[role=grid]').parentElement
    const top = scroller.querySelector('thead').getBoundingClientRect().bottom
    const bottom = Math.min(scroller.getBoundingClientRect().top + scroller.clientHeight, scroller.closest('main').getBoundingClientRect().bottom)
    const places = [...scroller.querySelectorAll('tbody tr[data-row]')].map((row) => row.getBoundingClientRect())
    return places.filter((place) => place.top >= top - 1 && place.bottom <= bottom + 1).length`
  for (const { width, height, zoom } of [{ width: 900, height: 600, zoom: 0 }, { width: 1400, height: 900, zoom: 5 }]) {
    await app.driver.manage().window().setRect({ x: 0, y: 0, width, height })
    await app.zoom(zoom)
    const lists = async (grid: string) => {
      await app.find('grid', grid)
      const where = `${grid} in ${width} × ${height}, zoom ${zoom}`
      await expect.poll(() => app.driver.executeScript(inSight), { message: where }).toBeGreaterThanOrEqual(3)
      expect(await findMisfits(app), where).toEqual([])
    }
    for (const tab of ['approved', 'rejected', 'destinations', 'pending']) {
      await app.driver.executeScript('location.hash = location.hash.replace(/[a-z]+$/, arguments[0])', tab)
      await lists(tab === 'destinations' ? 'Destinations' : `${tab[0]!.toUpperCase()}${tab.slice(1)} Requests`)
    }
    const hub = await app.driver.executeScript<string>('return location.hash')
    for (const area of ['Portals', 'Activity']) {
      await app.driver.executeScript('location.hash = arguments[0]', `#/${area.toLowerCase()}`)
      await lists(area)
    }
    await app.driver.executeScript('location.hash = arguments[0]', hub)
    await app.find('grid', 'Pending Requests')
  }
  await app.zoom(0)
  await app.driver.manage().window().setRect({ x: 0, y: 0, width: 1400, height: 900 })
})

test('each letter of a search narrows the list', async () => {
  const { app } = screens
  let before = Infinity
  await app.click('searchbox', 'Search Pending Requests')
  for (const letter of 'zürich') {
    await app.keys(letter)
    await app.settled()
    const grid = await app.find('grid', 'Pending Requests')
    const count = Number(await grid.getAttribute('aria-rowcount'))
    expect(count).toBeLessThanOrEqual(before)
    before = count
  }
  expect(before).toBeGreaterThan(2)
  await app.see(`${(before - 1).toLocaleString('en-US')} matches`)
  for (let row = 1; row < 6; row++) await expect.poll(async () => app.textOf((await app.all('row'))[row]!)).toMatch(/zürich/i)
  await app.screenshot(`${ROOT}/target/journeys/many-requests-2.png`)
})

test('the last row is reached by keyboard, and the row that has the keyboard stays in sight', async () => {
  const { app } = screens
  await app.click('searchbox', 'Search Pending Requests')
  await app.keys(Key.ESCAPE)
  const rows = async () => (await app.find('grid', 'Pending Requests')).getAttribute('aria-rowcount')
  await until('the whole list', async () => Number(await rows()) > 5_000)
  await app.keys(Key.TAB)
  await app.chord(Key.CONTROL, Key.END)
  await app.settled()
  await app.screenshot(`${ROOT}/target/journeys/many-requests-3.png`)
  const row = await app.driver.executeScript<string>(
    'return document.activeElement.closest("tr")?.getAttribute("aria-rowindex") ?? document.activeElement.tagName',
  )
  expect(row, 'the keyboard is where one looks').toBe(await rows())
})
