// The webview is treated as hostile: what a script in it, say of a compromised package, could try to get out.

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { App } from '../support/app.ts'
import { ROOT } from '../support/binaries.ts'
import { journey } from '../support/journey.ts'
import { findIn } from '../support/leaks.ts'
import { OUTSIDE, OwnNetwork, WAYS_OUT } from '../support/own_network.ts'
import { pause, until } from '../support/processes.ts'
import { Screens } from '../support/screens.ts'

const story = journey({ ownNetwork: true })
let app: App
let pingOneCredential: string

const CONFIG = JSON.parse(readFileSync(`${ROOT}/tauri.conf.json`, 'utf8')) as { app: { security: { csp: string } } }

/** Long enough for what gets out to be seen: all of it comes within half a second on two cores. */
const SECONDS = 4

/** Ways that this engine does not have, or does not go when nobody looks at the page: no control can show them. */
const NOT_SEEN = ['dnsprefetch', 'prefetch', 'prerender', 'icon', 'manifest', 'speculation', 'location', 'open', 'frame']
const NOT_SEEN_EITHER = ['object', 'embed', 'transport', 'worker', 'form', 'refresh', 'stun']

describe('promise A2: the page reaches no name and no address', () => {
  test('a plain window of the same engine, without the policy and the proxy, is seen at every way out that it has', async () => {
    const network = new OwnNetwork(story.desktop, 'without')
    await network.tryPlainWindow(SECONDS)
    const all = [...WAYS_OUT.matchAll(/^ {4}(\w+): \(at\)/gm)].map(([, way]) => way!)
    expect(all.length, 'the ways are found in their file').toBeGreaterThan(30)
    expect(network.seen()).toEqual(all.filter((way) => ![...NOT_SEEN, ...NOT_SEEN_EITHER].includes(way)).sort())
  })

  test('the policy alone does not keep such a window in', async () => {
    const network = new OwnNetwork(story.desktop, 'without-proxy')
    await network.tryPlainWindow(SECONDS, { policy: CONFIG.app.security.csp })
    expect(network.seen(), 'what a page knows can leave in a name').toEqual(expect.arrayContaining(['anchor', 'preconnect']))
  })

  test('the app looks up no name and opens no connection, whatever its page tries', async () => {
    app = await story.app()
    await new Screens(app, story.desktop).welcome('Alice Example', 'alice@example.com')
    const before = await app.driver.getCurrentUrl()
    const { host, port } = OUTSIDE
    const { ways } = await app.driver.executeScript<{ ways: string[] }>(`return (${WAYS_OUT})(...arguments)`, host, port)
    expect(ways, 'the script came to its end').toContain('stun')
    // The same again by plain http and to this computer: a proxy may be passed by for such addresses.
    await app.driver.executeScript(
      `const out = arguments[0]
       for (const rel of ['preconnect', 'dns-prefetch']) document.head.append(Object.assign(document.createElement('link'), { rel, href: out }))
       document.body.append(Object.assign(document.createElement('a'), { id: 'out', href: out + '/link' })); document.getElementById('out').click()
       fetch(out + '/fetch').catch(() => {})
       new Image().src = out + '/image'
       setTimeout(() => { location.href = out + '/address' }, 0)`,
      `http://127.0.0.1:${port}`,
    )
    await pause(SECONDS * 1_000)
    expect((await app.takeComplaints()).length, 'the policy says no to most').toBeGreaterThanOrEqual(5)
    expect(story.network.seen(), 'a pasted document could be read by such a script').toEqual([])
    expect((await app.driver.getCurrentUrl()).split('#')[0], 'the window stays in the app').toBe(before)
    expect(await story.desktop.windows('Drawbridge'), 'no second window').toHaveLength(1)
    // What was put into the page is not part of the story that follows.
    await app.driver.navigate().refresh()
  })
})

test('nothing of Tauri itself answers, only the commands of the app', async () => {
  const answers = await app.driver.executeAsyncScript<Record<string, string>>(
    `const done = arguments[arguments.length - 1]
     const ask = (command, payload) => window.__TAURI_INTERNALS__.invoke(command, payload)
       .then(() => 'answered', (error) => 'refused: ' + JSON.stringify(error))
     Promise.all([
       ask('plugin:window|set_title', { label: 'main', value: 'x' }),
       ask('plugin:dialog|save', { options: {} }),
       ask('plugin:event|listen', { event: 'x', target: { kind: 'Any' }, handler: 1 }),
       ask('get_session', {}),
     ]).then(([title, dialog, listen, session]) => done({ title, dialog, listen, session }))`,
  )
  expect(answers.session).toBe('answered')
  for (const command of ['title', 'dialog', 'listen'] as const)
    expect(answers[command]).toMatch(/^refused: .*not allowed/)
})

