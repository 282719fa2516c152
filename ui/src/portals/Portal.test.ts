import { flushSync, mount, unmount } from 'svelte'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ALLOWED } from '../app/permits'
import type { PortalTab } from '../app/route'
import type { CredentialView, LifetimeView, PortalConnectionView, VocabularyName } from '../tauri'
import { credential, FakeCore, validity } from '../testing/fake_core'
import Portal from './Portal.svelte'

const URL = 'https://orders.example'
const REFUSED = { ...ALLOWED, allowed: false, reason: 'The portal Orders is in SAP.', hint: 'Do it there.' }

const imported = (lifetime: LifetimeView, changes: Partial<CredentialView> = {}): CredentialView => ({
  ...credential,
  origin: { origin: 'imported', url: URL, tokenUrl: `${URL}/oauth/token`, certUrl: null },
  kind: { kind: 'clientSecret', lifetime },
  ...changes,
})

const inSap = (...credentials: CredentialView[]): PortalConnectionView => ({
  portal: { id: 'p1', name: 'Orders', subaccount: 'orders-prod', kind: 'inSap', address: URL, vocabulary: 'newDesign', createdAt: '2026-11-21T05:36:00Z' },
  url: URL,
  tokenUrl: null,
  certUrl: null,
  credentials,
  applied: { applied: 'nowhere' },
  ownHub: null,
  mayOpen: ALLOWED,
  mayChange: ALLOWED,
  mayGenerate: REFUSED,
  mayImport: ALLOWED,
  mayRetire: ALLOWED,
  mayHandOver: ALLOWED,
  mayDelete: ALLOWED,
})

const here = (vocabulary: VocabularyName, ...credentials: CredentialView[]): PortalConnectionView => {
  const view = inSap(...credentials)
  return { ...view, portal: { ...view.portal, kind: 'local', address: null, vocabulary }, mayGenerate: ALLOWED, mayImport: REFUSED }
}

let core: FakeCore
let shown: Record<string, unknown> | undefined

async function settle() {
  for (let turn = 0; turn < 5; turn++) await new Promise((done) => setTimeout(done))
  flushSync()
}

async function show(view: PortalConnectionView, tab: PortalTab = 'connection') {
  core = new FakeCore({
    get_portal_connection: () => view,
    rename_portal: () => view,
    set_portal_vocabulary: ({ vocabulary }) => ({ ...view, portal: { ...view.portal, vocabulary } }),
  })
  shown = mount(Portal, { target: document.body, props: { portalId: 'p1', tab } })
  await settle()
}

const words = () => document.body.textContent!.replace(/\s+/g, ' ')
const button = (name: string) => [...document.querySelectorAll('button')].find((each) => each.textContent!.replace(/\s+/g, ' ').trim() === name)

async function press(name: string) {
  button(name)!.click()
  await settle()
}

beforeEach(() => {
  Element.prototype.scrollIntoView = vi.fn()
})

afterEach(() => {
  if (shown) void unmount(shown)
  shown = undefined
  document.body.innerHTML = ''
})

