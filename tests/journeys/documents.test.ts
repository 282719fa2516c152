// Documents in and out: what admins paste is recognised or its defect is named, without its text entering the page; what
// leaves is what the next system reads.

import { execFileSync } from 'node:child_process'
import { readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { By, Key } from 'selenium-webdriver'
import { expect, test } from 'vitest'
import type { App } from '../support/app.ts'
import { journey } from '../support/journey.ts'
import { findIn, findInFiles, piecesOfKey } from '../support/leaks.ts'
import { until } from '../support/processes.ts'
import { Screens, type CertificateDocument } from '../support/screens.ts'

const story = journey()
const SECRET = 'pl4nted+s3cret/from$elsewhere='
const ELSEWHERE = JSON.stringify(
  {
    url: 'https://sales.cfapps.eu10.hana.ondemand.com',
    tokenUrl: 'https://sales.authentication.eu10.hana.ondemand.com/oauth/token',
    clientId: 'sb-apiaccess_1767225600000!b1|api-portal-xsuaa!b1',
    clientSecret: SECRET,
    orgId: 'an-organisation',
  },
  null,
  2,
)

let app: App
let screens: Screens
let own: { document: CertificateDocument; text: string }

test('a portal, a hub, and credentials to give', async () => {
  app = await story.app()
  screens = new Screens(app, story.desktop)
  await screens.welcome('Alice Example', 'alice@example.com')
  await screens.useFreePorts()
  await screens.createPortal('EU Shop', 'shop-prod')
  await screens.generate('P-256')
  own = await screens.exportCurrent(join(story.desktop.exports, 'own.json'))
  await screens.createHub('Group Hub', 'hub-prod')
})

test('a broken document from the clipboard: the place is named and marked, the text stays out of the page', async () => {
  await screens.openSubmission()
  await story.desktop.copyElsewhere(ELSEWHERE.replace(/,\n {2}"clientSecret"/, '\n  "clientSecret"'))
  await app.click('button', 'Paste')
  await app.see('Line 4, column')
  await app.see('Expected comma')
  const page = await app.driver.getPageSource()
  expect(page, 'the core holds the document; the page sees dots').not.toContain(SECRET)
  expect(page).not.toContain('sales.cfapps')
  await expect.poll(() => app.driver.executeScript('return document.querySelector("textarea").value')).toContain('"clientSecret": "•')
  await expect.poll(() => app.driver.executeScript('return document.querySelectorAll("mark").length')).toBeGreaterThan(0)
})

test('a good one from the clipboard: its summary, and what is kept', async () => {
  await story.desktop.copyElsewhere(ELSEWHERE)
  await app.click('button', 'Paste')
  await app.see('Recognised')
  await app.see('on-premise connectivity key')
  await app.see('sales.authentication.eu10.hana.ondemand.com')
  const page = await app.driver.getPageSource()
  expect(page).not.toContain(SECRET)
})

test('a file: one of several credentials is chosen', async () => {
  const path = join(story.desktop.exports, 'several.json')
  const binding = (name: string, secret: string) => ({
    name,
    credentials: { ...JSON.parse(ELSEWHERE), clientId: `sb-${name}!b1`, clientSecret: secret },
  })
  writeFileSync(path, JSON.stringify({ VCAP_SERVICES: { apiportal: [binding('first', `${SECRET}1`), binding('second', `${SECRET}2`)] } }))
  await app.click('button', 'Open file…')
  await story.desktop.openFile(path, 'Open file')
  await app.see('several.json')
  await app.click('radio', /second/)
  await app.see('sb-second!b1')
  await app.click('button', 'Clear')
  await app.gone('radio', /second/)
})

test('own credentials are recognised however they were damaged on the way', async () => {
  const damaged = JSON.stringify({ credentials: { ...own.document, certificate: own.document.certificate.replaceAll('\n', '\\n'), key: own.document.key.replaceAll('\n', '') } })
  await app.paste('API Portal Access Credentials', damaged)
  await app.see('Recognised')
  await app.see('missing line breaks')
  await screens.submit({ alias: 'eu-shop', credentials: damaged, comment: '' })
})

test('a portal in SAP is tracked by its credentials', async () => {
  await screens.go('Portals')
  await app.click('button', /Track a Portal in SAP/)
  await app.find('heading', /Track a Portal in SAP/)
  await app.fill('Name', 'Real Tenant')
  await app.fill('Subaccount', 'tenant-prod')
  await story.desktop.copyElsewhere(ELSEWHERE)
  await app.click('button', 'Paste')
  await app.see('Recognised')
  await app.click('button', 'Track')
  await app.see('The portal Real Tenant is tracked')
  await expect
    .poll(async () => app.textOf(await screens.card('Current')), { message: 'by the date in the client id: 2026-01-01, 365 days' })
    .toMatch(/2027/)
  await app.find('button', /Import Credentials/)
  expect(await app.has('button', /Generate Credentials/)).toBe(false)
})

test('PKCS#12 through the native dialog: openssl opens it with the password that was typed', async () => {
  await screens.openPortal('EU Shop')
  const dialog = await screens.openExport()
  await app.click('radio', /PKCS#12/, { in: dialog })
  // A password field has no role to be found by.
  await until('the two password fields', async () => (await dialog.findElements(By.css('input[type=password]'))).length === 2)
  for (const field of await dialog.findElements(By.css('input[type=password]'))) {
    await app.press(field)
    await app.keys('a p4ssword')
  }
  const path = join(story.desktop.exports, 'shop.p12')
  await screens.saveExport(dialog, path)
  expect(statSync(path).mode & 0o777).toBe(0o600)
  const pem = execFileSync('openssl', ['pkcs12', '-in', path, '-passin', 'pass:a p4ssword', '-nodes'], { encoding: 'utf8' })
  expect(pem).toContain('BEGIN PRIVATE KEY')
  expect(pem).toContain('BEGIN CERTIFICATE')
})

test('a file that is dropped on the box is read by the core, not by the page', async () => {
  await screens.go('Portals')
  await app.click('button', /Track a Portal in SAP/)
  await app.find('heading', 'Track a Portal in SAP')
  const path = join(story.desktop.exports, 'dropped.json')
  writeFileSync(path, ELSEWHERE)
  await screens.dropFiles([path])
  await app.see('dropped.json')
  await app.see('Recognised')
  await app.see('sales.authentication.eu10.hana.ondemand.com')
  await expect.poll(() => app.driver.executeScript('return document.querySelector("textarea").value')).toContain('"clientSecret": "•')
  expect(await app.driver.getPageSource(), 'the core holds the document; the page sees dots').not.toContain(SECRET)
  expect(await app.has('alert'), 'the page was not left for the file, as a browser would').toBe(false)
})

test('what cannot be taken is refused in a sentence, and what was there stays', async () => {
  const large = join(story.desktop.exports, 'large.json')
  writeFileSync(large, Buffer.alloc(1024 * 1024 + 1, ' '))
  const refusals: [string[], string][] = [
    [[story.desktop.exports], `${story.desktop.exports} is not a file. Choose the file with the credentials.`],
    [[large], '1048577 bytes are too many for a credential document; the limit is 1048576.'],
    [[large, join(story.desktop.exports, 'dropped.json')], 'Several files were dropped. Drop the one that holds the credentials.'],
  ]
  for (const [paths, words] of refusals) {
    await screens.dropFiles(paths)
    const alert = await until('the refusal', async () => {
      const [found] = await app.all('alert')
      const text = found && (await app.textOf(found)).replace(/\s+/g, ' ')
      return text?.includes(words.slice(0, 20)) && text
    })
    expect(alert).toContain(words)
    await app.see('dropped.json')
    await app.see('Recognised')
  }
})

test('a dropped keystore asks for its password, and says when it is the wrong one', async () => {
  await screens.dropFiles([join(story.desktop.exports, 'shop.p12')])
  await app.see('shop.p12')
  await app.see('Protected by a password')
  expect(await app.has('alert'), 'the refusal before was of another file').toBe(false)
  await app.press(await app.driver.findElement(By.css('input[type=password]')))
  await app.keys('not this one', Key.ENTER)
  await app.see('The password does not open this.')
  await app.chord(Key.CONTROL, 'a')
  await app.keys('a p4ssword', Key.ENTER)
  await app.see('Fields (')
  await app.see('P-256')
  expect(await app.driver.getPageSource()).not.toContain('PRIVATE KEY')
})

test('several credentials leave as one archive', async () => {
  await screens.go('Portals')
  await app.click('button', 'Export Several…')
  const dialog = await app.find('dialog', /Export Several/)
  await app.click('button', /Current/, { in: dialog })
  const path = join(story.desktop.exports, 'all.zip')
  await screens.saveExport(dialog, path)
  const names = execFileSync('python3', ['-m', 'zipfile', '-l', path], { encoding: 'utf8' })
  expect(names).toMatch(/eu-shop-certificate.*\.json/)
  expect(names).toMatch(/real-tenant-secret.*\.json/)
})

test('Activity says what left and where to, with fingerprint and format, and nothing of the content', async () => {
  await screens.go('Activity')
  await app.see('Credentials exported')
  const text = await app.text()
  expect(text).toMatch(/SHA-256 [0-9A-F:]{20,}.* as PKCS#12/)
  expect(text).not.toContain(SECRET)
})

test('an export into a folder that cannot be written says so and leaves nothing behind', async () => {
  await screens.openPortal('EU Shop')
  const dialog = await screens.openExport()
  await app.click('button', 'Export…', { in: dialog })
  await story.desktop.saveAs('/proc/shop.json')
  await app.see('cannot be written', { in: dialog })
  await app.keys(Key.ESCAPE)
  await app.gone('dialog', 'Export Credentials')
  expect(readdirSync(story.desktop.exports).filter((name) => name.startsWith('.'))).toEqual([])
})

test('no secret of a given document is in the data folder or in a reply to the page', async () => {
  const replies = await app.replies()
  expect(replies.filter(({ text }) => findIn(text, [SECRET]).length > 0).map(({ command }) => command)).toEqual([])
  await app.stop()
  const secrets = [SECRET, ...piecesOfKey(own.document.key)]
  expect(findInFiles(story.desktop.dataFolder, secrets)).toEqual([])
  expect(findInFiles(story.desktop.exports, secrets).length, 'the check itself sees what is there').toBeGreaterThan(0)
})