test('of all replies about Connection API Credentials only that of Reveal carries a secret', async () => {
  const answering = story.desktop.answerQuestion('yes')
  const { replies, revealed, id } = await app.driver.executeAsyncScript<{ replies: string; revealed: string; id: string }>(
    `const [first, second, done] = arguments
     const ask = (command, payload) => window.__TAURI_INTERNALS__.invoke(command, payload)
     const all = async () => {
       const account = await ask('create_pingone_account', { name: 'Acme', kind: 'local' })
       const request = { accountId: account.id, description: '', clientSecret: { source: 'typed', text: first } }
       const added = await ask('add_connection_credential', { request })
       const id = added.id
       const seen = async () => (await ask('get_pingone_account', { id: account.id })).credentials[0].secretChangedAt
       const edit = { id, description: 'Sync', secret: 'choose', clientSecret: { source: 'typed', text: second }, graceHours: 24 }
       const replies = [
         account,
         added,
         await ask('edit_connection_credential', { request: edit }),
         await ask('edit_connection_credential', { request: { ...edit, graceHours: 721 } }).catch((error) => error),
         await ask('judge_client_secret', { accountId: account.id, clientSecret: { source: 'typed', text: first } }),
         await ask('undo_secret_replacement', { id, seen: await seen() }),
         await ask('drop_former_secret', { id, seen: await seen() }),
         await ask('get_pingone_account', { id: account.id }),
         await ask('list_pingone_accounts', {}),
         await ask('preview_connection_export', { id, format: 'json' }),
         await ask('preview_connection_export', { id, format: 'environment' }),
         await ask('preview_connection_export', { id, format: 'curl' }),
         await ask('list_activity', { request: { search: '', offset: 0, limit: 100 } }),
       ]
       return { id, replies: JSON.stringify(replies), revealed: (await ask('reveal_client_secret', { id }))?.clientSecret ?? '' }
     }
     all().then(done, (error) => done({ id: '', replies: JSON.stringify(error), revealed: '' }))`,
    'pl4nted-first-secret-of-acme',
    'pl4nted-second-secret-of-acme',
  )
  await answering
  pingOneCredential = id
  expect(revealed, replies).toBe('pl4nted-first-secret-of-acme')
  expect(replies).toContain('Sync')
  expect(replies).not.toMatch(/pl4nted|first-secret|second-secret/)
})

test('text is never run as a program', async () => {
  const run = await app.driver.executeAsyncScript<string>(
    `const done = arguments[arguments.length - 1]
     window.ran = ''
     const inline = document.createElement('script'); inline.textContent = 'window.ran += "inline "'; document.body.append(inline)
     const timer = setTimeout; try { timer('window.ran += "timer "', 0) } catch {}
     timer(() => done(window.ran), 200)`,
  )
  expect(await app.takeComplaints()).toHaveLength(2)
  expect(run).toBe('')
})

let exportable: string
const SECRET = 'pl4nted+s3cret/of$a=hostile-page'
/** Without the URL of a portal, which the page may give. */
const DOCUMENT = JSON.stringify({ tokenUrl: 'https://127.0.0.1:1/oauth/token', clientId: 'sb-hostile!b1', clientSecret: SECRET })

/** Asks the core as a script in the page can; the answer is awaited with `answered`. */
async function ask(name: string, command: string, payload: object = {}, channel = ''): Promise<void> {
  await app.driver.executeScript(
    `const [name, command, payload, channel] = arguments
     const core = window.__TAURI_INTERNALS__
     if (channel) payload[channel] = '__CHANNEL__:' + core.transformCallback(() => {})
     window.answers ??= {}
     core.invoke(command, payload).then(
       (answer) => (window.answers[name] = { answer }),
       (refused) => (window.answers[name] = { refused }),
     )`,
    name,
    command,
    payload,
    channel,
  )
}

async function answered<T>(name: string): Promise<T> {
  const read = () => app.driver.executeScript<{ answer?: T; refused?: unknown } | null>('return window.answers?.[arguments[0]] ?? null', name)
  const got = await until(`the answer to ${name}`, read)
  expect(got.refused, name).toBeUndefined()
  return got.answer as T
}

async function tell<T>(command: string, payload: object = {}, channel = ''): Promise<T> {
  await ask(command, command, payload, channel)
  return answered<T>(command)
}

