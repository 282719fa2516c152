// PingOne: Account > Integration > Connection API Credentials, as its documentation tells it, step by step.

import { spawn } from 'node:child_process'
import { readFileSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { By, Key, type WebElement } from 'selenium-webdriver'
import { describe, expect, test } from 'vitest'
import type { App } from '../support/app.ts'
import { journey } from '../support/journey.ts'
import { findIn, findInFiles } from '../support/leaks.ts'
import { until } from '../support/processes.ts'
import { Screens } from '../support/screens.ts'

const story = journey()
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/
const CHOSEN = 'Zug-nach-Pankow+1983/ohne=Halt'

let app: App
let screens: Screens
let clientId: string
let first: string

/** The row of the credentials with this description. */
async function row(description: string): Promise<WebElement> {
  return until(`the row ${description}`, async () => {
    const list = await app.find('list', 'Connection API Credentials')
    for (const item of await app.all('listitem', undefined, { in: list }))
      if ((await app.textOf(item)).includes(description)) return item
    return undefined
  })
}

/** Types into the field *Client Secret* of a dialog: a password field, which has no role of its own. */
async function typeSecret(dialog: WebElement, secret: string): Promise<void> {
  const field = await until('the field Client Secret', () => dialog.findElement(By.css('input[type=password]')))
  await app.press(field)
  await app.chord(Key.CONTROL, 'a')
  await app.keys(secret)
}

async function addSecret(description: string, secret = ''): Promise<void> {
  await app.press(await app.first('button', 'Add Secret'))
  const dialog = await app.find('dialog', 'Add Secret')
  await app.fill('Short Description', description, { in: dialog })
  await app.click('button', 'Next', { in: dialog })
  await app.see('Step 2 of 2', { in: dialog })
  if (secret) await typeSecret(dialog, secret)
  await app.click('button', 'Done', { in: dialog })
  await app.gone('dialog')
  await app.see('The credentials are added.')
}

async function copied(description: string): Promise<string> {
  const credentials = await row(description)
  await screens.agreeTo('copy_client_secret', () => app.click('button', 'Copy', { in: credentials }))
  await app.see('The client secret is in the clipboard')
  return story.desktop.clipboard()
}

test('an account is added, and its page is where PingOne has it', async () => {
  app = await story.app()
  screens = new Screens(app, story.desktop)
  await screens.welcome('Alice Example', 'alice@example.com')
  await screens.go('PingOne')
  await app.see('No accounts yet')
  await app.press(await app.first('button', 'Add Account'))
  const dialog = await app.find('dialog', 'Add Account')
  await app.see('In PingOne nothing is created or changed.', { in: dialog })
  await app.fill('Name', 'Example Corp', { in: dialog })
  await app.click('radio', 'Local', { in: dialog })
  await app.click('button', 'Add', { in: dialog })
  await app.find('heading', 'Connection API Credentials')
  const path = await app.textOf(await app.find('navigation', 'Path'))
  expect(path.replace(/\s+/g, ' ')).toMatch(/Example Corp.*Account.*Integration/)
  await app.see('0 of 3 credentials')
})

test('Add Secret, Short Description, Next, Done: a generated secret, displayed only when it is revealed', async () => {
  await addSecret('Provisioning')
  await app.see('1 of 3 credentials')
  const text = await app.textOf(await row('Provisioning'))
  clientId = UUID.exec(text)![0]
  first = await copied('Provisioning')
  expect(first.length, 'as many random bytes as other secrets have').toBeGreaterThanOrEqual(43)
  expect(await app.text(), 'the page holds no secret that nobody asked for').not.toContain(first)
  const provisioning = await row('Provisioning')
  await screens.agreeTo('reveal_client_secret', () => app.click('button', 'Reveal', { in: provisioning }))
  await app.see(first)
  await app.click('button', 'Hide', { in: await row('Provisioning') })
  await until('the secret to be hidden', async () => !(await app.text()).includes(first))
  const [item] = (await story.desktop.keyringItems()).filter(({ secret }) => secret === first)
  expect(item?.label, 'a person recognises it in the keychain').toContain('Example Corp')
})

test('a weak secret of one’s own is warned about, and accepted', async () => {
  await app.press(await app.first('button', 'Add Secret'))
  const dialog = await app.find('dialog', 'Add Secret')
  await app.click('button', 'Next', { in: dialog })
  await typeSecret(dialog, 'password1')
  await app.see('Someone could guess this secret.', { in: dialog })
  await app.chord(Key.CONTROL, 'a')
  await app.keys('   ')
  await app.click('button', 'Done', { in: dialog })
  await until('the refusal of a blank secret', async () => (await dialog.findElements(By.css('[aria-invalid=true]'))).length === 1)
  await typeSecret(dialog, 'password1')
  await app.click('button', 'Done', { in: dialog })
  await app.gone('dialog')
  await app.see('2 of 3 credentials')
})

test('the third is the last; the fourth is refused, with the reason', async () => {
  await addSecret('Reporting', CHOSEN)
  await app.see('3 of 3 credentials')
  const button = await app.first('button', 'Add Secret')
  await expect.poll(() => button.getAttribute('aria-disabled')).toBe('true')
  await app.press(button)
  await until('the reason', async () => /three|3/.test(await app.text()))
  expect(await app.has('dialog', 'Add Secret')).toBe(false)
})

test('the pencil changes description and secret; the client id stays, the former secret is kept', async () => {
  await app.click('button', 'Edit Provisioning')
  const dialog = await app.find('dialog', 'Edit Credentials')
  await app.fill('Short Description', 'Provisioning EU', { in: dialog })
  await app.click('radio', 'Generate a new one', { in: dialog })
  await app.fill(/^Keep the former secret/, '721', { in: dialog })
  await app.click('button', 'Save', { in: dialog })
  await app.see('720', { in: dialog })
  await app.fill(/^Keep the former secret/, '48', { in: dialog })
  await app.click('button', 'Save', { in: dialog })
  await app.gone('dialog')
  const text = await app.textOf(await row('Provisioning EU'))
  expect(text).toContain(clientId)
  expect(text).toContain('Former secret kept')
  expect(text).toMatch(/\((47 hours|2 days) left\)/)
  expect(await copied('Provisioning EU')).not.toBe(first)
})

test('Undo Replacement brings the former secret back, and can itself be undone', async () => {
  const second = await copied('Provisioning EU')
  await app.click('button', 'Undo Replacement', { in: await row('Provisioning EU') })
  await app.see('The former secret is the current one again.')
  expect(await copied('Provisioning EU')).toBe(first)
  await app.click('button', 'Undo Replacement', { in: await row('Provisioning EU') })
  await until('the second one to be back', async () => (await copied('Provisioning EU')) === second)
  await app.click('button', 'Delete Now', { in: await row('Provisioning EU') })
  await app.click('button', 'Delete Now', { in: await app.find('dialog', 'Delete Former Secret') })
  await app.gone('dialog')
  await until('the item to leave the keychain', async () => (await story.desktop.keyringItems()).every(({ secret }) => secret !== first))
})

test('Export… writes JSON for the owner only, after a preview without the secret', async () => {
  await app.click('button', /^Show|^Reporting|Reporting/, { in: await row('Reporting') }).catch(() => undefined)
  await app.click('button', 'Export…', { in: await row('Reporting') })
  const dialog = await app.find('dialog', 'Export Credentials')
  await app.see('clientSecret', { in: dialog })
  expect(await app.textOf(dialog)).not.toContain(CHOSEN)
  const path = `${story.desktop.exports}/reporting.json`
  await app.click('button', 'Export…', { in: dialog })
  await story.desktop.saveAs(path)
  await app.see(`exported to ${path}`)
  expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ clientSecret: CHOSEN, kind: 'local' })
  expect(statSync(path).mode & 0o777).toBe(0o600)
})

