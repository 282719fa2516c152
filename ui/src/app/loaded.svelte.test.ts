import { flushSync } from 'svelte'
import { describe, expect, it, vi } from 'vitest'
import { changes } from './changes.svelte'
import { Loaded } from './loaded.svelte'

/** Answers when told to, so that replies can be made to arrive late or out of order. */
function core() {
  const waiting: { resolve: (value: unknown) => void; reject: (error: unknown) => void }[] = []
  const ask = () => new Promise<unknown>((resolve, reject) => waiting.push({ resolve, reject }))
  const settle = () => new Promise((resolve) => setTimeout(resolve))
  return {
    waiting,
    ask,
    answer: async (value: unknown) => {
      waiting.shift()!.resolve(value)
      await settle()
    },
    refuse: async (error: unknown) => {
      waiting.shift()!.reject(error)
      await settle()
    },
  }
}

/** A component's life, as far as effects are concerned. */
function live<Made>(make: () => Made): { made: Made; end: () => void } {
  let made!: Made
  const end = $effect.root(() => {
    made = make()
  })
  return { made, end }
}

describe('what a screen shows', () => {
  it('is asked again after a change, for as long as the screen is there', async () => {
    let tell = () => {}
    const leave = vi.fn()
    vi.spyOn(changes, 'subscribe').mockImplementation((_, listener) => {
      tell = listener
      return leave
    })
    const { waiting, ask, answer } = core()
    const { made: loaded, end } = live(() => new Loaded('anything', ask))
    await answer({ name: 'EU Shop' })
    tell()
    expect(loaded.value, 'what is shown stays until the new one is there').toEqual({ name: 'EU Shop' })
    await answer({ name: 'EU Shop 2' })
    expect(loaded.value).toEqual({ name: 'EU Shop 2' })
    expect(waiting).toHaveLength(0)
    end()
    expect(leave, 'a page that was left must not go on asking').toHaveBeenCalledOnce()
    vi.restoreAllMocks()
  })

  it('is not asked again after a change of what it does not depend on', async () => {
    const { waiting, ask, answer } = core()
    const { end } = live(() => new Loaded(['portals'], ask))
    await answer({ name: 'EU Shop' })
    flushSync()
    changes.tell(['hubs', 'health'])
    expect(waiting).toHaveLength(0)
    changes.tell(['portals'])
    expect(waiting, 'its own part has changed').toHaveLength(1)
    end()
  })

  it('stays the same thing when the reply is the same, so that nothing is drawn again', async () => {
    const { ask, answer } = core()
    const { made: loaded, end } = live(() => new Loaded('anything', ask))
    const first = { name: 'EU Shop' }
    await answer(first)
    void loaded.reload()
    await answer({ name: 'EU Shop' })
    expect(loaded.value).toBe(first)
    end()
  })

  it('is never overtaken by an older reply', async () => {
    const { waiting, ask } = core()
    const { made: loaded, end } = live(() => new Loaded('anything', ask))
    void loaded.reload()
    waiting[1]!.resolve('new')
    await new Promise((resolve) => setTimeout(resolve))
    waiting[0]!.resolve('old')
    await new Promise((resolve) => setTimeout(resolve))
    expect(loaded.value).toBe('new')
    end()
  })

  it('stays in place under the reason why it could not be asked again', async () => {
    const { ask, answer, refuse } = core()
    const { made: loaded, end } = live(() => new Loaded('anything', ask))
    await answer('there')
    void loaded.reload()
    await refuse({ code: 'failed', message: 'The data is in use.', hint: 'Try again.' })
    expect(loaded.value).toBe('there')
    expect(loaded.error?.message).toBe('The data is in use.')
    end()
  })
})
