// Nothing that was entered is lost unasked, and what is to be typed to confirm can be read and copied, however long it is.

import { expect, test } from 'vitest'
import type { App } from '../support/app.ts'
import { journey } from '../support/journey.ts'
import { findMisfits } from '../support/layout.ts'
import { Screens } from '../support/screens.ts'

const story = journey()
/** No space to break at, and letters with two marks. */
const LONG = `${'W'.repeat(40)}${'e\u0301\u0323'.repeat(12)}x`
let app: App
let screens: Screens

test('Escape in a dialog that is filled in asks, over the dialog', async () => {
  app = await story.app()
  await app.driver.manage().window().setRect({ x: 0, y: 0, width: 900, height: 600 })
  screens = new Screens(app, story.desktop)
  await screens.welcome('Alice Example', 'alice@example.com')
  await screens.go('Portals')
  await app.press(await app.first('button', 'Create Local Portal…'))
  const dialog = await app.find('dialog', 'Create Local Portal')
  await app.fill('Name', LONG, { in: dialog })
  await story.desktop.press('Escape')
  await app.click('button', 'Stay', { in: await app.find('dialog', 'Leave without saving?') })
  await app.gone('dialog', 'Leave without saving?')
  await app.fill('Subaccount', 'long-prod', { in: dialog })
  await app.click('button', 'Create', { in: dialog })
  await app.gone('dialog')
  await app.find('heading', 'Onboarding Settings')
  expect(await findMisfits(app)).toEqual([])
})

test('a form that is filled in is not lost by closing the window, by reloading or by going elsewhere', async () => {
  await screens.go('Portals')
  await app.click('button', 'Track a Portal in SAP…')
  await app.find('heading', 'Track a Portal in SAP')
  await app.fill('Name', 'Sales')
  const [window] = await story.desktop.windows('Drawbridge$')
  expect(await story.desktop.titleOf(window!)).toBe('Track a Portal in SAP – Drawbridge')
  const ways = [() => story.desktop.press('alt+F4'), async () => app.click('link', 'Hubs', { in: await app.find('navigation', 'Areas') })]
  for (const leave of ways) {
    await leave()
    await app.click('button', 'Stay', { in: await app.find('dialog', 'Leave without saving?') })
    await app.gone('dialog')
  }
  await story.desktop.press('ctrl+r', 'F5')
  await app.settled()
  await app.fill('Subaccount', 'sales-prod')
  const typed = 'return [...document.querySelectorAll("input")].map(({ value }) => value)'
  expect(await app.driver.executeScript(typed)).toEqual(['Sales', 'sales-prod'])
  const scrolled = () => app.driver.executeScript<number>('return document.querySelector(".page-place").scrollTop')
  await app.driver.executeScript('document.querySelector(".page-place").scrollTop = 9999')
  expect(await scrolled()).toBeGreaterThan(0)
  await screens.go('Settings')
  await app.see('Token Service')
  expect(await scrolled(), 'the next page begins at its top').toBe(0)
  await screens.go('Portals')
})

test('a long name is confirmed by copying it; after that nothing asks', async () => {
  await app.click('link', LONG.normalize('NFC'))
  await screens.openPortalTab('Configure')
  await app.click('button', 'Delete Portal…')
  const dialog = await app.find('dialog', /^Delete W/)
  expect(await findMisfits(app)).toEqual([])
  await app.click('button', 'Copy This Text', { in: dialog })
  await expect.poll(() => story.desktop.clipboard()).toBe(LONG.normalize('NFC'))
  await app.click('textbox', /to confirm$/, { in: dialog })
  await story.desktop.press('ctrl+v')
  await app.click('button', 'Delete', { in: dialog })
  await app.find('heading', 'Portals', { state: { level: 1 } })
  await app.see('No portals yet')
  expect(await app.has('dialog')).toBe(false)
})
