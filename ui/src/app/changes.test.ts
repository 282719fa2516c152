import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { tauri } from '../tauri'
import { Changes } from './changes.svelte'

let told: () => void

beforeEach(() => {
  vi.useFakeTimers()
  vi.spyOn(tauri, 'followChanges').mockImplementation(async (onChange) => void (told = onChange))
})

afterEach(() => {
  vi.restoreAllMocks()
  vi.useRealTimers()
})

it('one look follows a burst of changes, and later changes are not missed', async () => {
  const changes = new Changes()
  await changes.follow()
  const look = vi.fn()
  changes.subscribe(look)
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
  const leave = changes.subscribe(look)
  leave()
  told()
  vi.runAllTimers()
  expect(look).not.toHaveBeenCalled()
})
