// The main job by clicking: generate, keep, hand over, request, edit, approve, re-establish.

import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { journey } from '../support/journey.ts'
import { findIn, findInFiles, piecesOfKey } from '../support/leaks.ts'
import * as openssl from '../support/openssl.ts'
import { ROLES, Screens, type CertificateDocument, type SecretDocument } from '../support/screens.ts'

const story = journey()
const ALIAS = 'eu-shop'

let screens: Screens
let first: { document: CertificateDocument; text: string }
let second: { document: CertificateDocument; text: string }
let third: { document: SecretDocument; text: string }

test('the first start asks who uses this installation', async () => {
  screens = new Screens(await story.app(), story.desktop)
  await screens.welcome('Alice Example', 'alice@example.com')
  await screens.addPerson('Bob Approver', 'bob@example.com', [ROLES.requester, ROLES.hub])
})

test('a new portal has no connection yet and shows both ways to get one', async () => {
  await screens.createPortal('EU Shop', 'shop-prod')
  const { app } = screens
  await app.find('heading', 'It seems you have not created a connection yet!')
  await app.find('heading', 'Connect the API Portal to the API Business Hub Enterprise')
  await app.find('heading', 'Connect the API Portal to the centralized API Business Hub Enterprise')
})

test('Generate Credentials makes a certificate credential, and the keychain holds its key', async () => {
  await screens.generate('RSA-2048')
  const card = await screens.app.textOf(await screens.card('Current'))
  expect(card, 'the card has to say what it is').toContain('Certificate, RSA 2048')
  expect(card).toMatch(/sb-apiaccess_\d{13}!b\d+\|api-portal-xsuaa!b\d+/)
  expect(card).toMatch(/36[45] days/)
  expect(card, 'the user has to be able to find the item in the keychain app').toContain('Secret Service')

  const items = await story.desktop.keyringItems()
  expect(items.length, 'the private key lies in the keychain').toBeGreaterThan(0)
  expect(
    items.map(({ label }) => label).join('\n'),
    'a person has to recognise the item in the keychain app of the desktop',
  ).toContain('EU Shop')
})

test('Export… writes exactly the published keys, readable by nobody else', async () => {
  const path = join(story.desktop.exports, 'first.json')
  first = await screens.exportCurrent(path)
  expect(Object.keys(first.document)).toEqual(['url', 'tokenurl', 'certurl', 'certificate', 'key'])
  expect(statSync(path).mode & 0o777, 'it is a private key').toBe(0o600)
})

test('openssl agrees: the key belongs to the certificate, the chain verifies, it is valid for 365 days', () => {
  const { certificate, key } = first.document
  const leaf = openssl.chain(certificate)[0]!
  expect(openssl.publicKeyOfKey(key)).toBe(openssl.publicKeyOfCertificate(leaf))
  expect(openssl.verify(certificate)).toBe('leaf: OK')
  const { from, until } = openssl.validity(leaf)
  expect((until.getTime() - from.getTime()) / 86_400_000).toBeCloseTo(365, 1)
  expect(openssl.subject(leaf), 'token calls take the client id from here').toMatch(
    /CN=sb-apiaccess_\d+!b\d+\|api-portal-xsuaa!b\d+/,
  )
})

test('the credentials box names line, column and cause of a broken document, and refuses it', async () => {
  const { app } = screens
  await screens.createHub('Group Hub', 'hub-prod')
  await screens.openSubmission()
  await app.fill('API Portal Alias Name', ALIAS)
  const broken = first.text.replace(/,\n {2}"tokenurl"/, '\n  "tokenurl"')
  await app.paste('API Portal Access Credentials', broken)
  await app.see('Line 2, column 43')
  await app.see('Expected comma')
  await app.click('button', 'Submit')
  await app.find('heading', 'Submit Connection Request')
})

test('the pasted credentials are recognised, shown without their secret, and submitted', async () => {
  const { app } = screens
  await app.paste('API Portal Access Credentials', first.text)
  await app.see('Recognised')
  await app.see('Certificate, RSA 2048')
  await screens.submit({ alias: ALIAS, credentials: first.text, comment: 'For the shop in Europe.' })
  await screens.openTab('Pending Requests')
  await expect.poll(async () => screens.app.textOf(await screens.row(ALIAS))).toContain('Alice Example')
})

test('Regenerate Credentials leaves the former ones valid, marked as superseded', async () => {
  await screens.openPortal('EU Shop')
  await screens.generate('P-256')
  const superseded = await screens.app.textOf(await screens.card('Superseded'))
  expect(superseded, 'the hub still uses them').toContain('Pending in Group Hub')
  expect(superseded).toContain('Revoke…')
  second = await screens.exportCurrent(join(story.desktop.exports, 'second.json'))
  expect(second.document.key).not.toBe(first.document.key)
  expect(openssl.verify(second.document.certificate)).toBe('leaf: OK')
})

