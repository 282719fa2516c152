// Three vocabularies over the same data: every label and path that the vendors document, the classic way of re-establishing
// a connection, and switching with requests in every state.

import { By, Key, type WebElement } from 'selenium-webdriver'
import { expect, test } from 'vitest'
import type { App, Name } from '../support/app.ts'
import { journey } from '../support/journey.ts'
import { findIn, findInFiles } from '../support/leaks.ts'
import { until } from '../support/processes.ts'
import { ROLES, Screens, type SecretDocument } from '../support/screens.ts'

const story = journey()
const PORTAL = 'EU Shop'
const HUB = 'Group Hub'
const ESTABLISH = 'Establish API Portal Connectivity with API Business Hub Enterprise'
const MANAGE = 'Manage API Portal Connections'

type Vocabulary = 'New Design' | 'Classic Design' | 'Developer Hub'

/** What has to be shown: a role and a name. */
type Shown = [role: string, name: Name]

interface Words {
  portal: { title: string; path: string[]; cards: [string, string] }
  hub: { title: string; path: string[]; tabs: string[]; pending: string }
  connection: { path: string[] }
}

/** What differs between the vocabularies, as documented. */
const TABLE: Record<Vocabulary, Words> = {
  'New Design': {
    portal: {
      title: 'Onboarding Settings',
      path: ['Portals', PORTAL],
      cards: [
        'Connect the API Portal to the API Business Hub Enterprise',
        'Connect the API Portal to the centralized API Business Hub Enterprise',
      ],
    },
    hub: {
      title: 'Manage Connections',
      path: ['Hubs', HUB, 'Enterprise Manager'],
      tabs: ['Pending Requests', 'Approved Requests', 'Rejected Requests', 'Destinations'],
      pending: 'Pending',
    },
    connection: { path: ['Hubs', HUB, 'Enterprise Manager', 'Manage Connections'] },
  },
  'Classic Design': {
    portal: {
      title: 'Onboarding Settings',
      path: ['Portals', PORTAL],
      cards: [
        'Connect the API Portal to the API Business Hub Enterprise',
        'Connect the API Portal to the centralized API Business Hub Enterprise',
      ],
    },
    hub: { title: HUB, path: ['Hubs'], tabs: ['Manage', 'Destinations'], pending: 'Submitted' },
    connection: { path: ['Hubs', HUB, 'Manage'] },
  },
  'Developer Hub': {
    portal: {
      title: 'APIs',
      path: ['Portals', PORTAL, 'Settings'],
      cards: ['Connect the API Portal to the Developer Hub', 'Connect the API Portal to the centralized Developer Hub'],
    },
    hub: {
      title: 'API Management Connections',
      path: ['Hubs', HUB, 'Admin Center'],
      tabs: ['Pending Requests', 'Approved Requests', 'Rejected Requests', 'Destinations'],
      pending: 'Pending',
    },
    connection: { path: ['Hubs', HUB, 'Admin Center', 'API Management Connections'] },
  },
}
const VOCABULARIES = Object.keys(TABLE) as Vocabulary[]
const IN_TABS = VOCABULARIES.filter((vocabulary) => vocabulary !== 'Classic Design')

let app: App
let screens: Screens
let first: SecretDocument
let second: SecretDocument

const elsewhere = (name: string) =>
  JSON.stringify({
    url: `https://${name}.example.com`,
    tokenUrl: `https://${name}.auth.example.com/oauth/token`,
    clientId: `sb-${name}!b1`,
    clientSecret: `s3cret-of-${name}`,
  })

async function path(): Promise<string[]> {
  const steps = await app.all('listitem', undefined, { in: await app.find('navigation', 'Path') })
  return Promise.all(steps.map(async (step) => (await app.textOf(step)).replace(/[/\s]+$/, '').trim()))
}

/** The title of the page, and the way to it. */
async function expectPage(title: string, way: string[]): Promise<void> {
  await app.find('heading', title, { state: { level: 1 } })
  await expect.poll(() => path(), { message: `the way to ${title}` }).toEqual(way)
}

async function expectShown(...shown: Shown[]): Promise<void> {
  for (const [role, name] of shown) await app.first(role, name)
}

