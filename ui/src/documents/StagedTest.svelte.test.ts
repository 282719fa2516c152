import { flushSync, mount, unmount } from 'svelte'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { CredentialsRequest, TestEventView, TestOutcomeView, TestTargetRequest } from '../tauri'
import StagedTest from './StagedTest.svelte'

const finding = {
  stage: { code: 'token', name: 'Token' },
  code: 'key_deleted',
  message: 'The service key of these credentials was deleted.',
  short: 'Service key deleted',
  remedy: 'Regenerate the credentials in the portal.',
  seen: 'HTTP 401 invalid_client',
  repair: 'reestablish' as const,
}

const given = (text: string): CredentialsRequest => ({ document: { source: 'text', text }, password: '', choice: null, portalUrl: '' })

/** The core: one test at a time, which ends when it is told to. */
const core = {
  asked: [] as TestTargetRequest[],
  cancelled: 0,
  tell: (_event: TestEventView) => {},
  end: (_outcome: TestOutcomeView) => {},
}

let shown: Record<string, unknown> | undefined

function show(props: { keptAs?: string; onoutcome?: (outcome: TestOutcomeView | null, at: string | null) => void } = {}) {
  const typed = $state({ credentials: given('{"first":1}') })
  shown = mount(StagedTest, {
    target: document.body,
    props: { target: () => ({ target: 'document', credentials: typed.credentials }), ...props },
  })
  flushSync()
  return typed
}

const button = (name: string) => [...document.querySelectorAll('button')].find((each) => each.textContent?.trim() === name)
const spoken = () => document.querySelector('[role=status]')!.textContent!.replace(/\s+/g, ' ').trim()

async function settle() {
  await new Promise((done) => setTimeout(done))
  flushSync()
}

async function test(outcome: TestOutcomeView) {
  button('Test Connection')!.click()
  await settle()
  core.tell({ event: 'planned', stages: [{ code: 'document', name: 'Document' }, finding.stage] })
  core.end(outcome)
  await settle()
}

beforeEach(() => {
  core.asked = []
  core.cancelled = 0
  // jsdom lays nothing out.
  Element.prototype.scrollIntoView = vi.fn()
  vi.stubGlobal('__TAURI_INTERNALS__', {
    transformCallback: () => 1,
    invoke: (command: string, args: { target: TestTargetRequest; events: { onmessage: (event: TestEventView) => void } }) => {
      if (command === 'cancel_run') {
        core.cancelled++
        return Promise.resolve()
      }
      core.asked.push(args.target)
      core.tell = args.events.onmessage
      return new Promise((resolve) => (core.end = resolve))
    },
  })
})

afterEach(() => {
  if (shown) void unmount(shown)
  shown = undefined
  document.body.innerHTML = ''
})

describe('Test Connection', () => {
  it('tests what is there when it is clicked, and says Success with the number of APIs', async () => {
    const onoutcome = vi.fn()
    show({ onoutcome })
    expect(spoken()).toBe('')
    const api = { name: 'Orders', title: 'Orders', version: '1', description: '', basePath: '/orders' }
    await test({ outcome: 'passed', apis: [api] })
    expect(core.asked).toEqual([{ target: 'document', credentials: given('{"first":1}') }])
    expect(spoken()).toBe('Connection Status: Success 1 API')
    expect(onoutcome).toHaveBeenLastCalledWith({ outcome: 'passed', apis: [api] }, expect.any(String))
  })

  it('says what is wrong, what to do and what was seen', async () => {
    show()
    await test({ outcome: 'failed', finding })
    expect(spoken()).toBe(`Connection Status: ${finding.message} ${finding.remedy} Seen: ${finding.seen}`)
    expect(document.querySelector('ol')!.textContent).toMatch(/Token\s+Failed/)
  })

  it('drops the result when the document becomes another one', async () => {
    const onoutcome = vi.fn()
    const typed = show({ onoutcome })
    await test({ outcome: 'failed', finding })
    typed.credentials = given('{"second":2}')
    flushSync()
    expect(spoken(), 'a verdict on another document misleads').toBe('')
    expect(document.querySelector('ol')).toBeNull()
    expect(onoutcome).toHaveBeenLastCalledWith(null, null)
  })

  it('keeps the result when the page only asked the core again', async () => {
    const typed = show()
    await test({ outcome: 'failed', finding })
    typed.credentials = given('{"second":2}')
    typed.credentials = given('{"first":1}')
    flushSync()
    expect(spoken()).toContain(finding.message)
  })

  it('still shows the result on return, with its time, as long as the same is tested', async () => {
    const onoutcome = vi.fn()
    show({ keptAs: 'r1 sb-a' })
    await test({ outcome: 'failed', finding })
    void unmount(shown!)
    show({ keptAs: 'r1 sb-a', onoutcome })
    expect(spoken()).toContain(finding.message)
    expect(document.querySelector('ol')!.textContent).toMatch(/Token\s+Failed/)
    expect(document.body.textContent).toContain('Last tested on')
    expect(onoutcome).toHaveBeenCalledWith({ outcome: 'failed', finding }, expect.any(String))
    void unmount(shown!)
    show({ keptAs: 'r1 sb-b' })
    expect(spoken(), 'other credentials were never tested').toBe('')
  })

  it('ends the test when the place is left', async () => {
    show()
    button('Test Connection')!.click()
    await settle()
    void unmount(shown!)
    shown = undefined
    expect(core.cancelled).toBe(1)
  })

  it('says that it was cancelled, and gives the focus of Cancel back', async () => {
    show()
    button('Test Connection')!.click()
    await settle()
    button('Cancel')!.focus()
    button('Cancel')!.click()
    expect(core.cancelled).toBe(1)
    core.end({ outcome: 'cancelled' })
    await settle()
    expect(spoken()).toContain('The test was cancelled')
    expect(button('Cancel')).toBeUndefined()
    expect(document.activeElement, 'the focus must not fall to the body').toBe(button('Test Connection'))
  })

  it('does not start twice', async () => {
    show()
    button('Test Connection')!.click()
    await settle()
    button('Test Connection')!.click()
    await settle()
    expect(core.asked).toHaveLength(1)
  })
})
