// The main job through the real window, with a picture of each step and the exported documents in target/tour/.

import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { Key } from 'selenium-webdriver'
import { test } from 'vitest'
import type { App } from '../support/app.ts'
import { ROOT } from '../support/binaries.ts'
import { journey } from '../support/journey.ts'
import { ROLES, Screens, type SecretDocument } from '../support/screens.ts'

const FOLDER = `${ROOT}/target/tour`
const ALIAS = 'eu-shop'

rmSync(FOLDER, { recursive: true, force: true })
mkdirSync(FOLDER, { recursive: true })

const ORDERS = `openapi: 3.0.3
info: { title: Orders of the shop, version: 2.1.0, description: Reads and writes the orders of the shop in Europe. }
servers: [{ url: https://backend.example.com/eu/orders }]
paths: {}
`

const story = journey({ screen: { width: 1280, height: 900 }, inDetail: true })
let app: App
let screens: Screens
let credentials: string
let number = 0

const path = (name: string) => `${FOLDER}/${String(++number).padStart(2, '0')}-${name}.png`
/** Of the page alone. */
const picture = async (name: string) => {
  await app.settled()
  writeFileSync(path(name), await app.driver.takeScreenshot(), 'base64')
}
const wholeScreen = async (name: string) => app.screenshot(path(name))

test('first start: who uses this installation', async () => {
  app = await story.app()
  screens = new Screens(app, story.desktop)
  await app.fill('Name', 'Alice Example')
  await app.fill('E-mail', 'alice@example.com')
  await picture('welcome')
  await app.click('button', 'Start')
  await app.see('Nothing here yet')
  await picture('home-empty')
  await screens.addPerson('Bob Approver', 'bob@example.com', [ROLES.requester, ROLES.hub])
  await picture('people-and-roles')
})

test('settings: where the token service listens', async () => {
  // The default ports may be taken on this computer.
  await screens.useFreePorts()
  await picture('settings')
})

test('portal: generate credentials', async () => {
  await screens.createPortal('EU Shop', 'shop-prod')
  await picture('no-connection-yet')
  await app.click('button', 'Generate Credentials')
  await app.find('dialog')
  await picture('generate-credentials')
  await app.click('button', 'Cancel')
  await app.gone('dialog')
  await screens.generate('RSA-2048')
  await screens.card('Current')
  await picture('certificate-credentials')
})

test('portal: its APIs, and its service instances', async () => {
  const document = `${FOLDER}/orders.yaml`
  writeFileSync(document, ORDERS)
  await screens.openPortalTab('APIs')
  await screens.importApi(document)
  await app.see('Orders of the shop 2.1.0 is imported')
  await picture('apis')
  await screens.openPortalTab('Service Instances')
  await app.find('heading', 'api-hub-connection')
  await picture('service-instances')
  await screens.openPortalTab('Connection')
})

test('portal: test the connection before anybody uses it', async () => {
  await screens.test(await screens.card('Current'))
  await picture('test-connection')
})

test('portal: export them', async () => {
  const file = `${FOLDER}/eu-shop-certificate.json`
  const dialog = await screens.openExport()
  await app.find('region', 'Preview', { in: dialog })
  await picture('export')
  await app.click('button', 'Export…', { in: dialog })
  await story.desktop.saveAs(file, { before: () => wholeScreen('export-dialog') })
  await app.see(`The credentials are exported to ${file}`)
  await picture('exported')
})