async function tabs(): Promise<string[]> {
  const found = await app.all('tab')
  return Promise.all(found.map(async (tab) => (await app.textOf(tab)).replace(/\s*\(\d+\)$/, '').trim()))
}

async function openPortalPage(): Promise<void> {
  await screens.go('Portals')
  await app.click('link', PORTAL)
  await app.find('button', /^SAP labels:/)
}

async function openHubPage(): Promise<void> {
  await screens.go('Hubs')
  await app.click('link', HUB)
  await app.find('button', /^SAP labels:/)
}

/** Chooses a vocabulary on the open page of a hub or portal. */
async function speak(vocabulary: Vocabulary): Promise<void> {
  await app.click('button', /^SAP labels:/)
  await app.click('menuitemradio', vocabulary)
  await app.gone('menu')
  await app.find('button', `SAP labels: ${vocabulary}`)
}

async function openTile(tile: string): Promise<void> {
  await app.click('link', new RegExp(`^${tile}`))
  await expectPage(tile, ['Hubs', HUB, 'Manage'])
}

async function dialogOf(title: string, ...shown: Shown[]): Promise<void> {
  const dialog = await app.find('dialog', title)
  for (const [role, name] of shown) await app.first(role, name, { in: dialog })
  await app.click('button', /^(Cancel|Close)$/, { in: dialog })
  await app.gone('dialog')
}

/** *Client Secret*: a password field has no role to be found by. */
async function secretField(): Promise<WebElement> {
  await app.find('textbox', 'Client ID')
  return app.driver.findElement(By.css('input[type=password]'))
}

async function typeSecret(secret: string): Promise<void> {
  await app.press(await secretField())
  await app.chord(Key.CONTROL, 'a')
  await app.keys(Key.BACK_SPACE)
  await app.keys(secret)
  await app.settled()
}

async function menuOf(alias: string): Promise<string[]> {
  await screens.openActions(alias)
  const entries = await app.all('menuitem')
  const words = await Promise.all(entries.map(async (entry) => (await app.textOf(entry)).trim()))
  await app.driver.actions().sendKeys(Key.ESCAPE).perform()
  await app.gone('menu')
  return words
}

/** The table that is shown holds these rows, and each of them once: by their first words, in alphabetical order. */
async function expectRows(...expected: string[]): Promise<void> {
  let shown: string[] = []
  const read = async () => {
    const rows = await app.all('row')
    shown = await Promise.all(rows.slice(1).map(async (row) => (await app.textOf(row)).trim().split(/\s/)[0]!.replace(/-[0-9a-f]{6}$/, '')))
    return shown.sort().join() === expected.join()
  }
  await until('the rows', read).catch(() => expect(shown).toEqual(expected))
}

test('an installation, its people, a portal', async () => {
  app = await story.app()
  screens = new Screens(app, story.desktop)
  await screens.welcome('Alice Example', 'alice@example.com')
  await screens.addPerson('Hal Half', 'hal@example.com', [ROLES.hub])
  await screens.useFreePorts()
  await screens.createPortal(PORTAL, 'shop-prod')
})

test.each(VOCABULARIES)('the portal without a connection, in %s', async (vocabulary) => {
  const words = TABLE[vocabulary].portal
  await openPortalPage()
  await speak(vocabulary)
  await expectPage(words.title, words.path)
  expect((await tabs()).slice(0, 2)).toEqual(['Configure', 'Connection'])
  await app.find('tab', 'Connection', { state: { selected: true } })
  await expectShown(
    ['heading', 'It seems you have not created a connection yet!'],
    ...words.cards.map((card): Shown => ['heading', card]),
    ['button', 'Generate Credentials'],
  )
  await app.see('OR')
  await app.see('Generate the access credentials of this portal.')
})

test('credentials of a portal', async () => {
  await screens.generate('Client secret')
  first = (await screens.copyCurrent()).document
})

test.each(VOCABULARIES)('the connection of the portal, in %s', async (vocabulary) => {
  await openPortalPage()
  await speak(vocabulary)
  await expectPage(TABLE[vocabulary].portal.title, TABLE[vocabulary].portal.path)
  await expectShown(['button', 'Regenerate Credentials'], ['button', 'Copy'], ['button', 'Test Connection'])
  const card = await screens.card('Current')
  await screens.test(card)
  await expect.poll(async () => app.textOf(await screens.card('Current'))).toMatch(/Connection Status\s+Success/)
  await app.click('tab', 'Service Instances')
  await app.see('apiportal-apiaccess')
  await app.find('heading', /^Service Keys/)
  await app.click('tab', 'Connection')
})

