// Home, the list of portals, a portal's page and `drawbridge status` tell one story to each of three persons, who may see
// different things. Each statement is compared with what the other places say of the same thing.

import { expect, test } from 'vitest'
import type { App } from '../support/app.ts'
import { drivable } from '../support/binaries.ts'
import { journey } from '../support/journey.ts'
import { ROLES, Screens } from '../support/screens.ts'

const story = journey()
const HOUR = 3_600_000
const DAY = 24 * HOUR
/** Renewed, and the hub does not have the new ones yet. */
const RENEWED = 'Renewed Tenant'
/** Its date is guessed from the client id, and ends in less than two hours. */
const ENDING = 'Ending Tenant'
/** The last test of its connection failed. */
const FAILING = 'Failing Shop'
const PORTALS = [RENEWED, ENDING, FAILING]
const TENANT_HUB = 'Tenant Hub'
const HUB = 'Group Hub'

let app: App
let screens: Screens

const oneLine = (text: string) => text.replace(/\s+/g, ' ').trim()

/** Credentials as a portal in SAP generated them so long ago; no server answers there. */
const generated = (tenant: string, ago: number, secret: string) =>
  JSON.stringify({
    url: `https://${tenant}.tenant.invalid`,
    tokenUrl: `https://${tenant}.tenant.invalid/oauth/token`,
    clientId: `sb-apiaccess_${Date.now() - ago}!b1|api-portal-xsuaa!b1`,
    clientSecret: secret,
  })

async function track(name: string, document: string): Promise<void> {
  await screens.go('Portals')
  await app.press(await app.first('button', 'Track a Portal in SAP…'))
  await app.find('heading', 'Track a Portal in SAP')
  await app.fill('Name', name)
  await app.fill('Subaccount', name.toLowerCase().replaceAll(' ', '-'))
  await app.paste('API Portal Access Credentials', document)
  await app.see('Recognised')
  await app.click('button', 'Track')
  await app.see(`The portal ${name} is tracked.`)
  await app.find('heading', 'Onboarding Settings')
}

/** What a person reads in the four places. */
interface Reading {
  /** The lines of Home. */
  home: string[]
  /** The row of each portal. */
  rows: Map<string, string>
  /** The page of each portal. */
  pages: Map<string, string>
  /** What the command says, and whether that is an error. */
  status: string
}

async function readHome(): Promise<string[]> {
  await screens.go('Home')
  const region = await app.find('region', /^Needs Attention/)
  const lists = await app.all('list', undefined, { in: region })
  const items = lists.length === 0 ? [] : await app.all('listitem', undefined, { in: lists[0]! })
  return Promise.all(items.map(async (item) => oneLine(await app.textOf(item))))
}

/** The command ends with an error where something is wrong; what it prints counts. */
async function readStatus(): Promise<string> {
  const command = `'${drivable()}' status; true`
  return oneLine(await story.desktop.run('sh', ['-c', command])).replaceAll(/ — /g, ' ')
}

async function readAll(): Promise<Reading> {
  const rows = new Map<string, string>()
  const pages = new Map<string, string>()
  for (const portal of PORTALS) {
    await screens.go('Portals')
    rows.set(portal, oneLine(await app.textOf(await app.find('row', new RegExp(portal)))))
    await screens.openPortal(portal)
    await app.settled()
    pages.set(portal, oneLine(await app.text()))
  }
  return { home: await readHome(), rows, pages, status: await readStatus() }
}

/** Finds every pair of statements that cannot both be true. */
function compare({ home, rows, pages, status }: Reading): void {
  const says = (pattern: RegExp) => home.some((line) => pattern.test(line))
  const waiting = home.filter((line) => /^Wait/.test(line))
  expect(status.includes('All is well.'), 'all is well, or something is listed').toBe(home.length === 0)
  expect(status.match(/Waits: /g)?.length ?? 0, 'what waits is listed in both').toBe(waiting.length)

  const hidden = says(/may not see the credentials of 3 portals/)
  expect(status.includes('not visible to this person, so what ends there is not known'), 'hidden here, hidden there').toBe(hidden)
  for (const portal of PORTALS) {
    const [row, page] = [rows.get(portal)!, pages.get(portal)!]
    expect(row.includes('Not visible'), `${portal}: the list hides what Home says is hidden`).toBe(hidden)
    expect(/may not open the Connection tab/.test(page), `${portal}: so does its page`).toBe(hidden)
    if (hidden) expect(row, `${portal}: none would be an all-clear`).not.toMatch(/\bNone\b|\d (day|hour)s? left/)
    // Time left: Home, list, page and command say the same words, or none of them says any.
    const left = /(probably )?(less than an hour|\d+ hours?) left/.exec(row)?.[0]
    expect(says(new RegExp(`The credentials of the portal ${portal}: .*left`)), `${portal}: its end`).toBe(left !== undefined)
    expect(new RegExp(`Current credentials of the portal ${portal}: .*left`).test(status), `${portal}: its end`).toBe(left !== undefined)
    if (left) for (const place of [page, status, home.join('\n')]) expect(place, `${portal}: one guess, one time`).toContain(left)
  }

  // A connection that fails: everybody sees the hub's connections.
  const fails = rows.get(FAILING)!
  expect(says(/The connection failing of the hub Group Hub fails/)).toBe(true)
  expect(fails, 'connected is not said to be well').not.toContain('Success')
  expect(status).toContain('Connection failing of the hub Group Hub: fails')
  if (!hidden) expect(pages.get(FAILING), 'nor on its page').toMatch(/Connected to Group Hub.*No connection/)

  // The hub holds the former ones.
  const former = says(/The hub Tenant Hub still holds former credentials of the portal Renewed Tenant/)
  expect(status.includes('holds former credentials of the portal Renewed Tenant')).toBe(former)
  expect(former, 'to those who may see them').toBe(!hidden)
  if (!hidden) expect(pages.get(RENEWED), 'the former ones are in use, the current ones are not').toMatch(/No hub yet.*Superseded.*Connected to Tenant Hub/)

  // Requests.
  expect(/Request refused of the hub Group Hub: rejected: wrong alias/.test(status)).toBe(says(/Your request refused in the hub Group Hub was rejected/))
  expect(status.includes('Hub Group Hub: requests that wait: 1')).toBe(says(/1 connection request waits for a decision in the hub Group Hub/))
}

