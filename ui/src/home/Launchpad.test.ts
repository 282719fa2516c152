import { flushSync, mount, unmount } from 'svelte'
import { afterEach, describe, expect, it } from 'vitest'
import { ALLOWED } from '../app/permits'
import type { LaunchpadView, MatterView } from '../tauri'
import { FakeCore, REFUSED } from '../testing/fake_core'
import Launchpad from './Launchpad.svelte'

let shown: Record<string, unknown> | undefined

async function show(changes: Partial<LaunchpadView>) {
  const view: LaunchpadView = { portals: 1, hubs: 1, accounts: 0, pending: 0, connections: 1, mayCreate: ALLOWED, endsSoonDays: 30, attention: [], ...changes }
  new FakeCore({ get_launchpad: () => view })
  shown = mount(Launchpad, { target: document.body })
  for (let turn = 0; turn < 5; turn++) await new Promise((done) => setTimeout(done))
  flushSync()
}

const words = () => document.body.textContent!.replace(/\s+/g, ' ')
const button = (name: string) => [...document.querySelectorAll('button')].find((each) => each.textContent!.replace(/\s+/g, ' ').trim() === name)

afterEach(() => {
  if (shown) void unmount(shown)
  shown = undefined
  document.body.innerHTML = ''
})

describe('the start page', () => {
  it('of an empty installation has a button to begin with', async () => {
    await show({ portals: 0, hubs: 0, connections: 0 })
    expect(words()).not.toContain('Each connection')
    button('Track a Portal in SAP…')!.click()
    expect(location.hash).toBe('#/portals/add')
  })

  it('says to who may not begin why not', async () => {
    await show({ portals: 0, hubs: 0, connections: 0, mayCreate: REFUSED })
    expect(button('Track a Portal in SAP…')!.getAttribute('aria-disabled')).toBe('true')
  })

  it('says that each connection is known to work only where there is one', async () => {
    await show({ connections: 0 })
    expect(words()).toContain('There is no connection yet.')
    expect(words()).not.toContain('Every connection passed its last test')
  })

  it('says so where there is one, and nothing needs attention', async () => {
    await show({})
    expect(words()).toContain('Every connection passed its last test')
  })

  it.each([
    ['there', 'Re-establish the connection sales'],
    ['missing', 'Regenerate them'],
    ['notVisible', 'You may not see whether the portal has newer ones.'],
  ] as const)('advises what fits where newer credentials are %s', async (renewal, advice) => {
    const connection = { hubId: 'h1', hub: 'Hub', requestId: 'r1', alias: 'sales', kind: 'local' as const }
    const matter: MatterView = { matter: 'connectionEnds', connection, validity: '10 days left', renewal }
    await show({ attention: [{ urgency: 'endsSoon', matter }] })
    expect(words()).toContain(advice)
    expect(/Regenerate them/.test(words())).toBe(renewal === 'missing')
  })
})