test('no command that takes a document in or hands one out answers with a secret', async () => {
  await story.desktop.copyElsewhere(DOCUMENT)
  const pasted = await tell<{ id: string; text: string }>('paste_document')
  expect(pasted.text, 'the core did read it').toContain('"clientSecret":"•')

  const path = join(story.desktop.exports, 'held.json')
  writeFileSync(path, DOCUMENT)
  await ask('open_document', 'open_document')
  await story.desktop.openFile(path, 'Open file')
  const opened = await answered<{ id: string; text: string }>('open_document')
  expect(opened.text).toContain('"clientSecret":"•')
  await tell('release_document', { id: opened.id })

  const credentials = { document: { source: 'held', id: pasted.id }, password: '', choice: null, portalUrl: 'https://127.0.0.1:2' }
  const inspected = await tell<object>('inspect_document', { credentials, replaces: null })
  expect(JSON.stringify(inspected), 'it is recognised').toContain('sb-hostile!b1')
  await tell('test_connection', { run: 'hostile', target: { target: 'document', credentials } }, 'events')

  const lifetime = { lifetime: 'ofServiceKey' }
  await tell('track_portal', { request: { name: 'Hostile', subaccount: 'hostile', credentials, lifetime, confirmed: [] } })
  exportable = (await tell<{ id: string }[]>('list_exportable'))[0]!.id
  const ids = [exportable]
  const formats = await tell<{ format: string }[]>('list_export_formats', { ids })
  const request = { ids, password: '', legacy: false, keystore: 'pem' }
  for (const { format } of formats) {
    await ask(`preview of ${format}`, 'preview_export', { request: { ...request, format } })
    expect(JSON.stringify(await answered(`preview of ${format}`))).toContain('•')
  }
  await ask('export_credentials', 'export_credentials', { run: 'hostile', request: { ...request, format: 'connection' } }, 'progress')
  await story.desktop.saveAs(join(story.desktop.exports, 'hostile.json'))
  await answered('export_credentials')
  await ask('copy_credentials', 'copy_credentials', { id: ids[0] })
  await story.desktop.answerQuestion('yes')
  await answered('copy_credentials')

  const all = await app.driver.executeScript<string>('return JSON.stringify(window.answers)')
  expect(findIn(all, [SECRET])).toEqual([])
  expect(findIn((await app.replies()).map(({ text }) => text).join('\n'), [SECRET])).toEqual([])
})

/** Writes down every text that the page could get hold of by an event, and offers a field of its own. */
const EAVESDROP = `
  window.heard = []
  const hear = (event) => {
    const data = event.clipboardData ?? event.dataTransfer
    window.heard.push(event.type + ' ' + (data?.getData('text/plain') ?? event.data ?? ''))
  }
  for (const type of ['paste', 'drop', 'beforeinput', 'input']) window.addEventListener(type, hear, true)
  const trap = document.createElement('textarea'); trap.id = 'trap'; trap.setAttribute('aria-label', 'Trap')
  trap.style.cssText = 'position: fixed; inset: 4rem 4rem auto auto; z-index: 9999; width: 20rem; height: 6rem'
  document.body.append(trap)`
const heard = () =>
  app.driver.executeScript<string>(
    'return JSON.stringify([window.heard, document.getElementById("trap")?.value, document.body.innerText, [...document.querySelectorAll("textarea, input")].map((field) => field.value)])',
  )
const trapped = () => app.driver.executeScript<string>('return document.getElementById("trap").value')

describe('promise A3: no secret becomes text of the page by pasting', () => {
  test('a document that a person pastes into the box is held by the core', async () => {
    await new Screens(app, story.desktop).go('Portals')
    await app.click('button', 'Track a Portal in SAP…')
    await app.find('textbox', 'API Portal Access Credentials')
    await app.driver.executeScript(EAVESDROP)
    await app.paste('API Portal Access Credentials', DOCUMENT)
    await app.see('Clipboard')
    expect(findIn(await heard(), [SECRET])).toEqual([])
  })

  test('ordinary text goes where the caret is, by each gesture of a person', async () => {
    const field = await app.find('textbox', 'Trap')
    await story.desktop.copyElsewhere('EU-Shop;')
    await story.desktop.copyElsewhere('selected;', 'primary')
    const gestures: [string, () => Promise<unknown>][] = [
      ['EU-Shop;', () => story.desktop.press('ctrl+v')],
      ['EU-Shop;', () => story.desktop.press('ctrl+shift+v')],
      ['EU-Shop;', () => story.desktop.press('shift+Insert')],
      ['selected;', async () => {
        const { x, y } = await app.placeOnScreen(field)
        await story.desktop.run('xdotool', ['mousemove', String(x), String(y), 'click', '2'])
      }],
      ['EU-Shop;', async () => {
        await story.desktop.press('Menu')
        await pause(500) // the menu takes the keyboard
        await story.desktop.press('p')
      }],
    ]
    let expected = ''
    await app.press(field)
    for (const [text, gesture] of gestures) {
      await gesture()
      expected += text
      await until(`"${expected}" to stand there`, async () => (await trapped()) === expected).catch(async (error: unknown) => {
        throw new Error(`${String(error)}; there stands "${await trapped()}"`)
      })
    }
  })

  test('a document never gets into a field of the page, whichever way it is pasted', async () => {
    await story.desktop.copyElsewhere(DOCUMENT)
    await story.desktop.copyElsewhere(DOCUMENT, 'primary')
    const field = await app.find('textbox', 'Trap')
    const { x, y } = await app.placeOnScreen(field)
    await app.press(field)
    for (const gesture of ['ctrl+v', 'ctrl+shift+v', 'shift+Insert', '']) {
      const before = (await app.replies()).length
      if (gesture) await story.desktop.press(gesture)
      else await story.desktop.run('xdotool', ['mousemove', String(x), String(y), 'click', '2'])
      // The box has taken it, and asks what it is.
      await until('the document to be taken', async () => (await app.replies()).length > before)
    }
    expect(findIn(await heard(), [SECRET])).toEqual([])
    expect(await trapped()).not.toContain('client')
  })

  test('text that is dragged into the window is taken by the core', async () => {
    const { x, y } = await app.placeOnScreen(await app.find('textbox', 'Trap'))
    const before = (await app.replies()).length
    await story.desktop.dropText(DOCUMENT, { x, y })
    await until('the document to be taken', async () => (await app.replies()).length > before)
    expect(findIn(await heard(), [SECRET])).toEqual([])
  })
})

