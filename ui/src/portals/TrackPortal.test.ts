import { flushSync, mount, unmount } from 'svelte'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ALLOWED } from '../app/permits'
import { FakeCore, summary, withCandidate } from '../testing/fake_core'
import TrackPortal from './TrackPortal.svelte'

let core: FakeCore
let shown: Record<string, unknown> | undefined

async function pass(milliseconds = 1000) {
  await vi.advanceTimersByTimeAsync(milliseconds)
  flushSync()
}

async function show() {
  shown = mount(TrackPortal, { target: document.body })
  await pass()
}

const labelled = (name: string) => {
  const label = [...document.querySelectorAll('label')].find((each) => each.textContent!.trim() === name)
  return label ? (document.getElementById(label.htmlFor) as HTMLInputElement) : null
}
const question = () => [...document.querySelectorAll('[role=radiogroup]')].find((group) => group.textContent!.startsWith('Generated'))
const sent = () => core.of('track_portal').map(({ request }) => request)

async function fill(name: string, text: string) {
  const field = labelled(name)!
  field.value = text
  field.dispatchEvent(new Event('input', { bubbles: true }))
  await pass()
}

async function send() {
  document.querySelector('form')!.requestSubmit()
  await pass()
}

beforeEach(() => {
  vi.useFakeTimers()
  Element.prototype.scrollIntoView = vi.fn()
  core = new FakeCore({
    list_portals: () => ({ portals: [], mayCreate: ALLOWED }),
    inspect_document: () => withCandidate({}),
    track_portal: () => ({ portal: { id: 'p1', name: 'Orders' }, connected: null, notConnected: null }),
  })
})

afterEach(() => {
  if (shown) void unmount(shown)
  shown = undefined
  document.body.innerHTML = ''
  vi.useRealTimers()
})

describe('Track a Portal in SAP', () => {
  it('asks nothing about the time when the document tells it', async () => {
    await show()
    await fill('Name', 'Orders')
    await fill('Subaccount', 'orders-prod')
    await fill('API Portal Access Credentials', '{}')
    expect(question()).toBeUndefined()
    await send()
    expect(sent()).toEqual([
      {
        name: 'Orders',
        subaccount: 'orders-prod',
        credentials: { document: { source: 'text', text: '{}' }, password: '', choice: null, portalUrl: '' },
        lifetime: { lifetime: 'fromDocument' },
        confirmed: [],
      },
    ])
    expect(location.hash).toBe('#/portals/p1/connection')
  })

  it('begins with the subdomain that the document tells, and leaves what was typed', async () => {
    core.answers['inspect_document'] = () => withCandidate({ subdomain: 'sales-prod' })
    await show()
    await fill('Name', 'Orders')
    await fill('API Portal Access Credentials', '{}')
    expect(labelled('Name')!.value).toBe('Orders')
    expect(labelled('Subaccount')!.value).toBe('sales-prod')
  })

  it('says that credentials that have ended can be recorded', async () => {
    const expired = { severity: 'error', code: 'expired', message: 'The certificate expired.', hint: '', line: null, column: null } as const
    core.answers['inspect_document'] = () => withCandidate({ findings: [expired], usable: null })
    await show()
    await fill('Name', 'Orders')
    await fill('Subaccount', 'orders-prod')
    await fill('API Portal Access Credentials', '{}')
    expect(document.body.textContent).toContain('These credentials have ended. You can still record them')
    await send()
    expect(sent()).toHaveLength(1)
  })

  it('shows the time that the client id carries, and by what it is known', async () => {
    const at = '2024-01-15T06:04:19.201Z'
    const clientId = 'sb-apiaccess_1705298659201!b109482|api-portal-xsuaa!b11864'
    core.answers['inspect_document'] = () =>
      withCandidate({
        usable: {
          ...summary,
          clientId,
          kind: { kind: 'clientSecret', lifetime: { lifetime: 'guessed', at } },
          validity: { until: '2024-03-20T06:04:19Z', near: false, text: 'expired 3 days ago', why: '', daysLeft: -3, standing: 'ended' },
        },
      })
    await show()
    await fill('API Portal Access Credentials', '{}')
    expect(document.querySelector('.answer')!.textContent).toContain('(by the client id)')
    expect(document.querySelector('.answer')!.textContent).toContain('expired 3 days ago')
  })

  it('asks when nobody knows; without an answer the core refuses, and it is said there', async () => {
    core.answers['inspect_document'] = () => withCandidate({ asksLifetime: true, usable: { ...summary, kind: { kind: 'clientSecret', lifetime: { lifetime: 'unknown' } } } })
    core.answers['track_portal'] = () => {
      throw {
        code: 'invalidInput',
        message: 'The document does not say when these credentials were generated.',
        hint: 'Give the date.',
        place: { field: 'generatedAt' },
      }
    }
    await show()
    await fill('Name', 'Orders')
    await fill('Subaccount', 'orders-prod')
    await fill('API Portal Access Credentials', '{}')
    expect(question()!.getAttribute('aria-required')).toBe('true')
    expect([...question()!.querySelectorAll('input')].some(({ checked }) => checked), 'nobody chose for the person').toBe(false)
    await send()
    expect(sent()[0].lifetime).toEqual({ lifetime: 'fromDocument' })
    expect(question()!.textContent).toContain('The document does not say when these credentials were generated.')
    expect(document.activeElement).toBe(question()!.querySelector('input'))
  })

  it('sends the day as midnight UTC', async () => {
    core.answers['inspect_document'] = () => withCandidate({ asksLifetime: true, usable: { ...summary, kind: { kind: 'clientSecret', lifetime: { lifetime: 'unknown' } } } })
    await show()
    await fill('Name', 'Orders')
    await fill('Subaccount', 'orders-prod')
    await fill('API Portal Access Credentials', '{}')
    question()!.querySelector<HTMLInputElement>('[value=generated]')!.click()
    flushSync()
    await fill('Generated on', '2026-03-01')
    await send()
    expect(sent()[0].lifetime).toEqual({ lifetime: 'generated', at: '2026-03-01T00:00:00.000Z' })
    question()!.querySelector<HTMLInputElement>('[value=unknown]')!.click()
    await send()
    expect(sent()[1].lifetime).toEqual({ lifetime: 'unknown' })
  })

  it('begins with what is known of these credentials already', async () => {
    core.answers['inspect_document'] = () =>
      withCandidate({ asksLifetime: true, usable: { ...summary, kind: { kind: 'clientSecret', lifetime: { lifetime: 'generated', at: '2026-03-01T00:00:00Z' } } } })
    await show()
    await fill('API Portal Access Credentials', '{}')
    expect(labelled('Generated on')!.value).toBe('2026-03-01')
  })
})
