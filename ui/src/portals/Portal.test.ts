import { flushSync, mount, unmount } from 'svelte'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ALLOWED } from '../app/permits'
import type { PortalTab } from '../app/route'
import type { CredentialView, LifetimeView, PortalConnectionView, VocabularyName } from '../tauri'
import { credential, FakeCore, validity } from '../testing/fake_core'
import Portal from './Portal.svelte'

const URL = 'https://orders.example'
const REFUSED = { ...ALLOWED, allowed: false, reason: 'The portal Orders lives elsewhere.', hint: 'Do it there.' }

const imported = (lifetime: LifetimeView, changes: Partial<CredentialView> = {}): CredentialView => ({
  ...credential,
  origin: { origin: 'imported', url: URL, tokenUrl: `${URL}/oauth/token`, certUrl: null },
  kind: { kind: 'clientSecret', lifetime },
  ...changes,
})

const external = (...credentials: CredentialView[]): PortalConnectionView => ({
  portal: { id: 'p1', name: 'Orders', subaccount: 'orders-prod', elsewhere: URL, vocabulary: 'newDesign', createdAt: '2026-11-21T05:36:00Z' },
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
  const view = external(...credentials)
  return { ...view, portal: { ...view.portal, elsewhere: null, vocabulary }, mayGenerate: ALLOWED, mayImport: REFUSED }
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

describe('the page of a portal that lives elsewhere', () => {
  it('says where it lives, and which URLs are not known', async () => {
    await show(external(), 'configure')
    expect(words()).toContain('External')
    expect(words()).toContain(URL)
    expect(words()).toContain('Not known: no current credentials name it')
  })

  it('imports credentials; it generates none', async () => {
    await show(external(imported({ lifetime: 'ofServiceKey' })))
    expect(button('Generate Credentials') ?? button('Regenerate Credentials')).toBeUndefined()
    await press('Import Credentials…')
    expect(location.hash).toBe('#/portals/p1/import')
    expect(words()).not.toContain('Service key key')
  })

  it('shows how long each credential lives, as far as somebody said so', async () => {
    await show(
      external(
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
    await show(external(imported({ lifetime: 'unknown' })))
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
    await show(external(imported({ lifetime: 'ofServiceKey' }), imported({ lifetime: 'ofServiceKey' }, former)))
    const buttons = [...document.querySelectorAll('button')].filter((button) => button.textContent!.trim() === 'Retire')
    const described = buttons.map((button) => button.getAttribute('aria-describedby')!.split(' ').map((id) => document.getElementById(id)!.textContent!.trim()))
    expect(described[1]).toEqual(['sb-former!b1', 'Superseded'])
    expect(described[0]![1]).toBe('Current')
  })

  it('says that retiring here leaves the key in the portal', async () => {
    await show(external(imported({ lifetime: 'ofServiceKey' })))
    await press('Retire')
    expect(document.querySelector('[role=dialog]')!.textContent).toContain('The portal goes on accepting it until its service key is deleted in the BTP cockpit')
  })

  it.each(['instances', 'apis'] as const)('says where its %s are managed', async (tab) => {
    await show(external(), tab)
    expect(words()).toContain('are managed where it lives')
    expect(core.asked.filter(({ command }) => /list_(apis|service_instances)/.test(command))).toEqual([])
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
    await press('Vocabulary: New Design')
    ;[...document.querySelectorAll<HTMLElement>('[role=menuitemradio]')].find((item) => item.textContent!.includes('Developer Hub'))!.click()
    await settle()
    expect(core.of('set_portal_vocabulary')).toEqual([{ id: 'p1', vocabulary: 'developerHub' }])
    expect(title()).toBe('APIs')
  })
})
