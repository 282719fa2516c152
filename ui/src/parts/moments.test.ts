import { describe, expect, it } from 'vitest'
import { describeDaysLeft } from './moments'

describe('the days that are left', () => {
  it('read as a person says them', () => {
    expect(describeDaysLeft(365)).toBe('365 days left')
    expect(describeDaysLeft(1)).toBe('1 day left')
  })

  it('never call an expired credential valid', () => {
    expect(describeDaysLeft(0)).toBe('expired today')
    expect(describeDaysLeft(-1)).toBe('expired 1 day ago')
    expect(describeDaysLeft(-12)).toBe('expired 12 days ago')
  })
})
