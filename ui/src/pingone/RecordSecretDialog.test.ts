import { flushSync, mount, unmount } from 'svelte'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { FakeCore } from '../testing/fake_core'
import RecordSecretDialog from './RecordSecretDialog.svelte'

const PASTED = { id: 'held-1', name: 'Clipboard', text: '••••' }

let core: FakeCore
let shown: Record<string, unknown> | undefined
const onadded = vi.fn()

async function settle() {
  for (let turn = 0; turn < 5; turn++) await new Promise((done) => setTimeout(done))
  flushSync()
}

const dialog = () => document.querySelector('[role=dialog]')!
const button = (name: string) => [...dialog().querySelectorAll('button')].find((each) => each.textContent!.trim() === name)!
const labelled = (name: string) => {
  const label = [...dialog().querySelectorAll('label')].find((each) => each.textContent!.trim() === name)
  return label ? (document.getElementById(label.htmlFor) as HTMLInputElement) : null
}

async function click(element: HTMLElement) {
  element.click()
  await settle()
}

async function fill(name: string, text: string) {
  const field = labelled(name)!
  field.value = text
  field.dispatchEvent(new Event('input', { bubbles: true }))
  await settle()
}

beforeEach(async () => {
  onadded.mockClear()
  core = new FakeCore({
    paste_document: () => PASTED,
    judge_client_secret: () => ({ score: 4, maxScore: 4, word: 'Very strong', weak: false, warning: null, suggestions: [] }),
    record_connection_credential: () => ({ id: 'c1', page: {} }),
    add_connection_credential: () => ({ id: 'c2', page: {} }),
  })
  Element.prototype.scrollIntoView = vi.fn()
  shown = mount(RecordSecretDialog, { target: document.body, props: { open: true, accountId: 'a1', onadded } })
  await settle()
})

afterEach(async () => {
  if (shown) await unmount(shown)
  shown = undefined
  document.body.innerHTML = ''
})

describe('Add Secret of an account in PingOne', () => {
  it('says first what happens, and that nothing happens in PingOne', () => {
    expect(dialog().querySelector('p')!.textContent).toBe('Adds a record here. In PingOne nothing happens: you add the secret there yourself.')
  })

  it('records what PingOne shows, the pasted secret by its id alone', async () => {
    await fill('Client ID', 'real-1')
    await fill('Short Description', 'Sync')
    await click(button('Paste'))
    expect(labelled('Client Secret')!.value).toBe('Pasted and hidden')
    dialog().querySelector('form')!.requestSubmit()
    await settle()
    expect(core.of('record_connection_credential')).toEqual([
      { request: { accountId: 'a1', clientId: 'real-1', description: 'Sync', clientSecret: { source: 'held', id: 'held-1' } } },
    ])
    expect(onadded).toHaveBeenCalledOnce()
    await vi.waitFor(() => expect(core.of('release_document')).toEqual([{ id: 'held-1' }]))
  })

  it('makes a secret for PingOne without asking for a client id, which PingOne shows later', async () => {
    await click(labelled('Make a secret for PingOne')!)
    expect(labelled('Client ID')).toBeNull()
    dialog().querySelector('form')!.requestSubmit()
    await settle()
    expect(core.of('record_connection_credential')).toEqual([])
    expect(core.of('add_connection_credential')).toEqual([
      { request: { accountId: 'a1', description: '', clientSecret: { source: 'typed', text: '' } } },
    ])
  })
})
