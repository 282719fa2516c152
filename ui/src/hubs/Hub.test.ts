import { flushSync, mount, unmount } from 'svelte'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ALLOWED } from '../app/permits'
import type { HubTab } from '../app/route'
import type { HubPageView, ListRequestsRequest, RequestPermitsView, VocabularyName } from '../tauri'
import { FakeCore, hubPage, REFUSED, request } from '../testing/fake_core'
import Hub from './Hub.svelte'
import HubRequests from './HubRequests.svelte'

let core: FakeCore
let shown: Record<string, unknown> | undefined
let page: HubPageView
/** What the person may do with each request. */
let permits: RequestPermitsView

async function settle() {
  for (let turn = 0; turn < 6; turn++) await new Promise((done) => setTimeout(done))
  flushSync()
}

function answer(vocabulary: VocabularyName, changes: Partial<HubPageView> = {}) {
  page = hubPage(vocabulary, changes)
  const rows = () => (['pending', 'approved', 'rejected'] as const).map((state) => request(state, page.hub.vocabulary, { permits }))
  core = new FakeCore({
    get_hub_page: () => page,
    list_requests: ({ request: { state } }: { request: ListRequestsRequest }) => {
      const found = rows().filter((row) => state === null || row.state.state === state)
      return { matching: found.length, rows: found }
    },
    set_hub_vocabulary: ({ vocabulary }: { vocabulary: VocabularyName }) => {
      page = { ...page, hub: { ...page.hub, vocabulary } }
      return page.hub
    },
  })
}

async function show(vocabulary: VocabularyName, tab: HubTab = 'pending', changes: Partial<HubPageView> = {}) {
  answer(vocabulary, changes)
  shown = mount(Hub, { target: document.body, props: { hubId: `hub of ${vocabulary}`, tab } })
  await settle()
}

async function showRequests(list: 'establish' | 'manage', vocabulary: VocabularyName = 'classicDesign') {
  answer(vocabulary)
  shown = mount(HubRequests, { target: document.body, props: { hubId: 'h1', list } })
  await settle()
}

const words = (element: Element | null | undefined) => element?.textContent?.replace(/\s+/g, ' ').trim() ?? ''
const title = () => words(document.querySelector('h1'))
const path = () => [...document.querySelectorAll('nav li')].map(words)
const tabs = () => [...document.querySelectorAll('[role=tab]')].map(words)
const button = (name: string) => [...document.querySelectorAll('button')].find((each) => (each.getAttribute('aria-label') ?? words(each)) === name)
const item = (name: string) => [...document.querySelectorAll<HTMLElement>('[role^=menuitem]')].find((each) => words(each).startsWith(name))

async function press(name: string) {
  button(name)!.click()
  await settle()
}

async function choose(name: string) {
  item(name)!.click()
  await settle()
}

beforeEach(() => {
  permits = request('pending', 'newDesign').permits
  // jsdom lays nothing out; the table draws what is in view.
  vi.spyOn(Element.prototype, 'clientHeight', 'get').mockReturnValue(600)
  vi.spyOn(Element.prototype, 'clientWidth', 'get').mockReturnValue(1200)
  document.documentElement.style.fontSize = '16px'
  Element.prototype.scrollIntoView = vi.fn()
  Element.prototype.scrollTo = vi.fn() as never
})

afterEach(() => {
  if (shown) void unmount(shown)
  shown = undefined
  document.body.innerHTML = ''
  vi.restoreAllMocks()
})

describe('the page of a hub', () => {
  it.each([
    ['newDesign', 'Manage Connections', ['Hubs', 'Group Hub', 'Enterprise Manager']],
    ['developerHub', 'API Management Connections', ['Hubs', 'Group Hub', 'Admin Center']],
  ] as const)('in %s has its requests in tabs', async (vocabulary, heading, way) => {
    await show(vocabulary)
    expect(title()).toBe(heading)
    expect(path()).toEqual(way)
    expect(tabs()).toEqual(['Pending Requests (2)', 'Approved Requests (1)', 'Rejected Requests (4)', 'Destinations'])
    expect(button('Add New Connection')).toBeDefined()
  })

  it('in the Classic Design has the tab Manage with two tiles, and what they count', async () => {
    await show('classicDesign')
    expect(title()).toBe('Group Hub')
    expect(tabs()).toEqual(['Manage', 'Destinations'])
    const tiles = [...document.querySelectorAll('a.tile')]
    expect(tiles.map(words)).toEqual([
      'Establish API Portal Connectivity with API Business Hub Enterprise 1 of 3 portals connected',
      'Manage API Portal Connections 2 Submitted',
    ])
    expect(tiles.map((tile) => tile.getAttribute('href'))).toEqual(['establish', 'manage'].map((list) => `#/hubs/hub%20of%20classicDesign/requests/${list}`))
    expect(core.of('list_requests'), 'behind the tiles, not on them').toEqual([])
  })

  it('switches at once, and keeps what one looks for', async () => {
    await show('newDesign', 'approved')
    const search = document.querySelector<HTMLInputElement>('[role=searchbox]')!
    search.value = 'shop'
    search.dispatchEvent(new Event('input', { bubbles: true }))
    await settle()
    await press('SAP labels: New Design')
    await choose('Developer Hub')
    expect(core.of('set_hub_vocabulary')).toEqual([{ id: 'hub of newDesign', vocabulary: 'developerHub' }])
    expect(title()).toBe('API Management Connections')
    expect(document.querySelector<HTMLInputElement>('[role=searchbox]')!.value).toBe('shop')
    await press('SAP labels: Developer Hub')
    await choose('Classic Design')
    await press('SAP labels: Classic Design')
    await choose('New Design')
    expect(document.querySelector<HTMLInputElement>('[role=searchbox]')!.value, 'even by way of the tiles').toBe('shop')
  })

  it('says of the Classic Design, and of no other, that one role is enough to approve there', async () => {
    await show('newDesign')
    await press('SAP labels: New Design')
    const described = (name: string) => words(document.getElementById(item(name)!.getAttribute('aria-describedby') ?? ''))
    expect(described('Classic Design')).toBe('Here AuthGroup.API.Admin alone is enough to view, approve and reject requests.')
    expect(item('Classic Design')!.getAttribute('aria-label'), 'what it is called does not become longer by that').toBe('Classic Design')
    expect(['New Design', 'Developer Hub'].map(described)).toEqual(['', ''])
  })

  it('says which role it takes to switch, and offers to ask for it', async () => {
    await show('newDesign', 'pending', { mayChange: REFUSED })
    await press('SAP labels: New Design')
    expect(item('New Design')!.getAttribute('aria-disabled')).toBeNull()
    expect(item('Classic Design')!.getAttribute('aria-disabled')).toBe('true')
    expect(words(item('Classic Design'))).toContain('A role is missing.')
    await choose('Classic Design')
    expect(core.of('set_hub_vocabulary')).toEqual([])
    expect(words(document.querySelector('[role=dialog]'))).toContain('Ask for it.')
  })
})

