// What people do on the screens, step by step; shared by the journeys and the tour.

import { readFileSync } from 'node:fs'
import type { WebElement } from 'selenium-webdriver'
import type { App } from './app.ts'
import { freePort, type Desktop } from './desktop.ts'
import { pause, until } from './processes.ts'

export type Area = 'Home' | 'PingOne' | 'Portals' | 'Hubs' | 'Activity' | 'People & Roles' | 'Settings'
export type HubTab = 'Pending Requests' | 'Approved Requests' | 'Rejected Requests' | 'Destinations'
export type PortalTab = 'Configure' | 'Connection' | 'Service Instances' | 'APIs'
export type Theme = 'Morning Horizon (light)' | 'Evening Horizon (dark)' | 'High Contrast White' | 'High Contrast Black'

export const ROLES = {
  portal: 'APIPortal.Administrator',
  requester: 'AuthGroup.APIPortalRegistration',
  hub: 'AuthGroup.API.Admin',
} as const

export type Kind = 'RSA-2048' | 'P-256' | 'Client secret'

/** Shape A of the access credentials. */
export interface SecretDocument {
  url: string
  tokenUrl: string
  clientId: string
  clientSecret: string
}

/** Shape B of the access credentials. */
export interface CertificateDocument {
  url: string
  tokenurl: string
  certurl: string
  certificate: string
  key: string
}

export class Screens {
  readonly app: App
  readonly desktop: Desktop

  constructor(app: App, desktop: Desktop) {
    this.app = app
    this.desktop = desktop
  }

  // ---- People ----

  /** First start: the person who uses this installation, with all role collections. */
  async welcome(name: string, email: string): Promise<void> {
    await this.app.find('heading', 'Welcome to Drawbridge')
    await this.app.fill('Name', name)
    await this.app.fill('E-mail', email)
    await this.app.click('button', 'Start')
    await this.app.find('heading', 'Home')
  }

  async addPerson(name: string, email: string, roles: string[]): Promise<void> {
    await this.go('People & Roles')
    await this.app.click('button', 'Add Person')
    const dialog = await this.app.find('dialog', 'Add Person')
    await this.app.fill('Name', name, { in: dialog })
    await this.app.fill('E-mail', email, { in: dialog })
    for (const role of roles)
      await this.app.click('checkbox', new RegExp(`^${role.replaceAll('.', '\\.')}(?![.\\w])`), { in: dialog })
    await this.app.click('button', 'Save', { in: dialog })
    await this.app.gone('dialog')
    await this.app.find('heading', name)
  }

  async switchTo(name: string): Promise<void> {
    await this.app.click('button', /^Current person: /)
    await this.app.click('menuitemradio', name)
    await this.app.gone('menu')
    await this.app.find('button', `Current person: ${name}`)
  }

  async chooseTheme(theme: Theme): Promise<void> {
    await this.app.click('button', 'Theme')
    await this.app.click('menuitemradio', theme)
    await this.app.gone('menu')
    await this.app.settled()
  }

  async go(area: Area): Promise<void> {
    const areas = await this.app.find('navigation', 'Areas')
    await this.app.click('link', area, { in: areas })
    const heading = { role: 'heading', name: area === 'PingOne' ? 'PingOne Accounts' : area, where: { state: { level: 1 } } } as const
    const arrived = () => this.app.has(heading.role, heading.name, heading.where)
    // What is filled in is left on purpose.
    await until(`the page ${heading.name}, or the question before it`, async () => (await arrived()) || this.app.has('button', 'Leave'))
    if (!(await arrived())) await this.app.click('button', 'Leave')
    await this.app.find(heading.role, heading.name, heading.where)
  }

  // ---- Settings ----

  /** Lets the token service listen where no other journey's does; before the first portal, whose URLs name the ports. */
  async useFreePorts(): Promise<{ port: number; mutualTlsPort: number }> {
    const [port, mutualTlsPort] = await Promise.all([freePort(), freePort()])
    await this.go('Settings')
    for (const [name, value] of [['Port', port], ['Port for Mutual TLS', mutualTlsPort]] as const) {
      const field = await this.app.fill(name, String(value))
      const typed = await this.app.driver.executeScript('return arguments[0].value', field)
      if (typed !== String(value)) throw new Error(`the field ${name} holds ${typed}`)
    }
    await this.app.click('button', 'Save', { in: await this.app.find('form', 'Network address') })
    await this.app.see('The settings of the token service are saved.')
    return { port, mutualTlsPort }
  }

  // ---- Portal ----

  /** `sharesSubaccount` with a hub: the question whether to connect the two for good is answered with yes. */
  async createPortal(name: string, subaccount: string, sharesSubaccount = false): Promise<void> {
    await this.go('Portals')
    await this.#create('Create Local Portal', name, subaccount, sharesSubaccount)
    await this.app.find('heading', 'Onboarding Settings')
    await this.app.see(`${name} · Subaccount ${subaccount}`)
  }