test('a portal in SAP whose renewed credentials its hub does not have yet', async () => {
  app = await story.app()
  screens = new Screens(app, story.desktop)
  await screens.welcome('Alice Example', 'alice@example.com')
  await screens.useFreePorts()
  const former = generated('renewed', 100 * DAY, 'f0rmer+secret')
  await track(RENEWED, former)
  await screens.go('Hubs')
  await app.press(await app.first('button', 'Track a Hub in SAP…'))
  const dialog = await app.find('dialog', 'Track a Hub in SAP')
  await app.fill('Name', TENANT_HUB, { in: dialog })
  await app.fill('Address', 'https://hub.cfapps.eu10.hana.ondemand.com/', { in: dialog })
  await app.click('button', 'Track', { in: dialog })
  await app.find('heading', TENANT_HUB)
  await app.click('button', 'Record a Request…')
  await app.find('heading', 'Record a Request')
  await app.fill('API Portal Alias Name', 'renewed')
  await app.click('button', `Use the current credentials of ${RENEWED}`)
  await app.see('Recognised')
  await app.click('button', 'Record')
  await app.find('heading', TENANT_HUB)
  await screens.act('renewed', 'Record Decision…')
  const decision = await app.find('dialog', 'Decision about renewed')
  await app.click('button', 'Record', { in: decision })
  await app.gone('dialog')
  await screens.openPortal(RENEWED)
  await app.click('button', 'Import Credentials…')
  await app.find('heading', 'Import Credentials')
  await app.paste('API Portal Access Credentials', generated('renewed', 0, 'n3w+secret'))
  await app.see('Recognised')
  await app.click('button', 'Import')
  await app.find('heading', 'Onboarding Settings')
})

test('a portal in SAP whose credentials end in two hours, by a date that is guessed', async () => {
  await track(ENDING, generated('ending', 365 * DAY - 2 * HOUR, 'l4st+secret'))
})

test('a connection whose last test failed', async () => {
  await screens.createPortal(FAILING, 'failing-shop')
  await screens.generate('Client secret')
  const { text } = await screens.copyCurrent()
  await screens.createHub(HUB, 'group-hub')
  await screens.openSubmission()
  await screens.submit({ alias: 'failing', credentials: text })
  await screens.openHub(HUB, 'Pending Requests')
  await screens.approve('failing')
  await screens.go('Settings')
  await app.click('button', 'Switch Off')
  await app.click('button', 'Switch Off', { in: await app.find('dialog', 'Switch off the token service?') })
  await app.gone('dialog')
  await app.see('The token service is switched off.')
  await screens.openConnection(HUB, 'failing')
  await screens.test()
})

test('three persons; the one with neither role submits what is rejected, and what waits', async () => {
  await screens.addPerson('Paul Portal', 'paul@example.com', [ROLES.portal])
  await screens.addPerson('Hugo Hub', 'hugo@example.com', [ROLES.hub, ROLES.requester])
  await screens.addPerson('Nora Neither', 'nora@example.com', [ROLES.requester])
  await screens.switchTo('Nora Neither')
  for (const alias of ['refused', 'waiting']) {
    await screens.openHubList(HUB)
    await screens.openSubmission()
    await screens.submit({ alias, credentials: generated(alias, DAY, `${alias}+secret`) })
  }
  await screens.switchTo('Alice Example')
  await screens.openHub(HUB, 'Pending Requests')
  await screens.act('refused', 'Reject')
  const dialog = await app.find('dialog', 'Reject refused')
  await app.fill('Reason', 'wrong alias', { in: dialog })
  await app.click('button', 'Reject', { in: dialog })
  await app.gone('dialog')
})

test.each([
  ['Paul Portal', { sees: true, decides: false, submitted: false }],
  ['Hugo Hub', { sees: false, decides: true, submitted: false }],
  ['Nora Neither', { sees: false, decides: false, submitted: true }],
])('%s reads no two statements that contradict each other', async (name, { sees, decides, submitted }) => {
  await screens.switchTo(name)
  const reading = await readAll()
  compare(reading)
  const home = reading.home.join('\n')
  // The set is what it is meant to be: else nothing would be compared.
  expect(/probably (1 hour|less than an hour|2 hours) left/.test(home), 'the guess that ends').toBe(sees)
  expect(/still holds former credentials/.test(home), 'the renewal').toBe(sees)
  expect(/waits for a decision/.test(home), 'the decision').toBe(decides)
  expect(/was rejected.*wrong alias/.test(home), 'the rejection').toBe(submitted)
})