describe('the page of a portal in SAP', () => {
  it('says where it lives, and which URLs are not known', async () => {
    await show(inSap(), 'configure')
    expect(words()).toContain('In SAP')
    expect(words()).toContain(URL)
    expect(words()).toContain('Unknown: no current credentials name it')
  })

  it('imports credentials; it generates none', async () => {
    await show(inSap(imported({ lifetime: 'ofServiceKey' })))
    expect(button('Generate Credentials') ?? button('Regenerate Credentials')).toBeUndefined()
    await press('Import Credentials…')
    expect(location.hash).toBe('#/portals/p1/import')
    expect(words()).not.toContain('Service key key')
  })

  it('shows how long each credential lives, as far as somebody said so', async () => {
    await show(
      inSap(
        imported({ lifetime: 'ofServiceKey' }),
        imported({ lifetime: 'unknown' }, { id: 'c2', validity: { ...validity, text: 'end not known', standing: 'notKnown' }, state: { state: 'superseded', at: '2026-11-21T05:36:00Z' } }),
        imported({ lifetime: 'generated', at: '2026-03-01T00:00:00Z' }, {
          id: 'c3',
          validity: { until: '2027-03-01T00:00:00Z', near: false, text: '12 days left', why: '', daysLeft: 12, standing: 'endsSoon' },
        }),
      ),
    )
    const cards = [...document.querySelectorAll('section')].map((card) => card.textContent!)
    expect(cards[0]).toContain('no expiry')
    expect(cards[1]).toContain('end not known')
    expect(cards[2]).toContain('12 days left')
  })

  it('notes the day when somebody finds it out', async () => {
    await show(inSap(imported({ lifetime: 'unknown' })))
    await press('Set Date…')
    const dialog = document.querySelector('[role=dialog]')!
    dialog.querySelector<HTMLInputElement>('[value=generated]')!.click()
    flushSync()
    const day = dialog.querySelector<HTMLInputElement>('[type=date]')!
    day.value = '2026-03-01'
    day.dispatchEvent(new Event('input', { bubbles: true }))
    await press('Save')
    expect(core.of('set_lifetime')).toEqual([{ id: 'c1', lifetime: { lifetime: 'generated', at: '2026-03-01T00:00:00.000Z' } }])
  })

  it('tells the buttons of two cards apart for those who hear them', async () => {
    const former = { id: 'c2', clientId: 'sb-former!b1', state: { state: 'superseded', at: '2026-11-21T05:36:00Z' } } as const
    await show(inSap(imported({ lifetime: 'ofServiceKey' }), imported({ lifetime: 'ofServiceKey' }, former)))
    const buttons = [...document.querySelectorAll('button')].filter((button) => button.textContent!.trim() === 'Remove from Drawbridge…')
    const described = buttons.map((button) => button.getAttribute('aria-describedby')!.split(' ').map((id) => document.getElementById(id)!.textContent!.trim()))
    expect(described[1]).toEqual(['sb-former!b1', 'Superseded'])
    expect(described[0]![1]).toBe('Current')
  })

  it('says that removing them here leaves the key in the portal', async () => {
    await show(inSap(imported({ lifetime: 'ofServiceKey' })))
    await press('Remove from Drawbridge…')
    expect(document.querySelector('[role=dialog]')!.textContent).toContain('The portal accepts them until you delete their service key in the BTP cockpit')
  })

  it('hands out nothing whose secret is not in the keychain, and says so', async () => {
    const gone = { ...ALLOWED, allowed: false, reason: 'The secret is not in this keychain.', hint: 'Regenerate the credentials.' }
    await show(inSap(imported({ lifetime: 'ofServiceKey' }, { secretThere: gone })))
    for (const name of ['Copy', 'Export…']) expect(button(name)!.getAttribute('aria-disabled'), name).toBe('true')
    expect(words()).toContain('The secret is not in this keychain. Regenerate the credentials.')
    await press('Copy')
    expect(core.of('copy_credentials')).toEqual([])
  })

  it('offers to submit only what has not ended', async () => {
    await show(inSap(imported({ lifetime: 'unknown' })))
    expect(words()).toContain('Next: copy or export the credentials')
    void unmount(shown!)
    await show(inSap(imported({ lifetime: 'unknown' }, { validity: { ...validity, standing: 'ended', text: 'expired 2 days ago' } })))
    expect(words()).not.toContain('Next: copy or export the credentials')
  })

  it('shows beside Connected what the last test found, and paints only that', async () => {
    const finding = { stage: { code: 'token' as const, name: 'Token' }, code: 'key_deleted', message: 'The key was deleted.', short: 'Service key deleted', remedy: '', seen: '', repair: 'reestablish' as const }
    const health = { outcome: { outcome: 'failing' as const, finding }, postponed: null, checkedAt: '2026-11-21T05:36:00Z', lastSuccess: null, due: false, doubt: null }
    const applied = { applied: 'to' as const, requestId: 'r1', hubId: 'h1', hub: 'Group Hub', alias: 'shop', requestState: 'approved' as const, kind: 'local' as const, vocabulary: 'newDesign' as const, health }
    await show({ ...inSap(), applied }, 'configure')
    const statuses = [...document.querySelectorAll('dd .fd-object-status')]
    const painted = (text: string) => statuses.find((status) => status.textContent!.includes(text))!.className.match(/--(positive|negative)/)?.[1]
    expect(painted('Connected to Group Hub')).toBeUndefined()
    expect(painted('Service key deleted')).toBe('negative')
  })

  it.each([
    ['instances', 'Service instances are managed in the BTP cockpit'],
    ['instances', 'Open the subaccount orders-prod in the BTP cockpit'],
    ['apis', 'Its APIs are managed in SAP'],
  ] as const)('says where its %s are managed', async (tab, sentence) => {
    await show(inSap(), tab)
    expect(words()).toContain(sentence)
    expect(core.asked.filter(({ command }) => /list_(apis|service_instances)/.test(command))).toEqual([])
  })

  it('opens the BTP cockpit, where its keys are made', async () => {
    await show(inSap(), 'instances')
    await press('Open the BTP Cockpit')
    expect(core.of('open_cockpit')).toHaveLength(1)
  })

  it('never sends anybody to the URL of the credentials to make others', async () => {
    await show(inSap())
    expect(words()).toContain('Create a service key in the BTP cockpit, in the subaccount orders-prod')
    expect(words()).not.toContain(URL)
  })
})

