import { describe, expect, it, vi } from 'vitest'
import { RowPages, type PageOfRows } from './row_pages.svelte'

/** A list of numbers that answers when told to, so that replies can be made to arrive late or out of order. */
function numbers(total: number) {
  const asked: number[] = []
  const waiting: (() => void)[] = []
  const list = {
    total,
    asked,
    fetch: (offset: number, limit: number) =>
      new Promise<PageOfRows<number>>((resolve) => {
        asked.push(offset)
        const rows = Array.from({ length: Math.max(0, Math.min(limit, list.total - offset)) }, (_, i) => offset + i)
        const reply = { rows, total: list.total }
        waiting.push(() => resolve(reply))
      }),
    answer: async (which = 0) => {
      waiting.splice(which, 1)[0]?.()
      await new Promise((resolve) => setTimeout(resolve))
    },
  }
  return list
}

describe('the pages of a long list', () => {
  it('are asked for again after a change where they could not be had', async () => {
    let fails = true
    const pages = new RowPages('anything', async () => {
      if (fails) throw { code: 'failed', message: 'The data is in use.', hint: 'Try again.' }
      return { rows: [1], total: 1 }
    })
    await pages.reload()
    expect(pages.error?.message).toBe('The data is in use.')
    fails = false
    await pages.refresh([])
    expect(pages.error).toBeNull()
    expect(pages.row(0)).toBe(1)
  })

  it('are fetched once, when they come into view', async () => {
    const list = numbers(1000)
    const pages = new RowPages('anything', list.fetch)
    void pages.reload()
    await list.answer()
    expect(pages.total).toBe(1000)
    expect(pages.row(99)).toBe(99)
    expect(pages.row(100), 'not fetched yet').toBeUndefined()

    pages.want(99)
    pages.want(100)
    pages.want(101)
    await list.answer()
    expect(list.asked).toEqual([0, 100])
    expect(pages.row(120)).toBe(120)
  })

  it('never ask beyond the end of the list', async () => {
    const list = numbers(120)
    const pages = new RowPages('anything', list.fetch)
    void pages.reload()
    await list.answer()
    pages.want(119)
    pages.want(120)
    pages.want(500)
    expect(list.asked).toEqual([0, 100])
  })

  it('drop the reply to a filter that has changed since', async () => {
    const list = numbers(500)
    const pages = new RowPages('anything', list.fetch)
    void pages.reload()
    list.total = 3
    void pages.reload()
    await list.answer(1)
    expect(pages.total).toBe(3)
    await list.answer(0)
    expect(pages.total, 'the older reply arrived last and must not win').toBe(3)
  })

  it('keep the former rows in place until the new ones are there', async () => {
    const list = numbers(500)
    const pages = new RowPages('anything', list.fetch)
    void pages.reload()
    await list.answer()
    void pages.reload()
    expect(pages.row(7), 'typing in the search field must not flicker').toBe(7)
  })

  it('show nothing of the former list once it is forgotten', async () => {
    const list = numbers(500)
    const pages = new RowPages('anything', list.fetch)
    void pages.reload()
    await list.answer()
    pages.forget()
    expect(pages.row(0), 'rows of another tab must never stand under this one').toBeUndefined()
    expect(pages.answered, 'nor may it look empty').toBe(false)
  })

  it('show the end of a list that became shorter than the place one was at', async () => {
    const list = numbers(500)
    const pages = new RowPages('anything', list.fetch)
    void pages.reload()
    await list.answer()
    list.total = 20
    void pages.reload(450)
    await list.answer()
    await list.answer()
    expect(pages.total).toBe(20)
    expect(pages.row(19)).toBe(19)
  })

  it('tell the reason when the core refuses, and ask again afterwards', async () => {
    let refuse = true
    const pages = new RowPages<number>('anything', async () => {
      if (refuse) throw { code: 'storage', message: 'The list could not be read.', hint: 'Try again.' }
      return { rows: [1], total: 1 }
    })
    await pages.reload()
    expect(pages.error?.message).toBe('The list could not be read.')
    expect(pages.answered, 'a failure must not look like an empty list').toBe(false)
    refuse = false
    await pages.reload()
    expect(pages.error).toBeNull()
    expect(pages.row(0)).toBe(1)
  })

  it('forget the pages farthest in the past, so that a long list does not fill the memory', async () => {
    const list = numbers(100_000)
    const pages = new RowPages('anything', list.fetch)
    void pages.reload()
    await list.answer()
    for (let page = 1; page <= 40; page++) {
      pages.want(page * 100)
      await list.answer()
    }
    expect(pages.row(4000)).toBe(4000)
    expect(pages.row(0)).toBeUndefined()
    pages.want(0)
    expect(list.asked.at(-1), 'what was forgotten can be fetched again').toBe(0)
  })

  it('are swapped all at once after a change, wherever one is in the list', async () => {
    const list = numbers(1000)
    const pages = new RowPages('anything', list.fetch)
    void pages.reload()
    await list.answer()
    pages.want(150)
    await list.answer()
    list.total = 1001
    const places: number[] = []
    void pages.refresh([95, 150], ({ indexOf }) => places.push(indexOf((row) => row === 150)))
    await list.answer()
    expect(pages.total, 'one page alone would leave holes on the screen').toBe(1000)
    expect(pages.row(150)).toBe(150)
    await list.answer()
    expect(pages.total).toBe(1001)
    expect(pages.row(95)).toBe(95)
    expect(pages.row(150)).toBe(150)
    expect(places, 'the grid has to find the row again that one stands on').toEqual([150])
  })

  it('stay as they are when a change was none of theirs', async () => {
    const row = { id: 'a' }
    let rows = [row]
    const pages = new RowPages('anything', async () => ({ rows, total: rows.length }))
    await pages.reload()
    rows = [{ id: 'a' }]
    const swapping = vi.fn()
    await pages.refresh([0], swapping)
    expect(pages.row(0), 'nothing may be drawn again').toBe(row)
    expect(swapping).not.toHaveBeenCalled()
  })

  it('are not asked for by a change before they are wanted at all', async () => {
    const list = numbers(10)
    const pages = new RowPages('anything', list.fetch)
    await pages.refresh([])
    expect(list.asked).toEqual([])
  })
})
