// Every screen and dialog, in all four themes: axe finds nothing. The pictures are left in target/journeys/screens/.

import { readFileSync, writeFileSync } from 'node:fs'
import { By } from 'selenium-webdriver'
import { expect, test, vi } from 'vitest'
import type { App } from '../support/app.ts'
import { ROOT } from '../support/binaries.ts'
import { journey } from '../support/journey.ts'
import { until } from '../support/processes.ts'
import { ROLES, Screens } from '../support/screens.ts'

const THEMES = ['morning', 'evening', 'contrast-white', 'contrast-black']
const ALIAS = 'eu-shop'
/** Of a portal elsewhere; the client id tells the day of its generation. */
const ELSEWHERE = JSON.stringify(
  {
    url: 'https://sales.cfapps.eu10.hana.ondemand.com',
    tokenUrl: 'https://sales.authentication.eu10.hana.ondemand.com/oauth/token',
    clientId: 'sb-apiaccess_1767225600000!b1|api-portal-xsuaa!b1',
    clientSecret: 'a+secret/from$elsewhere=',
  },
  null,
  2,
)
const UNDATED = ELSEWHERE.replace('sb-apiaccess_1767225600000', 'sb-sales')

// Each screen is looked at four times.
vi.setConfig({ testTimeout: 300_000 })

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

/** *Paste* of what another program has copied. */
async function give(document: string, answer: string): Promise<void> {
  await story.desktop.copyElsewhere(document)
  await app.click('button', 'Paste')
  await app.see(answer)
  await app.settled()
}

/** What stands at the end of a form that is longer than the window. */
async function showEndOfForm(): Promise<void> {
  await app.driver.executeScript('document.querySelector("form > .buttons").scrollIntoView({ block: "end" })')
}

async function closeDialog(button = 'Cancel'): Promise<void> {
  await app.click('button', button, { in: await app.find('dialog') })
  await app.gone('dialog')
}

