// What was entered is not lost silently, whichever way the person leaves.
import { createRawSnippet, flushSync, mount, tick, unmount } from 'svelte'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import NewTenantDialog from './tenants/NewTenantDialog.svelte'
import FormPanel from './documents/FormPanel.svelte'
import { FakeCore } from './testing/fake_core'
import LeaveQuestion from './app/LeaveQuestion.svelte'
import { ALLOWED } from './app/permits'
import { router } from './app/router.svelte'
import { Sending } from './app/sending.svelte'

const shown: Record<string, unknown>[] = []

function show(component: any, props: Record<string, unknown> = {}) {
  shown.push(mount(component, { target: document.body, props }))
  flushSync()
}

async function settle() {
  for (let turn = 0; turn < 5; turn++) await tick()
  await new Promise((resolve) => setTimeout(resolve))
  flushSync()
}

async function press(label: string) {
  const button = [...document.querySelectorAll('button')].find((each) => each.textContent!.trim() === label)
  button!.click()
  await settle()
}

async function type(field: HTMLInputElement, text: string) {
  field.value = text
  field.dispatchEvent(new Event('input', { bubbles: true }))
  await settle()
}

const question = () => document.body.textContent!.includes('Leave without saving?')

beforeEach(async () => {
  new FakeCore()
  location.hash = '#/portals/add'
  await settle()
})

afterEach(() => {
  for (const each of shown.splice(0)) void unmount(each)
  document.body.replaceChildren()
})

describe('a form that is filled in', () => {
  const sending = new Sending()

  beforeEach(async () => {
    sending.taken = false
    show(LeaveQuestion)
    const children = createRawSnippet(() => ({ render: () => '<input>' }))
    show(FormPanel, { sending, action: 'Add', permit: ALLOWED, onsubmit: () => {}, back: '#/portals', children })
    await type(document.querySelector('form input')!, 'Sales')
  })

  it('stays until the person has said to leave', async () => {
    router.go({ page: 'hubs' })
    await settle()
    expect(question()).toBe(true)
    await press('Stay')
    expect(location.hash).toBe('#/portals/add')
    router.go({ page: 'hubs' })
    await settle()
    await press('Leave')
    expect(router.current.page).toBe('hubs')
  })

  it('stays when the address changes by the key for Back, and so does the address', async () => {
    location.hash = '#/settings'
    await settle()
    expect(question()).toBe(true)
    expect(router.current.page, 'the page is still there while the question is open').toBe('trackPortal')
    await press('Stay')
    expect(location.hash).toBe('#/portals/add')
  })

  it('is left without a question once the core has taken it', async () => {
    await sending.run(async () => {})
    router.go({ page: 'hubs' })
    await settle()
    expect(question()).toBe(false)
    expect(router.current.page).toBe('hubs')
  })
})

describe('a dialog', () => {
  const create = vi.fn(async () => ({ notConnected: null }))
  const escape = () => {
    document.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, cancelable: true }))
    return settle()
  }
  const isOpen = () => document.querySelector('form') !== null

  beforeEach(async () => {
    create.mockClear()
    show(LeaveQuestion)
    show(NewTenantDialog, { open: true, title: 'Create Hub', subaccountHint: 'hint', create, oncreated: () => {} })
    await settle()
  })

  it('asks before Escape closes it, if something was entered', async () => {
    await type(document.querySelector('form input')!, 'Sales')
    await escape()
    expect(question()).toBe(true)
    await press('Stay')
    expect(document.querySelector<HTMLInputElement>('form input')!.value).toBe('Sales')
    await escape()
    await press('Leave')
    await vi.waitFor(() => expect(isOpen()).toBe(false))
  })

  it('is closed by Escape while nothing is entered', async () => {
    await escape()
    expect(question()).toBe(false)
    await vi.waitFor(() => expect(isOpen()).toBe(false))
  })

  it('marks all mandatory fields that are empty at once, goes to the first, and does not ask the core', async () => {
    await press('Create')
    const fields = [...document.querySelectorAll('form input')]
    expect(fields.map((field) => field.getAttribute('aria-invalid'))).toEqual(['true', 'true'])
    expect(document.activeElement).toBe(fields[0])
    expect(document.body.textContent!.match(/Fill in this field\./g)).toHaveLength(2)
    expect(create).not.toHaveBeenCalled()
  })
})