test('the page cannot read what *Copy* put into the clipboard, not even when the person acts (promise A3)', async () => {
  await ask('copied again', 'copy_credentials', { id: exportable })
  await answered('copied again')
  expect(await story.desktop.clipboard(), 'it is there').toContain(SECRET)
  // A click lets a script do more, and a pasting person brings the text.
  await app.driver.executeScript(`
    window.got = ''
    document.getElementById('trap').addEventListener('click', () => {
      navigator.clipboard?.readText().then((text) => (window.got += text), () => {})
      navigator.clipboard?.read().then((items) => items[0].getType('text/plain')).then((blob) => blob.text()).then((text) => (window.got += text), () => {})
      document.execCommand('paste')
    })`)
  await app.click('textbox', 'Trap')
  await story.desktop.press('ctrl+v')
  await pause(1_000)
  expect(findIn((await heard()) + (await app.driver.executeScript<string>('return window.got')), [SECRET])).toEqual([])
  const read = await app.driver.executeAsyncScript<string>(
    `const done = arguments[arguments.length - 1]
     const area = document.createElement('textarea'); document.body.append(area); area.focus()
     document.execCommand('paste')
     const clipboard = navigator.clipboard?.readText().catch(() => '') ?? ''
     Promise.race([clipboard, new Promise((late) => setTimeout(late, 2000, ''))]).then((text) => done(area.value + text))`,
  )
  expect(read).toBe('')
})

describe('promise A6: no script acts in the place of a person', () => {
  test('a secret is copied or revealed only when the person says so to the system', async () => {
    const id = pingOneCredential
    await story.desktop.copyElsewhere('of another program')
    await ask('copy', 'copy_client_secret', { id })
    await until('the question', () => story.desktop.isAsked())
    await ask('heaped', 'copy_client_secret', { id })
    const heaped = await until('the second answer', () => app.driver.executeScript<{ refused?: { message: string } }>('return window.answers.heaped ?? null'))
    expect(heaped.refused?.message, 'one question at a time').toBe('Drawbridge is asking something already.')
    await story.desktop.answerQuestion('no')
    expect(await answered('copy')).toBeNull()
    expect(await story.desktop.clipboard()).toBe('of another program')
  })

  test('a script cannot switch the question off', async () => {
    await ask('off', 'change_asking', { asks: false })
    await story.desktop.answerQuestion('no')
    expect(await answered<{ asksBeforeSecrets: boolean }>('off')).toMatchObject({ asksBeforeSecrets: true })
  })

  test('a locked screen wipes what is held, and what was agreed to is asked again', async () => {
    await story.desktop.copyElsewhere(DOCUMENT)
    const { id } = await tell<{ id: string }>('paste_document')
    const inspect = { credentials: { document: { source: 'held', id }, password: '', choice: null, portalUrl: '' }, replaces: null }
    await tell('inspect_document', inspect)
    await story.desktop.lockScreen()
    const refused = await until('the document to be wiped', async () => {
      await ask('again', 'inspect_document', inspect)
      return app.driver.executeScript<{ refused?: { message: string } } | null>('return window.answers.again?.refused ?? null')
    })
    expect(refused).toMatchObject({ message: 'This document is no longer held.' })
    await ask('asked again', 'copy_credentials', { id: exportable })
    await story.desktop.answerQuestion('no')
    expect(await answered('asked again')).toBeNull()
  })
})