/** The dialog of *Export…* in its forms; leaves the credentials as PKCS#12 in this file. */
async function lookAtExport(path: string): Promise<void> {
  const dialog = await screens.openExport()
  await app.find('region', 'Preview', { in: dialog })
  await look('export')
  await app.click('radio', /properties/, { in: dialog })
  await app.see('tokenService.KeyStoreLocation', { in: dialog })
  await look('export-destination')
  await app.click('radio', /PKCS#12 keystore/, { in: dialog })
  await app.see('PKCS#12 container', { in: dialog })
  await app.click('button', 'Export…', { in: dialog })
  await app.see('Give a password', { in: dialog })
  await look('export-password')
  for (const field of await dialog.findElements(By.css('input[type=password]'))) {
    await app.press(field)
    await app.keys('a p4ssword')
  }
  await screens.saveExport(dialog, path)
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
  await screens.useFreePorts()
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
  await lookAtExport(`${story.desktop.exports}/first.p12`)
  await app.click('button', 'Test Connection', { in: await screens.card('Current') })
  await app.see('Success', { in: await screens.card('Current') })
  await look('connection-tested')
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

test('Export Several', async () => {
  await app.click('button', 'Export Several…')
  const dialog = await app.find('dialog', 'Export Several')
  await app.see('0 of 2 chosen', { in: dialog })
  await look('export-several')
  await app.click('button', 'Choose All Current', { in: dialog })
  await app.find('region', /^Preview/, { in: dialog })
  await look('export-several-chosen')
  await closeDialog()
})

test('Add External Portal, and what the box says of a document', async () => {
  await app.click('button', /^Add External Portal/)
  await app.find('heading', 'Add External Portal')
  await look('external')
  await app.click('button', 'Add')
  await app.see('Fill in')
  await look('external-refused')
  await app.fill('Name', 'Sales Tenant')
  await app.fill('Subaccount', 'sales-tenant')
  await give(ELSEWHERE.replace(/,\n {2}"clientSecret"/, '\n  "clientSecret"'), 'Expected comma')
  await look('box-defect')
  const named = (name: string) => ({ name, credentials: JSON.parse(ELSEWHERE) as unknown })
  await give(JSON.stringify({ VCAP_SERVICES: { apiportal: [named('nightly'), named('reporting')] } }, null, 2), 'Which credentials are meant?')
  await look('box-several')
  await give(ELSEWHERE.replace('eu10', 'us20'), 'The URLs name different regions')
  await look('box-warning')
  await screens.dropFiles([story.desktop.exports])
  await app.see('is not a file')
  await look('box-refused')
  await screens.dropFiles([`${story.desktop.exports}/first.p12`])
  await app.see('Protected by a password')
  await look('box-locked')
  await app.press(await until('the password field', () => app.driver.findElement(By.css('input[type=password]'))))
  await app.keys('not this one')
  await app.see('The password does not open this.')
  await look('box-wrong-password')
  await give(UNDATED, 'Recognised')
  await app.click('radio', /on a day/)
  await showEndOfForm()
  await look('box-lifetime')
  await give(ELSEWHERE, 'by the client id')
  await app.click('button', 'Add')
  await app.see('The portal Sales Tenant is added')
})

test('a portal elsewhere', async () => {
  await screens.card('Current')
  await look('elsewhere')
  await app.click('button', /^Set Date/)
  await app.find('dialog', 'Set Date')
  await look('set-date')
  await closeDialog()
  await screens.openPortalTab('Configure')
  await look('elsewhere-configure')
  await screens.openPortalTab('Service Instances')
  await look('elsewhere-instances')
  await screens.openPortalTab('APIs')
  await look('elsewhere-apis')
  await screens.openPortalTab('Connection')
  await app.click('button', /^Import Credentials/)
  await app.find('heading', 'Import Credentials')
  await look('import')
  await screens.go('Portals')
  await app.find('link', 'Sales Tenant')
  await look('portals-elsewhere')
})

test('Service Instances', async () => {
  await screens.createPortal('US Shop', 'shop-us')
  await screens.openPortalTab('Service Instances')
  await app.see('No service instances yet')
  await look('instances-empty')
  await app.click('button', 'Create Service Instance')
  let dialog = await app.find('dialog')
  await app.click('button', 'Create', { in: dialog })
  await app.see('Fill in')
  await look('create-instance-refused')
  await app.fill('Name', 'reporting', { in: dialog })
  await app.click('button', 'Create', { in: dialog })
  await app.gone('dialog')
  await app.click('button', 'Create Service Key for reporting')
  dialog = await app.find('dialog')
  await app.fill('Name', 'nightly', { in: dialog })
  await app.click('radio', 'Client secret', { in: dialog })
  await look('create-key')
  await app.click('button', 'Create', { in: dialog })
  await app.gone('dialog')
  await app.find('button', 'Delete nightly')
  await look('instances')
  await app.click('button', 'Test Connection nightly')
  await app.see('Success', { in: await app.find('dialog') })
  await look('test-key')
  await closeDialog('Close')
  await app.click('button', 'Delete nightly')
  await look('delete-key')
  await closeDialog()
  await app.click('button', 'Delete reporting')
  await look('delete-instance')
  await closeDialog()
})

test('APIs', async () => {
  await screens.openPortalTab('APIs')
  await app.see('No APIs yet')
  await look('apis-empty')
  const bad = `${story.desktop.exports}/not-an-api.json`
  writeFileSync(bad, '{"hello": "world"}')
  await screens.importApi(bad)
  await app.see('This is not an OpenAPI document')
  await look('apis-refused')
  const good = `${story.desktop.exports}/orders.yaml`
  writeFileSync(good, 'openapi: 3.0.3\ninfo: { title: Shop Orders, version: 1.4.0 }\nservers: [{ url: /orders/v1 }]\npaths: {}\n')
  await screens.importApi(good)
  await app.find('row', /Shop Orders/)
  await look('apis')
  await app.click('button', /^Remove/)
  await app.find('dialog')
  await look('remove-api')
  await closeDialog()
})

test('Settings', async () => {
  await screens.go('Settings')
  await app.see('Running since')
  await look('settings')
  const form = await app.find('form', 'Where it listens')
  await app.click('radio', 'Another address', { in: form })
  await app.fill('Address', 'nowhere', { in: form })
  await app.click('button', 'Save', { in: form })
  await app.see('is not an IP address')
  await look('settings-refused')
  await app.fill('Address', '0.0.0.0', { in: form })
  await app.click('button', 'Save', { in: form })
  await app.find('dialog')
  await look('settings-exposure')
  await closeDialog()
  await app.click('button', 'Cancel', { in: form })
  await app.click('button', 'Switch Off')
  await look('switch-off')
  await app.click('button', 'Switch Off', { in: await app.find('dialog') })
  await app.gone('dialog')
  await look('settings-off')
  await screens.openPortal('EU Shop')
  await app.see('The token service is switched off.')
  await look('connection-without-token-service')
  await screens.go('Settings')
  await app.click('button', 'Switch On')
  await app.see('Running since')
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
  await screens.test()
  await app.see('Success')
  await look('submit-tested')
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
  await screens.test(await app.find('dialog', ALIAS))
  await look('view-tested')
  await closeDialog('Close')
  await screens.act(ALIAS, 'Reject')
  await app.click('button', 'Reject', { in: await app.find('dialog') })
  await look('reject-refused')
  await closeDialog()
  await screens.act(ALIAS, 'Approve')
  await screens.test(await app.find('dialog'))
  await look('approve')
  await closeDialog()
  await app.click('button', 'Hub settings')
  await app.find('dialog')
  await look('hub-settings')
  await closeDialog('Close')
  await screens.approve(ALIAS)
  await screens.openTab('Approved Requests')
  await app.see('Success', { in: await screens.row(ALIAS) })
  await look('approved')
  await screens.openConnection('Group Hub', ALIAS)
  await app.see('The portal has no APIs')
  await screens.test()
  await look('connection-works')
  await app.click('button', 'Delete Destination')
  const dialog = await app.find('dialog')
  await look('delete-destination')
  await app.fill(/^Type the alias/, ALIAS, { in: dialog })
  await app.click('button', 'Delete', { in: dialog })
  await app.gone('dialog')
  await app.see('The destination of this connection was deleted.')
  await screens.test()
  await look('connection-fails')
  await screens.openHub('Group Hub', 'Destinations')
  await app.find('row', new RegExp(ALIAS))
  await look('destinations')
  await screens.openTab('Approved Requests')
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
  await screens.openPortalTab('APIs')
  await look('apis-without-role')
  await screens.go('Settings')
  await app.see('Running since')
  await look('settings-without-role')
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
  expect(looks).toBeGreaterThan(80)
  expect(found, 'somebody cannot read or reach this').toEqual([])
})
