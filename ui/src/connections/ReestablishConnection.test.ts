import { flushSync, mount, unmount } from 'svelte'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { UserError, VocabularyName } from '../tauri'
import { FakeCore, finding, hubPage, recognised, request, withCandidate } from '../testing/fake_core'
import ReestablishConnection from './ReestablishConnection.svelte'
import SubmitConnectionRequest from './SubmitConnectionRequest.svelte'

const SECRET = 'planted-secret'

let core: FakeCore
let shown: Record<string, unknown> | undefined
let refusal: UserError | null

async function pass(milliseconds = 1000) {
  await vi.advanceTimersByTimeAsync(milliseconds)
  flushSync()
}

async function show(vocabulary: VocabularyName, inspection = recognised) {
  refusal = null
  core = new FakeCore({
    get_hub_page: () => hubPage(vocabulary),
    get_request: () => request('approved', vocabulary),
    inspect_document: () => inspection,
    reestablish_connection: () => {
      if (refusal) throw refusal
      return request('approved', vocabulary)
    },
    submit_request: () => request('pending', vocabulary),
  })
}

async function showReestablish(vocabulary: VocabularyName, inspection = recognised) {
  await show(vocabulary, inspection)
  shown = mount(ReestablishConnection, { target: document.body, props: { hubId: 'h1', requestId: 'r-approved' } })
  await pass()
}

async function showSubmit(vocabulary: VocabularyName, confirmed: boolean) {
  await show(vocabulary)
  shown = mount(SubmitConnectionRequest, { target: document.body, props: { hubId: 'h1', confirmed } })
  await pass()
}

const words = (element: Element | null | undefined) => element?.textContent?.replace(/\s+/g, ' ').trim() ?? ''
const field = (label: string) => {
  const found = [...document.querySelectorAll('label')].find((each) => words(each) === label)
  return found ? (document.getElementById(found.htmlFor) as HTMLInputElement) : null
}
const path = () => [...document.querySelectorAll('nav li')].map(words)
const problemOf = (label: string) => {
  const control = field(label)!
  return control.getAttribute('aria-invalid') === 'true' ? words(document.getElementById(control.getAttribute('aria-describedby')!.split(' ').at(-1)!)) : ''
}

async function type(label: string, text: string) {
  const control = field(label)!
  control.value = text
  control.dispatchEvent(new Event('input', { bubbles: true }))
  await pass()
}

async function typeDocument() {
  const box = document.querySelector('textarea')!
  box.value = '{}'
  box.dispatchEvent(new Event('input', { bubbles: true }))
  await pass()
}

async function send() {
  document.querySelector('form')!.requestSubmit()
  await pass()
}

beforeEach(() => {
  vi.useFakeTimers()
  Element.prototype.scrollIntoView = vi.fn()
})

afterEach(() => {
  if (shown) void unmount(shown)
  shown = undefined
  document.body.innerHTML = ''
  vi.useRealTimers()
})

