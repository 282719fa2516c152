import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { tauri, type AreaName, type ChangeView } from '../tauri'
import { Changes } from './changes.svelte'

let hear: (change: ChangeView) => void
const told = (areas: AreaName[] | null = null) => hear({ change: 'data', areas })

beforeEach(() => {
  vi.useFakeTimers()
  vi.spyOn(tauri, 'followChanges').mockImplementation(async (onChange) => void (hear = onChange))
})

afterEach(() => {
  vi.restoreAllMocks()
  vi.useRealTimers()
})

it('one look follows a burst of changes, and later changes are not missed', async () => {
  const changes = new Changes()
  await changes.follow()
  const look = vi.fn()
  changes.subscribe('anything', look)
  for (let i = 0; i < 20; i++) told()
  vi.runAllTimers()
  expect(look, 'twenty changes at once must not ask twenty times').toHaveBeenCalledOnce()
  told()
  vi.runAllTimers()
  expect(look).toHaveBeenCalledTimes(2)
})

it('a page that was left does not look any more', async () => {
  const changes = new Changes()
  await changes.follow()
  const look = vi.fn()
  const leave = changes.subscribe('anything', look)
  leave()
  told()
  vi.runAllTimers()
  expect(look).not.toHaveBeenCalled()
})

it('only what depends on the changed part of the data looks, and all of it when nobody knows which part that is', async () => {
  const changes = new Changes()
  await changes.follow()
  const [portals, hubs, all] = [vi.fn(), vi.fn(), vi.fn()]
  changes.subscribe(['portals', 'people'], portals)
  changes.subscribe(['hubs'], hubs)
  changes.subscribe('anything', all)

  told(['health', 'portals'])
  vi.runAllTimers()
  expect([portals, hubs, all].map((look) => look.mock.calls.length), 'a portal').toEqual([1, 0, 1])

  told(['portals'])
  told(['hubs'])
  vi.runAllTimers()
  expect([portals, hubs, all].map((look) => look.mock.calls.length), 'a burst is about all that is in it').toEqual([2, 1, 2])

  told(['activity'])
  told(null)
  vi.runAllTimers()
  expect([portals, hubs, all].map((look) => look.mock.calls.length), 'another process').toEqual([3, 2, 3])

  told([])
  vi.runAllTimers()
  expect([portals, hubs].map((look) => look.mock.calls.length), 'what was told once is over').toEqual([3, 2])
})
