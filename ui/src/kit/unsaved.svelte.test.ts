import { afterEach, describe, expect, it } from 'vitest'
import { unsaved } from './unsaved.svelte'

let forget: (() => void)[] = []
afterEach(() => {
  for (const each of forget) each()
  forget = []
})

describe('what is filled in and not saved', () => {
  it('is no reason to ask where nothing is filled in', async () => {
    let filled = $state(false)
    forget.push(unsaved.watch(() => filled))
    expect(await unsaved.mayLeave()).toBe(true)
    filled = true
    expect(unsaved.exists).toBe(true)
  })

  it('is lost only if the person says so', async () => {
    forget.push(unsaved.watch(() => true))
    const staying = unsaved.mayLeave()
    expect(unsaved.isAsking).toBe(true)
    unsaved.answer(false)
    expect(await staying).toBe(false)
    const leaving = unsaved.mayLeave()
    unsaved.answer(true)
    expect(await leaving).toBe(true)
    expect(unsaved.isAsking).toBe(false)
  })

  it('is asked about once: a newer wish to leave takes the place of an older one', async () => {
    forget.push(unsaved.watch(() => true))
    const [older, newer] = [unsaved.mayLeave(), unsaved.mayLeave()]
    expect(await older).toBe(false)
    unsaved.answer(true)
    expect(await newer).toBe(true)
  })

  it('is forgotten with its form', () => {
    unsaved.watch(() => true)()
    expect(unsaved.exists).toBe(false)
  })
})
