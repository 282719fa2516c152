import { flushSync, mount, unmount } from 'svelte'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ALLOWED } from '../app/permits'
import type { HubTab } from '../app/route'
import type { ListRequestsRequest, RequestStateName, RequestView, VocabularyName } from '../tauri'
import { FakeCore, hubPage, REFUSED, request } from '../testing/fake_core'
import Hub from './Hub.svelte'
import Hubs from './Hubs.svelte'

const ADDRESS = 'https://hub.cfapps.eu10.hana.ondemand.com/'
let core: FakeCore
let shown: Record<string, unknown> | undefined

async function settle() {
  for (let turn = 0; turn < 6; turn++) await new Promise((done) => setTimeout(done))
  flushSync()
}

const hubInSap = (vocabulary: VocabularyName) => {
  const page = hubPage(vocabulary, { maySubmit: REFUSED })
  return { ...page, hub: { ...page.hub, home: { kind: 'inSap' as const, region: 'eu10', address: ADDRESS } } }
}

const record = (state: RequestStateName): RequestView => {
  const row = request(state, 'developerHub')
  return {
    ...row,
    kind: 'inSap',
    report: { recordedBy: 'Alice', decidedBy: 'Hugo', note: 'Asked twice', ticket: 'T-1' },
    permits: { ...row.permits, approve: REFUSED, reject: REFUSED, recordDecision: ALLOWED, changeRecord: ALLOWED, forget: ALLOWED },
  }
}

async function show(tab: HubTab = 'pending', vocabulary: VocabularyName = 'developerHub') {
  core = new FakeCore({
    get_hub_page: () => hubInSap(vocabulary),
    list_requests: ({ request: { state } }: { request: ListRequestsRequest }) => ({ matching: 1, rows: [record(state!)] }),
    record_decision: () => record('approved'),
    change_record: () => record('pending'),
  })
  shown = mount(Hub, { target: document.body, props: { hubId: `in sap ${vocabulary}`, tab } })
  await settle()
}

const words = (element: Element | null | undefined) => element?.textContent?.replace(/\s+/g, ' ').trim() ?? ''
const button = (name: string) => [...document.querySelectorAll('button')].find((each) => (each.getAttribute('aria-label') ?? words(each)) === name)
const dialog = () => document.querySelector('[role=dialog]')
const menu = () => [...document.querySelectorAll<HTMLElement>('[role=menuitem]')].map(words)

async function press(name: string) {
  button(name)!.click()
  await settle()
}

async function choose(name: string) {
  ;[...document.querySelectorAll<HTMLElement>('[role=menuitem]')].find((each) => words(each) === name)!.click()
  await settle()
}

async function send() {
  dialog()!.querySelector('form')!.requestSubmit()
  await settle()
}

const field = (name: string) => {
  const label = [...document.querySelectorAll('label')].find((each) => words(each) === name)!
  return document.getElementById(label.htmlFor) as HTMLInputElement
}

async function fill(name: string, text: string) {
  field(name).value = text
  field(name).dispatchEvent(new Event('input', { bubbles: true }))
  await settle()
}