test('a portal in SAP: its credentials are read from a file', async () => {
  const file = `${FOLDER}/sales-tenant.json`
  const document = {
    url: 'https://sales.cfapps.eu10.hana.ondemand.com',
    tokenUrl: 'https://sales.authentication.eu10.hana.ondemand.com/oauth/token',
    clientId: `sb-apiaccess_${Date.now() - 340 * 24 * 3_600_000}!b1|api-portal-xsuaa!b1`,
    clientSecret: 'a+secret/from$elsewhere=',
  }
  writeFileSync(file, JSON.stringify(document, null, 2))
  await screens.go('Portals')
  await app.click('button', /^Track a Portal in SAP/)
  await app.fill('Name', 'Sales Tenant')
  await app.fill('Subaccount', 'sales-tenant')
  await app.click('button', 'Open file…')
  await story.desktop.openFile(file, 'Open file')
  await app.see('by the client id')
  await picture('track-portal')
  await app.click('button', 'Track')
  await app.see('The portal Sales Tenant is tracked')
  await picture('portal-in-sap')
})

test('several credentials leave as one archive', async () => {
  await screens.go('Portals')
  await picture('portals')
  await app.click('button', 'Export Several…')
  const dialog = await app.find('dialog', 'Export Several')
  await app.click('button', 'Choose All Current', { in: dialog })
  await app.find('region', /^Preview/, { in: dialog })
  await picture('export-several')
  await app.keys(Key.ESCAPE)
  await app.gone('dialog')
})

test('hub: submit the connection request', async () => {
  await screens.createHub('Group Hub', 'hub-prod')
  await picture('no-pending-requests')
  await screens.openSubmission()
  await app.fill('API Portal Alias Name', ALIAS)
  credentials = readFileSync(`${FOLDER}/eu-shop-certificate.json`, 'utf8')
  await app.paste('API Portal Access Credentials', credentials.replace(/,\n {2}"tokenurl"/, '\n  "tokenurl"'))
  await app.see('Expected comma')
  await picture('defect-named')
  await app.paste('API Portal Access Credentials', credentials)
  await app.see('Recognised')
  await picture('recognised')
  await screens.submit({ alias: ALIAS, credentials, comment: 'For the shop in Europe, see ticket 4711.' })
  await screens.openTab('Pending Requests')
  await screens.row(ALIAS)
  await picture('pending')
})

test('portal: regenerate; the former credentials stay valid', async () => {
  await screens.openPortal('EU Shop')
  await screens.generate('P-256')
  await screens.card('Superseded')
  await picture('superseded')
  const file = `${FOLDER}/eu-shop-certificate-regenerated.json`
  credentials = (await screens.exportCurrent(file)).text
})

test('hub: the submitter edits the credentials', async () => {
  await screens.openHub('Group Hub', 'Pending Requests')
  await screens.act(ALIAS, 'Edit Credentials')
  const dialog = await app.find('dialog', `Edit Credentials for ${ALIAS}`)
  await app.paste('API Portal Access Credentials', credentials, { in: dialog })
  await app.see('Recognised')
  await picture('edit-credentials')
  await app.click('button', 'Save', { in: dialog })
  await app.gone('dialog')
})

test('hub: another person may not, and reads why', async () => {
  await screens.switchTo('Bob Approver')
  await screens.openActions(ALIAS)
  await picture('another-person')
  await app.press(await app.find('menuitem', /^Edit Credentials/))
  const dialog = await app.find('dialog', 'You can’t edit this request')
  await picture('not-possible-now')
  await app.click('button', 'Close', { in: dialog })
  await app.gone('dialog')
})

test('hub: the hub admin approves', async () => {
  await app.click('button', `View ${ALIAS}`)
  await app.find('dialog', ALIAS)
  await picture('view')
  await app.click('button', 'Close', { in: await app.find('dialog') })
  await app.gone('dialog')
  await screens.act(ALIAS, 'Approve')
  const dialog = await app.find('dialog', `Approve ${ALIAS}`)
  await app.fill(/^Type the alias/, ALIAS, { in: dialog })
  await picture('approve')
  await app.click('button', 'Approve', { in: dialog })
  await app.gone('dialog')
  await screens.openTab('Approved Requests')
  await screens.row(ALIAS)
  await picture('approved')
  await screens.openConnection('Group Hub', ALIAS)
  await app.see('Success', { within: 15_000 })
  await picture('connection')
  await screens.openHub('Group Hub', 'Destinations')
  await screens.row(ALIAS)
  await picture('destinations')
})

