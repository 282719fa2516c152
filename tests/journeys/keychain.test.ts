// The keychain is locked, out of bounds, dies, or was never there: a clear message each, nothing lost, nothing created.

import { readdirSync } from 'node:fs'
import { Key } from 'selenium-webdriver'
import { describe, expect, test } from 'vitest'
import type { App } from '../support/app.ts'
import { journey, type Journey } from '../support/journey.ts'
import { until } from '../support/processes.ts'
import { Screens } from '../support/screens.ts'

async function portal(story: Journey): Promise<{ app: App; screens: Screens }> {
  const app = await story.app()
  const screens = new Screens(app, story.desktop)
  await screens.welcome('Alice Example', 'alice@example.com')
  await screens.createPortal('EU Shop', 'shop-prod')
  return { app, screens }
}

/** Locks the keyring once the token service, which starts by itself, has its keys in it: nobody else is to ask for it then. */
async function lock({ desktop }: Journey): Promise<void> {
  const keys = 5 // its own two, those of the two authorities, and the item by which the keychain is known again
  await until('the token service to have its keys', async () => (await desktop.keyringItems()).length >= keys)
  await desktop.lockKeyring()
}

/** Tries to generate; returns the alert in the dialog, which stays open. */
async function generateInVain(app: App, button = 'Generate Credentials'): Promise<string> {
  await app.click('button', button)
  const dialog = await app.find('dialog', button)
  await app.click('button', 'Generate', { in: dialog })
  const text = await app.textOf(await app.find('alert', undefined, { in: dialog, within: 20_000 }))
  await app.click('button', 'Cancel', { in: dialog })
  await app.gone('dialog')
  return text
}

describe('a locked keyring', () => {
  const story = journey({ prompter: true })
  let app: App
  let screens: Screens

  test('asks the person; cancelled, nothing is generated and the message says what to do', async () => {
    ;({ app, screens } = await portal(story))
    await lock(story)
    await app.click('button', 'Generate Credentials')
    const dialog = await app.find('dialog', 'Generate Credentials')
    await app.click('button', 'Generate', { in: dialog })
    await until('the window to say what it waits for', async () => (await app.text()).includes('Waiting for the keychain'))
    await story.desktop.answerPrompt('cancel')
    const alert = await app.textOf(await app.find('alert', undefined, { in: dialog, within: 20_000 }))
    expect(alert).toContain('The keychain is locked')
    expect(alert, 'the user has to know that nothing is half done').toContain('Nothing was changed')
    await app.click('button', 'Cancel', { in: dialog })
    await app.gone('dialog')
    await app.find('heading', 'It seems you have not created a connection yet!')
  })

  test('unlocked by the person when it asks, the same click generates', async () => {
    await app.click('button', 'Generate Credentials')
    const dialog = await app.find('dialog', 'Generate Credentials')
    await app.click('button', 'Generate', { in: dialog })
    await story.desktop.answerPrompt('unlock')
    await app.gone('dialog', undefined, { within: 20_000 })
    await screens.card('Current')
    await app.gone('alert')
    expect((await story.desktop.keyringItems()).length, 'one key, and the authority’s').toBeGreaterThanOrEqual(1)
  })

  test('locked again, what exists is still shown, and nothing is taken for missing', async () => {
    // The portal's key, those of the two authorities, the two of the token service, which starts by itself, and the witness.
    await until('the token service to have its keys', async () => (await story.desktop.keyringItems()).length >= 5)
    const before = await story.desktop.keyringItems()
    await story.desktop.lockKeyring()
    const dialog = await screens.openExport()
    await app.click('button', 'Export…', { in: dialog })
    await story.desktop.saveAs(`${story.desktop.exports}/locked.json`)
    await story.desktop.answerPrompt('cancel')
    // The banner of the window says so, too, as soon as it knows.
    const alert = await app.textOf(await app.find('alert', undefined, { in: dialog, within: 20_000 }))
    expect(alert).toContain('The keychain is locked')
    await app.keys(Key.ESCAPE)
    await app.gone('dialog', 'Export Credentials')
    expect(readdirSync(story.desktop.exports), 'no empty or half export').toEqual([])
    await story.desktop.unlockKeyring()
    const ids = (items: typeof before) => items.map(({ attributes }) => JSON.stringify(attributes)).sort()
    expect(ids(await story.desktop.keyringItems()), 'nothing lost, nothing created').toEqual(ids(before))
    await screens.exportCurrent(`${story.desktop.exports}/unlocked.json`)
  })
})

describe('a keyring that nobody can unlock in this session', () => {
  const story = journey()

  test('is named as locked on every page, and offers to try again', async () => {
    const { app } = await portal(story)
    await lock(story)
    expect(await generateInVain(app)).toContain('The keychain is locked')
    await app.find('heading', 'It seems you have not created a connection yet!')
    await app.close()
    const again = await story.restart()
    await again.see('The keychain is locked')
    await story.desktop.unlockKeyring()
    await again.click('button', 'Retry')
    await again.gone('alert')
    const screens = new Screens(again, story.desktop)
    await screens.openPortal('EU Shop')
    await screens.generate('P-256')
    await screens.card('Current')
  })
})

describe('a keyring that this session may not talk to', () => {
  const story = journey({ keyring: 'denied' })

  test('is named as denied, with what to do, and nothing is created', async () => {
    const { app } = await portal(story)
    await app.see('Access to the keychain was denied')
    const alert = await generateInVain(app)
    expect(alert).toContain('Access to the keychain was denied')
    expect(alert).toContain('Allow Drawbridge to use the keychain')
    await app.find('heading', 'It seems you have not created a connection yet!')
  })
})

describe('no keyring service on the bus', () => {
  const story = journey({ keyring: 'none' })
  let app: App
  let screens: Screens

  test('is said at the start, with what to do', async () => {
    app = await story.app()
    screens = new Screens(app, story.desktop)
    await screens.welcome('Alice Example', 'alice@example.com')
    const alert = await app.textOf(await app.find('alert'))
    expect(alert).toContain('No keychain is available')
    expect(alert).toContain('Drawbridge never keeps secrets in files instead')
  })

  test('refuses to generate, and creates nothing', async () => {
    await screens.createPortal('EU Shop', 'shop-prod')
    expect(await generateInVain(app)).toContain('No keychain is available')
    await app.find('heading', 'It seems you have not created a connection yet!')
  })

  test('once a keyring is started, the same window generates', async () => {
    await story.desktop.startKeyring()
    await screens.generate('P-256')
    await screens.card('Current')
  })

  test('when the keyring dies, Regenerate changes nothing', async () => {
    await story.desktop.stopKeyring()
    expect(await generateInVain(app, 'Regenerate Credentials')).toContain('No keychain is available')
    await screens.card('Current')
    await expect.poll(() => screens.cards(), { message: 'the one that was there before' }).toHaveLength(1)
  })
})
