import { flushSync, mount, unmount } from 'svelte'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ALLOWED } from '../app/permits'
import type { RequestStateName, VocabularyName } from '../tauri'
import { credential, FakeCore, recognised, request } from '../testing/fake_core'
import ReestablishConnection from './ReestablishConnection.svelte'

let core: FakeCore
let shown: Record<string, unknown> | undefined

async function settle() {
  for (let turn = 0; turn < 6; turn++) await new Promise((done) => setTimeout(done))
  flushSync()
}

async function show(state: RequestStateName, vocabulary: VocabularyName) {
  const record = () => ({ ...request(state, vocabulary), kind: 'inSap', portalId: 'p1' })
  core = new FakeCore({
    get_request: record,
    list_portals: () => ({ mayCreate: ALLOWED, portals: [{ portal: { id: 'p1', name: 'Orders' }, current: credential }, { portal: { id: 'p2', name: 'Other' }, current: credential }] }),
    inspect_document: () => recognised,
    copy_credentials: () => ({ clearsInSeconds: 30 }),
    reestablish_connection: record,
    edit_credentials: record,
  })
  shown = mount(ReestablishConnection, { target: document.body, props: { hubId: 'h1', requestId: `r-${state}` } })
  await settle()
}

const words = (element: Element | null | undefined) => element?.textContent?.replace(/\s+/g, ' ').trim() ?? ''
const page = () => words(document.body)
const button = (name: string) => [...document.querySelectorAll('button')].find((each) => words(each) === name)

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

describe('the checklist of a record in SAP', () => {
  it.each<[RequestStateName, VocabularyName, string, string]>([
    ['approved', 'developerHub', 'Admin Center > API Management Connections > Approved Requests', 'Actions > Re-establish Connection. Paste the credentials into API Portal Access Credentials, then choose Submit.'],
    ['pending', 'developerHub', 'Admin Center > API Management Connections > Pending Requests', 'Actions > Edit Credentials. Paste the credentials into API Portal Access Credentials, then choose Save.'],
    ['approved', 'newDesign', 'Enterprise Manager > Manage Connections > Approved Requests', 'choose Submit.'],
    ['approved', 'classicDesign', 'Manage > Establish API Portal Connectivity with API Business Hub Enterprise', 'Actions > Re-establish Connection. Paste the credentials into API Portal Access Credentials, then choose Save.'],
  ])('of one that is %s says the way in %s', async (state, vocabulary, way, step) => {
    await show(state, vocabulary)
    expect(words(document.querySelector('.way'))).toBe(way)
    expect(page()).toContain(`In the row alias-${state}, choose`)
    expect(page()).toContain(step)
  })

  it('copies the current credentials of the portal, and changes nothing by that', async () => {
    await show('approved', 'developerHub')
    expect(button('Copy'), 'nothing is chosen yet').toBeUndefined()
    await press('Use the current credentials of Orders')
    await press('Copy')
    expect(core.of('copy_credentials')).toEqual([{ id: 'c1' }])
    await press('Open the Hub')
    expect(core.of('open_hub')).toEqual([{ id: 'h1' }])
    expect(core.of('reestablish_connection')).toEqual([])
  })

  it.each<[RequestStateName, string]>([
    ['approved', 'reestablish_connection'],
    ['pending', 'edit_credentials'],
  ])('records of one that is %s that the hub has them, once the person says so', async (state, command) => {
    await show(state, 'developerHub')
    await press('Use the current credentials of Orders')
    document.querySelector('form')!.requestSubmit()
    await settle()
    expect(core.of(command)).toEqual([
      { id: `r-${state}`, credentials: { document: { source: 'current', portalId: 'p1' }, password: '', choice: null, portalUrl: '' } },
    ])
  })

  it('offers the current credentials of the portal of the request, and of no other', async () => {
    await show('approved', 'developerHub')
    expect(page()).toContain('Use the current credentials of Orders')
    expect(page()).not.toContain('Other')
  })

  it('leaves the current credentials for a document when one is pasted', async () => {
    await show('approved', 'developerHub')
    await press('Use the current credentials of Orders')
    core.answers['paste_document'] = () => ({ id: 'd1', name: 'Clipboard', text: '{}' })
    await press('Paste')
    expect(button('Copy')).toBeUndefined()
    document.querySelector('form')!.requestSubmit()
    await settle()
    expect(core.of('reestablish_connection')[0].credentials.document).toEqual({ source: 'held', id: 'd1' })
  })
})