test('the submitter edits the credentials of the pending request', async () => {
  const { app } = screens
  await screens.openHub('Group Hub', 'Pending Requests')
  await screens.act(ALIAS, 'Edit Credentials')
  const dialog = await app.find('dialog', `Edit Credentials for ${ALIAS}`)
  await app.paste('API Portal Access Credentials', second.text, { in: dialog })
  await app.see('Certificate, EC P-256')
  await app.click('button', 'Save', { in: dialog })
  await app.gone('dialog')
  await app.see(`The credentials for ${ALIAS} are saved.`)
})

test('another person may not edit them, and reads why and what to do instead', async () => {
  const { app } = screens
  await screens.switchTo('Bob Approver')
  await screens.openActions(ALIAS)
  const item = await app.find('menuitem', /^Edit Credentials/)
  await expect.poll(() => item.getAttribute('aria-disabled')).toBe('true')
  expect(await app.textOf(item)).toContain(
    `Only Alice Example, who submitted the request ${ALIAS}, may edit its credentials`,
  )
  await app.press(item)
  const dialog = await app.find('dialog', 'You can’t edit this request')
  await app.see('Ask Alice Example to edit them', { in: dialog })
  await app.click('button', 'Close', { in: dialog })
  await app.gone('dialog')
})

test('the hub admin reads the comment and approves, which takes typing the alias', async () => {
  const { app } = screens
  await app.click('button', `View ${ALIAS}`)
  const view = await app.find('dialog', ALIAS)
  await app.see('For the shop in Europe.', { in: view })
  await app.click('button', 'Close', { in: view })
  await app.gone('dialog')

  await screens.approve(ALIAS)
  await screens.openTab('Approved Requests')
  await screens.row(ALIAS)
})

test('Copy hands over a client secret by the clipboard, with exactly the published keys', async () => {
  await screens.switchTo('Alice Example')
  await screens.openPortal('EU Shop')
  await screens.generate('Client secret')
  third = await screens.copyCurrent()
  expect(Object.keys(third.document)).toEqual(['url', 'tokenUrl', 'clientId', 'clientSecret'])
  expect(Buffer.from(third.document.clientSecret, 'base64').length, 'at least 32 random bytes').toBeGreaterThanOrEqual(
    32,
  )
})

test('Re-establish Connection gives the hub the client secret, effective at once', async () => {
  const { app } = screens
  await screens.openHub('Group Hub', 'Approved Requests')
  await screens.act(ALIAS, 'Re-establish Connection')
  await app.find('heading', 'Re-establish Connection')
  await app.paste('API Portal Access Credentials', third.text)
  await app.see('Recognised')
  await app.click('button', 'Submit')
  await app.see(`The connection ${ALIAS} is re-established.`)
  await app.find('heading', ALIAS, { state: { level: 1 } })
  await app.see('Client secret', { in: await app.find('region', 'Connection Request') })
})

test('Revoke deletes the superseded secret, in the keychain too', async () => {
  const { app } = screens
  await screens.openPortal('EU Shop')
  const before = await story.desktop.keyringItems()
  // Two are superseded by now; the older one is the last card.
  const { element } = (await screens.cards()).at(-1)!
  await app.click('button', 'Revoke…', { in: element })
  const dialog = await app.find('dialog')
  await app.click('button', 'Revoke', { in: dialog })
  await app.gone('dialog')
  await screens.card('Revoked')
  expect((await story.desktop.keyringItems()).length).toBeLessThan(before.length)
})

test('Activity lists who did what, newest first, and can be searched', async () => {
  const { app } = screens
  await screens.go('Activity')
  await app.see('Credentials revoked')
  await expect.poll(async () => app.textOf((await app.all('row'))[1]!), { message: 'the newest entry stands on top' }).toMatch(/Alice Example.*[Rr]evoke/s)
  await app.fill('Search activity', 'request approved', { role: 'searchbox' })
  await app.see('1 entry')
  await expect.poll(async () => app.textOf((await app.all('row'))[1]!)).toContain('Bob Approver')
})

test('no secret of this journey is in the data folder, the logs, or any reply to the window', async () => {
  const { app } = screens
  for (const area of ['Portals', 'Hubs', 'Activity', 'People & Roles'] as const) await screens.go(area)
  const secrets = [third.document.clientSecret, ...piecesOfKey(first.document.key), ...piecesOfKey(second.document.key)]
  const planted = [readFileSync(join(story.desktop.exports, 'first.json')), third.text]
  expect(
    planted.map((content) => findIn(content, secrets).length > 0),
    'the search finds what is there',
  ).toEqual([true, true])

  const replies = await app.replies()
  expect(replies.length, 'the replies of the whole journey are on record').toBeGreaterThan(50)
  expect(replies.filter(({ text }) => findIn(text, secrets).length > 0).map(({ command }) => command)).toEqual([])
  expect(findInFiles(story.desktop.folder, secrets, [story.desktop.exports])).toEqual([])
  // Within the 30 seconds for which it is remembered.
  await screens.openPortal('EU Shop')
  await screens.copyCurrent()
  await app.close()
  expect(findInFiles(story.desktop.folder, secrets, [story.desktop.exports]), 'after the end, too').toEqual([])
  expect(await story.desktop.clipboard(), 'the clipboard is cleared at the end').not.toContain(
    third.document.clientSecret,
  )
})