describe('an account in PingOne', () => {
  /** What PingOne shows. */
  const REAL = { id: '8f0a2c5e-77d1-4f43-9d4e-2f6f5b1c0a9d', secret: 'shown-by-PingOne+2/x=' }
  const NEXT = 'typed+into/PingOne=2'

  /** As PingOne does, knows one client; what it was asked is answered with 401 otherwise. */
  async function statusOf(script: string, id: string, secret: string): Promise<number | null> {
    const expected = `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`
    const server = createServer((request, response) => {
      response.writeHead(request.headers.authorization === expected ? 200 : 401).end('{}')
    })
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
    const { port } = server.address() as AddressInfo
    try {
      const child = spawn('sh', [script, 'idp-1'], { env: { ...process.env, PINGONE_URL: `http://127.0.0.1:${port}` }, stdio: 'ignore' })
      return await new Promise((ended) => child.on('exit', ended))
    } finally {
      server.close()
    }
  }

  async function exportScript(description: string, name: string): Promise<string> {
    await app.click('button', 'Export…', { in: await row(description) })
    const dialog = await app.find('dialog', 'Export Credentials')
    await app.click('radio', /curl/i, { in: dialog })
    await app.see('idp/2.0/spManaged', { in: dialog })
    const path = `${story.desktop.exports}/${name}.sh`
    await app.click('button', 'Export…', { in: dialog })
    await story.desktop.saveAs(path)
    await app.see(`exported to ${path}`)
    return path
  }

  test('its credentials are recorded as PingOne shows them, the secret pasted through the core', async () => {
    await screens.go('PingOne')
    await app.press(await app.first('button', 'Add Account'))
    let dialog = await app.find('dialog', 'Add Account')
    await app.fill('Name', 'Example Works', { in: dialog })
    await app.click('button', 'Add', { in: dialog })
    await app.see('Records of credentials that PingOne has.')
    await app.press(await app.first('button', 'Add Secret'))
    dialog = await app.find('dialog', 'Add Secret')
    await app.see('In PingOne nothing happens', { in: dialog })
    await app.fill('Client ID', REAL.id, { in: dialog })
    await app.fill('Short Description', 'Sync', { in: dialog })
    await screens.pasteSecret(await dialog.findElement(By.css('input[type=password]')), REAL.secret)
    await app.find('button', 'Clear', { in: dialog })
    await app.click('button', 'Done', { in: dialog })
    await app.gone('dialog')
    expect(await app.text()).toContain(REAL.id)
    expect(findIn(await app.text(), [REAL.secret])).toEqual([])
    const script = await exportScript('Sync', 'recorded')
    expect(await statusOf(script, REAL.id, REAL.secret), 'a server that knows this client').toBe(0)
    expect(await statusOf(script, REAL.id, 'another secret'), 'a server that does not').not.toBe(0)
  })

  test('its secret is replaced, with what is to be done in PingOne, and the next export has it', async () => {
    await app.click('button', 'Edit Sync')
    const dialog = await app.find('dialog', 'Edit Credentials')
    await app.see('Changes the record only.', { in: dialog })
    await app.click('radio', 'Enter one', { in: dialog })
    await typeSecret(dialog, NEXT)
    await app.click('button', 'Save', { in: dialog })
    await app.gone('dialog')
    await app.see('PingOne accepts the new one only after you enter it there')
    const script = await exportScript('Sync', 'replaced')
    expect(await statusOf(script, REAL.id, NEXT)).toBe(0)
    expect(await statusOf(script, REAL.id, REAL.secret)).not.toBe(0)
  })

  test('a secret made here is not finished until the client id of PingOne is entered', async () => {
    await app.press(await app.first('button', 'Add Secret'))
    const dialog = await app.find('dialog', 'Add Secret')
    await app.click('radio', 'Make a secret for PingOne', { in: dialog })
    await app.fill('Short Description', 'Nightly', { in: dialog })
    await app.click('button', 'Done', { in: dialog })
    await app.gone('dialog')
    const waiting = await row('Nightly')
    await app.see('Not finished: the client ID from PingOne is missing.', { in: waiting })
    const refused = await app.find('button', 'Export…', { in: waiting })
    expect(await refused.getAttribute('aria-disabled')).toBe('true')
    await screens.agreeTo('copy_client_secret', () => app.click('button', 'Copy the client secret', { in: waiting }))
    await app.see('The client secret is in the clipboard')
    const made = await story.desktop.clipboard()
    await app.fill('Client ID', 'shown-after-done', { in: waiting })
    await app.click('button', 'Save', { in: waiting })
    await app.see('The credentials are complete.')
    const script = await exportScript('Nightly', 'made-here')
    expect(await statusOf(script, 'shown-after-done', made)).toBe(0)
    expect(findInFiles(story.desktop.dataFolder, [REAL.secret, NEXT, made])).toEqual([])
  })

  test('it is forgotten, and the dialog says that nothing changes in PingOne', async () => {
    await app.choose('More', 'Forget…')
    const dialog = await app.find('dialog', 'Forget Account')
    await app.see('In PingOne nothing changes', { in: dialog })
    await app.fill(/^Type the name/, 'Example Works', { in: dialog })
    await app.click('button', 'Forget', { in: dialog })
    await app.gone('dialog')
  })
})

test('Activity tells all of it, and no secret lies anywhere but in the keychain', async () => {
  await screens.go('Activity')
  await app.see('Reporting')
  const secrets = [first, CHOSEN, 'password1']
  expect(findIn(await app.text(), secrets)).toEqual([])
  expect(findInFiles(story.desktop.dataFolder, secrets)).toEqual([])
})

test('an account is removed by typing its name; its secrets leave the keychain', async () => {
  await screens.go('PingOne')
  await app.click('link', 'Example Corp')
  await app.choose('More', 'Remove…')
  const dialog = await app.find('dialog', 'Remove Account')
  await app.fill(/^Type the name/, 'Example Corp', { in: dialog })
  await app.click('button', 'Remove', { in: dialog })
  await app.gone('dialog')
  await app.see('No accounts yet')
  await until('the keychain to be empty of them', async () => (await story.desktop.keyringItems()).every(({ secret }) => secret !== CHOSEN))
})