describe('the end of a portal', () => {
  const dialog = () => document.querySelector('[role=dialog]')!

  it('in SAP is to be forgotten, which changes nothing in SAP', async () => {
    await show(inSap(), 'configure')
    await press('Forget…')
    expect(dialog().textContent).toContain(`In SAP, at ${URL}, nothing changes.`)
    dialog().querySelector('form')!.requestSubmit()
    await settle()
    expect(core.of('forget_portal')).toEqual([{ id: 'p1' }])
    expect(core.of('delete_portal')).toEqual([])
  })

  it('that is local is to be deleted with all that it has, after its name was typed', async () => {
    await show(here('newDesign'), 'configure')
    await press('Delete Portal…')
    expect(dialog().textContent).toContain('its requests and connections at local hubs')
    const field = dialog().querySelector('input')!
    field.value = 'Orders'
    field.dispatchEvent(new Event('input', { bubbles: true }))
    flushSync()
    dialog().querySelector('form')!.requestSubmit()
    await settle()
    expect(core.of('delete_portal')).toEqual([{ id: 'p1', confirmation: 'Orders' }])
  })
})

describe('a portal gets another name', () => {
  it.each([
    ['in SAP with its subaccount', inSap(), 'Edit…', ['Name', 'Subaccount'], 'orders-prod'],
    ['that is local without it', here('newDesign'), 'Rename…', ['Name'], null],
  ] as const)('%s', async (_, view, button, fields, subaccount) => {
    await show(view, 'configure')
    await press(button)
    expect([...document.querySelectorAll('[role=dialog] label')].map((label) => label.textContent)).toEqual(fields)
    document.querySelector<HTMLFormElement>('[role=dialog] form')!.requestSubmit()
    await settle()
    expect(core.of('rename_portal')).toEqual([{ id: 'p1', name: 'Orders', subaccount }])
  })
})

describe('the page of a portal in each vocabulary', () => {
  const title = () => document.querySelector('h1')!.textContent
  const path = () => [...document.querySelectorAll('nav li')].map((step) => step.textContent!.trim())

  it.each([
    ['newDesign', 'Onboarding Settings', ['Portals', 'Orders'], 'API Business Hub Enterprise'],
    ['classicDesign', 'Onboarding Settings', ['Portals', 'Orders'], 'API Business Hub Enterprise'],
    ['developerHub', 'APIs', ['Portals', 'Orders', 'Settings'], 'Developer Hub'],
  ] as const)('%s has its path, title and cards', async (vocabulary, heading, way, hub) => {
    await show(here(vocabulary))
    expect(title()).toBe(heading)
    expect(path()).toEqual(way)
    const tabs = [...document.querySelectorAll('[role=tab]')].map((tab) => tab.textContent!.trim())
    expect(tabs.slice(0, 2)).toEqual(['Configure', 'Connection'])
    expect(words()).toContain(`Connect the API Portal to the ${hub}`)
    expect(words()).toContain(`Connect the API Portal to the centralized ${hub}`)
  })

  it('switches at once', async () => {
    await show(here('newDesign'))
    await press('SAP labels: New Design')
    ;[...document.querySelectorAll<HTMLElement>('[role=menuitemradio]')].find((item) => item.textContent!.includes('Developer Hub'))!.click()
    await settle()
    expect(core.of('set_portal_vocabulary')).toEqual([{ id: 'p1', vocabulary: 'developerHub' }])
    expect(title()).toBe('APIs')
  })
})
