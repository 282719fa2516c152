import { afterEach, describe, expect, it } from 'vitest'
import { forgetKept, keep, recall } from './kept.svelte'

afterEach(forgetKept)

describe('how a person left a page', () => {
  it('is the same on return', () => {
    expect(recall('hubs search', '')).toBe('')
    keep('hubs search', 'sales')
    expect(recall('hubs search', '')).toBe('sales')
    expect(recall('portals search', ''), 'each page has its own').toBe('')
  })

  it('is not shown to another person', () => {
    keep('hubs search', 'sales')
    forgetKept()
    expect(recall('hubs search', '')).toBe('')
  })
})
