// Who lacks a role sees the action, cannot take it, reads why, and gets the text that asks an admin for the role.

import { expect, test } from 'vitest'
import type { App } from '../support/app.ts'
import { journey } from '../support/journey.ts'
import { ROLES, Screens } from '../support/screens.ts'

const story = journey()
let app: App
let screens: Screens

test('two more people, one of them without any role collection', async () => {
  app = await story.app()
  screens = new Screens(app, story.desktop)
  await screens.welcome('Alice Example', 'alice@example.com')
  await screens.createPortal('EU Shop', 'shop-prod')
  await screens.createHub('Group Hub', 'hub-prod')
  await screens.addPerson('Bob Portal', 'bob@example.com', [ROLES.portal])
  await screens.addPerson('Carol Newcomer', 'carol@example.com', [])
})

test('the role of the technical user can be given to nobody', async () => {
  await app.click('button', 'Edit Carol Newcomer')
  const dialog = await app.find('dialog', 'Edit Carol Newcomer')
  const technical = await app.find('checkbox', /^APIPortal\.Service\.CatalogIntegration/, { in: dialog })
  expect(await technical.isEnabled()).toBe(false)
  await app.click('button', 'Cancel', { in: dialog })
  await app.gone('dialog')
})

test('without roles, Create Local Portal says which one is missing', async () => {
  await screens.switchTo('Carol Newcomer')
  await screens.go('Portals')
  const button = await app.first('button', 'Create Local Portal…')
  await expect.poll(() => button.getAttribute('aria-disabled')).toBe('true')
  await app.press(button)
  await app.see(`Carol Newcomer may not manage API portals: ${ROLES.portal} is missing.`)
  expect(await app.has('dialog'), 'nothing happens but the explanation').toBe(false)
})

test('the text that asks an admin for the role is ready to be copied', async () => {
  await app.click('button', 'Ask for the Role…')
  const dialog = await app.find('dialog', 'Ask for the Role')
  const text = await app.driver.executeScript<string>(
    'return arguments[0].value',
    await app.find('textbox', 'Text for your administrator', { in: dialog }),
  )
  expect(text).toContain(ROLES.portal)
  expect(text).toContain('carol@example.com')
  await app.click('button', 'Copy Text', { in: dialog })
  await app.see('The text is in the clipboard.')
  expect(await story.desktop.clipboard()).toBe(text)
})

test('the Connection tab stays closed to who may not open it', async () => {
  await app.click('link', 'EU Shop')
  await app.see('Carol Newcomer may not open the Connection tab')
  expect(await app.has('button', 'Generate Credentials')).toBe(false)
})

test('a portal admin generates, but may not submit', async () => {
  await screens.switchTo('Bob Portal')
  await screens.openPortal('EU Shop')
  await screens.generate('P-256')
  await screens.openHubList('Group Hub')
  const button = await app.find('button', 'Add New Connection')
  await expect.poll(() => button.getAttribute('aria-disabled')).toBe('true')
  await app.press(button)
  await app.see(`${ROLES.requester} is missing.`)
})

test('given the role, the same person may', async () => {
  await screens.go('People & Roles')
  await app.click('button', 'Edit Bob Portal')
  const dialog = await app.find('dialog', 'Edit Bob Portal')
  await app.click('checkbox', /^AuthGroup\.APIPortalRegistration/, { in: dialog })
  await app.click('button', 'Save', { in: dialog })
  await app.gone('dialog')
  await screens.openHubList('Group Hub')
  await screens.openSubmission()
})