test('the classic way to submit: plus icon, confirmation, form without a second question', async () => {
  await screens.go('Hubs')
  await app.press(await app.first('button', 'Create Local Hub…'))
  const dialog = await app.find('dialog', 'Create Local Hub')
  await app.fill('Name', HUB, { in: dialog })
  await app.fill('Subaccount', 'hub-prod', { in: dialog })
  await app.click('button', 'Create', { in: dialog })
  await app.gone('dialog')
  await speak('Classic Design')
  await expectPage(HUB, ['Hubs'])
  await openTile(ESTABLISH)

  await app.click('button', 'Add New Connection')
  const confirmation = await app.find('dialog', 'Confirmation')
  await app.see('can neither be severed nor moved to another hub', { in: confirmation })
  await app.click('button', 'Cancel', { in: confirmation })
  await app.gone('dialog')
  await app.click('button', 'Add New Connection')
  await app.click('button', 'OK', { in: await app.find('dialog', 'Confirmation') })

  await expectPage('Submit Connection Request', ['Hubs', HUB, 'Manage', ESTABLISH])
  expect(await app.has('checkbox'), 'the confirmation counts').toBe(false)
  await app.fill('API Portal Alias Name', 'eu-shop')
  await app.paste('API Portal Access Credentials', JSON.stringify(first))
  await app.see('Recognised')
  await app.fill('Comment', 'For the shop in Europe.')
  await app.click('button', 'Submit')
  await app.find('heading', ESTABLISH, { state: { level: 1 } })
  await expect.poll(async () => app.textOf(await screens.row('eu-shop'))).toContain('Submitted')
  expect(await menuOf('eu-shop'), 'deciding has a tile of its own').toEqual(['Edit Credentials'])
  await screens.act('eu-shop', 'Edit Credentials')
  await dialogOf('Edit Credentials for eu-shop', ['textbox', 'API Portal Access Credentials'], ['button', 'Save'])
})

test('the classic way to approve, with AuthGroup.API.Admin alone', async () => {
  await screens.switchTo('Hal Half')
  await openHubPage()
  await openTile(MANAGE)
  await app.click('button', 'View eu-shop')
  const view = await app.find('dialog', 'eu-shop')
  await app.see('For the shop in Europe.', { in: view })
  await app.see('Submitted', { in: view })
  await app.click('button', 'Close', { in: view })
  await app.gone('dialog')
  await app.click('button', 'Approve eu-shop')
  const dialog = await app.find('dialog', 'Approve eu-shop')
  await app.fill(/^Type the alias/, 'eu-shop', { in: dialog })
  await app.click('button', 'Approve', { in: dialog })
  await app.gone('dialog')
  await app.see('eu-shop is connected.')
  await expect.poll(async () => app.textOf(await screens.row('eu-shop')), { message: 'it stays visible' }).toContain('Approved')
  await screens.switchTo('Alice Example')
})

test('requests in the other states', async () => {
  await openHubPage()
  await speak('New Design')
  for (const alias of ['waiting', 'unwanted']) {
    await screens.openSubmission()
    await screens.submit({ alias, credentials: elsewhere(alias) })
  }
  await screens.openTab('Pending Requests')
  await screens.act('unwanted', 'Reject')
  const dialog = await app.find('dialog', 'Reject unwanted')
  await app.fill('Reason', 'Nobody asked for it.', { in: dialog })
  await app.click('button', 'Reject', { in: dialog })
  await app.gone('dialog')
})

