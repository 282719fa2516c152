// The start page: an empty one leads on, later it says what needs attention, and its links lead there.

import type { WebElement } from 'selenium-webdriver'
import { expect, test } from 'vitest'
import { journey } from '../support/journey.ts'
import { ROLES, Screens, type SecretDocument } from '../support/screens.ts'

const story = journey()
const ALIAS = 'eu-shop'

let screens: Screens

/** The lines under *Needs Attention*, as they read. */
async function matters(): Promise<string[]> {
  const { app } = screens
  const lists = await app.all('list', undefined, { in: await app.find('region', /^Needs Attention/) })
  const items = lists.length === 0 ? [] : await app.all('listitem', undefined, { in: lists[0]! })
  return Promise.all(items.map(async (item) => (await app.textOf(item)).replace(/\s+/g, ' ').trim()))
}

/** Waits on the start page until these lines are told, one pattern each, and nothing else. */
async function needsAttention(...expected: RegExp[]): Promise<void> {
  await screens.go('Home')
  await expect
    // The page may be drawn anew between two looks, which makes an element stale.
    .poll(() => matters().catch(() => undefined), { timeout: 20_000 })
    .toEqual(expected.map((pattern) => expect.stringMatching(pattern)))
}

async function tile(name: RegExp): Promise<WebElement> {
  return screens.app.find('link', name, { in: await screens.app.find('navigation', 'Overview') })
}

/** The number on a tile, and what is said beside it. */
async function figures(name: RegExp): Promise<string> {
  return (await screens.app.textOf(await tile(name))).replace(/\s+/g, ' ').trim()
}

test('the start page of a new installation says where to begin, and each tile leads to its area', async () => {
  const app = await story.app()
  screens = new Screens(app, story.desktop)
  await screens.welcome('Alice Example', 'alice@example.com')
  await app.see('Nothing here yet')
  await app.see('Track the portal and the hub of your SAP tenant')
  for (const [name, heading] of [
    [/^Portals/, 'Portals'],
    [/^Hubs/, 'Hubs'],
    [/^PingOne/, 'PingOne Accounts'],
  ] as const) {
    await expect.poll(() => figures(name)).toMatch(/ 0$/)
    await app.press(await tile(name))
    await app.find('heading', heading, { state: { level: 1 } })
    await screens.go('Home')
  }
})

test('a portal, a hub and a pending request: the request waits, and the link leads to it', async () => {
  const { app } = screens
  await screens.useFreePorts()
  await screens.createPortal('EU Shop', 'shop-prod')
  await needsAttention()
  await app.see('Nothing needs attention')
  await screens.openPortal('EU Shop')
  await screens.generate('Client secret')
  const { text } = await screens.copyCurrent<SecretDocument>()
  await screens.createHub('Group Hub', 'hub-prod')
  await screens.openSubmission()
  await screens.submit({ alias: ALIAS, credentials: text })

  await needsAttention(/^Waiting for you 1 connection request waits for a decision in the hub Group Hub View, approve or reject/)
  await app.find('heading', /^Needs Attention\s\(1\)$/)
  await expect.poll(() => figures(/^Hubs/)).toMatch(/ 1 1 request waits$/)
  await app.click('link', /^1 connection request waits/)
  await app.find('heading', 'Manage Connections')
  await app.find('tab', /^Pending Requests/, { state: { selected: true } })
  await screens.row(ALIAS)
})

test('whoever may not decide is not told to', async () => {
  await screens.addPerson('Bob Requester', 'bob@example.com', [ROLES.requester])
  await screens.switchTo('Bob Requester')
  await needsAttention(/^Unknown You may not see the credentials of 1 portal/)
  await expect.poll(() => figures(/^Hubs/), { message: 'the number is no secret' }).toMatch(/ 1 1 request waits$/)
  await screens.switchTo('Alice Example')
  await needsAttention(/^Waiting for you 1 connection request/)
})

test('after the approval nothing needs attention any more', async () => {
  await screens.openHub('Group Hub', 'Pending Requests')
  await screens.approve(ALIAS)
  await needsAttention()
  await screens.app.see('Nothing needs attention')
  await expect.poll(() => figures(/^Hubs/)).toMatch(/ 1$/)
})

test('regenerated credentials wait until the connection is re-established, where the link leads', async () => {
  const { app } = screens
  await screens.openPortal('EU Shop')
  await screens.generate('Client secret')
  const { text } = await screens.copyCurrent<SecretDocument>()
  await needsAttention(/^Waiting for you The hub Group Hub still holds former credentials of the portal EU Shop Local Re-establish/)
  await app.click('link', /still holds former credentials/)
  await app.find('heading', ALIAS, { state: { level: 1 } })
  await app.click('button', 'Re-establish Connection')
  await screens.reestablish(ALIAS, text)
  await needsAttention()
  await app.see('Nothing needs attention')
})

test('a connection that fails comes first, says why, and its link leads to the test', async () => {
  const { app } = screens
  await screens.go('Settings')
  await app.click('button', 'Switch Off')
  await app.click('button', 'Switch Off', { in: await app.find('dialog', 'Switch off the token service?') })
  await app.gone('dialog')
  await app.see('The token service is switched off.')
  await needsAttention(/^Failing The connection eu-shop of the hub Group Hub fails Local The server \S+ refuses connections/)
  await app.click('link', /^The connection eu-shop of the hub Group Hub fails/)
  await app.find('heading', ALIAS, { state: { level: 1 } })
  await app.find('button', 'Test Connection')
})