beforeEach(() => {
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

describe('the page of a hub in SAP', () => {
  it('says that it is in SAP, and where', async () => {
    await show()
    expect(words(document.querySelector('h1'))).toBe('Group Hub')
    expect(words(document.querySelector('.tag'))).toBe('In SAP')
    expect(words(document.querySelector('.subtitle'))).toBe(`${ADDRESS} · Region eu10`)
  })

  it.each<[VocabularyName, string[]]>([
    ['developerHub', ['Pending Requests (2)', 'Approved Requests (1)', 'Rejected Requests (4)']],
    // Its tiles are in SAP; here is a list of records.
    ['classicDesign', ['Submitted Requests (2)', 'Approved Requests (1)', 'Rejected Requests (4)']],
  ])('has its records in tabs, in %s, too', async (vocabulary, tabs) => {
    await show('pending', vocabulary)
    expect([...document.querySelectorAll('[role=tab]')].map(words)).toEqual(tabs)
  })

  it('opens the hub in the browser', async () => {
    await show()
    await press('Open the Hub')
    expect(core.of('open_hub')).toEqual([{ id: 'h1' }])
  })

  it('offers no approving, which only SAP does', async () => {
    await show()
    await press('Actions for alias-pending')
    expect(menu()).toEqual(['Record Decision…', 'Edit Credentials…', 'Edit Record…', 'Forget…'])
  })

  it.each<[HubTab, string[]]>([
    ['approved', ['Re-establish Connection…', 'Edit Record…', 'Forget…']],
    ['rejected', ['Edit Record…', 'Forget…']],
  ])('lets what is %s be corrected and forgotten', async (tab, entries) => {
    await show(tab)
    await press(`Actions for alias-${tab}`)
    expect(menu()).toEqual(entries)
  })

  it('records an approval with its day', async () => {
    await show()
    await press('Actions for alias-pending')
    await choose('Record Decision…')
    await fill('Decided On', '2026-11-20')
    await fill('Decided By', 'Hugo')
    await send()
    expect(core.of('record_decision')).toEqual([{ id: 'r-pending', decision: { rejectedBecause: null, by: 'Hugo', on: '2026-11-20T00:00:00.000Z' } }])
    await vi.waitFor(() => expect(dialog()).toBeNull())
  })

  it('records a rejection with its reason', async () => {
    await show()
    await press('Actions for alias-pending')
    await choose('Record Decision…')
    dialog()!.querySelector<HTMLInputElement>('[value=rejected]')!.click()
    await settle()
    await fill('Reason', 'Wrong region')
    await send()
    expect(core.of('record_decision')[0].decision.rejectedBecause).toBe('Wrong region')
  })

  it('says at the field that a day is none, and asks the core nothing', async () => {
    await show()
    await press('Actions for alias-pending')
    await choose('Record Decision…')
    await fill('Decided On', '')
    await send()
    expect(core.of('record_decision')).toEqual([])
    expect(field('Decided On').getAttribute('aria-invalid')).toBe('true')
  })

  it('corrects a record, beginning with what it says', async () => {
    await show()
    await press('Actions for alias-pending')
    await choose('Edit Record…')
    expect([field('Ticket').value, field('Note').value]).toEqual(['T-1', 'Asked twice'])
    await fill('Ticket', 'T-2')
    await send()
    expect(core.of('change_record')[0].details).toMatchObject({ alias: 'alias-pending', ticket: 'T-2', decidedOn: null, confirmed: [] })
  })

  it('asks before SAP would refuse, and records it when the person says so', async () => {
    await show()
    let asked = 0
    core.answers['change_record'] = () => {
      if (asked++ === 0) throw { code: 'needsConfirmation', confirmation: 'vendorRules', message: 'SAP will refuse this.', hint: 'Confirm it.' }
      return record('pending')
    }
    await press('Actions for alias-pending')
    await choose('Edit Record…')
    await send()
    expect(words(dialog())).toContain('SAP will refuse this.')
    expect(button('Record Anyway')).toBeDefined()
    await send()
    expect(core.of('change_record')[1].details.confirmed).toEqual(['vendorRules'])
  })

  it('takes a confirmation for what was asked about only', async () => {
    await show()
    core.answers['change_record'] = () => {
      throw { code: 'needsConfirmation', confirmation: 'vendorRules', message: 'SAP will refuse this.', hint: 'Confirm it.' }
    }
    await press('Actions for alias-pending')
    await choose('Edit Record…')
    await send()
    await fill('API Portal Alias Name', 'another')
    expect(button('Record Anyway')).toBeUndefined()
    await send()
    expect(core.of('change_record')[1].details.confirmed).toEqual([])
  })

  it('is forgotten with plain words', async () => {
    await show()
    await press('More actions')
    await choose('Forget…')
    expect(words(dialog())).toContain('In SAP nothing changes')
    await send()
    expect(core.of('forget_hub')).toEqual([{ id: 'h1' }])
    expect(location.hash).toBe('#/hubs')
  })
})

describe('the list of hubs', () => {
  async function showList() {
    core = new FakeCore({
      list_hubs: () => ({
        mayCreate: REFUSED,
        hubs: [hubPage('newDesign'), hubInSap('developerHub')].map(({ hub, counts }, at) => ({ hub: { ...hub, id: `h${at}` }, counts })),
      }),
      track_hub: ({ request }) => ({ ...hubInSap('developerHub').hub, id: 'h9', name: request.name }),
      create_hub: () => {
        throw { code: 'needsConfirmation', confirmation: 'ownPair', message: 'They are connected for good.', hint: 'Confirm it.' }
      },
    })
    shown = mount(Hubs, { target: document.body })
    await settle()
  }

  it('tells the two kinds apart', async () => {
    await showList()
    const rows = [...document.querySelectorAll('tbody tr[data-row]')].map((row) => [...row.querySelectorAll('td')].slice(0, 2).map(words))
    expect(rows).toEqual([
      ['Group Hub Local', 'hub-prod'],
      ['Group Hub In SAP', 'eu10'],
    ])
  })

  it('tracks a hub in SAP without a role: SAP checks who may do what there', async () => {
    await showList()
    await press('Track a Hub in SAP…')
    expect(words(dialog())).toContain('Nothing is created or changed in SAP.')
    await fill('Name', 'Tenant Hub')
    await fill('Address', ADDRESS)
    await send()
    expect(core.of('track_hub')).toEqual([{ request: { name: 'Tenant Hub', region: '', address: ADDRESS, vocabulary: 'developerHub' } }])
    expect(location.hash).toBe('#/hubs/h9/pending')
  })
})