test.each(IN_TABS)('the hub in tabs, in %s: every label, nothing lost, nothing twice', async (vocabulary) => {
  const words = TABLE[vocabulary]
  await openHubPage()
  await speak(vocabulary)
  await expectPage(words.hub.title, words.hub.path)
  await expect.poll(() => tabs()).toEqual(words.hub.tabs)

  await screens.openTab('Pending Requests')
  await expectRows('waiting')
  await app.click('button', 'View waiting')
  await app.see(words.hub.pending, { in: await app.find('dialog', 'waiting') })
  await app.see('Comment', { in: await app.find('dialog', 'waiting') })
  await dialogOf('waiting')
  expect(await menuOf('waiting')).toEqual(['Edit Credentials', 'Approve', 'Reject'])
  await screens.act('waiting', 'Edit Credentials')
  await dialogOf('Edit Credentials for waiting', ['textbox', 'API Portal Access Credentials'], ['button', 'Save'])
  await screens.act('waiting', 'Approve')
  await dialogOf('Approve waiting', ['button', 'Approve'])
  await screens.act('waiting', 'Reject')
  await dialogOf('Reject waiting', ['button', 'Reject'])

  await screens.openTab('Rejected Requests')
  await expectRows('unwanted')
  await screens.openTab('Destinations')
  await expectRows('apiportal-eu-shop')
  await screens.openTab('Approved Requests')
  await expectRows('eu-shop')
  expect(await menuOf('eu-shop')).toEqual(['Re-establish Connection'])

  await app.click('button', 'Add New Connection')
  await expectPage('Submit Connection Request', words.connection.path)
  await expectShown(
    ['textbox', 'API Portal Alias Name'],
    ['textbox', 'API Portal Access Credentials'],
    ['textbox', 'Comment'],
    ['checkbox', /cannot be severed or moved to another hub/],
    ['button', 'Submit'],
  )
  await app.click('link', 'Cancel')
  await screens.act('eu-shop', 'Re-establish Connection')
  await expectPage('Re-establish Connection', [...words.connection.path, 'eu-shop'])
  await expectShown(['textbox', 'API Portal Access Credentials'], ['button', 'Submit'])
  expect(await app.has('textbox', 'Client ID'), 'the two fields belong to the Classic Design').toBe(false)
  await app.click('link', 'Cancel')
  await expectPage('eu-shop', words.connection.path)
  await expectShown(['heading', 'Connection Status'], ['button', 'Test Connection'], ['button', 'Re-establish Connection'])
})

test('the hub in tiles, in Classic Design: every label, nothing lost, nothing twice', async () => {
  const { hub } = TABLE['Classic Design']
  await openHubPage()
  await speak('Classic Design')
  await expectPage(hub.title, hub.path)
  await expect.poll(() => tabs()).toEqual(hub.tabs)
  await expect.poll(async () => app.textOf(await app.find('link', new RegExp(`^${ESTABLISH}`)))).toMatch(/1\s+of 3 portals connected/)
  await expect.poll(async () => app.textOf(await app.find('link', new RegExp(`^${MANAGE}`)))).toMatch(/1\s+Submitted/)
  await app.click('tab', 'Destinations')
  await expectRows('apiportal-eu-shop')
  await app.click('tab', 'Manage')

  for (const tile of [ESTABLISH, MANAGE]) {
    await openTile(tile)
    await expectRows('eu-shop', 'unwanted', 'waiting')
    for (const [alias, state] of [['waiting', 'Submitted'], ['eu-shop', 'Approved'], ['unwanted', 'Rejected']] as const) {
      await expect.poll(async () => app.textOf(await screens.row(alias))).toContain(state)
    }
    await app.click('link', 'Manage')
    await app.find('heading', HUB, { state: { level: 1 } })
  }
  await openTile(MANAGE)
  await expectShown(['button', 'View waiting'], ['button', 'Approve waiting'], ['button', 'Reject waiting'], ['button', 'View unwanted'])
  expect(await app.has('button', 'Approve unwanted'), 'what is decided is history').toBe(false)
})

test('the hub admin with one role may decide in the Classic Design, and reads elsewhere which one is missing', async () => {
  await screens.switchTo('Hal Half')
  await openHubPage()
  await openTile(MANAGE)
  await expect.poll(async () => (await app.find('button', 'Reject waiting')).getAttribute('aria-disabled')).toBe('false')
  await screens.switchTo('Alice Example')
  await openHubPage()
  await speak('Developer Hub')
  await screens.switchTo('Hal Half')
  await screens.openTab('Pending Requests')
  await screens.openActions('waiting')
  await app.press(await app.find('menuitem', /^Approve/))
  const dialog = await app.find('dialog', 'Ask for the Role')
  await app.see('AuthGroup.APIPortalRegistration', { in: dialog })
  await app.click('button', 'Close', { in: dialog })
  await app.gone('dialog')
  await screens.switchTo('Alice Example')
})