test('hub: a deleted service key ends the connection, which says why', async () => {
  await screens.switchTo('Alice Example')
  await screens.openPortal('EU Shop')
  await screens.openPortalTab('Service Instances')
  await app.press(await app.first('button', /^Delete key-2/))
  const dialog = await app.find('dialog', /^Delete/)
  await app.fill(/^Type the alias/, ALIAS, { in: dialog })
  await picture('delete-service-key')
  await app.click('button', 'Delete', { in: dialog })
  await app.gone('dialog')
  await screens.openConnection('Group Hub', ALIAS)
  await app.see('The service key of these credentials was deleted.', { within: 15_000 })
  await picture('connection-fails')
})

test('the start page says what needs attention', async () => {
  await screens.go('Home')
  await app.find('link', new RegExp(`^The connection ${ALIAS}`))
  await app.find('link', /Sales Tenant/)
  await picture('home')
})

test('portal and hub: re-establish with a client secret', async () => {
  await screens.openPortal('EU Shop')
  await screens.generate('Client secret')
  const { text } = await screens.exportCurrent<SecretDocument>(`${FOLDER}/eu-shop-client-secret.json`)
  await picture('client-secret')
  await screens.openHub('Group Hub', 'Approved Requests')
  await screens.act(ALIAS, 'Re-establish Connection')
  await app.paste('API Portal Access Credentials', text)
  await app.see('Recognised')
  await picture('re-establish')
  await app.click('button', 'Submit')
  await app.see(`The connection ${ALIAS} is re-established.`)
  await app.see('Success', { within: 15_000 })
  await picture('works-again')
})

test('hub: the same in the Classic Design', async () => {
  await screens.openHubList('Group Hub')
  await app.click('button', /^SAP labels:/)
  await app.find('menuitemradio', 'Classic Design')
  await picture('vocabularies')
  await app.click('menuitemradio', 'Classic Design')
  await app.gone('menu')
  await app.find('link', /^Manage API Portal Connections/)
  await picture('classic-design')
  await app.click('link', /^Establish API Portal Connectivity/)
  await screens.row(ALIAS)
  await picture('classic-design-connections')
})

test('PingOne: the secret of an account is replaced', async () => {
  await screens.go('PingOne')
  await app.press(await app.first('button', 'Add Account'))
  let dialog = await app.find('dialog', 'Add Account')
  await app.fill('Name', 'Example Corp', { in: dialog })
  await app.click('radio', 'Local', { in: dialog })
  await app.click('button', 'Add', { in: dialog })
  await app.find('heading', 'Connection API Credentials')
  for (const description of ['Provisioning', 'Nightly report']) {
    await app.press(await app.first('button', 'Add Secret'))
    dialog = await app.find('dialog', 'Add Secret')
    await app.fill('Short Description', description, { in: dialog })
    await app.click('button', 'Next', { in: dialog })
    await app.click('button', 'Done', { in: dialog })
    await app.gone('dialog')
    await app.find('button', `Edit ${description}`)
  }
  await app.click('button', 'Edit Provisioning')
  dialog = await app.find('dialog', 'Edit Credentials')
  await app.click('radio', 'Generate a new one', { in: dialog })
  await picture('replace-secret')
  await app.click('button', 'Save', { in: dialog })
  await app.gone('dialog')
  await app.see('The former secret is kept until')
  await picture('pingone-account')
})

test('activity, and the other themes', async () => {
  await screens.go('Activity')
  await picture('activity')
  await screens.openPortal('EU Shop')
  for (const [theme, name] of [
    ['Evening Horizon (dark)', 'dark'],
    ['High Contrast White', 'high-contrast-white'],
    ['High Contrast Black', 'high-contrast-black'],
  ] as const) {
    await screens.chooseTheme(theme)
    await picture(name)
  }
})
