import { flushSync, mount, unmount } from 'svelte'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ALLOWED } from '../app/permits'
import type { ProxyView, SettingsView, UserError } from '../tauri'
import { FakeCore } from '../testing/fake_core'
import Settings from './Settings.svelte'

const settings: SettingsView = {
  tokenService: { enabled: true, address: '127.0.0.1', loopback: true, host: 'localhost', port: 28443, mutualTlsPort: 28444 },
  status: { status: 'notNeeded' },
  checkIntervalHours: 6,
  minCheckIntervalHours: 1,
  maxCheckIntervalHours: 168,
  proxy: { choice: 'system' },
  asksBeforeSecrets: true,
  authority: null,
  mayManageTokenService: ALLOWED,
  mayManageChecks: ALLOWED,
}

let core: FakeCore
let shown: Record<string, unknown> | undefined
let stored: ProxyView
let refusal: UserError | null

const words = (element: Element | null | undefined) => element?.textContent?.replace(/\s+/g, ' ').trim() ?? ''
const form = () => document.querySelector('form[aria-labelledby="proxy"]') as HTMLFormElement
const radio = (value: ProxyView['choice']) => form().querySelector(`input[type="radio"][value="${value}"]`) as HTMLInputElement
const url = () => form().querySelector('input:not([type="radio"])') as HTMLInputElement | null

async function pass(milliseconds = 100) {
  await vi.advanceTimersByTimeAsync(milliseconds)
  flushSync()
}

async function choose(value: ProxyView['choice']) {
  radio(value).click()
  await pass()
}

async function save() {
  form().requestSubmit()
  await pass()
}

beforeEach(async () => {
  vi.useFakeTimers()
  stored = { choice: 'system' }
  refusal = null
  core = new FakeCore({
    get_settings: () => ({ ...settings, proxy: stored }),
    change_proxy: ({ proxy }: { proxy: ProxyView }) => {
      if (refusal) throw refusal
      stored = proxy
      return { ...settings, proxy }
    },
  })
  shown = mount(Settings, { target: document.body })
  await pass()
})

afterEach(() => {
  if (shown) void unmount(shown)
  shown = undefined
  document.body.replaceChildren()
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

// Promise C2.
describe('the proxy', () => {
  it("is the system's until somebody chooses another", async () => {
    expect(radio('system').checked).toBe(true)
    expect(url()).toBeNull()
    await choose('url')
    url()!.value = 'proxy.example:3128'
    url()!.dispatchEvent(new Event('input', { bubbles: true }))
    await save()
    expect(core.of('change_proxy')).toEqual([{ proxy: { choice: 'url', url: 'proxy.example:3128' } }])
    await choose('never')
    await save()
    expect(core.of('change_proxy').at(-1)).toEqual({ proxy: { choice: 'never' } })
  })

  it('shows what the core says beside its field', async () => {
    refusal = { code: 'invalidInput', message: "A proxy's user and password are not kept here", hint: 'Leave them out.', place: { field: 'proxy' } }
    await choose('url')
    await save()
    expect(url()!.getAttribute('aria-invalid')).toBe('true')
    expect(words(form())).toContain('are not kept here')
  })

  it('keeps what is being chosen when the page is asked for again', async () => {
    await choose('never')
    await pass(10_000)
    expect(core.of('get_settings').length).toBeGreaterThan(1)
    expect(radio('never').checked).toBe(true)
  })
})
