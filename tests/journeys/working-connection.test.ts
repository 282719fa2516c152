// A connection that works, breaks, says why, and is mended: tested before it is submitted, before it is approved, and for
// as long as it lives.

import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { WebElement } from 'selenium-webdriver'
import { expect, test } from 'vitest'
import type { App } from '../support/app.ts'
import { freePort } from '../support/desktop.ts'
import { journey } from '../support/journey.ts'
import { findIn, piecesOfKey } from '../support/leaks.ts'
import { until } from '../support/processes.ts'
import { ROLES, Screens, type CertificateDocument } from '../support/screens.ts'

const story = journey()
const ALIAS = 'eu-shop'
const BEFORE_APPROVAL = ['Document', 'Validity', 'Name and network', 'TLS', 'Token', 'Portal API']
const ORDERS = `openapi: 3.0.3
info:
  title: Orders of the shop
  description: Reads and writes the orders of the shop in Europe.
  version: 2.1.0
servers:
  - url: https://backend.example.com/eu/orders
paths:
  /orders:
    get:
      responses:
        '200':
          description: The orders.
`

let app: App
let screens: Screens
let first: { document: CertificateDocument; text: string }
const keys: string[] = []

/** Generates new credentials on the open portal page and hands them over by a file. */
async function generate(file: string): Promise<{ document: CertificateDocument; text: string }> {
  await screens.generate('P-256')
  const exported = await screens.exportCurrent(join(story.desktop.exports, file))
  keys.push(exported.document.key)
  return exported
}

/** Waits until the page of the connection says this under *Connection Status*, without anybody touching it. */
async function statusBecomes(text: string): Promise<WebElement> {
  const status = await app.find('region', 'Connection Status')
  await app.see(text, { in: status, within: 15_000 })
  return status
}

test('two people, a token service on ports of its own, a portal with an API', async () => {
  app = await story.app()
  screens = new Screens(app, story.desktop)
  await screens.welcome('Alice Example', 'alice@example.com')
  await screens.addPerson('Bob Approver', 'bob@example.com', [ROLES.requester, ROLES.hub])
  await screens.useFreePorts()
  await screens.createPortal('EU Shop', 'shop-prod')
  await screens.openPortalTab('APIs')
  const path = join(story.desktop.exports, 'orders.yaml')
  writeFileSync(path, ORDERS)
  await screens.importApi(path)
  await app.see('Orders of the shop 2.1.0 is imported')
  await screens.openPortalTab('Connection')
  first = await generate('first.json')
})

test('the requester tests the credentials before submitting them: every stage passes', async () => {
  await screens.createHub('Group Hub', 'hub-prod')
  await screens.openSubmission()
  await screens.fillSubmission({ alias: ALIAS, credentials: first.text, comment: 'For the shop in Europe.' })
  const stages = await screens.test()
  expect(stages.map((stage) => stage.replace(/ Passed.*/, ''))).toEqual(BEFORE_APPROVAL)
  expect(stages.join('\n'), 'each says what it found, and how long it took').toMatch(/Portal API Passed ?1 API.* ms/)
  await expect.poll(() => app.text()).toMatch(/Connection Status:\s*Success\s*1 API/)
})

test('a document that does not work names its cause, near Submit too, and another document drops the verdict', async () => {
  const nobody = await freePort()
  const certurl = first.document.certurl.replace(/:\d+/, `:${nobody}`)
  await app.paste('API Portal Access Credentials', JSON.stringify({ ...first.document, certurl }))
  await app.see('Recognised')
  expect(await app.has('list', 'Stages of the test'), 'the verdict on another document').toBe(false)
  const stages = await screens.test()
  expect(stages[2]).toMatch(/^Name and network Failed/)
  expect(stages.slice(3)).toEqual(['TLS Not attempted', 'Token Not attempted', 'Portal API Not attempted'])
  await app.see(`refuses connections on port ${nobody}`)
  await app.see('Test failed: No connection')

  await app.paste('API Portal Access Credentials', first.text)
  await app.see('Recognised')
  expect(await app.text()).not.toContain('Test failed')
  await app.click('button', 'Submit')
  await app.find('heading', 'Manage Connections')
})

test("the approver tests the hub's own copy, then approves", async () => {
  await screens.switchTo('Bob Approver')
  await screens.openTab('Pending Requests')
  await app.click('button', `View ${ALIAS}`)
  const view = await app.find('dialog', ALIAS)
  const stages = await screens.test(view)
  expect(stages.every((stage) => stage.includes('Passed')), stages.join('\n')).toBe(true)
  await app.see('Success', { in: view })
  await app.click('button', 'Close', { in: view })
  await app.gone('dialog')

  await screens.act(ALIAS, 'Approve')
  const dialog = await app.find('dialog', `Approve ${ALIAS}`)
  await app.find('button', 'Test Connection', { in: dialog })
  await app.click('button', 'Cancel', { in: dialog })
  await app.gone('dialog')
  await screens.approve(ALIAS)
})

test("by itself the hub fetches the portal's APIs, and its page says Success", async () => {
  await screens.openTab('Approved Requests')
  await until('the list to say Success', async () => (await app.textOf(await screens.row(ALIAS))).includes('Success'), {
    within: 15_000,
  })
  await screens.openConnection('Group Hub', ALIAS)
  await statusBecomes('Success')
  await expect.poll(async () => app.textOf(await app.find('row', /Orders of the shop/))).toMatch(/2\.1\.0[\s\S]*\/eu\/orders[\s\S]*Reads and writes the orders/)
  const destination = await app.textOf(await app.find('region', 'Destination'))
  expect(destination).toMatch(/Name\s+apiportal-eu-shop-\w+/)
  expect(destination).toMatch(/Authentication\s+OAuth2ClientCredentials/)
  expect(destination, 'where a certificate gets its token').toContain(`${first.document.certurl}/oauth/token`)
})

