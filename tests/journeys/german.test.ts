// German on every screen: nothing is cut off or lies over something else, axe finds nothing; in three sizes, all four themes.
// The pictures are left in target/journeys/german/.

import { expect, test, vi } from 'vitest'
import type { App } from '../support/app.ts'
import { ROOT } from '../support/binaries.ts'
import { journey } from '../support/journey.ts'
import { findMisfits } from '../support/layout.ts'
import { until } from '../support/processes.ts'
import { Screens } from '../support/screens.ts'

// Each look takes twelve pictures.
vi.setConfig({ testTimeout: 300_000 })

const THEMES = ['morning', 'evening', 'contrast-white', 'contrast-black'] as const
/** The window's size, and how often the page is made larger by a fifth. */
const SIZES = [
  { name: '1024x700', width: 1024, height: 700, zoom: 0 },
  { name: '1440x900', width: 1440, height: 900, zoom: 0 },
  { name: '200 percent', width: 1440, height: 900, zoom: 5 },
]

/** A comma is missing. */
const DEFECT = '{"clientid": "a"\n "clientsecret": "b"}'

const story = journey({ screen: { width: 1440, height: 900 } })
let app: App
let screens: Screens
let looks = 0
const found: string[] = []

/** Looks at the window as it is now in every size and theme. */
async function look(name: string): Promise<void> {
  looks++
  for (const size of SIZES) {
    await app.driver.manage().window().setRect({ x: 0, y: 0, width: size.width, height: size.height })
    await app.zoom(size.zoom)
    found.push(...(await findMisfits(app)).map((misfit) => `${name}, ${size.name}: ${misfit}`))
    for (const theme of THEMES) {
      await app.driver.executeScript('document.documentElement.dataset.theme = arguments[0]', theme)
      await app.screenshot(`${ROOT}/target/journeys/german/${size.name}/${theme}/${String(looks).padStart(2, '0')}-${name}.png`)
      for (const { rule, help, elements } of await app.axe())
        found.push(`${name}, ${size.name}, ${theme}: ${rule} (${help})`, ...elements.map((element) => `    ${element}`))
    }
  }
  await app.driver.executeScript('document.documentElement.dataset.theme = arguments[0]', THEMES[0])
  // The driver counts in pixels of the screen: it would miss what it clicks.
  await app.zoom(0)
}

async function go(area: string, heading = area): Promise<void> {
  await app.click('link', area, { in: await app.find('navigation', 'Bereiche') })
  await app.find('heading', heading, { state: { level: 1 } })
}

/** Goes elsewhere from a form that holds what was typed. */
async function leave(area: string): Promise<void> {
  await app.click('link', area, { in: await app.find('navigation', 'Bereiche') })
  await app.click('button', 'Verlassen', { in: await app.find('dialog', 'Ohne Speichern verlassen?') })
  await app.find('heading', area, { state: { level: 1 } })
}

async function closeDialog(): Promise<void> {
  await app.click('button', 'Abbrechen', { in: await app.find('dialog') })
  await app.gone('dialog')
}

test('what there is to look at is made in English', async () => {
  app = await story.app()
  screens = new Screens(app, story.desktop)
  await screens.welcome('Alice Example', 'alice@example.com')
  await screens.useFreePorts()
  await screens.createPortal('EU Shop', 'shop-prod')
  await screens.generate('P-256')
  const { text } = await screens.exportCurrent(`${story.desktop.exports}/first.json`)
  await screens.createHub('Group Hub', 'hub-prod')
  await screens.openSubmission()
  await screens.submit({ alias: 'eu-shop', credentials: text, comment: 'The shop of the EU' })
})

test('text that lies over other text is found', async () => {
  await app.driver.executeScript(`
    const [low, next] = [document.createElement('div'), document.createElement('div')]
    low.style.setProperty('height', '4px')
    low.textContent = 'Words of a box that is too low'
    next.textContent = 'Words of the next one'
    low.className = next.className = 'added'
    document.querySelector('main').prepend(low, next)`)
  expect(await findMisfits(app)).toContain('text over text: "Words of the next one" and "Words of a box that is too low"')
  await app.driver.executeScript(`document.querySelectorAll('.added').forEach((added) => added.remove())`)
  expect(await findMisfits(app)).toEqual([])
})

