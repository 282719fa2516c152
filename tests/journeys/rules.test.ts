// The conditions of a connection, as the screens enforce and explain them. (The rules themselves are tested in the domain.)

import { expect, test } from 'vitest'
import type { App } from '../support/app.ts'
import { journey } from '../support/journey.ts'
import { Screens } from '../support/screens.ts'

const story = journey()
let app: App
let screens: Screens
const documents = new Map<string, string>()

async function portalWithCredentials(name: string, subaccount: string): Promise<void> {
  await screens.createPortal(name, subaccount)
  await screens.generate('P-256')
  const { text } = await screens.exportCurrent(`${story.desktop.exports}/${name}.json`)
  documents.set(name, text)
}

/** Fills the form and sends it; it stays, and says why. */
async function submitInVain(alias: string, portal: string, why: string, whatToDo: string): Promise<void> {
  await screens.openHubList('Group Hub')
  await screens.openSubmission()
  await screens.fillSubmission({ alias, credentials: documents.get(portal)! })
  await app.click('button', 'Submit')
  await app.see(why)
  await app.see(whatToDo)
  await app.find('heading', 'Submit Connection Request')
}

test('two portals with credentials, and a hub', async () => {
  app = await story.app()
  screens = new Screens(app, story.desktop)
  await screens.welcome('Alice Example', 'alice@example.com')
  await portalWithCredentials('EU Shop', 'shop-prod')
  await portalWithCredentials('US Shop', 'us-prod')
  await screens.createHub('Group Hub', 'hub-prod')
})

test('a portal in the same subaccount is connected automatically, without a request', async () => {
  await screens.createPortal('Own Portal', 'hub-prod', true)
  await screens.openHub('Group Hub', 'Approved Requests')
  await expect.poll(async () => app.textOf(await app.find('row', /Own Portal/))).toContain('Own Portal')
})

test('without the confirmation that it is irrevocable nothing is submitted', async () => {
  await screens.openHubList('Group Hub')
  await screens.openSubmission()
  await app.fill('API Portal Alias Name', 'eu-shop')
  await app.paste('API Portal Access Credentials', documents.get('EU Shop')!)
  await app.see('Recognised')
  await app.click('button', 'Submit')
  await app.see('Select this checkbox.')
  await app.find('heading', 'Submit Connection Request')
})

test('an alias is taken only once', async () => {
  await screens.openHubList('Group Hub')
  await screens.openSubmission()
  await screens.submit({ alias: 'shop', credentials: documents.get('EU Shop')! })
  await submitInVain('shop', 'US Shop', 'alias shop is in use in this hub already', 'Choose another alias')
})

test('a portal that is on its way into the hub is not submitted a second time', async () => {
  await submitInVain('again', 'EU Shop', 'already has the pending request shop', 'Edit the credentials of that request')
})

test('rejected with a reason, the reason is kept in view and the portal may be submitted again', async () => {
  await screens.openHub('Group Hub', 'Pending Requests')
  await screens.act('shop', 'Reject')
  const dialog = await app.find('dialog', 'Reject shop')
  await app.fill('Reason', 'The alias does not follow the naming convention.', { in: dialog })
  await app.click('button', 'Reject', { in: dialog })
  await app.gone('dialog')
  await screens.openTab('Rejected Requests')
  await expect.poll(async () => app.textOf(await screens.row('shop'))).toContain('naming convention')
  await screens.openSubmission()
  await screens.submit({ alias: 'eu-shop', credentials: documents.get('EU Shop')! })
})

test('a hub that demands four eyes does not let the submitter approve', async () => {
  await app.click('button', 'Hub settings')
  const dialog = await app.find('dialog', 'Hub Settings')
  await app.click('button', 'Switch On', { in: dialog })
  await app.gone('dialog')
  await screens.openTab('Pending Requests')
  await screens.openActions('eu-shop')
  const item = await app.find('menuitem', /^Approve/)
  await expect.poll(() => item.getAttribute('aria-disabled')).toBe('true')
  expect(await app.textOf(item)).toContain('requires someone else to approve it')
})
