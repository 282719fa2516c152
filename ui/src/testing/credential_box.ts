// For tests only: the credentials box in a page of its own, over a core that answers as the test says.

import { flushSync, mount, unmount } from 'svelte'
import { afterEach, beforeEach, vi } from 'vitest'
import { drops } from '../app/drops'
import { Sending } from '../app/sending.svelte'
import CredentialBox from '../documents/CredentialBox.svelte'
import { GivenCredentials } from '../documents/given_credentials.svelte'
import type { DropEventView, HeldDocumentView, UserError } from '../tauri'
import { FakeCore, recognised } from './fake_core'

export const SECRET = 'planted-secret'
export const clipboard: HeldDocumentView = { id: 'h1', name: 'Clipboard', text: '{\n  "url": "•••••://••••••"\n  "clientSecret": "•••••••"\n}' }
export const keystore: HeldDocumentView = { id: 'h2', name: 'orders.p12', text: null }

export let core: FakeCore
let shown: Record<string, unknown> | undefined
export let sending: Sending
/** What the core tells of files over the window. */
export let drag: (event: DropEventView) => void

export function show(props: { replaces?: string } = {}) {
  const given = new GivenCredentials(() => props.replaces ?? null)
  sending = new Sending(() => given.fields)
  shown = mount(CredentialBox, { target: document.body, props: { label: 'API Portal Access Credentials', given, sending } })
  flushSync()
  return given
}

/** The form around the box is sent, and refused. */
export async function refuse(error: UserError) {
  await sending.run(() => Promise.reject(error))
  flushSync()
}

export function leave() {
  if (shown) void unmount(shown)
  shown = undefined
  flushSync()
}

export const box = () => document.querySelector('textarea')!
export const answer = () => document.querySelector('.answer')?.textContent?.replace(/\s+/g, ' ').trim() ?? ''
export const alert = () => document.querySelector('[role=alert]')?.textContent?.replace(/\s+/g, ' ').trim() ?? ''
export const spoken = () => document.querySelector('[role=status]')!.textContent!
export const button = (name: string) => [...document.querySelectorAll('button')].find((each) => each.textContent!.trim() === name)!
export const field = (label: string) => {
  const found = [...document.querySelectorAll('label')].find((each) => each.textContent === label)
  return found ? (document.getElementById(found.htmlFor) as HTMLInputElement) : null
}
export const marks = () => [...document.querySelectorAll('mark')].map((mark) => `${mark.className.split(' ')[0]} ${mark.textContent}`)

export async function pass(milliseconds = 1000) {
  await vi.advanceTimersByTimeAsync(milliseconds)
  flushSync()
}

export async function typeInto(control: HTMLInputElement | HTMLTextAreaElement, text: string, pause = 1000) {
  control.value = text
  control.dispatchEvent(new Event('input', { bubbles: true }))
  await pass(pause)
}

export async function press(name: string) {
  button(name).click()
  await pass()
}

export const inspections = () => core.of('inspect_document')
export const released = () => core.of('release_document').map(({ id }) => id)

/** Before and after each test of the file that calls this. */
export function setUpBox() {
  beforeEach(() => {
    vi.useFakeTimers()
    core = new FakeCore({
      inspect_document: () => recognised,
      paste_document: () => clipboard,
      open_document: () => keystore,
      follow_drops: ({ drops }) => {
        drag = drops.onmessage
      },
    })
    void drops.follow()
    // jsdom lays nothing out.
    Element.prototype.scrollIntoView = vi.fn()
  })

  afterEach(() => {
    leave()
    document.body.innerHTML = ''
    vi.useRealTimers()
  })
}
