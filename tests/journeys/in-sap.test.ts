// Portals, hubs and requests in SAP: tracked and recorded, never simulated. An alarm ends when the hub has the new
// credentials, as the person reports it, and not before.

import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { App } from '../support/app.ts'
import { journey } from '../support/journey.ts'
import { Screens } from '../support/screens.ts'

const story = journey()
const PORTAL = 'Sales Tenant'
const HUB = 'Tenant Hub'
const ALIAS = 'sales'
const ADDRESS = 'https://hub.cfapps.eu10.hana.ondemand.com/'
const STILL_FORMER = `The hub ${HUB} still holds former credentials of the portal ${PORTAL}`

let app: App
let screens: Screens
/** The addresses that the browser was given, one a line. */
let opened: string

/** Credentials as the portal generated them some days ago; no server answers there. */
const generated = (daysAgo: number, secret: string) =>
  JSON.stringify({
    url: 'https://sales.tenant.invalid',
    tokenUrl: 'https://sales.tenant.invalid/oauth/token',
    clientId: `sb-apiaccess_${Date.now() - daysAgo * 24 * 3_600_000}!b1|api-portal-xsuaa!b1`,
    clientSecret: secret,
  })

async function openPortal(): Promise<void> {
  await screens.go('Portals')
  await app.click('link', PORTAL)
  await app.find('heading', 'Onboarding Settings')
}

test('a portal in SAP is tracked by its credentials', async () => {
  const bin = join(story.desktop.exports, 'bin')
  opened = join(story.desktop.exports, 'opened')
  mkdirSync(bin)
  writeFileSync(join(bin, 'xdg-open'), `#!/bin/sh\nprintf '%s\\n' "$1" >> '${opened}'\n`)
  chmodSync(join(bin, 'xdg-open'), 0o755)
  story.desktop.env['PATH'] = `${bin}:${story.desktop.env['PATH']}`
  app = await story.app()
  screens = new Screens(app, story.desktop)
  await screens.welcome('Alice Example', 'alice@example.com')
  await screens.go('Portals')
  await app.press(await app.first('button', 'Track a Portal in SAP…'))
  await app.find('heading', 'Track a Portal in SAP')
  await app.see('Nothing is created or changed in SAP.')
  await app.fill('Name', PORTAL)
  await app.fill('Subaccount', 'sales-prod')
  await app.paste('API Portal Access Credentials', generated(100, 'f0rmer+secret'))
  await app.see('Recognised')
  await app.click('button', 'Track')
  await app.see(`The portal ${PORTAL} is tracked.`)
  await app.find('heading', 'Onboarding Settings')
  await app.see('In SAP')
  await app.click('tab', 'Service Instances')
  await app.click('button', 'Open the BTP Cockpit')
  await expect.poll(() => existsSync(opened) && readFileSync(opened, 'utf8')).toMatch(/^https:\/\/cockpit\.btp\.cloud\.sap\/?\n$/)
  await app.click('tab', 'Configure')
})

test('a hub in SAP is tracked by its address', async () => {
  await screens.go('Hubs')
  await app.press(await app.first('button', 'Track a Hub in SAP…'))
  const dialog = await app.find('dialog', 'Track a Hub in SAP')
  await app.fill('Name', HUB, { in: dialog })
  await app.fill('Address', ADDRESS, { in: dialog })
  await app.click('button', 'Track', { in: dialog })
  await app.find('heading', HUB)
  await app.see('Region eu10')
})

test('a request is recorded with the portal’s credentials, and then its approval', async () => {
  await app.click('button', 'Record a Request…')
  await app.find('heading', 'Record a Request')
  await app.fill('API Portal Alias Name', ALIAS)
  await app.click('button', `Use the current credentials of ${PORTAL}`)
  await app.see('Recognised')
  await app.fill('Ticket', 'T-17')
  await app.click('button', 'Record')
  await app.find('heading', HUB)
  await screens.row(ALIAS)
  await screens.act(ALIAS, 'Record Decision…')
  const dialog = await app.find('dialog', `Decision about ${ALIAS}`)
  await app.fill('Decided By', 'Hugo', { in: dialog })
  await app.click('button', 'Record', { in: dialog })
  await app.gone('dialog')
  await app.click('tab', /^Approved Requests/)
  await screens.row(ALIAS)
})

test('renewed credentials are imported: the hub still holds the former ones, and Home says so', async () => {
  await openPortal()
  await app.click('button', 'Import Credentials…')
  await app.find('heading', 'Import Credentials')
  await app.paste('API Portal Access Credentials', generated(0, 'n3w+secret'))
  await app.see('Recognised')
  await app.click('button', 'Import')
  await app.find('heading', 'Onboarding Settings')
  await screens.go('Home')
  await app.see(STILL_FORMER)
})

test('the checklist says the vendor’s way, copies, and opens the hub in the browser; nothing counts as done by that', async () => {
  await app.click('link', new RegExp(`^${STILL_FORMER}`))
  await app.find('heading', ALIAS)
  await app.click('button', 'Re-establish Connection…')
  await app.find('heading', 'Re-establish Connection')
  await app.see('Admin Center > API Management Connections > Approved Requests')
  await app.click('button', `Use the current credentials of ${PORTAL}`)
  await app.see('Recognised')
  await screens.agreeTo('copy_credentials', () => app.click('button', 'Copy'))
  expect(await story.desktop.clipboard()).toContain('n3w+secret')
  await app.click('button', 'Open the Hub')
  await expect.poll(() => existsSync(opened) && readFileSync(opened, 'utf8').split('\n')).toContain(ADDRESS)
  await screens.go('Home')
  await app.see(STILL_FORMER)
})

test('once the person says that it is done in the hub, the alarm ends', async () => {
  await app.click('link', new RegExp(`^${STILL_FORMER}`))
  await app.click('button', 'Re-establish Connection…')
  await app.find('heading', 'Re-establish Connection')
  await app.click('button', `Use the current credentials of ${PORTAL}`)
  await app.see('Recognised')
  await app.click('button', 'Done in the Hub')
  await app.see(`The hub has the new credentials for ${ALIAS}, as you report.`)
  await screens.go('Home')
  await app.find('heading', /^(Needs Attention|Home)/, { state: { level: 1 } })
  await expect.poll(() => app.text()).not.toContain(STILL_FORMER)
  await screens.go('Hubs')
  await screens.go('Portals')
})