  async openPortal(name: string): Promise<void> {
    await this.go('Portals')
    await this.app.click('link', name)
    await this.app.find('heading', 'Onboarding Settings')
    await this.app.see(`${name} · Subaccount`)
  }

  async openPortalTab(tab: PortalTab): Promise<void> {
    await this.app.click('tab', tab)
    await this.app.find('tab', tab, { state: { selected: true } })
  }

  /** Imports an OpenAPI document on the tab *APIs* through the native dialog. */
  async importApi(path: string): Promise<void> {
    await this.app.press(await this.app.first('button', /^Import/))
    await this.desktop.openFile(path, 'Import OpenAPI Document')
  }

  async #create(title: string, name: string, subaccount: string, sharesSubaccount = false): Promise<void> {
    // An empty list offers the button a second time, in its middle.
    await this.app.press(await this.app.first('button', `${title}…`))
    const dialog = await this.app.find('dialog', title)
    await this.app.fill('Name', name, { in: dialog })
    await this.app.fill('Subaccount', subaccount, { in: dialog })
    await this.app.click('button', 'Create', { in: dialog })
    if (sharesSubaccount) await this.app.click('button', 'Connect for Good', { in: dialog })
    await this.app.gone('dialog')
  }

  /** Generates credentials on the open portal page, or regenerates them where there are some. */
  async generate(kind: Kind): Promise<void> {
    await this.app.click('button', /^(Generate|Regenerate) Credentials$/)
    const dialog = await this.app.find('dialog', /^(Generate|Regenerate) Credentials$/)
    if (kind === 'Client secret') {
      await this.app.click('radio', 'Client secret', { in: dialog })
    } else {
      await this.app.click('radio', 'Certificate', { in: dialog })
      await this.app.click('radio', kind, { in: dialog })
    }
    await this.app.click('button', 'Generate', { in: dialog })
    await this.app.gone('dialog', undefined, { within: 20_000 })
  }

  /** The cards of the open portal page, newest first, as the words on them. */
  async cards(): Promise<{ element: WebElement; text: string }[]> {
    const elements = await this.app.all('region', /^(Certificate|Client secret)/)
    return Promise.all(elements.map(async (element) => ({ element, text: await this.app.textOf(element) })))
  }

  /** The card of the credential in this state. */
  async card(state: 'Current' | 'Superseded' | 'Revoked'): Promise<WebElement> {
    return until(`the ${state} credential`, async () => {
      const found = (await this.cards()).filter(({ text }) => text.split('\n').includes(state))
      return found.length === 1 && found[0]!.element
    })
  }

  /** The dialog of *Export…* for the current credential. */
  async openExport(): Promise<WebElement> {
    await this.app.click('button', 'Export…', { in: await this.card('Current') })
    return this.app.find('dialog', 'Export Credentials')
  }

  /** *Export…* of the current credential as connection JSON through the native dialog; returns what the file holds. */
  async exportCurrent<T = CertificateDocument>(path: string): Promise<{ document: T; text: string }> {
    await this.saveExport(await this.openExport(), path)
    const text = readFileSync(path, 'utf8')
    return { document: JSON.parse(text) as T, text }
  }

  /** Sends the dialog of *Export…*, answers the native dialog, and waits until the file is written. */
  async saveExport(dialog: WebElement, path: string): Promise<void> {
    await this.app.click('button', 'Export…', { in: dialog })
    await this.desktop.saveAs(path)
    await this.app.see(`exported to ${path}`)
  }

  // ---- Credentials from elsewhere ----

  /** Drags files from another program onto the box for credentials, and drops them there. */
  async dropFiles(paths: string[]): Promise<void> {
    const box = await this.app.find('textbox', 'API Portal Access Credentials')
    await this.desktop.dropFiles(paths, await this.app.placeOnScreen(box), () => this.app.see('Drop the file here'))
    await this.app.settled()
  }

  /**
   * Pastes a lone secret into a field *Client Secret*, by keys or by the menu of the field. The core holds it: the page says
   * only that there is one.
   */
  async pasteSecret(field: WebElement, secret: string, by: 'keys' | 'menu' = 'keys'): Promise<void> {
    await this.desktop.copyElsewhere(secret)
    await this.app.press(field)
    if (by === 'keys') {
      await this.desktop.press('ctrl+v')
    } else {
      await this.desktop.press('Menu')
      await pause(500) // the menu takes the keyboard
      await this.desktop.press('p')
    }
    await until('the secret to be held', async () => this.app.has('textbox', /^Client Secret/))
    const values = 'return [...document.querySelectorAll("input, textarea")].map(({ value }) => value).join("\\n") + document.documentElement.outerHTML'
    if ((await this.app.driver.executeScript<string>(values)).includes(secret)) throw new Error('the secret stands in the page')
  }

  /** Does what the system asks about before it happens, and agrees; not asked again within five minutes, it just happens. */
  async agreeTo(command: string, act: () => Promise<unknown>): Promise<void> {
    const done = async () => (await this.app.replies()).filter((reply) => reply.command === command).length
    const before = await done()
    await act()
    const asked = await until(`${command} to be asked about or done`, async () => {
      if (await this.desktop.isAsked()) return 'asked'
      return (await done()) > before && 'done'
    })
    if (asked === 'asked') await this.desktop.answerQuestion('yes')
    await until(`${command} to be done`, async () => (await done()) > before)
  }

  /** *Copy* of the current credential; returns what another program finds in the clipboard. */
  async copyCurrent<T = SecretDocument>(): Promise<{ document: T; text: string }> {
    const card = await this.card('Current')
    await this.agreeTo('copy_credentials', () => this.app.click('button', 'Copy', { in: card }))
    await this.app.see('The credentials are in the clipboard')
    const text = await this.desktop.clipboard()
    return { document: JSON.parse(text) as T, text }
  }

  // ---- Hub ----

  async createHub(name: string, subaccount: string): Promise<void> {
    await this.go('Hubs')
    await this.#create('Create Local Hub', name, subaccount)
    await this.app.find('heading', 'Manage Connections')
  }

  async openHubList(name: string): Promise<void> {
    await this.go('Hubs')
    await this.app.click('link', name)
    await this.app.find('heading', 'Manage Connections')
  }

  async openHub(name: string, tab: HubTab): Promise<void> {
    await this.openHubList(name)
    await this.openTab(tab)
  }

  async openTab(tab: HubTab): Promise<void> {
    await this.app.click('tab', new RegExp(`^${tab}`))
    await this.app.find('tab', new RegExp(`^${tab}`), { state: { selected: true } })
  }

  /** From the hub's page to the form of a new request. */
  async openSubmission(): Promise<void> {
    await this.openTab('Approved Requests')
    await this.app.click('button', 'Add New Connection')
    await this.app.find('heading', 'Submit Connection Request')
  }

  /** Fills the form of a new request. */
  async fillSubmission(request: { alias: string; credentials: string; comment?: string }): Promise<void> {
    await this.app.fill('API Portal Alias Name', request.alias)
    await this.app.paste('API Portal Access Credentials', request.credentials)
    await this.app.see('Recognised')
    if (request.comment) await this.app.fill('Comment', request.comment)
    await this.app.click('checkbox', /^I understand that the connection cannot be severed/)
  }

  /** Fills and sends the form of a new request. */
  async submit(request: { alias: string; credentials: string; comment?: string }): Promise<void> {
    await this.fillSubmission(request)
    await this.app.click('button', 'Submit')
    await this.app.find('heading', 'Manage Connections')
  }

  /** The row of a request on the hub's page. */
  async row(alias: string): Promise<WebElement> {
    return this.app.find('row', new RegExp(`(^|\\s)${alias}(\\s|$)`))
  }

  /** Opens the menu of a request's row. */
  async openActions(alias: string): Promise<void> {
    await this.app.click('button', /^Actions/, { in: await this.row(alias) })
    await this.app.find('menu')
  }

  /** Chooses in the menu of a request's row. */
  async act(alias: string, item: string): Promise<void> {
    await this.openActions(alias)
    await this.app.click('menuitem', item)
    await this.app.gone('menu')
  }

  /** The page of an approved connection, from the hub's list. */
  async openConnection(hub: string, alias: string): Promise<void> {
    await this.openHub(hub, 'Approved Requests')
    await this.app.click('button', `View ${alias}`)
    await this.app.find('heading', alias, { state: { level: 1 } })
  }

  /** Pastes new credentials on the page *Re-establish Connection* and sends them; leads to the connection. */
  async reestablish(alias: string, credentials: string): Promise<void> {
    await this.app.find('heading', 'Re-establish Connection')
    await this.app.paste('API Portal Access Credentials', credentials)
    await this.app.see('Recognised')
    await this.app.click('button', 'Submit')
    await this.app.see(`The connection ${alias} is re-established.`)
    await this.app.find('heading', alias, { state: { level: 1 } })
  }

  /** *Test Connection*; returns the stages as they read at the end. */
  async test(within?: WebElement): Promise<string[]> {
    const where = within ? { in: within } : {}
    await this.app.click('button', 'Test Connection', where)
    await this.app.find('list', 'Stages of the test', where)
    await this.app.gone('button', 'Cancel the test', { ...where, within: 30_000 })
    const list = await this.app.find('list', 'Stages of the test', where)
    const stages = await this.app.all('listitem', undefined, { in: list })
    return Promise.all(stages.map(async (stage) => (await this.app.textOf(stage)).replace(/\s+/g, ' ').trim()))
  }

  async approve(alias: string): Promise<void> {
    await this.act(alias, 'Approve')
    const dialog = await this.app.find('dialog', `Approve ${alias}`)
    await this.app.fill(/^Type the alias/, alias, { in: dialog })
    await this.app.click('button', 'Approve', { in: dialog })
    await this.app.gone('dialog')
    await this.app.see(`${alias} is connected.`)
  }
}
