// Promises B3 and F6: another keychain is said on every page, and taken over only after its number has been typed.
import { flushSync, mount, unmount } from 'svelte'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { KeychainView, TakeOverView } from '../tauri'
import { FakeCore } from '../testing/fake_core'
import { keychain } from './keychain.svelte'
import KeychainBanner from './KeychainBanner.svelte'

const lost: TakeOverView = { beside: false, number: 23, portals: ['Sales'], connections: ['Hub – sales-eu'], accounts: [], tokenService: true }
const another: KeychainView = {
  name: 'system keychain',
  available: false,
  problem: { code: 'keychain', message: 'This is another keychain than before.', hint: 'Start the former one.' },
  takeOver: lost,
}
const fine: KeychainView = { name: 'system keychain', available: true, problem: null, takeOver: null }

let shown: Record<string, unknown> | undefined

async function settle() {
  for (let turn = 0; turn < 6; turn++) await new Promise((done) => setTimeout(done))
  flushSync()
}

async function show(view: KeychainView) {
  const core = new FakeCore({ check_keychain: () => view, take_over_keychain: () => fine })
  await keychain.check()
  shown = mount(KeychainBanner, { target: document.body })
  await settle()
  return core
}

const words = (element: Element | null | undefined) => element?.textContent?.replace(/\s+/g, ' ').trim() ?? ''
const button = (name: string) => [...document.querySelectorAll('button')].filter((each) => words(each) === name).at(-1)!

function type(text: string) {
  const field = document.querySelector('input')!
  field.value = text
  field.dispatchEvent(new Event('input', { bubbles: true }))
  flushSync()
}

afterEach(() => {
  if (shown) void unmount(shown)
  document.body.innerHTML = ''
})

describe('another keychain', () => {
  it('says whom it concerns, and is taken over only when the number is typed', async () => {
    const core = await show(another)
    expect(words(document.querySelector('[role=alert]'))).toContain('another keychain than before')
    button('Use This Keychain…').click()
    await settle()
    const dialog = words(document.querySelector('[role=dialog]'))
    for (const text of ['23 secrets are given up', 'Sales', 'Hub – sales-eu', 'Issued tokens end']) expect(dialog).toContain(text)
    expect(dialog, 'nobody is told of accounts that lose nothing').not.toContain('PingOne')
    type('22')
    button('Use This Keychain').click()
    await settle()
    expect(core.of('take_over_keychain')).toEqual([])
    type('23')
    button('Use This Keychain').click()
    await settle()
    expect(core.of('take_over_keychain')).toEqual([{ confirmation: '23' }])
    expect(document.querySelector('[role=alert]'), 'it is the one from now on').toBeNull()
  })

  it('of another installation leaves that one alone', async () => {
    await show({ ...another, takeOver: { ...lost, beside: true, portals: [], connections: [], tokenService: false } })
    button('Start New Beside It…').click()
    await settle()
    const dialog = words(document.querySelector('[role=dialog]'))
    expect(dialog).toContain('The 23 secrets of the other installation stay in the keychain as they are')
    expect(dialog).not.toContain('given up')
  })

  it('is no matter where the keychain is merely locked', async () => {
    await show({ ...another, takeOver: null })
    expect(button('Retry')).toBeDefined()
    expect(button('Use This Keychain…')).toBeUndefined()
  })
})

describe('a locked keychain', () => {
  const locked: KeychainView = { ...another, problem: { code: 'keychain', message: 'The keychain is locked.', hint: 'Unlock it.' }, takeOver: null }

  async function pass(milliseconds: number) {
    await vi.advanceTimersByTimeAsync(milliseconds)
    flushSync()
  }

  afterEach(() => vi.useRealTimers())

  it('is what a change waits for, and the window says so while it asks', async () => {
    await show(locked)
    vi.useFakeTimers()
    keychain.follow(true)
    await pass(0)
    expect(words(document.querySelector('[role=status]'))).toContain('Waiting for the keychain: system keychain')
    keychain.follow(false)
    await pass(0)
    expect(words(document.body)).not.toContain('Waiting for the keychain')
  })

  it('is no matter any more once it works: the banner goes by itself', async () => {
    vi.useFakeTimers()
    const core = new FakeCore({ check_keychain: () => locked })
    await keychain.check()
    shown = mount(KeychainBanner, { target: document.body })
    await pass(0)
    expect(words(document.querySelector('[role=alert]'))).toContain('The keychain is locked.')
    core.answers['check_keychain'] = () => fine
    await pass(10_100)
    expect(document.querySelector('[role=alert]')).toBeNull()
  })
})