describe('re-establishing in the Classic Design', () => {
  it('is the page Submit Connection Request once more, with two fields and the button Save', async () => {
    await showReestablish('classicDesign')
    expect(words(document.querySelector('h1'))).toBe('Submit Connection Request')
    expect(path()).toEqual(['Hubs', 'Group Hub', 'Manage', 'Establish API Portal Connectivity with API Business Hub Enterprise', 'alias-approved'])
    expect(field('Client ID')).not.toBeNull()
    expect(field('Client Secret')!.type, 'nobody reads it over the shoulder').toBe('password')
    expect(words(document.querySelector('button[type=submit]'))).toBe('Save')
  })

  it('asks the core about both fields as soon as both are filled in, and sends them', async () => {
    await showReestablish('classicDesign')
    await type('Client ID', 'sb-new!b1')
    expect(core.of('inspect_document'), 'half of them is nothing to ask about').toEqual([])
    await type('Client Secret', ` ${SECRET} `)
    const document_ = { source: 'fields', requestId: 'r-approved', clientId: 'sb-new!b1', clientSecret: { source: 'typed', text: ` ${SECRET} ` } }
    expect(core.of('inspect_document').at(-1).credentials.document, 'as it was typed, white space included').toEqual(document_)
    expect(words(document.body)).toContain('https://portal.example')
    await send()
    expect(core.of('reestablish_connection')).toEqual([
      { id: 'r-approved', credentials: { document: document_, password: '', choice: null, portalUrl: '' } },
    ])
    expect(location.hash).toBe('#/hubs/h1/connection/r-approved')
  })

  it('says what the core finds', async () => {
    await showReestablish('classicDesign', withCandidate({ findings: [finding('warning', 'White space was taken off.')] }))
    await type('Client ID', 'sb-new!b1')
    await type('Client Secret', ` ${SECRET}`)
    expect(words(document.querySelector('.answer'))).toContain('White space was taken off.')
  })

  it('says beside both fields that they are missing, and goes to the first', async () => {
    await showReestablish('classicDesign')
    await send()
    for (const label of ['Client ID', 'Client Secret']) expect(problemOf(label)).toContain('Fill in this field.')
    expect(document.activeElement).toBe(field('Client ID'))
    expect(core.of('reestablish_connection')).toEqual([])
  })

  it('says beside its field what the core has against it', async () => {
    await showReestablish('classicDesign')
    refusal = { code: 'invalidInput', message: 'Client ID is too long.', hint: 'Shorten it.', place: { field: 'clientId' } }
    await type('Client ID', 'sb-new!b1')
    await type('Client Secret', SECRET)
    await send()
    expect(problemOf('Client ID')).toContain('Client ID is too long. Shorten it.')
    expect(document.activeElement).toBe(field('Client ID'))
    expect(document.querySelectorAll('[aria-invalid=true]')).toHaveLength(1)
  })

  it('takes a document instead, and forgets the secret that was typed', async () => {
    await showReestablish('classicDesign')
    await type('Client Secret', SECRET)
    document.querySelector<HTMLInputElement>('[value=document]')!.click()
    await pass()
    expect(field('Client Secret')).toBeNull()
    expect(document.querySelector('textarea')).not.toBeNull()
    document.querySelector<HTMLInputElement>('[value=fields]')!.click()
    await pass()
    expect(field('Client Secret')!.value).toBe('')
    expect(document.body.innerHTML).not.toContain(SECRET)
  })
})

describe.each(['newDesign', 'developerHub'] as const)('re-establishing in %s', (vocabulary) => {
  it('takes a document', async () => {
    await showReestablish(vocabulary)
    expect(words(document.querySelector('h1'))).toBe('Re-establish Connection')
    expect(field('Client ID')).toBeNull()
    expect(document.querySelector('[type=radio]')).toBeNull()
    expect(document.querySelector('textarea')).not.toBeNull()
    expect(words(document.querySelector('button[type=submit]'))).toBe('Submit')
    await typeDocument()
    await send()
    expect(core.of('reestablish_connection')[0].credentials.document).toEqual({ source: 'text', text: '{}' })
  })
})

describe('Submit Connection Request', () => {
  it('asks no second time after the confirmation of the Classic Design', async () => {
    await showSubmit('classicDesign', true)
    expect(document.querySelector('[type=checkbox]')).toBeNull()
    await typeDocument()
    await type('API Portal Alias Name', 'Sales')
    await send()
    expect(core.of('submit_request')[0].request.irrevocable).toBe(true)
    expect(location.hash).toBe('#/hubs/h1/requests/establish')
  })

  it('asks itself where nobody has asked before', async () => {
    await showSubmit('classicDesign', false)
    expect(document.querySelector('[type=checkbox]')).not.toBeNull()
    await typeDocument()
    await type('API Portal Alias Name', 'Sales')
    await send()
    expect(document.body.textContent).toContain('Select this checkbox.')
    expect(core.of('submit_request')).toEqual([])
  })

  it.each(['newDesign', 'developerHub'] as const)('has the mandatory checkbox in %s', async (vocabulary) => {
    await showSubmit(vocabulary, true)
    expect(document.querySelector('[type=checkbox]'), 'a confirmation of another vocabulary does not count').not.toBeNull()
    expect(path().at(-1)).toBe(vocabulary === 'newDesign' ? 'Manage Connections' : 'API Management Connections')
  })
})