describe('the dialog View of a request', () => {
  const names = () => [...document.querySelectorAll('[role=dialog] footer button, [role=dialog] .fd-dialog__footer button')].map(words)

  it('offers to approve and to reject what is pending, and leads to both', async () => {
    await show('newDesign')
    await press('View alias-pending')
    expect(names()).toEqual(['Approve', 'Reject', 'Close'])
    ;[...document.querySelectorAll<HTMLElement>('[role=dialog] button')].find((each) => words(each) === 'Reject')!.click()
    await settle()
    expect(words(document.querySelector('[role=dialog]'))).toContain('Reject alias-pending')
  })

  it.each([
    ['neither to who may not', REFUSED, REFUSED, ['Close']],
    ['no approval in a full hub', REFUSED, ALLOWED, ['Reject', 'Close']],
  ] as const)('offers %s', async (_, approve, reject, buttons) => {
    permits = { ...request('pending', 'newDesign').permits, approve, reject }
    await show('newDesign')
    await press('View alias-pending')
    expect(names()).toEqual(buttons)
  })
})

describe('behind the tiles of the Classic Design', () => {
  const rows = () => [...document.querySelectorAll('tbody tr[data-row]')]

  it('stand the requests of all states, each in its word', async () => {
    await showRequests('manage')
    expect(title()).toBe('Manage API Portal Connections')
    expect(path()).toEqual(['Hubs', 'Group Hub', 'Manage'])
    expect(core.of('list_requests')[0].request.state).toBeNull()
    expect(rows().map((row) => words(row.querySelector('.fd-object-status')))).toEqual(['Submitted', 'Approved', 'Rejected'])
  })

  it('can be approved and rejected what is submitted; the rest is history', async () => {
    await showRequests('manage')
    const buttons = rows().map((row) => [...row.querySelectorAll('button')].map(words))
    expect(buttons).toEqual([['View', 'Approve', 'Reject'], ['View'], ['View']])
    await press('Approve alias-pending')
    expect(words(document.querySelector('[role=dialog]'))).toContain('Approve alias-pending')
  })

  it('leads the plus icon by way of the confirmation to the form', async () => {
    await showRequests('establish')
    await press('Add New Connection')
    const dialog = document.querySelector('[role=dialog]')!
    expect(words(dialog)).toMatch(/^Confirmation/)
    expect(words(dialog)).toContain('can neither be severed nor moved to another hub')
    expect([...dialog.querySelectorAll('button')].map(words)).toEqual(['OK', 'Cancel'])
    dialog.querySelector('form')!.requestSubmit()
    await settle()
    expect(location.hash).toBe('#/hubs/h1/submit/confirmed')
  })

  it('are the actions of who submits: Edit Credentials, and once approved Re-establish Connection', async () => {
    await showRequests('establish')
    expect(rows().map((row) => [...row.querySelectorAll('button')].map(words))).toEqual([['View', 'Actions'], ['View', 'Actions'], ['View']])
    await press('Actions for alias-pending')
    expect([...document.querySelectorAll('[role=menuitem]')].map(words)).toEqual(['Edit Credentials'])
    await choose('Edit Credentials')
    expect(words(document.querySelector('[role=dialog]'))).toContain('Edit Credentials for alias-pending')
  })

  it('is nothing in another vocabulary: there the requests stand on the page of the hub', async () => {
    await showRequests('establish', 'developerHub')
    expect(location.hash).toBe('#/hubs/h1/approved')
    expect(document.querySelector('h1')).toBeNull()
  })
})
