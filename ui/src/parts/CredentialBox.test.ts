import { flushSync, mount, unmount } from 'svelte'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { CredentialSummaryView, UserError } from '../tauri'
import CredentialBox from './CredentialBox.svelte'

const recognised: CredentialSummaryView = {
  url: 'https://portal.example',
  tokenUrl: 'https://portal.example/oauth/token',
  certUrl: null,
  clientId: 'sb-apiaccess_1!b1|api-portal-xsuaa!b1',
  kind: { kind: 'clientSecret' },
  validUntil: null,
  daysLeft: null,
  portalName: 'Orders',
}
const defect: UserError = {
  code: 'invalidInput',
  message: 'Line 2, column 1: a comma is missing.',
  hint: 'Add the comma.',
  place: { field: 'credentials', line: 2, column: 1 },
}

/** The core: answers `inspect_document` as told, and keeps what it was asked. */
const core = { asked: [] as string[], answer: (_text: string): CredentialSummaryView => recognised }

let shown: Record<string, unknown> | undefined

function show(refusal: UserError | null = null) {
  shown = mount(CredentialBox, { target: document.body, props: { label: 'API Portal Access Credentials', value: '', refusal } })
  flushSync()
  const box = document.querySelector('textarea')!
  return {
    box,
    type: async (text: string, pause = 1000) => {
      box.value = text
      box.dispatchEvent(new Event('input', { bubbles: true }))
      await vi.advanceTimersByTimeAsync(pause)
      flushSync()
    },
  }
}

beforeEach(() => {
  vi.useFakeTimers()
  core.asked = []
  core.answer = () => recognised
  vi.stubGlobal('__TAURI_INTERNALS__', {
    invoke: async (_command: string, { credentials }: { credentials: string }) => {
      core.asked.push(credentials)
      return core.answer(credentials)
    },
  })
})

afterEach(() => {
  if (shown) void unmount(shown)
  document.body.innerHTML = ''
  vi.useRealTimers()
})

describe('the credentials box', () => {
  it('asks the core once the typing pauses, not at every letter', async () => {
    const { type } = show()
    await type('{', 50)
    await type('{}', 50)
    expect(core.asked).toEqual([])
    await type('{"url":1}')
    expect(core.asked).toEqual(['{"url":1}'])
  })

  it('shows what was recognised, with the secret left out', async () => {
    const { type } = show()
    await type('{"clientSecret":"planted-secret"}')
    const answer = document.querySelector('.answer')!.textContent!
    expect(answer).toContain('Orders')
    expect(answer).toContain('••••••••')
    expect(answer).not.toContain('planted-secret')
  })

  it('names line, column and cause of a defect, and marks the place', async () => {
    core.answer = () => {
      throw defect
    }
    const { box, type } = show()
    await type('{\nurl: 1}')
    expect(document.querySelector('.answer')!.textContent).toContain('Line 2, column 1: a comma is missing.')
    expect(document.querySelector('mark')!.textContent).toBe('url')
    expect(box.getAttribute('aria-invalid')).toBe('true')
    expect(box.value, 'the form keeps what was typed').toBe('{\nurl: 1}')
  })

  it('drops an answer that arrives after the text has changed', async () => {
    const { type } = show()
    let release = () => {}
    const late = new Promise<void>((resolve) => (release = resolve))
    vi.stubGlobal('__TAURI_INTERNALS__', { invoke: () => late.then(() => recognised) })
    await type('{"first":1}')
    await type('', 0)
    release()
    await vi.advanceTimersByTimeAsync(1000)
    flushSync()
    expect(document.querySelector('.answer')!.textContent, 'an empty box recognises nothing').not.toContain('Orders')
  })

  it('shows why the form was refused until something else is typed', async () => {
    const { type } = show({ ...defect, message: 'These credentials belong to another portal.' })
    expect(document.querySelector('.answer')!.textContent).toContain('another portal')
    await type('{"url":2}')
    expect(document.querySelector('.answer')!.textContent).not.toContain('another portal')
  })
})