test('whoever administers no hub may not switch, and reads why', async () => {
  await screens.addPerson('Rita Requester', 'rita@example.com', [ROLES.requester])
  await screens.switchTo('Rita Requester')
  await openHubPage()
  await app.click('button', 'SAP labels: Developer Hub')
  const item = await app.find('menuitemradio', /^Classic Design/)
  await expect.poll(() => item.getAttribute('aria-disabled')).toBe('true')
  expect(await app.textOf(item)).toContain('AuthGroup.API.Admin is missing')
  await app.driver.actions().sendKeys(Key.ESCAPE).perform()
  await app.gone('menu')
  await screens.switchTo('Alice Example')
})

test('re-establishing the classic way: regenerate in the portal', async () => {
  await openPortalPage()
  await speak('Classic Design')
  await screens.generate('Client secret')
  second = (await screens.copyCurrent()).document
  expect(second.clientId).not.toBe(first.clientId)
})

test('… then Actions > Re-establish Connection, Client ID, Client Secret', async () => {
  await openHubPage()
  await speak('Classic Design')
  await openTile(ESTABLISH)
  await screens.act('eu-shop', 'Re-establish Connection')
  await expectPage('Submit Connection Request', ['Hubs', HUB, 'Manage', ESTABLISH, 'eu-shop'])
  await app.click('button', 'Save')
  await app.see('Fill in this field.')
  await app.fill('Client ID', 'sb-of-nobody!b1')
  await app.click('button', 'Save')
  await app.see('Fill in this field.')
  await typeSecret('not-the-right-one')
  await app.click('button', 'Save')
  await app.see(`The portal ${PORTAL} did not generate these credentials`)
  await app.fill('Client ID', second.clientId)
  await screens.pasteSecret(await secretField(), second.clientSecret, 'menu')
  await app.see(second.tokenUrl)
  expect((await screens.test()).at(-1), 'they can be tried before they are given to the hub').toContain('Passed')
})

test('… Save; and the connection works with them', async () => {
  await app.click('button', 'Save')
  await app.see('The connection eu-shop is re-established.')
  await app.find('heading', 'eu-shop', { state: { level: 1 } })
  await app.see(second.clientId, { in: await app.find('region', 'Connection Request') })
  // It is tested by itself first; what that draws anew would take the click.
  await app.see('Success', { in: await app.find('region', 'Connection Status'), within: 20_000 })
  const stages = await screens.test(await app.find('region', 'Connection Status'))
  expect(stages.length).toBeGreaterThan(5)
  for (const stage of stages) expect(stage).toContain('Passed')
  await app.see('Success', { in: await app.find('region', 'Connection Status') })
})

test('the document can be pasted instead', async () => {
  await app.click('button', 'Re-establish Connection')
  await app.find('textbox', 'Client ID')
  await app.click('radio', 'API Portal Access Credentials as a document')
  await app.paste('API Portal Access Credentials', JSON.stringify(second))
  await app.see('Recognised')
  await app.click('radio', 'Client ID and Client Secret')
  expect(await app.driver.executeScript('return arguments[0].value', await secretField())).toBe('')
})

test('Activity names every switch; no secret of this journey is anywhere but in the keychain', async () => {
  await screens.go('Activity')
  await app.fill('Search activity', 'sap labels classic', { role: 'searchbox' })
  await app.see('SAP labels Classic Design')
  const secrets = [first.clientSecret, second.clientSecret]
  expect(findIn(JSON.stringify([first, second]), secrets).length, 'the search finds what is there').toBeGreaterThan(0)
  const replies = await app.replies()
  expect(replies.length).toBeGreaterThan(50)
  expect(replies.filter(({ text }) => findIn(text, secrets).length > 0).map(({ command }) => command)).toEqual([])
  await app.close()
  expect(findInFiles(story.desktop.folder, secrets, [story.desktop.exports])).toEqual([])
})