test('Refresh fetches them again, through every stage and the destination', async () => {
  const region = await app.find('region', /^APIs of the portal/)
  await app.click('button', 'Refresh', { in: region })
  const list = await app.find('list', 'Stages of the test')
  await app.gone('button', 'Cancel the test', { within: 30_000 })
  const stages = await app.all('listitem', undefined, { in: list })
  expect(stages).toHaveLength(7)
  expect(await app.textOf(stages[6]!)).toMatch(/Destination[\s\S]*apiportal-eu-shop/)
})

test('deleting the service key takes typing the alias, and ends the connection: its page says why and what to do', async () => {
  await screens.switchTo('Alice Example')
  await screens.openPortal('EU Shop')
  await screens.openPortalTab('Service Instances')
  await app.click('button', /^Delete/, { in: await app.find('list', /^Service Keys/) })
  const dialog = await app.find('dialog', /^Delete the service key/)
  await app.fill(/^Type the alias/, ALIAS, { in: dialog })
  await app.click('button', 'Delete', { in: dialog })
  await app.gone('dialog')

  await screens.openConnection('Group Hub', ALIAS)
  const status = await statusBecomes('The service key of these credentials was deleted.')
  await app.see('Regenerate the credentials in the portal and give the hub the new ones', { in: status })
  await app.find('row', /Orders of the shop/) // what was fetched stays
})

test('new credentials mend it: from the page to the portal, back, and Re-establish Connection', async () => {
  await app.click('link', 'Open Portal EU Shop')
  await app.find('heading', 'Onboarding Settings')
  const second = await generate('second.json')
  await screens.openConnection('Group Hub', ALIAS)
  await app.click('button', 'Re-establish Connection')
  await screens.reestablish(ALIAS, second.text)
  await statusBecomes('Success')
})

test('deleting the destination takes typing the alias, and breaks the connection at once', async () => {
  await app.click('button', 'Delete Destination')
  const dialog = await app.find('dialog', /^Delete Destination of/)
  await app.see(`The connection ${ALIAS} breaks at once.`, { in: dialog })
  await app.fill(/^Type the alias/, ALIAS, { in: dialog })
  await app.click('button', 'Delete', { in: dialog })
  await app.gone('dialog')
  const status = await statusBecomes('The destination of this connection was deleted.')
  await app.see('that creates the destination again', { in: status })
  await expect.poll(async () => app.textOf(await app.find('region', 'Destination'))).toMatch(/Deleted\s+by Alice Example/)

  await screens.openHub('Group Hub', 'Destinations')
  await expect.poll(async () => app.textOf(await app.find('row', new RegExp(ALIAS)))).toContain('Deleted')
})

test('regenerated and re-established, the destination is there again, and the connection works', async () => {
  await screens.openPortal('EU Shop')
  const third = await generate('third.json')
  await screens.openConnection('Group Hub', ALIAS)
  await app.click('button', 'Re-establish Connection')
  await screens.reestablish(ALIAS, third.text)
  await statusBecomes('Success')
  await expect.poll(async () => app.textOf(await app.find('region', 'Destination'))).toMatch(/Created\s+by Alice Example/)
})

test('Activity tells the story, and no reply of all these tests carried a key', async () => {
  await screens.go('Activity')
  await app.fill('Search activity', ALIAS, { role: 'searchbox' })
  for (const entry of ['Connection fails', 'Destination deleted']) await app.see(entry)
  const replies = await app.replies()
  const secrets = keys.flatMap(piecesOfKey)
  expect(replies.filter(({ command }) => command === 'test_connection').length).toBeGreaterThan(3)
  expect(replies.filter(({ text }) => findIn(text, secrets).length > 0).map(({ command }) => command)).toEqual([])
})

test('the token service off, the connection fails; on again, it mends by itself', async () => {
  await screens.go('Settings')
  await app.click('button', 'Switch Off')
  await app.click('button', 'Switch Off', { in: await app.find('dialog', 'Switch off the token service?') })
  await app.gone('dialog')
  await screens.openConnection('Group Hub', ALIAS)
  await statusBecomes('The server localhost refuses connections on port')
  await screens.go('Settings')
  await app.click('button', 'Switch On')
  await screens.openConnection('Group Hub', ALIAS)
  await statusBecomes('Success')
})

test('started again, the connection is tested after the token service runs, and works', async () => {
  await app.close()
  const logs = join(story.desktop.dataFolder, 'logs')
  const logged = () => readdirSync(logs).flatMap((name) => readFileSync(join(logs, name), 'utf8').split('\n'))
  const tests = () => logged().filter((line) => line.includes('connections tested')).length
  const before = tests()
  app = await story.restart()
  screens = new Screens(app, story.desktop)
  await screens.openConnection('Group Hub', ALIAS)
  await until('the connection to be tested', () => tests() > before, { within: 20_000 })
  await statusBecomes('Success')
  await screens.go('Activity')
  await app.fill('Search activity', ALIAS, { role: 'searchbox' })
  await expect.poll(async () => app.textOf(await app.first('row', new RegExp(ALIAS))), { message: 'a start is no failure' }).toContain('Connection works')
})
