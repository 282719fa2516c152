// Everything from the first start to a submitted request without a pointer.

import { Key } from 'selenium-webdriver'
import { expect, test } from 'vitest'
import type { App } from '../support/app.ts'
import { journey } from '../support/journey.ts'
import { Screens } from '../support/screens.ts'

const story = journey()
let app: App
let screens: Screens
let credentials: string

/** Presses Tab until this has the keyboard, as `role "name"`. */
async function tabTo(target: string | RegExp): Promise<void> {
  const passed: string[] = []
  for (let i = 0; i < 40; i++) {
    const focus = await app.focus()
    if (typeof target === 'string' ? focus === target : target.test(focus)) return
    passed.push(focus)
    await app.keys(Key.TAB)
  }
  throw new Error(`Tab does not lead to ${target}, but to:\n${passed.join('\n')}`)
}

async function activate(target: string | RegExp, key = Key.ENTER): Promise<void> {
  await tabTo(target)
  await app.keys(key)
}

test('the first start: the first field has the keyboard, Enter sends the form', async () => {
  app = await story.app()
  screens = new Screens(app, story.desktop)
  await app.find('heading', 'Welcome to Drawbridge')
  await expect.poll(() => app.focus()).toBe('textbox "Name"')
  await app.keys('Alice Example', Key.TAB, 'alice@example.com', Key.ENTER)
  await app.find('heading', 'Home')
  await expect.poll(() => app.focus(), { message: 'one has arrived somewhere' }).toBe('heading "Home"')
})

test('a portal is created', async () => {
  await activate('link "Portals"')
  await app.find('heading', 'Portals', { state: { level: 1 } })
  await activate('button "Create Local Portal…"')
  await app.find('dialog', 'Create Local Portal')
  await expect.poll(() => app.focus()).toBe('textbox "Name"')
  await app.keys('EU Shop', Key.TAB, 'shop-prod', Key.ENTER)
  await app.find('heading', 'Onboarding Settings')
})

test('credentials are generated: arrow keys choose, and the keyboard is not lost when the button goes', async () => {
  await activate('button "Generate Credentials"')
  await app.find('dialog', 'Generate Credentials')
  await tabTo(/^radio "RSA-2048/)
  await app.keys(Key.ARROW_DOWN)
  await app.keys(Key.ENTER)
  await app.gone('dialog', undefined, { within: 20_000 })
  await screens.card('Current')
  await app.settled()
  await expect.poll(() => app.focus()).toBe('button "Regenerate Credentials"')
})

test('Escape closes a dialog and gives the keyboard back to the button that opened it', async () => {
  await app.keys(Key.ENTER)
  await app.find('dialog', 'Regenerate Credentials')
  await app.keys(Key.ESCAPE)
  await app.gone('dialog')
  await expect.poll(() => app.focus()).toBe('button "Regenerate Credentials"')
})

test('the credentials are copied', async () => {
  await screens.agreeTo('copy_credentials', () => activate('button "Copy"'))
  await app.see('The credentials are in the clipboard')
  credentials = await story.desktop.clipboard()
})

test('a hub is created', async () => {
  await activate('link "Hubs"')
  await app.find('heading', 'Hubs')
  await activate('button "Create Local Hub…"')
  await app.find('dialog', 'Create Local Hub')
  await app.keys('Group Hub', Key.TAB, 'hub-prod', Key.ENTER)
  await app.find('heading', 'Manage Connections')
})

test('a request is submitted: ctrl+v pastes, Space ticks', async () => {
  await activate('button "Add New Connection"')
  await app.find('heading', 'Submit Connection Request')
  await tabTo('textbox "API Portal Alias Name"')
  await app.keys('eu-shop')
  await tabTo('button "Use the current credentials of EU Shop"')
  // The clipboard is read by the core on this button.
  await tabTo('button "Paste"')
  await tabTo('textbox "API Portal Access Credentials"')
  await story.desktop.press('ctrl+v')
  await app.see('Recognised')
  expect(credentials).toContain('certurl')
  await tabTo(/^checkbox "I understand/)
  await app.keys(Key.SPACE)
  await activate('button "Submit"')
  await app.find('heading', 'Manage Connections')
})

test('in the list, arrow keys lead to the menu, and Escape leads back', async () => {
  await screens.openTab('Pending Requests')
  await screens.row('eu-shop')
  await tabTo(/eu-shop|Alias/)
  await app.keys(Key.END)
  await app.keys(Key.ARROW_DOWN)
  await app.settled()
  await expect.poll(() => app.focus()).toBe('button "Actions for eu-shop"')
  await app.keys(Key.ENTER)
  await app.find('menu')
  await app.keys(Key.ESCAPE)
  await app.gone('menu')
  await expect.poll(() => app.focus()).toBe('button "Actions for eu-shop"')
})
