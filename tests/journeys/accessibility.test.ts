// Every screen and dialog, in all four themes: axe finds nothing. The pictures are left in target/journeys/screens/.

import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { App } from '../support/app.ts'
import { ROOT } from '../support/binaries.ts'
import { journey } from '../support/journey.ts'
import { ROLES, Screens } from '../support/screens.ts'

const THEMES = ['morning', 'evening', 'contrast-white', 'contrast-black']
const ALIAS = 'eu-shop'

const story = journey()
let app: App
let screens: Screens
let looks = 0
const found: string[] = []

/** Looks at the window as it is now in every theme. */
async function look(name: string): Promise<void> {
  const picture = `${String(++looks).padStart(2, '0')}-${name}.png`
  for (const theme of THEMES) {
    await app.driver.executeScript('document.documentElement.dataset.theme = arguments[0]', theme)
    await app.screenshot(`${ROOT}/target/journeys/screens/${theme}/${picture}`)
    for (const { rule, help, elements } of await app.axe()) {
      found.push(`${name}, ${theme}: ${rule} (${help})`, ...elements.map((element) => `    ${element}`))
    }
  }
  await app.driver.executeScript('document.documentElement.dataset.theme = arguments[0]', THEMES[0])
}

async function closeDialog(button = 'Cancel'): Promise<void> {
  await app.click('button', button, { in: await app.find('dialog') })
  await app.gone('dialog')
}

test('Welcome', async () => {
  app = await story.app()
  screens = new Screens(app, story.desktop)
  await app.find('heading', 'Welcome to Drawbridge')
  await look('welcome')
  await app.click('button', 'Start')
  await look('welcome-refused')
  await screens.welcome('Alice Example', 'alice@example.com')
})

test('People & Roles', async () => {
  await screens.addPerson('Bob Approver', 'bob@example.com', [ROLES.requester, ROLES.hub])
  await screens.addPerson('Carol Newcomer', 'carol@example.com', [])
  await look('people')
  await app.click('button', 'Edit Bob Approver')
  await look('person')
  await closeDialog()
  await app.click('button', /^Current person: /)
  await look('person-menu')
  await app.driver.actions().sendKeys('\uE00C').perform()
  await app.gone('menu')
})

test('Portals and Onboarding Settings', async () => {
  await screens.go('Portals')
  await app.see('No portals yet')
  await look('portals-empty')
  await screens.createPortal('EU Shop', 'shop-prod')
  await look('connection-empty')
  await app.click('button', 'Generate Credentials')
  await look('generate')
  await closeDialog()
  await screens.generate('RSA-2048')
  await screens.exportCurrent(`${story.desktop.exports}/first.json`)
  await look('connection')
  await screens.generate('Client secret')
  const { element } = (await screens.cards()).at(-1)!
  await app.click('button', 'Retire', { in: element })
  await look('retire')
  await closeDialog()
  await look('connection-superseded')
  await app.click('tab', 'Configure')
  await look('configure')
  await app.click('button', 'Delete Portal')
  await look('delete-portal')
  await closeDialog()
  await screens.go('Portals')
  await app.find('link', 'EU Shop')
  await look('portals')
})

test('Hubs and Submit Connection Request', async () => {
  await screens.go('Hubs')
  await app.see('No hubs yet')
  await look('hubs-empty')
  await screens.createHub('Group Hub', 'hub-prod')
  await look('pending-empty')
  await screens.openSubmission()
  await look('submit')
  await app.click('button', 'Submit')
  await look('submit-refused')
  const text = readFileSync(`${story.desktop.exports}/first.json`, 'utf8')
  await app.paste('API Portal Access Credentials', text.replace(',', ''))
  await app.see('Expected comma')
  await look('submit-defect')
  await app.paste('API Portal Access Credentials', text)
  await app.see('Recognised')
  await look('submit-recognised')
  await screens.submit({ alias: ALIAS, credentials: text, comment: 'For the shop in Europe.' })
  await screens.openTab('Pending Requests')
  await screens.row(ALIAS)
  await look('pending')
})

test('Manage Connections', async () => {
  await screens.openActions(ALIAS)
  await look('actions')
  await app.click('menuitem', 'Edit Credentials')
  await app.find('dialog')
  await look('edit-credentials')
  await closeDialog()
  await app.click('button', `View ${ALIAS}`)
  await look('view')
  await closeDialog('Close')
  await screens.act(ALIAS, 'Reject')
  await app.click('button', 'Reject', { in: await app.find('dialog') })
  await look('reject-refused')
  await closeDialog()
  await screens.act(ALIAS, 'Approve')
  await app.find('dialog')
  await look('approve')
  await closeDialog()
  await app.click('button', 'Hub settings')
  await app.find('dialog')
  await look('hub-settings')
  await closeDialog('Close')
  await screens.approve(ALIAS)
  await screens.openTab('Approved Requests')
  await screens.row(ALIAS)
  await look('approved')
  await screens.act(ALIAS, 'Re-establish Connection')
  await app.see('What the hub holds now')
  await look('reestablish')
  await screens.openHub('Group Hub', 'Rejected Requests')
  await look('rejected-empty')
  await screens.go('Hubs')
  await app.find('link', 'Group Hub')
  await look('hubs')
})

test('Activity', async () => {
  await screens.go('Activity')
  await look('activity')
  await app.fill('Search activity', 'nothing of the kind', { role: 'searchbox' })
  await app.see('No entry matches')
  await look('activity-no-match')
})

test('what a person without roles sees', async () => {
  await screens.switchTo('Carol Newcomer')
  await screens.go('Portals')
  await app.press(await app.first('button', 'Create Portal'))
  await app.find('button', 'Ask for the Role…')
  await look('refused')
  await app.click('button', 'Ask for the Role…')
  await app.find('dialog', 'Ask for the Role')
  await look('ask-for-the-role')
  await closeDialog('Close')
  await app.click('link', 'EU Shop')
  await app.find('heading', 'Onboarding Settings')
  await look('connection-refused')
})

test('without a keychain', async () => {
  await story.desktop.stopKeyring()
  await app.close()
  app = await story.restart()
  screens = new Screens(app, story.desktop)
  await app.see('No keychain is available')
  await look('no-keychain')
})

test('axe has found nothing on any of them', () => {
  expect(looks).toBeGreaterThan(30)
  expect(found, 'somebody cannot read or reach this').toEqual([])
})