test('the language changes at once, in what the core has said, too; what was typed stays', async () => {
  await screens.go('Portals')
  await app.click('button', /^Track a Portal in SAP/)
  await app.fill('Name', 'Sales Tenant')
  await app.paste('API Portal Access Credentials', DEFECT)
  await app.see('Line 1, column 17')
  await app.click('button', 'Language')
  await app.click('menuitemradio', 'Deutsch')
  await app.gone('menu')
  await app.find('navigation', 'Bereiche')
  await expect.poll(() => app.driver.executeScript('return document.documentElement.lang')).toBe('de')
  await app.see('Zeile 1, Spalte 17')
  await app.see('ein Komma fehlt')
  const typed = 'return [...document.querySelectorAll("input[type=text], textarea")].map(({ value }) => value)'
  expect(await app.driver.executeScript(typed)).toEqual(['Sales Tenant', '', DEFECT.replace(/"[ab]"/g, '"•"')])
})

test('the start page and the lists', async () => {
  await leave('Startseite')
  await look('startseite')
  await go('Portale')
  await look('portale')
  await go('Hubs')
  await look('hubs')
  await go('Aktivitäten')
  await look('aktivitaeten')
  await go('Personen und Rollen')
  await look('personen')
  await go('Einstellungen')
  await look('einstellungen')
})

test('a portal with its tabs and dialogs', async () => {
  await go('Portale')
  await app.click('link', 'EU Shop')
  await app.first('region', /^Zertifikat/)
  const languages = (await app.all('heading')).map((heading) => app.driver.executeScript<string>('return arguments[0].lang', heading))
  expect((await Promise.all(languages)).slice(0, 2), 'Onboarding Settings is English, Zertifikat is not').toEqual(['en', ''])
  await look('portal')
  await app.click('button', 'Regenerate Credentials')
  await app.find('dialog')
  await look('erzeugen')
  await closeDialog()
  await app.click('button', 'Exportieren…')
  await app.find('dialog')
  await look('exportieren')
  await closeDialog()
  for (const tab of ['Configure', 'Service Instances', 'APIs']) {
    await app.click('tab', tab)
    await app.find('tab', tab, { state: { selected: true } })
    await look(tab.toLowerCase())
  }
})

test('a document with a defect, told in German', async () => {
  await go('Portale')
  await app.click('button', /^Portal in SAP verfolgen/)
  await app.find('heading', /^Portal in SAP verfolgen/)
  await story.desktop.copyElsewhere(DEFECT)
  await app.click('button', 'Einfügen')
  await until('a finding', async () => /Zeile 1, Spalte 17/.test(await app.text()))
  await look('defekt')
})

test('a hub in its vocabularies', async () => {
  await leave('Hubs')
  await app.click('link', 'Group Hub')
  await app.find('heading', 'Manage Connections')
  await look('hub')
  await app.click('button', /^SAP-Bezeichnungen: New Design/)
  await app.click('menuitemradio', 'Classic Design')
  await app.gone('menu')
  await app.find('link', /^Manage API Portal Connections/)
  await look('hub-classic')
  await app.click('link', /^Manage API Portal Connections/)
  await app.find('heading', 'Manage API Portal Connections')
  await look('hub-classic-entscheiden')
})

test('PingOne', async () => {
  await go('PingOne', 'PingOne-Konten')
  await look('konten')
  await app.press(await app.first('button', 'Konto hinzufügen'))
  const dialog = await app.find('dialog', 'Konto hinzufügen')
  await app.fill('Name', 'Example Corp', { in: dialog })
  await look('konto-hinzufuegen')
  await app.click('radio', 'Lokal', { in: dialog })
  await app.click('button', 'Hinzufügen', { in: dialog })
  await app.find('heading', 'Connection API Credentials')
  await app.press(await app.first('button', 'Add Secret'))
  const adding = await app.find('dialog', 'Add Secret')
  await app.fill('Short Description', 'Bereitstellung', { in: adding })
  await app.click('button', 'Next', { in: adding })
  await look('secret')
  await app.click('button', 'Done', { in: adding })
  await app.gone('dialog')
  // The confirmation goes by itself after some seconds, in the middle of the looks.
  await app.click('button', 'Ausblenden')
  await look('konto')
  await app.click('button', 'Bereitstellung bearbeiten')
  await app.click('radio', 'Selbst eingeben')
  await look('bearbeiten')
  await closeDialog()
})

test('nothing was cut off or lay over something else, and axe found nothing', () => {
  expect(found.join('\n')).toBe('')
})
